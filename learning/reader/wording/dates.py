"""Months and dates as bulletins print them: the one table of both."""

import re

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTH_WORDS = frozenset(name.lower() for name in (*MONTHS, *(name[:3] for name in MONTHS), "Sept"))
# The alternatives of a pattern: each month whole or short, without brackets and without a full stop.
MONTH = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|"
    r"Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_MONTH = rf"(?:{MONTH})\.?"
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
DATE = re.compile(
    rf"""{_DAY}(?:
        (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH}),?\s+(?P<y1>(?:19|20)\d\d)
      | (?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)
      | (?P<m3>{_MONTH}),?\s+(?P<y3>(?:19|20)\d\d)
      | (?P<d4>\d{{1,2}})[/.-](?P<n4>\d{{1,2}})[/.-](?P<y4>(?:19|20)?\d\d)\b
      | (?<![\d/–-])(?P<y5>(?:19|20)\d\d)(?:-(?P<n5>\d\d)-(?P<d5>\d\d))?(?![/\d–-])
    )""",
    re.X | re.I,
)
