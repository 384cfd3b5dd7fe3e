"""The words that the rules know: letters, first names, ordinary words, roles, relations, bodies, places."""

import sys
import unicodedata
from pathlib import Path

UPPER = "".join(chr(code) for code in range(0x41, 0x1F00) if chr(code).isupper() and (code < 0x2B0 or code >= 0x1E00))
LOWER = "".join(chr(code) for code in range(0x61, 0x1F00) if chr(code).islower() and (code < 0x2B0 or code >= 0x1E00))
# "Arkwright-Sample", "O'Neill", without "'s"
WORD = rf"[{UPPER}](?:[{UPPER}{LOWER}]|[-'’‑](?![sS]\b)(?=[{UPPER}{LOWER}])){{1,40}}"
INITIAL = rf"(?:[{UPPER}]\.){{1,3}}"
SPACE = r"(?:[ \u00a0]{1,3}|[ ]?\n[ ]?)"  # between two words of one line, or across one line break


def _listed(name: str) -> frozenset[str]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return frozenset(sys.intern(word) for line in lines if not line.startswith("#") for word in line.split())


def _lines_of(name: str) -> frozenset[str]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def plain(word: str) -> str:
    """In small letters and without accents: "Chloë" is looked up as "chloe"."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(sign))


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FIRST_NAMES = _listed("first_names.txt")
ORDINARY = _listed("ordinary_words.txt")
SURNAMES = _listed("surnames.txt")
TOWNS = _listed("towns.txt")
PUBLIC_NAMES = _lines_of("public_names.txt")
# First names that are as often a place, a short form or a thing.
DOUBTFUL = (FIRST_NAMES & ORDINARY) | word_set(
    "amber reg angel an art asia august austin bola brooklyn can chance chelsea dev don fox georgia "
    "india jordan "
    "kenya king kit lan "
    "lincoln lister london mali max noor jan christian nan nana summer april june bill may paris ram sultan "
    "tate victoria florence virginia sydney kirk king clement carmel "
    "constance dion dora harris hart lloyd marshall may nelson norman preston royston seth warren wallace "
    "winston ion ana al"
    " adelaide alba alton ashton athena barrington bradford brandon camden campbell carlton chester clifton clinton "
    "clive dakota darlington denver easton hamilton houston jericho kendal kingston leighton linton linwood lourdes "
    "medina melrose mercia milan orion phoenix preston sefton selby shelby shelton stafford stanley stanton tyne "
    "vienna warwick waverley weston whitney windsor "
    "chase charity clover drake ember gracious happiness honor innocent jubilee junior jupiter lance lexus marvelous "
    "mercedes miracle modesty neon porter prosper rocky rusty sawyer sonata spike stormy talent tanner temperance "
    "tempest unity venus victory winter zion"
)

FUNCTION = word_set(
    "a about after again all also although an and any are as asked at be because been before both but by can "
    "cannot could did do "
    "does during each either every few for from had has have he her here hers herself him himself his how "
    "however i if in into is "
    "it its itself less many me more most much must my neither no nobody none nor not of on once one or other "
    "our ours out over "
    "own per several shall she should since so some such than that the their theirs them themselves then "
    "there these they this "
    "those through to too two under until up upon us very was we were what when where whether which while "
    "whilst who whom whose "
    "why with within without would yes yet you your yours am everyone someone somebody anybody anyone "
    "everybody nothing "
    "dear twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "three four five six seven eight nine ten eleven twelve following despite according regarding concerning"
)
CALENDAR = word_set(
    "january february march april may june july august september october november december jan feb mar apr "
    "jun jul aug sep sept "
    "oct nov dec monday tuesday wednesday thursday friday saturday sunday christmas easter ramadan eid diwali "
    "lent spring "
    "summer autumn winter today tomorrow yesterday weds tues thurs"
)
BODIES = word_set(
    "ministries charity relief view ward linkedin facebook instagram snapchat tiktok whatsapp youtube "
    "hospitals boards councils partnerships charities colleges universities ambulance academy act agency "
    "alliance association authority board bench borough branch bureau cafcass camhs "
    "campaign ceop centre charity "
    "children's childline childrens clinic coalition college commission committee community company "
    "conference consortium "
    "constabulary corporation council county court dbs department dfe directorate district division education "
    "ehcp executive "
    "federation force forum foundation fund gmc government group hospital hmic hmicfrs home homes hub "
    "infirmary inspectorate "
    "institute lac ladgroup limited lscb lscp ltd mappa marac mash ministry nhs nspcc ofsted organisation "
    "office panel parliament parish partnership plc police "
    "practice press prison probation programme project ccg cqc cps refuge samaritans scie school schools "
    "sector service services society "
    "subgroup subgroups surgery team trust trustees trusts union university unit ward youth"
)
GENERAL = word_set(
    "abuse access adolescent adult adults advice african american antisocial appendix arab article asian "
    "assessment asylum attachment attendance "
    "audit australian baby babies bangladeshi bbc bible bill black blacks boy boys brexit british briefing "
    "bulletin bullying care carers caribbean case cases catholic "
    "chapter child children chinese christian church cid citizens civil clause code common confidential "
    "consent contents core cot "
    "covid coronavirus criminal crown cse cpr crime date daily data day days deputy designated detention "
    "disability disclosure diversity "
    "document domestic download drug duty early emergency emotional england english equality ethnic europe "
    "european exploitation fostering "
    "facebook fact facts families family figure file finding findings first foreword form foster friday full "
    "general girl girls god google grade green gypsy "
    "guardian guidance harm health hindu history hivs home house housing human i iii ii identity imr imrs "
    "independent information instagram introduction "
    "internet irish islam islamic issue jewish jew journal justice key language law lead leaders leadership "
    "learning legal lesson lessons level "
    "life local london looked medical mental message method minute misuse mixed model modern muslim name "
    "named names national neglect netflix network "
    "new newsletter nigerian north northern notice notification number nursery occupational online operation "
    "order our overview page pakistani "
    "paper paragraph part partner people performance person personal physical pilot plan point points policy "
    "polish positive post practice practitioner "
    "practitioners pregnancy primary procedure procedures protection protocol psychological public published "
    "quality question questions rapid real "
    "recommendation recommendations reception record red reference referral referrals regulation report "
    "response responses review reviews rights risk roma romanian "
    "royal rule safe safeguarding safety scheme science score scotland scottish secondary section secure "
    "senior serious sex sexual sikh sign "
    "signs snapchat social somali south southern special staff stage standard standards statement statutory "
    "strategic strategy "
    "stress student subject substance suicide summary support system table task theme things think threshold "
    "tiktok tier tool toolkit training traveller treatment "
    "twitter uk ukrainian united version victim victims violence voice voluntary vulnerable wales welfare "
    "welsh west western whatsapp white whole wikipedia "
    "barnardo barnardos kooth papyrus mind woman women work workforce workers working workshop year years "
    "young youtube east eastern central britain ireland scotland great "
    "inquiry enquiry postnatal antenatal perinatal neonatal depression scale profile inventory questionnaire pathway "
    "programme strategy graded anxiety thinking "
    "hmp yoi stc sen send senco gp gps icpc cin cpp cp eha tac taf rcpc cpt dv da idva isva sudi sids ed ae "
    "a&e icu sw swp hv mps "
    "dyffryn bwrdd diogelu rhanbarthol cyngor bwrdeistref adolygiad ymarfer plant oedolion gwasanaeth gwasanaethau "
    "iechyd heddlu llywodraeth cymru gofal cymdeithasol addysg unedig "
    "regional hi hello hey thanks regards sincerely faithfully forename forenames surname dob class classes civic "
    "scr scrs cspr lcspr sar dhr sjr yp ypk imr parliament minister state secretary christmas halloween"
)
TITLES = word_set(
    "mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron rev reverend revd fr canon rabbi "
    "imam sheikh pastor bishop det con "
    "judge hhj hon councillor cllr nurse sister pc dc ds di dci dcs dsu wpc wdc sgt sergeant insp inspector "
    "constable superintendent supt "
    "detective chief doctor captain capt major colonel pcso cllr alderman messrs sr br"
)
ROLE_WORDS = word_set(
    "administrator adviser advisor advocate analyst artist assessor assistant associate author barrister "
    "business carer caretaker chair chairman "
    "chairperson chairwoman chief childminder cleaner clerk clinician coach commissioner commissioners "
    "constable consultant coordinator co-ordinator coroner "
    "counsellor deputy designate designated detective director doctor doctors driver editor engagement "
    "executive facilitator gp governor guardian head headmaster headmistress "
    "headteacher health hospital imam independent inspector interim interpreter investigator keyworker key "
    "landlord landlady lead lecturer librarian "
    "magistrate manager managers matron mentor midwife minister navigator nurse nurses officer officers "
    "operational owner paediatrician paramedic partner "
    "pastor pathologist patrol pharmacist physician physiotherapist practitioner president priest principal "
    "psychiatrist psychologist psychotherapist recorder receptionist "
    "registrar registered researcher respondent reviewer reviewers safeguarding secretary senior sergeant "
    "solicitor specialist strategic supervisor surgeon "
    "teacher teachers team therapist trainer trustee tutor vicar visitor visitors warden witness worker "
    "workers youth offender perpetrator defendant vice acting "
    "mayor mayors archbishop joint lawyer judge cabinet member councillor"
)
RELATION_WORDS = word_set(
    "mother mum mummy mam mom father dad daddy stepfather step-father stepdad step-dad stepmother step-mother "
    "stepmum parent parents brother sister "
    "half-brother half-sister stepbrother stepsister sibling siblings twin aunt auntie aunty uncle cousin "
    "nephew niece grandmother "
    "grandfather grandad granddad grandma gran granny nan nana nanna nanny grandpa grandparents boyfriend "
    "girlfriend partner "
    "ex-partner ex-boyfriend ex-husband husband wife fiancé fiance fiancée son daughter child baby toddler "
    "infant godmother godfather neighbour friend lodger "
    "carer carers guardian mgm pgm mgf pgf"
)
EPONYMS = (
    r"law|laws|rule|act|review|report|inquiry|enquiry|model|theory|theories|typology|scale|scales|score|index|"
    r"continuum|hierarchy|framework|"
    r"guidelines?|competen\w+|test|tests|tool|cycle|principles?|questionnaire|protocol|syndrome|disease|"
    r"judge?ment|ruling|foundation|trust|charity|"
    r"project|programme|training|books?|reports|reviews|inquiries|hospital|hospice|school|award|lecture|criteria|classification|triangle|inventory|directions?|centre|institute|method"
)
# Places are no persons: the countries and larger places that stand in bulletins by themselves.
PLACES = word_set(
    "afghanistan albania america australia avon bangladesh barnet barnsley bath bedford bedfordshire belfast "
    "berkshire birmingham blackburn blackpool bolton bournemouth "
    "bradford brent brighton bristol bromley buckinghamshire bulgaria bury calderdale cambridge "
    "cambridgeshire camden canada cardiff carlisle cheshire chester china cleveland cornwall coventry "
    "croydon cumbria darlington derby derbyshire devon doncaster dorset dublin dudley durham ealing edinburgh "
    "enfield essex exeter france gateshead germany glasgow gloucester "
    "gloucestershire greenwich hackney halifax hampshire haringey harrow hartlepool havering hereford "
    "herefordshire hertfordshire hillingdon hounslow huddersfield hull humberside iraq iran "
    "islington italy jamaica kent keynes kirklees knowsley kurdistan lambeth lancashire lancaster latvia "
    "leeds leicester leicestershire lewisham lincoln lincolnshire lithuania liverpool london luton manchester "
    "medway "
    "merseyside merton middlesbrough milton newcastle newham nigeria norfolk northampton northamptonshire "
    "northumberland northumbria norwich nottingham nottinghamshire oldham oxford oxfordshire pakistan "
    "peterborough "
    "plymouth poland portsmouth portugal reading redbridge redcar rochdale romania rotherham russia rutland "
    "salford sandwell scotland sefton sheffield shropshire slough slovakia solihull "
    "somalia somerset southampton southend southwark spain stafford staffordshire stockport stockton stoke "
    "suffolk sunderland surrey sussex sutton swansea swindon syria tameside teesside telford thames thurrock "
    "torbay trafford turkey tyne tyneside ukraine vietnam wakefield walsall wandsworth warrington warwick "
    "warwickshire westminster wigan wight wiltshire windsor wirral wokingham wolverhampton worcester "
    "worcestershire york yorkshire zimbabwe sudan eritrea ethiopia ghana kenya india korea"
)
# Given with one name too, where it is a surname.
PERSONAL_TITLES = word_set("mr mrs ms miss mx dr prof professor pc dc ds di dci sgt det con insp supt")
LANDMARKS = word_set(
    "Island Islands Park Club Beach Station Harbour Docks Stadium Library Museum Valley Town City United Rovers "
    "Athletic Wanderers Festival Theatre Cathedral Bay Bridge Pier Cup Sponge Wood Vale"
)
STREETS = word_set(
    "Street Road Lane Avenue Drive Crescent Gardens Mews Terrace Grove Way View Rise Square Walk Row Place Books Press"
)

NEVER = (FUNCTION | CALENDAR | BODIES | GENERAL | TITLES | ROLE_WORDS | RELATION_WORDS | PLACES) - DOUBTFUL

# One role, as it may stand before or after a name: "Independent Chair", "Head of Safeguarding", "named GP".
_LEVEL = (
    r"(?:independent|lead|named|designated|deputy|assistant|acting|interim|senior|chief|principal|strategic|"
    r"operational|service|team|"
    r"locality|regional|area|business|board|partnership|practice|school|head|family|social|support|youth|"
    r"outreach|community|clinical|consultant|"
    r"specialist|registered|allocated|duty|home|residential|night|agency|newly[ ]qualified|student|trainee|"
    r"locum|paediatric|child|"
    r"children['’]s|young[ ]people['’]s|adolescent|mental[ ]health|health|education|attendance|welfare|"
    r"pastoral|early[ ]help|housing|tenancy|"
    r"probation|police|custody|detective|divisional|safeguarding|protection|personal|leaving[ ]care|reviewing|"
    r"contact|supervising|fostering|"
    r"adoption|domestic|abuse|violence|drugs?|alcohol|substance|misuse|missing|exploitation|engagement|"
    r"development|training|policy|project|"
    r"programme|quality|assurance|communications|learning|teaching|classroom|form|class|year|subject|"
    r"religious|legal|overview|external|"
    r"report|joint|co-?|vice|retired|former|first|general|public|speech|language|occupational|play|art|drama|"
    r"forensic|consulting|educational|"
    r"school[ ]nurs\w+|maternity|neonatal|midwifery|emergency|ambulance|nursery|pre-school|primary|secondary|"
    r"care|key|foster|kinship|link|his|her|the|their)"
)
POST = (
    r"(?:chair(?:man|woman|person)?|vice-chair|reviewers?|authors?|managers?|officers?|workers?|nurses?|"
    r"midwives|midwife|GPs?|doctors?|"
    r"p(?:a)?ediatricians?|consultants?|visitors?|teachers?|head(?:teacher|master|mistress)?|head[ ]teacher|"
    r"director|co-?ordinator|councillor|"
    r"solicitor|barrister|judge|coroner|psychologist|psychiatrist|psychotherapist|therapist|counsellor|"
    r"IRO|CAO|DSL|DDSL|LADO|IDVA|ISVA|EWO|HV|FSW|SENDCO|CPO|ISW|"
    r"carers?|child-?minder|landlord|landlady|"
    r"neighbours?|priest|vicar|imam|coach|tutor|lecturer|SENCO|practitioner|advocate|guardian|commissioner|"
    r"minister|editor|administrator|"
    r"secretary|executive|constable|inspector|sergeant|superintendent|keyworker|mentor|assistant|paramedic|"
    r"surgeon|pharmacist|dentist|"
    r"optician|registrar|physician|radiographer|physiotherapist|dietitian|receptionist|caretaker|supervisor|"
    r"facilitator|trainer|adviser|advisor|"
    r"investigator|perpetrator|offender|defendant|suspect|dealer|driver|owner|analyst|lead|principal|governor|"
    r"matron|warden|interpreter|"
    r"clinician|researcher|clerk|trustee|navigator|broker|assessor|volunteer|leader|proprietor|pathologist|"
    r"magistrate|recorder|specialist)"
)
ROLE = (
    rf"(?:{_LEVEL}[ ]+(?:(?:and|&|for|of)[ ]+)?){{0,5}}(?:{POST}\b(?:[ ](?:of|for|to)(?:[ ](?:the|a))?(?:[ "
    rf"][\w'’&-]+){{1,6}}?)?"
    rf"|head[ ]of[ ][\w'’&, -]{{3,50}}?)"
)
RELATION = (
    r"(?:(?:ex|step|half|grand|god|foster|great|birth|late)[ -]?)?(?:mother|mum|mummy|mam|mom|father|dad|"
    r"daddy|brother|sister|son|daughter|child|parents?|siblings?|"
    r"aunt|auntie|aunty|uncle|cousin|nephew|niece|gran|grandma|grandpa|grandad|granddad|granny|nan|nana|nanna|"
    r"nanny|boyfriend|girlfriend|partner|husband|wife|fianc[eé]e?|spouse|"
    r"lover|friend|best[ ]friend|neighbour|lodger|flatmate|housemate|tenant|twin|twins|baby|boy|girl|toddler|"
    r"infant|teenager|classmate|pupil|"
    r"carers?|brothers|sisters|sons|daughters|uncles|aunts|cousins|friends)"
)
