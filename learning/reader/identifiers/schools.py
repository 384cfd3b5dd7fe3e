"""Schools, nurseries and colleges by name."""

import re
from collections.abc import Iterator

from learning.reader.identifiers.findings import SCHOOL, Identifier, Rule, make
from learning.reader.identifiers.proper_nouns import CAP, NO_NAME, RUN, again, all_in, is_proper_noun, name_before
from learning.reader.identifiers.words import DOUBTFUL, FIRST_NAMES, LOWER, ORDINARY, PLACES, UPPER, word_set

_KIND_OF_SCHOOL = (
    r"(?:(?:(?:Church\sof\sEngland|C\.?\s?of\s?E\.?|CofE|CE|RC|Roman\sCatholic|Catholic|Community|Primary|"
    r"Junior|Infants?['’]?|Nursery|Secondary|High|Grammar|"
    r"Special|Comprehensive|Free|Preparatory|Prep|Middle|First|Day|Boarding|Girls['’]?|Boys['’]?|Technology|"
    r"Sports|Upper|Lower|Sixth[ -]Form|Hebrew|Islamic|"
    r"Steiner|Montessori|Village|Voluntary\sAided|VA|VC|\((?:VA|VC|Aided|Controlled|RC|CE)\)|and|&)\s){0,5}"
    r"(?:School|Academy|College|Nursery|Pre-?[Ss]chool|Playgroup|Play[Ss]chool|Kindergarten|"
    r"Alternative\sProvision|Pupil\sReferral\sUnit|PRU|Sixth\sForm|Montessori|"
    r"Infants|Juniors|Primary|Day\s?[Cc]are|Childcare|Kids['’]?\sClub|After[- ]School\sClub|Breakfast\sClub|"
    r"Children['’]s\sCentre|Family\sHub|Under\s?[Ff]ives|Madrass?ah?|Yeshiva|Cheder|Campus|UTC|Studio\sSchool|"
    r"Learning\sCentre|Education\sCentre|Tuition\sCentre)|"
    r"(?:primary|infant|junior|secondary|high|grammar|special|nursery|boarding|comprehensive)\s(?:school|"
    r"academy)|pre-?school|nursery|academy|school|college|sixth\sform\scollege|"
    r"(?:(?:PRIMARY|JUNIOR|INFANTS?|SECONDARY|HIGH|GRAMMAR|SPECIAL|NURSERY)\s){0,3}(?:SCHOOL|ACADEMY|COLLEGE|"
    r"NURSERY|PLAYGROUP))\b"
)
_SCHOOL = re.compile(
    rf"{_KIND_OF_SCHOOL}(?!['’]?s?\s(?:[Nn]ursing|Health|Action|Admission|Improvement|Bill|Act\b|[Oo]f\s|"
    rf"Hospital|London|Trust|Development|Effectiveness))"
)
_NO_SAINT = r"(?!\s(?:Hospital|House|Ward|Church|Hospice|Day|Road|Street|Trust|Foundation|Centre|Lane|Close|Ambulance))"
# "Our Lady of the Rosary", "Bishop Mossbeck's", "Sacred Heart", "Queen Mossbeck's"
_PATRON = (
    rf"(?:Our\sLady(?:\s(?:and|&)\s(?:St\.?\s)?{CAP})?(?:\s(?:of|Star\sof|Queen\sof)\s(?:the\s)?{CAP}(?:\s{CAP})?)?|"
    r"(?:Sacred|Immaculate)\sHeart|(?:Holy|Blessed)\s(?:Family|Cross|Trinity|Name|Rood|Rosary|Spirit|Redeemer|Sacrament|"
    r"Child|Souls)|All\s(?:Saints|Souls|Hallows)|Christ\sthe\sKing|Corpus\sChristi|Christ\sChurch|"
    rf"(?:Archbishop|Bishop|Cardinal|Canon|Blessed|Abbot|Dean|Monsignor|Father|Rabbi|King|Queen|Prince|"
    rf"Princess|Lord|Lady|Sir|Dame|Duke|Earl|Countess)\s{CAP}(?:\s{CAP})?)"
)
_TO_SCHOOL = (
    r"(?:(?i:attend(?:ed|s|ing)?|excluded\sfrom|expelled\sfrom|suspended\sfrom|educated\sat|taught\sat|pupils?\s(?:at|of|"
    r"from)|students?\s(?:at|of|from)|(?:on\sthe\s)?roll\s(?:at|of)|enrolled\s(?:at|in)|start(?:ed|s|ing)\sat|"
    r"head(?:[- ]?teacher|master|mistress)?\s(?:of|at)|teachers?\s(?:at|from)|staff\s(?:at|from)|moved\s(?:from|to)|"
    r"transferred\s(?:from|to)|place\sat|year\s\d{1,2}\s(?:at|of)|left|joined|(?:school|primary|secondary|nursery|"
    r"infants?|juniors?|college|academy)(?:\sschool)?(?:,|\s\(|:))\s\(?)"
)
_AT_SCHOOL = (
    r"(?i:pupils?\s(?:at|of|from)|students?\s(?:at|of|from)|on\sroll\sat|enrolled\s(?:at|in)|"
    r"taken\soff\sroll\sat|(?:expelled|excluded|suspended)\sfrom|lessons\sat|"
    r"a\splace\sat|teachers?\s(?:at|from|of)|SENCO\s(?:at|of|from)|DSL\s(?:at|of)|governors?\s(?:at|of)|"
    r"classmates\s(?:at|from)|head(?:[- ]?teacher)?\s(?:at|of)|school\sat|(?:educated|taught)\sat|"
    r"[Yy]ear\s\d{1,2}\s(?:at|of)|"
    r"class(?:es)?\sat|reception\sat)"
)
STREET_WORDS = word_set("street road lane avenue court close house hotel club park theatre palace george christmas")
_BUILDING = re.compile(r"\s(?:Centre|House|Base|Hub|Project|Place)$")
NAMED_SCHOOLS = (
    Rule(
        SCHOOL,
        re.compile(
            rf"\b(?i:attend(?:ed|s|ing)|at|from|to|joined|left|"
            rf"enrolled\sin)\s(?P<it>St\.?\s(?-i:[{UPPER}])[{LOWER}]+['’]s|(?<=attended\s)St\.?\s{CAP}){_NO_SAINT}"
        ),
        "A saint's name as that of a school.",
        "She was excluded from «St Osmund's» twice.",
        "He was taken to St Osmund's Hospital.",
    ),
    Rule(
        SCHOOL,
        re.compile(
            rf"\b{_TO_SCHOOL}(?:the\s)?(?P<it>{_PATRON}(?:['’]s)?(?:\s(?:RC|CE|C\sof\sE|Catholic|Primary|High|Grammar|Academy|"
            rf"Juniors?|Infants?|Secondary|School|College)){{0,4}})(?!\w){_NO_SAINT}"
        ),
        "The name of a patron as that of a school.",
        "He was excluded from «Bishop Mossbeck's» in Year 9.",
        "He moved to King Street with Father Christmas.",
        lambda match: not all_in(match["it"].split()[-1:], STREET_WORDS),
    ),
    Rule(
        SCHOOL,
        re.compile(
            rf"(?<![\w'’])(?P<it>{_PATRON}(?:['’]s?)?\s(?:Grammar|High|RC|CE|Catholic|Primary|Juniors?|Infants?|Secondary|Prep|School|Academy|College))\b"
            r"(?!\s(?:of\s|Court|Street|Risk|Care|Church|Diocese))"
        ),
        "The name of a patron before that of a kind of school.",
        "«Queen Mossbeck's Grammar» did not open the file.",
    ),
    Rule(
        SCHOOL,
        re.compile(rf"\b{_AT_SCHOOL}\s(?:the\s)?(?P<it>{CAP}(?:\s{CAP}){{0,3}})"),
        "A name where a school is spoken of.",
        "A pupil at «Brackenfell» saw the video.",
        "Pupils from Year 6 took part.",
        lambda match: is_proper_noun(match["it"]),
    ),
    Rule(
        SCHOOL,
        re.compile(
            r"\b(?i:school|nursery|college|pre-?school|playgroup|academy|pupil\sreferral\sunit|PRU|sixth\sform|"
            r"infants|juniors|day\snursery|after-?school\sclub)"
            rf"(?:,\s|\s\(|\s(?:(?:is|was)\s)?(?:called|named|known\sas)\s|"
            rf":\s)[\"“‘']?(?P<it>(?:The\s)?{CAP}(?:\s(?:of\s|the\s)?{CAP}){{0,3}})(?=[\"”’']?(?:[,);]|\.?$|"
            rf"\.?\n))",
            re.M,
        ),
        "A name beside the words for a school.",
        "Her nursery, «Tiny Brackens», saw the bruise.",
        "The school, Ofsted, and the council met.",
        lambda match: is_proper_noun(match["it"]) and not _is_of_person(match["it"]),
    ),
    Rule(
        SCHOOL,
        re.compile(
            rf"\b(?i:at|from|to|attend\w*|joined|left|in|with|of|by|"
            rf"and)\s(?:the\s)?(?P<it>{CAP}(?:\s{CAP}){{0,2}}\s(?:High|Grammar|Comp|Comprehensive|Prep|UTC|"
            rf"Secondary|Sixth))\b(?!\s(?:Court|Street|School|Commissioner|Risk))"
        ),
        "The name of a school, shortened.",
        "He moved to «Brackenfell High» in Year 9.",
        "She lived in a flat in Upper Town, with High Street shops below.",
        lambda match: is_proper_noun(match["it"].rsplit(maxsplit=1)[0]),
    ),
    Rule(
        SCHOOL,
        re.compile(
            rf"(?:^|(?<=[.!?]\s)|(?<=\n))(?P<it>{RUN}\s(?:High|Grammar|Comp|Comprehensive|Prep|Primary|Secondary|Juniors|Infants))"
            r"(?=\s(?:School\s)?(?:excluded|referred|reported|sent|had|has|did|was|made|told|rang|recorded|offered|noticed|kept|"
            r"wrote|raised|knew)\b)"
        ),
        "The name of a school, shortened.",
        "«Brackenfell High» excluded him twice.",
        "The High was short.",
        lambda match: is_proper_noun(match["it"].rsplit(maxsplit=1)[0]),
    ),
    Rule(
        SCHOOL,
        re.compile(
            rf"\b(?P<it>{RUN})(?:,|\s\()\s?(?:an?|his|her|their)\s(?:(?!child|boy|girl|pupil|student|friend|"
            rf"at\b|in\b|of\b|who\b|from\b)[\w'’-]+\s){{0,4}}?"
            r"(?:school|nursery|college|academy|pupil\sreferral\sunit|PRU|playgroup|pre-?school|"
            r"sixth\sform)\b(?!\s(?:nurs|teach|staff|friend|pupil|counsel|worker|governor|manager|leader|head|age|"
            r"safeg|caretaker|cook))"
        ),
        "A name before the words for a school.",
        "He was at «Mossbeck», a school for children with autism.",
        "Ofsted, the school and the council met. Sophie, a school nurse, rang.",
        lambda match: (
            is_proper_noun(_BUILDING.sub("", match["it"])) and match["it"].split()[0].lower() not in FIRST_NAMES
        ),
    ),
    Rule(
        SCHOOL,
        re.compile(
            rf"\b(?:at|attend\w*|from|to)\s(?P<it>[{LOWER}'’-]{{4,}}(?:\s[{LOWER}]+)?\s"
            r"(?:primary|junior|infant|secondary|high|nursery|special|grammar)\s(?:school|academy))\b"
        ),
        "The name of a school, in small letters.",
        "He went to «brackenfell primary school» then.",
        "He went to another primary school then.",
        lambda match: not any(word in ORDINARY | NO_NAME for word in match["it"].split()[:-2]),
    ),
    Rule(
        SCHOOL,
        re.compile(
            rf"\b(?:Ysgol|Coleg|Meithrin(?:fa)?|Cylch\sMeithrin)(?:\s(?:{CAP}|y|yr|pen|bro|gyfun|gynradd|uwchradd|"
            rf"o|a)){{1,5}}"
        ),
        "The Welsh name of a school.",
        "«Ysgol Pen y Brackenfell» made a referral.",
    ),
)

_WEAK_KINDS = {"Infants", "Juniors", "Primary", "Campus"}
_AT = re.compile(r"\b(?:at|attended|from|to|left|joined)\s$")


def find_schools(text: str) -> Iterator[Identifier]:
    heads: set[str] = set()
    for match in _SCHOOL.finditer(text):
        start = name_before(text, match.start(), NO_NAME)
        head = text[start : match.start()].strip()
        if match[0] in _WEAK_KINDS and re.match(rf"\s[{UPPER}][{LOWER}]", text[match.end() : match.end() + 3]):
            continue  # "the Bruising in Non-Mobile Infants Protocol"
        if text[match.end() : match.end() + 1] == ":" and "\n" in text[start : match.start()]:
            continue  # the label of the next line of a form
        if head and _is_school_name(head, match[0], bool(_AT.search(text[max(0, start - 12) : start]))):
            heads.add(head)
            yield make(text, (start, match.end()), SCHOOL, "The name of a school, nursery or college.")
    for rule in NAMED_SCHOOLS:
        yield from (make(text, span, SCHOOL, rule.why) for span in rule.spans(text))
    yield from again(text, heads, SCHOOL, "The name of a school, shortened.")


def _is_of_person(words: str) -> bool:
    parts = words.split()
    return len(parts) > 1 and parts[0].lower() in FIRST_NAMES - DOUBTFUL


def _is_school_name(head: str, kind: str, after_at: bool) -> bool:
    words = [word.lower() for word in head.split()]
    if "royal" in words or (kind.isupper() and len(kind) > 4 and not head.isupper()):
        return False
    if kind in {"school", "college"} and (words[-1] in PLACES or (len(words) < 2 and not after_at)):
        return False
    strict = kind[0].islower() or (
        kind in {"PRU", "Primary", "Infants", "Juniors", "Learning Centre", "Education Centre"} and len(words) < 2
    )
    return not (strict and all_in(words, ORDINARY)) and not (
        len(words) == 1 and words[0] in {"new", "old", "great", "every"}
    )
