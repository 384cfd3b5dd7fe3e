"""What leads to one person: e-mail, telephone, NHS, National Insurance and pupil numbers, postcodes, profiles."""

import re

from stdnum.gb import nhs, upn

from learning.reader.identifiers.findings import EMAIL, NHS_NUMBER, NI_NUMBER, PHONE, POSTCODE, PROFILE_LINK, UPN, Rule
from learning.reader.identifiers.organisations import is_own_postcode

_OTHER_NUMBER = re.compile(
    r"\b(?:ref(?:erence)?|isbn|issn|doi|charity|company|document|control|invoice|order|log|crime|account|case|"
    r"version|grant|contract|licen[cs]e|"
    r"registration|registered|box|job|ticket|serial|catalogue|asset)\b(?:[ ]+(?:control|number|no\.?|code|"
    r"id))*[\s:,.#-]*$",
    re.I,
)
_NHS_LABEL = re.compile(r"\b(?:nhs|health[ ]service)\b(?:[ ]?(?:number|numbers|no\.?|id))?[\w\s:,.#-]{0,25}$", re.I)
_UPN_LABEL = re.compile(r"\b(?:upns?|pupil[ ]numbers?)\b[\w\s:,.#-]{0,25}$", re.I)
_AREAS = (
    "AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|"
    "EN|EX|FK|FY|G|GL|GU|GY|HA|HD|"
    "HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|"
    "PA|PE|PH|PL|PO|PR|RG|RH|RM|S|"
    "SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_HOSTS = (
    r"(?:facebook|instagram|twitter|x|tiktok|snapchat|linkedin|youtube|onlyfans|reddit|threads|pinterest|"
    r"tumblr|discord|twitch|vsco|soundcloud|"
    r"steamcommunity|roblox|telegram|flickr|medium|justgiving|gofundme|muchloved|spotify|badoo|tinder|grindr|"
    r"bebo|myspace)\.(?:com|net|tv|org|gg|co)"
    r"|fb\.(?:com|me)|fb\.watch|t\.me|wa\.me|youtu\.be|ask\.fm|linktr\.ee|vk\.com|ngl\.link|discord\.gg"
)
_NO_PROFILE = (
    r"(?:share|sharer|help|safety|policies|policy|about|legal|business|watch|hashtag|terms|privacy|support|"
    r"intent|search|embed|learn|home|r|security|"
    r"playlist|company|school|showcase|jobs|explore|parents|guardians?)\b"
)
_PUBLIC_BODY = re.compile(r"\.(?:gov|nhs|police|ac|sch|org)\.uk\b")
_URL_END = r"[^\s<>()\[\]{}\"'“”‘’,;]*[^\s<>()\[\]{}\"'“”‘’,;.:!?*_]"


def _digits(words: str) -> str:
    return re.sub(r"\D", "", words)


def _before(match: re.Match[str], length: int = 48) -> str:
    return match.string[max(0, match.start() - length) : match.start()]


def is_nhs_number(match: re.Match[str]) -> bool:
    """Right check digit and no other label, or labelled as an NHS number whatever its check digit."""
    if _NHS_LABEL.search(_before(match)):
        return True
    number = _digits(match[0])
    return number[0] not in "0" and nhs.is_valid(number) and not _OTHER_NUMBER.search(_before(match))


def is_upn(match: re.Match[str]) -> bool:
    """Right check letter, or labelled as a pupil number. Local authority numbers change: they are not checked."""
    number = re.sub(r"[\s-]", "", match[0]).upper()
    known = all(sign in "ABCDEFGHJKLMNPQRTUVWXYZ0123456789" for sign in number)
    return bool(_UPN_LABEL.search(_before(match))) or (
        len(number) >= len(match[0]) - 1 and known and upn.calc_check_digit(number[1:]) == number[0]
    )


def is_phone(match: re.Match[str]) -> bool:
    """Neither a helpline, which is printed to be rung, nor some other number with a label of its own."""
    number = re.sub(r"^(?:0044|44)", "0", _digits(match[0]))
    groups = re.findall(r"\d+", match[0])
    if max(map(len, groups)) < 3 or len(groups) > 6 or re.match(r"080|0?116\d{3}$|0[46]|0000", number):
        return False
    return len(number) <= 15 and not _OTHER_NUMBER.search(_before(match))


def is_postcode(match: re.Match[str]) -> bool:
    """All in capitals or all in small letters: "se1 2nd" is none. Not of an organisation's own address."""
    if is_own_postcode(match.string, match.start()):
        return False
    letters = re.sub(r"[\d\s]", "", match[0])
    inward = re.sub(r"\s", "", match[0])[-2:]
    return letters.isupper() or (letters.islower() and inward not in {"nd", "rd", "st", "th", "am", "pm"})


def is_handle(match: re.Match[str]) -> bool:
    name = match["it"] or match["on"]
    return (
        bool(re.search(r"[\d_]|\w\.\w+\.\w|[a-z]{2}\.[a-z]{3,}", name))
        and not re.search(r"\.(?:com|org|uk|net|example)$", name)
        and sum(sign.isalpha() for sign in name) >= 3
    )


def is_online(match: re.Match[str]) -> bool:
    around = match.string[max(0, match.start() - 120) : match.end() + 60]
    return bool(
        re.search(
            r"\b(?:online|account|profile|game|gaming|chats?|app|apps|messag\w+|social\smedia|posted|followers?|"
            r"friend\srequest|snap\w*|insta\w*)\b",
            around,
            re.I,
        )
    )


RULES = (
    Rule(
        EMAIL,
        re.compile(
            r"(?<![\w.+'-])[\w][\w.+'-]{0,63}(?:\n?@\s?|[ ]@[ ])"
            r"[\w-]{1,63}(?:\.\n?[\w-]{2,63}){0,3}\.\n?[A-Za-z]{2,24}(?![\w-])|"
            r"(?<![\w.+'-])[\w.+-]{2,64}@[A-Za-z][\w-]{2,63}"
        ),
        "An e-mail address.",
        "Write to «mira.example@board.example.org» by Friday.",
        "Adopting @ symbols in place of letters is common.",
    ),
    Rule(
        EMAIL,
        re.compile(
            r"(?<![\w.+-])[\w.+-]{1,64}\s?[(\[{]\s?at\s?[)\]}]\s?[\w-]{1,63}(?:\s?(?:\.|"
            r"[(\[{]\s?dot\s?[)\]}])\s?[\w-]{2,63}){1,4}",
            re.I,
        ),
        "An e-mail address, written so that machines do not see it.",
        "Write to «mira.example (at) board.example».",
    ),
    Rule(
        PROFILE_LINK,
        re.compile(
            rf"(?<![\w.@/-])(?:https?://)?(?:(?:www|m|mobile|en-gb|old)\.)?(?:{_HOSTS})/\n?(?!{_NO_PROFILE}){_URL_END}",
            re.I,
        ),
        "A link to a profile on a social network. Keep it if it is an organisation's own.",
        "It was posted at «https://www.instagram.com/mira.example_04» that night.",
        "See https://www.facebook.com/safety for advice.",
    ),
    Rule(
        PROFILE_LINK,
        re.compile(
            r"\b(?:accounts?|profiles?|channel|blog|vlog|live[ -]?stream|tribute|memorial|(?:fan|tribute|memorial|"
            r"personal|his|her)[ ]page)\b[^\n@/]{0,40}?(?<![\w.@/-])"
            rf"(?P<it>(?:https?://)?(?:[\w-]{{1,40}}\.){{1,3}}[a-z]{{2,10}}(?:/{_URL_END})?)(?!\w)",
            re.I,
        ),
        "The address of an account or a page of a person.",
        "There was an account at «friendsonly.example/mira_sample» with photographs.",
        "The report is at www.sampleshire.example/reviews/child-q on our site.",
        lambda match: not _PUBLIC_BODY.search(match["it"]),
    ),
    Rule(
        PROFILE_LINK,
        re.compile(
            r"(?<![\w.@/-])(?:https?://)?(?:[\w-]{1,40}\.){1,3}[a-z]{2,10}/(?:(?:users?|u|profiles?|people|"
            r"members?|add|id)/|@|~)[\w.-]{2,40}\w",
            re.I,
        ),
        "The address of a person's page.",
        "It was at «chatroom.example/user/mirasample» for weeks.",
        "See www.sampleshire.gov.uk/people/children for services.",
        lambda match: not _PUBLIC_BODY.search(match[0]),
    ),
    Rule(
        PROFILE_LINK,
        re.compile(
            r"(?<![\w.@/])(?:[\w-]{1,40}\.(?:wordpress|blogspot|tumblr|livejournal|substack|weebly|wixsite|carrd|"
            r"neocities|bandcamp)\.[a-z.]{2,10}\w|[\w.]{2,32}#\d{4})(?![\w#])"
        ),
        "The address of a blog, or the name of an account.",
        "On Discord he was «samplewolf#4821» all night.",
        "See incident #4821 in the log.",
    ),
    Rule(
        PROFILE_LINK,
        re.compile(r"(?<![\w.@/])@(?=[\w.]{0,30}[A-Za-z])[A-Za-z\d_][\w.]{1,29}\w"),
        "A name on a social network. Keep it if it is an organisation's own.",
        "He wrote to her as «@mira_sample» for months.",
        "They met @ the station.",
    ),
    Rule(
        PROFILE_LINK,
        re.compile(
            r"\b(?:went[ ]by|go(?:es|ing)[ ]by|user[ ]?names?|screen[ ]?names?|handle|gamer[ ]?tags?|"
            r"nick(?:name)?|tag|accounts?|profiles?|alias|"
            r"known[ ](?:online|there)|called[ ](?:him|her|them)sel(?:f|ves)|snap(?:chat)?|instagram|insta|ig|"
            r"discord|kik|roblox|xbox|tiktok|psn|telegram|facebook|"
            r"whatsapp|twitch|online|message[ds]?|messaging|added|followed|(?:used|using|under|by)[ ]the[ ]name)\b"
            r"(?:[ ](?:was|is|of|name|names|named|called|as|under|the|user|id|account|handle|on|it|to|"
            r"by|from|he|she|they|him|her|them|used|uses|using|goes|went|known|a|his|with|calls?|called|"
            r"him\w*|her\w*)){0,7}[ ]?[,:(–-]?[ ]?[\"“'‘]?"
            r"(?P<it>(?=\w*[A-Za-z])[\w.-]{3,29}\w)"
            r"|(?<![\w.@/-])(?P<on>[\w.-]{3,29}\w)(?=[\"”'’]?[ ]on[ ](?:instagram|snapchat|tiktok|facebook|"
            r"twitter|discord|kik|roblox|telegram|youtube)\b)",
            re.I,
        ),
        "The name of an account.",
        "Online he went by «DragonExample_19» and said that he was 17.",
        "She closed the account in 2019 and told her mother.",
        is_handle,
    ),
    Rule(
        PROFILE_LINK,
        re.compile(
            r"\b(?:user[ ]?name|screen[ ]?name|gamer[ ]?tag|handle)\b(?:[ ](?:was|is|of)|[ ]?[,:(])[ "
            r"]?[\"“'‘]?(?P<it>(?!the\b|a\b|not\b|an\b|in\b|also\b|and\b|which\b|that\b|on\b)[\w.]{2,29}\w)"
            r"(?=[\"”'’]?[,.;)]|[\"”'’]|$)",
            re.I,
        ),
        "The name of an account.",
        "His username, «bigsample», was known to the police.",
        "She gave her username, and then her address.",
    ),
    Rule(
        PROFILE_LINK,
        re.compile(
            r"\b(?:accounts?|profiles?|page|channel)\b[^.\n\"“]{0,20}\b(?:in[ ]the[ ]name[ ]of|called|named|under[ "
            r"]the[ ]name)[ ](?:of[ ])?[\"“‘'](?P<it>[^\"”’'\n]{3,40})[\"”’']",
            re.I,
        ),
        "The name of an account.",
        "He had a page called “«Big Sample»” for a year.",
    ),
    Rule(
        UPN,
        re.compile(r"(?<!\w)[A-Z][\s-]?(?:\d[\s-]?){11}[\dA-Z](?!\w)", re.I),
        "A unique pupil number.",
        "The UPN, «B860401118022», was mistyped.",
        "The file K123456789012 was closed.",
        is_upn,
    ),
    Rule(
        NI_NUMBER,
        re.compile(
            r"(?<![A-Z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)(?-i:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?-?|"
            r"[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z])"
            r"(?:\d[\s-]?){5}\d\s?-?[A-D](?!\w)",
            re.I,
        ),
        "A National Insurance number.",
        "The claim was under «JT 40 51 62 A» at the time.",
        "Box ref AB/12/34/C is held in the archive.",
        lambda match: not _OTHER_NUMBER.search(_before(match)),
    ),
    Rule(
        NI_NUMBER,
        re.compile(
            r"\b(?:N\.?I\.?|NINO|National[ ]Insurance|nat\.?[ ]ins\.?)(?!\w)(?:[ ](?:number|"
            r"no\.?))?[\s:,.(-]{0,3}(?:(?:was|is|as|of)[ "
            r"])?(?P<it>[A-Z]{2}[\s-]?(?:\d[\s-]?){5}\d(?:[\s-]?[A-Z])?)(?!\w)",
            re.I,
        ),
        "It is labelled as a National Insurance number.",
        "NI number: «QQ 12 34 56 C» on the form.",
    ),
    Rule(
        NHS_NUMBER,
        re.compile(
            r"(?:(?<=NHS)|(?<=NHS-)|(?<![\w+])(?<!\d[/.-])(?<!\+\d\d\s)(?<!0044\s))\d{3}[\s.–-]{0,2}\d{3}[\s.–-]{0,2}\d{4}(?![\w/]|[.-]\d)|"
            r"(?<![\w+])(?<!\d[/.-])(?<!\+\d\d\s)(?<!0044\s)\d(?:[\s-]?\d){9}(?![\w/]|[\s.-]\d)"
        ),
        "An NHS number: its check digit is right, or its label says so.",
        "The chronology under «999 640 1189» ran to 61 pages.",
        "The document control number, 1234567890, is on each page.",
        is_nhs_number,
    ),
    Rule(
        PHONE,
        re.compile(
            r"(?<![\w£])(?<!\d[/.-])(?:\+44[\s.-]?(?:\(0\))?[\s.-]?|0044[\s.-]?|"
            r"\(?0)[12357-9](?:[\s.()/–-]{0,2}\d){8,9}(?![\w]|[.-]\d|/\d\d)"
        ),
        "A telephone number.",
        "Her number was «07700 900 888» then.",
        "The NSPCC is on 0808 800 5000 and Childline on 0800 1111.",
        is_phone,
    ),
    Rule(
        PHONE,
        re.compile(r"(?<![\w£/.-])\+(?!44)[1-9]\d{0,2}(?:[\s.()-]{0,2}\d){7,12}(?!\w)"),
        "A telephone number of another country.",
        "Calls from «+48 22 555 01 23» were not followed up.",
        "It rose by +12 points.",
        is_phone,
    ),
    Rule(
        PHONE,
        re.compile(
            r"\b(?:tel(?:ephone)?|phone|mobile|mob|fax|ext(?:ension)?)\b\.?(?:[ ]?(?:number|no\.?|"
            r"line))?[\s:(]{0,3}(?:(?:is|was|on)[ ])?(?P<it>(?!0800|0808|116)\d{3,5}[\s-]?\d{3,6})(?![\w/])",
            re.I,
        ),
        "It is labelled as a telephone number.",
        "Tel: «960 532» after six.",
        "The phone had 412 messages on it.",
    ),
    Rule(
        POSTCODE,
        re.compile(
            rf"(?<![\w-])(?:(?:{_AREAS})(?:\d[A-Z\d]?)[\s-]{{0,2}}\d[ABD-HJLNP-UW-Z]{{2}}|GIR\s?0AA)(?!\w)", re.I
        ),
        "A postcode.",
        "The family moved to «YO79 4QT» in spring.",
        "It was held in S1 2nd floor rooms.",
        is_postcode,
    ),
    Rule(
        POSTCODE,
        re.compile(
            rf"\b(?:postcode|post[ ]code|postal[ ]district)(?:[ ](?:area|district|of|was|"
            rf"is)){{0,2}}[\s:(]{{0,2}}(?P<it>(?-i:{_AREAS})\d[A-Z\d]?)(?!\w)",
            re.I,
        ),
        "The first half of a postcode.",
        "They lived in the postcode district «YO79» then.",
    ),
    Rule(
        PROFILE_LINK,
        re.compile(
            r"(?<![\w./@_\\-])(?P<it>[A-Za-z]{2,30}[A-Za-z\d]{0,30}_\w{0,30}[A-Za-z\d]|"
            r"(?=\w*[A-Za-z]{3})(?=[A-Za-z]+\d{2})\w{6,30})(?![\w/@\\]|\.\w)"
        ),
        "It looks like the name of an account.",
        "The account of «mira_sample» was saved.",
        "See the file neglect_toolkit.pdf for more.",
        is_online,
    ),
)
