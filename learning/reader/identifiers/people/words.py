"""Words that stand beside names: titles, ranks, what people say and what is done to them; how like a name words are."""

import re
from dataclasses import dataclass
from enum import IntEnum

TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Rev|Revd|Reverend|Rabbi|Imam|Sheikh|Pastor|Canon|Cllr|Councillor|HHJ|Judge|Sr|Br)"
LONG_TITLE = (
    r"(?:Doctor|Nurse|Sister|Chief|Father|Captain|Officer|Mister|Madam|Master|Nanny|Nan|Nana|Nanna|Auntie|"
    r"Aunty|Aunt|Uncle|Grandma|Granny|Gran|Grandad|Granddad|Grandpa)"
)
PUBLIC_TITLE = r"(?:Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Baron)"
RANK = (
    r"(?:(?:Det|Detective)\.?\s(?:Ch(?:ief)?\.?\s)?(?:Con|Constable|Sgt|Sergeant|Insp|Inspector|Supt|Superintendent)|"
    r"Ch(?:ief)?\.?\s(?:Insp|Inspector|Supt|Superintendent)|W?PC|W?DC|DS|DI|DCI|DSU|PS|PCSO|Sgt|Insp|Supt|Constable|Sergeant|Inspector|Superintendent)"
)
SAID = (
    r"(?:said|says|told|tells|reported|stated|explained|recalled|described|rang|telephoned|texted|phoned|"
    r"asked|replied|wrote|visited|noted|noticed|admitted|denied|"
    r"disclosed|alleged|moved|died|lived|lives|felt|thought|believed|knew|recorded|agreed|raised|chaired|"
    r"presented|worked|works|wanted|took|left|went|came|saw|made|gave|"
    r"became|attended|contacted|arrived|returned|started|began|stopped|kept|met|has\sbeen|had\sbeen|was|is|"
    r"were|who|whose|would|could|did|had|has|seemed|appeared|suffered|stood|sat|ran|grew|cried|slept|got|used|"
    r"tried|refused|sent|spoke|claimed|collected|challenged|escalated|opened|drove|hit|followed|answered|phoned|brought|held|"
    r"handed|pushed|threatened|attacked|looked\safter|cared|fled|returned|missed|struggled|used\sto|did\snot|"
    r"could\snot|was\snot|may|might|will)"
)
GREET = (
    r"(?:rang|telephoned|phoned|texted|e-?mailed|told|asked|thank(?:s|ed)?|thanks\sto|grateful\sto|"
    r"tribute\sto|met\swith|spoke\s(?:to|with)|speak(?:ing)?\s(?:to|with)|talked\sto|arrested|interviewed|"
    r"written\sby|prepared\sby|authored\sby|chaired\sby|led\sby|signed\sby|signed|produced\sby|undertaken\sby|"
    r"conducted\sby|assaulted\sby|stabbed\sby|killed\sby|raped\sby|abused\sby|"
    r"murdered\sby|attacked\sby|groomed\sby|seen\sby|cared\sfor\sby|examined\sby|supported\sby|appointed|"
    r"convicted|sentenced|charged|married|murder\sof|death\sof|killing\sof|"
    r"conviction\sof|lived\swith|living\swith|stayed\swith|placed\swith|daughter\sof|son\sof|birth\sof|"
    r"friend\sof|friends\swith|relationship\swith|contact\swith|contacted|with|by|memory\sof|"
    r"(?:photo(?:graph)?|picture|arrest|behalf|story|evidence|statement|report|name)\sof|author|reviewer|addressed\sto|received\sfrom|heard\sfrom|named|"
    r"names|naming|belonging\sto|in\sthe\sname\sof|according\sto|remember(?:ed|s)?|visited|escorted|found|"
    r"collected\sby|brought\sby|taken\sby|identified|recognised|accused|blamed|"
    r"(?:partner|boyfriend|father|mother|man|woman|author|worker|reviewer|manager|chair|carer|name)\s(?:was|is|as))"
)
QUOTE = r"[\"“‘']?"


class Evidence(IntEnum):
    """How much a candidate looks like a name by itself."""

    NONE = 0
    PLAIN = 1  # ordinary words
    MAYBE = 2  # a first name that is a word too, alone or with ordinary words: "May Summers"
    SINGLE = 3  # one word that is no ordinary word
    KNOWN = 4  # one first name
    FULL = 5  # two words or more, one of them no ordinary word
    SURE = 6  # a first name or initials, and another word


AGENCY = (
    r"(?:Health|Police|Education|Housing|Probation|CSC|ASC|CAMHS|NHS|CCG|ICB|Social\sCare|Cafcass|Legal|Schools?|"
    r"Early\sHelp|YOT|YOS|YJS|Midwifery|Primary\sCare|Ambulance|Fire|Chair|Minutes|Notes|Admin|Business\sSupport|"
    r"Adult\sSocial\sCare|Children['’]s\s(?:Services|Social\sCare)|Public\sHealth|Safeguarding|Voluntary\sSector)"
)


@dataclass(frozen=True)
class PersonRule:
    """``before`` must end where the candidate starts, ``after`` begin where it ends; either may be left out."""

    why: str
    example: str
    at_least: Evidence
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    near_miss: str = ""
    at_most: Evidence = Evidence.SURE
    is_cited: bool = True  # a citation or a thing named after a person is left alone


def ends(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})$")


def begins(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})")
