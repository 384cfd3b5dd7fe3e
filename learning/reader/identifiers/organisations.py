"""The addresses that organisations publish as their own: they lead to no child."""

import re

from learning.reader.identifiers.words import UPPER

_PUBLIC_BUILDING = (
    r"(?:Town|County|City|Shire|Guild|Civic|Village|Parish|Borough)\s?[Hh]all|Guildhall|Shirehall|Moot\sHall|Corn\sExchange|"
    r"(?:Civic|Municipal|Council|Community|Children['’]s|Family|Leisure|Conference|Health|Medical|Business|Arts|Visitor)\s"
    r"(?:Centre|Offices?|Buildings?|Chambers)|Council\sHouse|Police\s(?:Station|Headquarters)|Fire\sStation|"
    r"Magistrates['’]?\sCourt|Crown\sCourt|County\sCourt|Library|Museum|Cathedral|Town\sHouse"
)
_BODY = (
    r"(?:Board|Council|Partnership|Unit|Team|Trust|Service|Services|Office|Offices|Department|Directorate|Centre|Committee|"
    r"Charity|Foundation|Society|Association|Hub|MASH|SCP|LSCB|LSCP|SAB|ICB|CCG|NHS|NSPCC|Ofsted|CQC|Cafcass|Barnardo['’]s|Mind|"
    r"Mencap|Samaritans|Childline|Helpline|Surgery|Clinic|Library|Headquarters|HQ|Constabulary|Police|Secretariat|Authority|"
    r"Administrator|Manager|Coordinator|Co-ordinator|Press|Publishing|Publications|Ltd|Limited|CIC)"
)
_FLOOR = r"(?:(?:\d{1,2}(?:st|nd|rd|th)|[Gg]round|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Tt]op)\s[Ff]loor,\s)?"
_HOUSE = (
    rf"(?:(?:[{UPPER}][\w'’-]+\s){{1,3}}"
    r"(?:House|Court|Chambers|Building|Centre|Hall|Place|Point|Park|Lodge|Buildings),\s)?"
)
_FORM = r"(?:the\s|this\s|your\s|all\s|completed\s)*(?:forms?|replies|copies|responses?|slips?|questionnaires?|it|them)"
_WRITE_TO = (
    rf"(?:Write|Post|Reply|(?:Return|Send)\s{_FORM})\sto|(?:sent|returned|posted)\sby\spost\sto|"
    r"(?i:(?:contact|find|visit)\sus(?:\sat|\son)?|(?:offices?|headquarters|surgery|clinic|team|service|unit|board|hub)"
    r"(?:\s(?:is|are|can\sbe))?(?:\s(?:found|based|located))?\s(?:at|in)|"
    r"(?:meetings?|training|events?|sessions?|workshops?)\s(?:is|are|was|were|will\sbe)\sheld\s(?:at|in)|venue|office)"
)
_SENT_BY_THE_BODY = re.compile(
    rf"\b{_BODY}(?:['’]s\saddress)?(?:\sis\s|[,:]\s*|\s*\n\s?|['’]s\saddress\s){_FLOOR}{_HOUSE}$|"
    rf"\b(?:{_WRITE_TO})\s?:?\s*(?:[{UPPER}][\w'’-]+,?\s){{0,4}}?{_FLOOR}{_HOUSE}$"
)
_OPENS_WITH_BODY = re.compile(rf"(?:[{UPPER}][\w'’-]+\s){{0,4}}{_BODY},\s")
_OPENS_WITH_BUILDING = re.compile(
    rf"(?:\d{{1,4}}[a-z]?,?\s)?(?:The\s)?(?:[{UPPER}][\w'’-]+\s){{0,2}}(?:{_PUBLIC_BUILDING})\b"
)
_BUILDING_BEFORE = re.compile(rf"\b(?:{_PUBLIC_BUILDING}),\s{_FLOOR}(?:[{UPPER}][\w'’-]+\s(?:House|Building),\s)?$")


_LEADS_TO_POSTCODE = re.compile(
    rf"\b(?:{_BODY}|{_PUBLIC_BUILDING}),(?:\s+(?:[{UPPER}\d][\w'’-]*|of|on|the|upon|and|in),?)*\s*$"
)


def is_own_postcode(text: str, start: int) -> bool:
    return bool(_LEADS_TO_POSTCODE.search(text[max(0, start - 120) : start]))


def is_of_an_organisation(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 90) : start]
    return bool(
        _OPENS_WITH_BUILDING.match(text[start:end])
        or _OPENS_WITH_BODY.match(text[start:end])
        or _BUILDING_BEFORE.search(before)
        or _SENT_BY_THE_BODY.search(before)
    )
