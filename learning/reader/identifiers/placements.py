"""Homes, wards, prisons and other placements by name."""

import re
from collections.abc import Iterator

from learning.reader.identifiers.findings import PLACEMENT, Identifier, Rule, make
from learning.reader.identifiers.organisations import is_of_an_organisation
from learning.reader.identifiers.proper_nouns import CAP, NO_NAME, RUN, again, all_in, any_in, name_before
from learning.reader.identifiers.words import FIRST_NAMES, ORDINARY, PLACES, UPPER, word_set
from learning.reader.word_lists import words_in

_STRONG_HOME = (
    r"(?:(?:Secure\s)?Children['’]?s['’]?\s(?:Home|Unit)|(?:Secure\s)?(?:Residential|Care|Nursing|"
    r"Rest)\s(?:Children['’]s\s)?Home|Residential\s(?:Unit|Centre|Care)|"
    r"Secure\s(?:Unit|Training\sCentre|Centre|Accommodation)|S\.?T\.?C\.?|YOI|"
    r"Young\sOffenders?['’]?\sInstitut(?:e|ion)|Hostel|Refuge|Foyer|Hospice|Hospital|Infirmary|Ward|"
    r"Unit|MBU|PICU|Suite|(?:Night\s)?Shelter|Guest\sHouse|Approved\sPremises|Lodge|Clinic|Respite\sCentre|"
    r"Assessment\sCentre|Contact\sCentre|Family\sAssessment\sCentre|Immigration\sRemoval\sCentre|"
    r"Crisis\sHouse|"
    r"(?i:(?:secure\s)?children['’]s\shome|residential\s(?:children['’]s\s)?home|care\shome|secure\sunit|"
    r"supported\s(?:housing|accommodation|lodgings)|hostel|refuge|ward|unit|night\sshelter|"
    r"mother\sand\sbaby\sunit))"
)
_WEAK_HOME = (
    r"(?:House|Hall|Grange|Manor|Villa|Cottage|Farm|Court|Place|Centre|Towers|Priory|View|Park|Mount|Homes|"
    r"Project|Retreat|Gardens|Hotel|Guest\sHouse|B&B)"
)
_PROVIDER_WORDS = word_set("Fostering Care Homes Lodgings Living Residential Support Accommodation Placements House")
_HOME = re.compile(
    rf"(?:{_STRONG_HOME}|(?P<weak>{_WEAK_HOME}))\b(?!\s(?:NHS|Trust|Foundation|of\s(?:Commons|Lords)|Project\sis|rounds?\b|councillors?\b|boundar|profiles?\b|members?\b))"
)
_NO_HOME_NAME = NO_NAME | words_in("not_names_of_homes")
_PLACED = re.compile(
    r"\b(?:plac(?:ed|ement|ements|es)|mov(?:ed|es|ing|e)|liv(?:ed|es|ing|e)|resid\w+|accommodat\w+|stay(?:ed|"
    r"ing|s)?|sent|admitted|admission|return\w*|remand\w*|taken|"
    r"managers?|staff|residents?|keyworkers?|transferred|detained|lodg\w+|home|unit|from|at|to|housed|"
    r"care\sof|discharged)\b[^.\n]{0,40}$",
    re.I,
)
_SURE_HOME_NOUN = (
    r"(?:children['’]s\shome|mother\sand\sbaby\s(?:unit|placement|home)|(?:residential|care|foster|secure|"
    r"therapeutic|nursing|group|respite)\s(?:children['’]s\s)?(?:home|unit|placement|centre|provision)|"
    r"(?:psychiatric|adolescent|inpatient|in-patient|eating\sdisorders?|secure|adult|paediatric|"
    r"mental\shealth)\s(?:unit|ward|hospital|bed)|adult\sward|(?:bail\s|probation\s|youth\s)?hostel|refuge|"
    r"placement|supported\s(?:lodgings|accommodation|living|housing)(?:\sscheme)?|approved\spremises|"
    r"short\sbreaks?\sunit|"
    r"semi-independent\s(?:unit|placement|accommodation|provision|home)|unregulated\s(?:placement|home|"
    r"provision|accommodation)|bed\sand\sbreakfast|B&B|hotel|foyer|hospice|"
    r"young\soffender\sinstitution|secure\straining\scentre|fostering\s(?:agency|provider)|(?:private\s|"
    r"housing\s)?provider|independent\sfostering\sagency|care\sprovider)"
)
_HOME_NOUN = rf"(?:{_SURE_HOME_NOUN}|home)"
_MOVED = re.compile(r"\b(?:at|to|from|in|into|of|by|via|the)\s$")
_ACTS = re.compile(
    r"(?:(?:,|\sand|\s&)\s(?:the\s)?[\w.'’ ]{3,60}?)?\s(?:(?:is|are|was|were)\s(?:both\s|each\s|all\s|also\s|a\s)*"
    r"(?:members?|"
    r"partners?|represented|part|signed|involved|leading|taking)|(?:has|have)\s(?:\w+\s)?(?:agreed|appointed|launched|introduced|"
    r"adopted|trained|signed|revised|changed|joined|reviewed|set|merged|closed|opened|become)|(?:will|shall|should|must|agreed|provided|contributed|"
    r"submitted|launched|introduced|adopted|leads?|employs?)\b)"
)
_CARE = re.compile(
    r"\b(?:plac(?:ed|ement|ements)|lodg\w+|accommodation|provider|homes?|foster\w*|care|supported|residential|"
    r"respite)\b",
    re.I,
)
HOMES = (
    Rule(
        PLACEMENT,
        re.compile(
            rf"\b(?P<it>(?:HMP\s?(?:(?:&|/|and)\s?)?(?:YOI)?|HM\sPrison|HM\s?YOI|YOI|STC|SCH)\s{CAP}(?:\s{CAP})?)"
        ),
        "The name of a prison or secure home.",
        "He was held at «HMYOI Mossbeck» for four months.",
        "The YOI had no place for him.",
    ),
    Rule(
        PLACEMENT,
        re.compile(
            rf"\b(?:{_HOME_NOUN}|[Tt]he\sHome)(?:,\s|\s\(|\s(?:(?:is|was)\s)?(?:called|named|"
            rf"known\sas)\s)(?:the\s)?[\"“‘']?(?P<it>{RUN})(?=[\"”’']?(?:[,)]|\s[(a-z]|[.;]))"
        ),
        "A name after the words for a home or ward.",
        "Her children's home, «Mossbeck», gave notice.",
        "The placement, Ofsted and the council were told.",
        lambda match: _is_name_of_home(match),
    ),
    Rule(
        PLACEMENT,
        re.compile(
            rf"\b(?P<it>{RUN})(?:,|\s\()\s?(?:an?|the|his|her|their|both|"
            rf"another)\s(?:(?!child\b|children\b|boy|girl|resident|man\b|woman|worker|manager|in\b|at\b|of\b|"
            rf"who\b|from\b|former)[\w'’-]+\s){{0,4}}?(?:{_SURE_HOME_NOUN}|children['’]s\shomes?|homes?|units?|"
            rf"ward|premises|scheme|provider|hospital|clinic)\b"
        ),
        "A name before the words for a home or ward.",
        "«Mossbeck», a children's home, gave notice.",
        "Later, a home was found.",
        lambda match: _is_name_of_home(match),
    ),
    Rule(
        PLACEMENT,
        re.compile(
            r"\b(?P<it>(?:Number|No\.?)\s(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Fifteen|Twenty|"
            rf"\d{{1,3}}))(?:,|\s\()\s?(?:an?|the|his|her|their)\s(?:[\w'’-]+\s){{0,3}}?{_HOME_NOUN}"
        ),
        "A home that has a number for its name.",
        "Staff at «Number Eleven», a children's home, rang.",
        "Number Nine, the action plan, was late.",
    ),
    Rule(
        PLACEMENT,
        re.compile(
            rf"\b(?i:(?:placed|detained|accommodated|resident|placement|bed|respite|remanded)\s(?:\w+\s)?(?:at|"
            rf"to)|(?:admitted|readmitted)\s(?:\w+\s)?to|"
            rf"discharged\s(?:\w+\s)?from)\s(?:the\s)?(?P<it>(?:The\s)?{CAP}(?:\s{CAP}){{0,2}})"
        ),
        "A name where somebody is placed.",
        "She was placed at «The Mossbecks» with two others.",
        "She was admitted to CAMHS.",
        lambda match: _is_name_of_home(match),
    ),
    Rule(
        PLACEMENT,
        re.compile(
            rf"\b(?i:moved?|sent|went|lived|living|stayed|returned|taken|transferred|ran\saway|missing|absconded|"
            rf"bed)\s(?:\w+\s){{0,2}}?(?:at|in|to|from)\s(?P<it>The\s{CAP}(?:\s{CAP})?)"
        ),
        "A name where somebody is moved.",
        "He was moved to «The Mossbecks» in May.",
        "He went to The Family Court.",
        lambda match: _is_name_of_home(match),
    ),
    Rule(
        PLACEMENT,
        re.compile(
            rf"\b(?:with|by|through|from|via|at)\s(?P<it>{CAP}(?:\s(?:and\s|&\s)?{CAP}){{0,3}}?\s(?:Fostering|"
            rf"Foster(?:ing)?\sCare|Care|Homes|Lodgings|Living|Residential|Support|Accommodation|"
            rf"Placements))\b(?!\s[{UPPER}])"
        ),
        "The name of a provider of care.",
        "He was placed through «Mossbeck Fostering» in May.",
        "He was supported by Adult Social Care.",
        lambda match: _is_name_of_home(match),
    ),
    Rule(
        PLACEMENT,
        re.compile(rf"(?P<it>{RUN}\sFostering)\b(?!\s(?:[{UPPER}]|panel|team|service|officer|duty))"),
        "The name of a provider of care.",
        "The agency, «Mossbeck Fostering», found carers.",
        "The Council Fostering team found carers.",
        lambda match: _is_name_of_home(match),
    ),
    Rule(
        PLACEMENT,
        re.compile(rf"(?P<it>{CAP}(?:\s(?:and\s|&\s)?{CAP}){{0,5}}\s(?:Ltd|Limited|LLP|PLC|plc|CIC)\b\.?)"),
        "A company that provides care or accommodation.",
        "Lodgings were found through «Mossbeck Ventures Ltd» in May.",
        "It was printed by Mossbeck Ltd.",
        lambda match: _provides_care(match),
    ),
)


def find_placements(text: str) -> Iterator[Identifier]:
    heads: set[str] = set()
    for match in _HOME.finditer(text):
        start = name_before(text, match.start(), _NO_HOME_NAME)
        head = text[start : match.start()].strip()
        if _is_member(text, match, start) or is_of_an_organisation(text, start, match.end()):
            continue
        if head and _is_home_name(text, match, start, head):
            heads.add(head)
            yield make(text, (start, match.end()), PLACEMENT, "The name of a home, ward or other placement.")
    for rule in HOMES:
        for span in rule.spans(text):
            heads.add(text[slice(*span)])
            yield make(text, span, PLACEMENT, rule.why)
    yield from again(text, heads, PLACEMENT, "The name of a placement, shortened.")


def _is_member(text: str, match: re.Match[str], start: int) -> bool:
    # A hospital that acts as an organisation: "Mossbeck Hospital has appointed".
    if not re.fullmatch(r"Hospital|Hospice|Infirmary|Clinic", match[0]) or _MOVED.search(
        text[max(0, start - 16) : start]
    ):
        return False
    return bool(_ACTS.match(text, match.end()))


def _provides_care(match: re.Match[str]) -> bool:
    return bool(_CARE.search(match.string[max(0, match.start() - 120) : match.end() + 120]))


def _is_name_of_home(match: re.Match[str]) -> bool:
    words = match["it"]
    parts = words.split()
    if parts[-1] in _PROVIDER_WORDS and len(parts) > 1:
        parts = parts[:-1]
    has_article = parts[0] == "The"
    parts = parts[1:] if has_article else parts
    if words.endswith(" Fostering") and not all_in(parts, _NO_HOME_NAME):
        return True
    if len(parts) == 1 and parts[0].endswith("ly"):
        return False
    if not parts or parts[0].lower() in FIRST_NAMES or any(part.isupper() for part in parts):
        return False
    return not any_in(parts, _NO_HOME_NAME | PLACES) and (has_article or not all_in(parts, ORDINARY))


def _is_home_name(text: str, match: re.Match[str], start: int, head: str) -> bool:
    words = [word.lower() for word in head.split()]
    ordinary = all_in(words, ORDINARY)
    if (
        words[-1] in FIRST_NAMES
        and match[0] in {"Ward", "Hall", "Lodge", "House", "Park", "Court", "Place", "Mount"}
        and len(words) == 1
        and not ordinary
    ):
        return bool(re.search(r"\b(?:at|in|on|to|from)\s$", text[max(0, start - 6) : start]))
    if match["weak"]:
        after = text[match.end() : match.end() + 60]
        described = re.match(rf",?\s(?:\(|an?\s|the\s|is\s|was\s)?(?:[\w'’-]+\s){{0,3}}?{_HOME_NOUN}", after)
        introduced = re.search(rf"\b{_HOME_NOUN}(?:,|\s\()\s?$", text[max(0, start - 40) : start])
        return bool(
            described
            or introduced
            or (
                _PLACED.search(text[max(0, start - 60) : start])
                and match[0] not in {"Centre", "Project", "Park", "View", "Place", "Gardens"}
            )
        )
    if match[0] in {"ward", "unit", "hostel", "refuge"}:
        return not any(word in ORDINARY | PLACES for word in words) and not any(word.isupper() for word in head.split())
    return not ordinary or match[0] not in {"Unit", "Clinic", "Hospital"}
