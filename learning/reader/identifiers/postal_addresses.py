"""Addresses: number and street, house and street, and what is labelled as one."""

import re
from collections.abc import Iterator

from learning.reader.identifiers.findings import ADDRESS, Identifier, Rule, make
from learning.reader.identifiers.organisations import is_of_an_organisation
from learning.reader.identifiers.proper_nouns import CAP, NO_NAME, all_in
from learning.reader.identifiers.words import FUNCTION, ORDINARY, UPPER

_NOT_OF_A_HOUSE = re.compile(
    r"\b(?:rule|section|page|pages|year|years|step|chapter|part|figure|table|recommendation|finding|action|"
    r"day|week|box|level|stage|module|point|version|phase|article|schedule|"
    r"question|group|team|case|child|tier|volume|issue|number|no|appendix|annex|paragraph|priority|objective|"
    r"standard|item|slide)\.?\s$",
    re.I,
)
_SURE_STREET = r"(?:Street|Road|Rd|Lane|Avenue|Ave|Close|Drive|Crescent|Cres|Gardens|Gdns|Mews|Terrace)"
_ANY_STREET = (
    rf"(?:{_SURE_STREET}|St|Ln|Cl|Tce|Grove|Court|Ct|Place|Pl|Square|Sq|Way|Walk|Rise|View|Hill|Row|Green|"
    rf"Park|Parade|Brow|Bank|Croft|Fold|Garth|Heights|Wharf|"
    r"Quay|Quays|Yard|Mount|Side|End|Gate|Wynd|Vale|Dale|Meadows?|Fields?|Common|Path|Passage|Boulevard|"
    r"Broadway|Estate|Villas|Cottages|Buildings|Approach|Chase|"
    r"Brae|Loan|Vennel|Nook|Hollow|Copse|Strand|Circus|Arcade|Precinct|Cove|Reach|Cross|Cloisters|Courtyard|"
    r"Knoll|Paddocks?|Pastures|Leys?|Acres?|Warren|Woods?|Hatch|"
    r"Dell|Drove|Embankment|Esplanade|Glade|Glen|Orchard|Promenade|Ridge|Spinney|Mill|Lea|Leas|Bottom|Bridge|"
    r"Dr(?=[,.\n]))"
)
_ANY_STREET = f"(?:{_ANY_STREET}|(?:{_SURE_STREET.upper()}|RISE|WAY|GROVE|COURT|PLACE|VIEW|HILL))"
_NUMBER = r"(?:[Nn]o\.?\s|[Nn]umber\s)?(?!(?:19|20)\d\d\s)\d{1,4}\s?[A-Za-z]?(?:\s?[-–/]\s?\d{1,4}[A-Za-z]?)?,?\s"
_IN_BUILDING = (
    r"(?:(?:[Ff]lat|[Aa]partment|[Aa]pt\.?|[Uu]nit|[Rr]oom|[Ss]tudio|[Pp]lot|[Cc]aravan|[Pp]itch|"
    r"[Bb]lock)\s\w{1,5},?\s)"
)
_HOUSE = rf"(?:(?:The\s)?{CAP}(?:\s{CAP}){{0,2}},\s)"
_STREET = rf"{CAP}(?:\s(?:of\s|the\s|and\s|le\s)?{CAP}){{0,3}}?\s"
TOWN = rf"(?![{UPPER}]{{1,2}}\d){CAP}"
_LOCALITY = rf"(?:,[ ]\n?{TOWN}(?:(?:[ -](?:upon|on|le|the|under)[ -]|-(?:in|by)-|[ -]){TOWN}){{0,2}}){{0,3}}"
_FAMOUS = r"(?!(?:Downing|Fleet|Sesame|Coronation|Wall|Great\sOrmond)\sStreet|Abbey\sRoad)"
_PART_OF_BUILDING = (
    r"(?:[Rr]oom|[Uu]nit|[Bb]lock|[Ff]lat|[Ss]tudio|[Ff]loor|[Bb]edsit|[Aa]partment|[Hh]ut|[Cc]abin)\s\w{1,5}"
)
_BUILDING = (
    r"(?:House|Court|Tower|Towers|Lodge|Mansions?|Hotel|Hostel|Hall|Heights|Point|Villas|B&B|Guest\sHouse|Apartments)"
)
_NO_HOME = r"\b(?:Civic|Town|County|City|Council|Shire|Conference|Committee|Training|Meeting|Village)\b"
_TITLED = r"(?!(?:[\w ]+,\s)?(?:Dr|Mr|Mrs|Ms|Miss|Prof|Rev)\b)"
_NO_STREET = (
    r"(?!\s(?:School|Primary|Junior|Infant|Nursery|Academy|College|Hospital|Surgery|Clinic|Centre|Children|"
    r"Police|Station|Practice|Medical|Health|Infants|High|Community|Church|Baptist|Methodist|Youth|Project|"
    r"Day))"
)

ADDRESSES = (
    Rule(
        ADDRESS,
        re.compile(
            rf"(?<![\w.£])(?:{_IN_BUILDING}{_HOUSE}?|{_HOUSE})?{_NUMBER}{_STREET}{_ANY_STREET}\b{_NO_STREET}{_LOCALITY}"
        ),
        "An address: number and street.",
        "They lived at «14 Mossbeck Rise, Sampleton» in a flat.",
        "There is no easy road to recovery.",
        lambda match: not _NOT_OF_A_HOUSE.search(match.string[max(0, match.start() - 20) : match.start()]),
    ),
    Rule(
        ADDRESS,
        re.compile(
            rf"\b(?:[Ff]lat|[Aa]partment|[Aa]pt\.?|[Cc]aravan|[Pp]itch|[Pp]lot|[Bb]lock)\s(?:\d{{1,4}}[A-Za-z]?|"
            rf"[A-Z]),?\s(?:(?:[Rr]oom|[Ff]lat|[Ff]loor|[Uu]nit)\s\w{{1,4}},\s)?(?!Flat\b)(?:The\s)?{TOWN}(?:\s{TOWN}){{0,3}}{_LOCALITY}"
        ),
        "An address: a flat in a building.",
        "The couple lived in «Flat 9, Mossbeck Tower» at the time.",
    ),
    Rule(
        ADDRESS,
        re.compile(
            rf"(?<!\w)(?P<it>(?:{_PART_OF_BUILDING},\s){{1,3}}{CAP}(?:\s{CAP}){{0,2}}\s{_BUILDING}\b(?:\s(?:hostel|hotel|refuge))?"
            rf"{_LOCALITY})"
        ),
        "An address: a room or a unit in a building.",
        "She was in «room 7, Mossbeck House hostel» then.",
        "Training is in Room 7, Civic Centre.",
        lambda match: not re.search(_NO_HOME, match["it"]),
    ),
    Rule(
        ADDRESS,
        re.compile(
            rf"\b(?:at|to|in|from|of|near)\s(?P<it>\d{{1,4}}[A-Za-z]?,?\s(?:The\s)(?!Board|Panel|Review|Child|"
            rf"Family){TOWN}{_LOCALITY})"
        ),
        "An address: number and name.",
        "They moved to «3, The Paddocks, Sampleby» in May.",
    ),
    Rule(
        ADDRESS,
        re.compile(
            rf"\b(?:The\s)?{CAP}(?:\s{CAP}){{0,2}}\s(?:Farm|Farmhouse|Cottage|Bungalow|Barn|Vicarage|Rectory|"
            rf"Smallholding),[ ]\n?{TOWN}(?:\s{TOWN})?"
        ),
        "An address: house and place.",
        "Officers went to «Upper Mossbeck Farm, Nether Sampleby» that night.",
    ),
    Rule(
        ADDRESS,
        re.compile(
            rf"(?<!\w)(?:at|in|from|to|of|near)\s(?P<it>(?:The\s)?{CAP}(?:\s{CAP})?\s(?:Cottage|Farm|Farmhouse|"
            rf"Bungalow|Barn))\b(?!,?\s(?:\(|an?\s|the\s)?(?:[\w'’-]+\s){{0,3}}"
            r"(?i:home|unit|placement|hostel|refuge|school|nursery))"
        ),
        "The name of a house.",
        "The children lived at «Mossbeck Cottage» with a dog.",
        "Respite care was given at Mossbeck Cottage, a children's home.",
        lambda match: "espite" not in match.string[max(0, match.start() - 10) : match.start()],
    ),
    Rule(
        ADDRESS,
        re.compile(rf"\b(?:on|from|of|around|across)\sthe\s(?P<it>{CAP}(?:\s{CAP}){{0,2}}\s[Ee]state)\b(?!\s[Aa]gent)"),
        "The name of an estate.",
        "Friends on the «Mossbeck estate» knew of it.",
        "People on the Housing Estate were asked.",
        lambda match: not all_in(match["it"].split()[:-1], ORDINARY | NO_NAME),
    ),
    Rule(
        ADDRESS,
        re.compile(rf"{_TITLED}(?:The\s)?{CAP}(?:\s{CAP}){{0,2}},\s{_STREET}{_SURE_STREET}\b{_NO_STREET}{_LOCALITY}"),
        "An address: house and street.",
        "It was at «The Old Barn, Tannery Lane, Nether Sampleby» that they met.",
        "Hope Street, Bridge Road and the station are hotspots.",
        lambda match: (
            not re.match(rf"[^,]*\s{_ANY_STREET},", match[0])
            or bool(re.match(r"[^,]*\s(?:Court|View|Mill|Lodge),", match[0]))
        ),
    ),
    Rule(
        ADDRESS,
        re.compile(
            rf"(?<!\w)(?:in|on|at|of|and|from|to|near|into|along|off|opposite|behind|outside|around|up|"
            rf"down)\s(?P<it>{_FAMOUS}{_STREET}{_SURE_STREET}\b{_NO_STREET}{_LOCALITY})"
        ),
        "The name of a street.",
        "Neighbours in «Mossbeck Close» heard a child crying.",
        "The decision was taken in Downing Street.",
        lambda match: _is_street(match["it"].partition(",")[0].split()),
    ),
    Rule(
        ADDRESS,
        re.compile(
            rf"\b(?:[Aa]t|[Oo]f|[Ff]rom|"
            rf"[Tt]o)\s(?P<it>\d{{1,4}}[a-z]?,?\s[a-z]{{3,}}(?:\s[a-z]+)?\s{_SURE_STREET.lower()})\b"
        ),
        "An address, in small letters.",
        "He was seen at «23 mossbeck gardens» twice.",
        "We moved to 2 new drive bays.",
        lambda match: match["it"].split()[1] not in ORDINARY,
    ),
    Rule(
        ADDRESS,
        re.compile(
            r"\b(?:liv\w+|resid\w+|address|home|stay\w+|found|seen|searched|"
            r"visited)\b[^.\n]{0,20}?\bat\s(?P<it>\d{1,4}[a-z]?,?\s[a-z]{3,}(?:\s[a-z]+)?\s(?:rise|way|"
            r"grove|court|place|view|hill|row|green|park|walk|square|street|road|lane))\b"
        ),
        "An address, in small letters.",
        "They lived at «14 mossbeck rise» then.",
    ),
    Rule(
        ADDRESS,
        re.compile(
            rf"(?:\d{{1,4}}[A-Za-z]?,?\s)?\b(?:Heol|Ffordd|Stryd|Lôn|Rhodfa|Maes|"
            rf"Clos)\s(?:yr?\s)?{CAP}(?:\s{CAP})?{_LOCALITY}"
        ),
        "The Welsh name of a street.",
        "They lived at «12 Heol y Mossbeck» then.",
    ),
    Rule(
        ADDRESS,
        re.compile(
            rf"\b(?:[Ll]iv(?:ed|es|ing)|[Rr]esid(?:ed|es|ing)|[Hh]ome|[Hh]ouse|[Ff]lat|"
            rf"[Aa]ddress)\b[^.\n]{{0,25}}?\bat\s(?P<it>\d{{1,4}}[A-Za-z]?,?\s(?:The\s)?{CAP}(?:\s{CAP}){{0,2}}"
            rf"{_LOCALITY})"
        ),
        "An address: number and name.",
        "She lived at «17 Fernlea» with her aunt.",
    ),
    Rule(
        ADDRESS,
        re.compile(
            r"(?:^|(?<=[\n.;]))[ \t]*(?:[-•*][ ])?(?:(?:[Hh]ome|[Cc]urrent|[Ll]ast\s[Kk]nown|[Ff]amily|[Bb]ail|"
            r"[Pp]ostal|[Pp]revious|[Pp]lacement|[Cc]ontact)\s)?[Aa](?:ddress|DDRESS)\s?:\s*"
            rf"(?P<it>(?=[{UPPER}\d])[^\n;:()@]{{4,80}}?)(?=[,.]?\s(?:[A-Z]{{1,2}}\d[A-Z\d]?\s?\d[A-Z]{{2}})|"
            rf"[;.]?\n|[;.]?$|\.\s)",
        ),
        "It is labelled as an address.",
        "Address: «Fernlea, Upper Sampleby»\nThe family moved in May.",
    ),
)


def _is_street(words: list[str]) -> bool:
    # "In Hope Street" is one; "on Think Drive" has ordinary words alone.
    sure = words[-1] not in {"Close", "Drive", "Gardens", "Terrace"}
    return not all_in(words[:-1], FUNCTION if sure else FUNCTION | ORDINARY)


def find_addresses(text: str) -> Iterator[Identifier]:
    for rule in ADDRESSES:
        for span in rule.spans(text):
            if is_of_an_organisation(text, *span):
                continue
            yield make(text, span, ADDRESS, rule.why)
