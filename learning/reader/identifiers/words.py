"""The words that the rules know: letters, first names, ordinary words, roles, relations, bodies, places."""

import unicodedata

from learning.reader.word_lists import lines_in, words_in
from learning.reader.wording.dates import MONTH_WORDS

UPPER = "".join(chr(code) for code in range(0x41, 0x1F00) if chr(code).isupper() and (code < 0x2B0 or code >= 0x1E00))
LOWER = "".join(chr(code) for code in range(0x61, 0x1F00) if chr(code).islower() and (code < 0x2B0 or code >= 0x1E00))
# "Arkwright-Sample", "O'Neill", without "'s"
WORD = rf"[{UPPER}](?:[{UPPER}{LOWER}]|[-'’‑](?![sS]\b)(?=[{UPPER}{LOWER}])){{1,40}}"
INITIAL = rf"(?:[{UPPER}]\.){{1,3}}"
SPACE = r"(?:[ \u00a0]{1,3}|[ ]?\n[ ]?)"  # between two words of one line, or across one line break


def plain(word: str) -> str:
    """In small letters and without accents: "Chloë" is looked up as "chloe"."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(sign))


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FIRST_NAMES = words_in("first_names")
ORDINARY = words_in("ordinary_words")
SURNAMES = words_in("surnames")
TOWNS = words_in("towns")
PUBLIC_NAMES = lines_in("public_names")
# First names that are as often an ordinary word, a place, a short form or a thing.
DOUBTFUL = (FIRST_NAMES & ORDINARY) | words_in("doubtful_first_names")

FUNCTION = words_in("function_words")
CALENDAR = words_in("calendar_words") | MONTH_WORDS
BODIES = words_in("bodies")
GENERAL = words_in("general_words")
TITLES = words_in("titles")
ROLE_WORDS = words_in("role_words")
RELATION_WORDS = words_in("relation_words")
PLACES = words_in("places")
EPONYMS = (
    r"law|laws|rule|act|review|report|inquiry|enquiry|model|theory|theories|typology|scale|scales|score|index|"
    r"continuum|hierarchy|framework|"
    r"guidelines?|competen\w+|test|tests|tool|cycle|principles?|questionnaire|protocol|syndrome|disease|"
    r"judge?ment|ruling|foundation|trust|charity|"
    r"project|programme|training|books?|reports|reviews|inquiries|hospital|hospice|school|award|lecture|criteria|classification|triangle|inventory|directions?|centre|institute|method"
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
