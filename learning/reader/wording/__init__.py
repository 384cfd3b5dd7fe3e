"""What announces what: the tables that the reader goes by, each row with an example of its own.

Order matters: the first row that fits wins. Every example is a test.
"""

import re

from learning.reader.wording.headings import HEADINGS
from learning.reader.wording.labels import LABELS
from learning.reader.wording.lead_ins import LEAD_INS
from learning.reader.wording.rule import (  # fmt: skip
    ACTION,
    FACT,
    GOOD,
    KINDS,
    LEARNING,
    NEUTRAL,
    NEXT,
    QUESTION,
    RECOMMENDATION,
    RISK,
    STOP,
    Rule,
)
from learning.reader.wording.sentences import FINDING, NOT_A_FINDING, RECOMMENDS

__all__ = [
    "ACTION",
    "FACT",
    "FINDING",
    "GOOD",
    "HEADINGS",
    "KINDS",
    "LABELS",
    "LEAD_INS",
    "LEARNING",
    "NEUTRAL",
    "NEXT",
    "NOT_A_FINDING",
    "QUESTION",
    "RECOMMENDATION",
    "RECOMMENDS",
    "RISK",
    "STOP",
    "Rule",
]


def rule(kind: str, pattern: str, *examples: str) -> Rule:
    return Rule(kind, re.compile(pattern, re.I | re.X), examples)


# A numbered name of a theme, with a title: what is under it is learning.
TITLED = re.compile(
    r"^(?:(?:key|practice|learning)\ )?(?:theme|issue|area|message)\ \d{1,2}\s*[:.–-]\s*\S.{3,}", re.I | re.X
)

# Words that say what is done, and words that ask for something: they tell under headings of the kind NEXT.
DONE = re.compile(
    r"\b(?:has|have)\ (?:\w+\ )?(?:been|begun|made|put|set|written|\w{3,}ed)\b|\b(?:is|are)\ (?:now\ |"
    r"currently\ )?(?:being|\w{3,}ing)\b|"
    r"\bwill\b|\b(?:was|were)\ \w+(?:ed|en)\b",
    re.I | re.X,
)
# What is put to the reader, not to the review.
PUTS_TO_READER = re.compile(
    r"^(?:think|consider|reflect|discuss|talk|ask|imagine|look|take|use)\b|\b(?:you|your|yourselves|teams?|"
    r"supervision|us|we)\b",
    re.I | re.X,
)
PRAISES = re.compile(r"\b(?:good practice|commend(?:s|ed)?|praise[sd]?|exemplary|excellent|singled out)\b", re.I)
SINCE_THEN = re.compile(
    r"\b(?:since (?:the|this) (?:review|report|death)|come of the review|as a result of (?:the|this) review|"
    r"in response to (?:the|this) "
    r"(?:review|report)|following (?:the|this) review|for our part|(?:recommendations|actions) are being "
    r"(?:put|carried|taken)|"
    r"since then,? the \w+ (?:has|have))\b",
    re.I,
)
INVITES_TO_THINK = re.compile(
    r"\b(?:(?:please )?think about|ask yourself|consider|talk about|discuss|your next (?:supervision|team))\b", re.I
)
GOES_BACK = re.compile(
    r"(?:it|this|that|these|those|they|them|he|she|his|her|their|its|both|each|all|neither|one|some|such|here|"
    r"there|then|but|and|so|"
    r"however|instead|as a result|in fact|even|yet|also)\b",
    re.I,
)
# What a question without its mark begins with.
INVITES = re.compile(
    r"^(?:think|consider|reflect|discuss|talk|ask|describe|imagine|share|name|list|how|what|when|who|why|"
    r"where|which|whether|is|"
    r"are|do|does|did|have|has|can|could|would|should)\b",
    re.I | re.X,
)
ASKS = re.compile(r"\b(?:should|must|needs?\ to|ought\ to|are\ asked|is\ asked)\b", re.I | re.X)

# A paragraph that tells of the document, the process or where to read on; never a statement of its own.
NOTICE = re.compile(
    r"\b(?:can be (?:accessed|found|downloaded|viewed|read|obtained)|is available|are available|click (?:here|on)|"
    r"please (?:turn|see|visit|contact|click|read|refer|share|email|e-mail|note|book)|"
    r"for (?:more|further) (?:information|details)|further (?:information|details|reading)|you can (?:find|"
    r"read|access|download)|"
    r"visit (?:the|our) website|read (?:the|more)\b.{0,40}report|to read more|"
    r"(?:this|the) (?:learning )?(?:briefing|bulletin|newsletter)\b|this (?:learning )?(?:document|guide|"
    r"handout|leaflet|paper|poster|page|"
    r"summary|section|report is)\b|(?:seven|7)[- ]minute briefing\b|full report|overview report|"
    r"(?:report|summary|review) (?:was|has been|will be|is|cannot be) (?:not )?(?:yet )?(?:published|shared|"
    r"sent|considered|presented|written|chaired|carried out|read)|"
    r"has been anonymised|pseudonym|names? (?:have|has) been (?:changed|altered)|not (?:his|her|their) real names?|"
    r"all rights reserved|©|copyright|may be reproduced|views expressed|"
    r"learning (?:and improvement )?(?:workshops?|events?) (?:are|will|is|have)|briefing sessions?|webinar|"
    r"podcast|short film about|"
    r"to book|need to book|book (?:early|a place|your place)|places are|sign up to|scan the qr|follow (?:us|"
    r"the link)|look out for our|our next|next (?:edition|issue|review date)|"
    r"in an emergency|to report a concern|to request|free of charge|unsubscribe|this e-?mail|further copies|"
    r"(?:makes?|made) the following \w+|action plan (?:which |that )?(?:has|will|is)|"
    r"(?:recommendations?|findings?|learning(?: points)?|lessons?|messages?|resources|progress(?: against the "
    r"recommendations)?) (?:(?:below|here|"
    r"for other agencies|that is relevant to [\w ]+|from this case|from the review) )?(?:is|are|was|were|has "
    r"been|have been|will be|fall|should be read) "
    r"(?:not )?(?:fully |all )?(?:set out|listed|shown|highlighted|described|explained|summarised|numbered|"
    r"repeated|included|accepted|endorsed|agreed|"
    r"reported|shared|presented|drawn|taken|grouped|in (?:the|bold|boxes)|under|with|made by|for the board|"
    r"followed|attached|given)|"
    r"(?:more detail on|each of these points)\b.*\b(?:given|below)|each (?:finding|recommendation) is\b|"
    r"(?:has|have) (?:accepted|agreed) (?:the|all)\b.{0,25}(?:recommendations|findings)|"
    r"what follows is|here are the|below are the|set out (?:below|in this)|see (?:also|page|the nspcc)|"
    r"(?:summary|copy) of (?:the|this)\b.{0,30}\b(?:sent|lessons)|a copy of the report|"
    r"we would like to thank|(?:is|are) grateful to|thanks? (?:the|to|everyone|all)|condolences|thank you|"
    r"sympath(?:y|ies)|we hope that this|"
    r"agreed to publish|RESOLVED)\b",
    re.I,
)
REGRET = re.compile(
    r"\b(?:deeply\ sorry|we\ are\ sorry|truly\ sorry|deepest|tragic|tragedy|heartfelt|our\ thoughts|devastat\w+|"
    r"said\s*[:,]|commented)\b",
    re.I,
)

# Words by which one reaches somebody; a short item that holds them is no statement.
CONTACT = re.compile(
    r"\b[\w.+-]+@[\w-]+\.\w|https?://|\bwww\.|\b(?:ring|telephone|tel|call|phone|e-?mail|contact)\b\s*(?:us\b|"
    r"the\ \w+\ office|:|on\b|\d)|"
    r"\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b",
    re.I | re.X,
)
THANKS = re.compile(
    r"^(?:thank\ you|thanks|any\ questions\?|(?:with\ )?(?:our\ |my\ )?(?:best|kind|warm|many)\ (?:wishes|"
    r"regards|thanks)|with\ thanks)",
    re.I | re.X,
)
# What a meeting resolves on a report is no answer to the review: "That Cabinet note the report".
FORMALITY = re.compile(
    r"^(?:that\ )?(?:the\ )?(?:cabinet|committee|board|members?|council|panel|executive|report|minutes)\ (?:\w+\ )?"
    r"(?:notes?|noted|receives?|received|approved?s?|endorses?)\b(?:\ (?:the|this)\ (?:report|contents?|update|"
    r"minutes|progress))?",
    re.I | re.X,
)
SPEAKS_OF_ITSELF = re.compile(
    r"\b(?:briefing|bulletin|newsletter|reviews?\ (?:say|says|tell|show|have|has)|all\ professionals|local\ reviews|"
    r"this\ learning|what\ follows|we\ want)\b",
    re.I | re.X,
)

# Column headings of a table, and what stands under them.
COLUMNS = (
    rule(
        RECOMMENDATION,
        r"^what\ (?:you|practitioners|staff|professionals|teams)\b(?!.*\b(?:did|said|told)\b)",
        "What you can do",
    ),
    rule(
        RECOMMENDATION,
        r"^(?:do|don't|do\ not|avoid|remember|be\ careful\b.*|try|instead)$|^what\ the\ review\ (?:said|asked|"
        r"recommended)|\boutcomes?\b.*\b(?:want|sought|required|desired)|^call\ to\ action",
        "Do",
        "Be careful not to",
        "What the review said",
    ),
    rule(
        GOOD,
        r"\b(?:effective|notable|positive)\ practice\b|\bworking\ well\b",
        "Notable practice",
    ),
    rule(QUESTION, r"^ask\ yourself|\b(?:for\ reflection|to\ reflect\ on)\b", "Points for reflection"),
    rule(RISK, r"\blook\ (?:out\ )?for\b|^signs?\b|^red\ flags?|^triggers?$", "What to look out for"),
    rule(
        LEARNING,
        r"^missed\ opportunit|\bcould\ (?:be|have\ been)\ better|^areas?\ for\b|^key\ messages?|"
        r"^what\ (?:did\ )?we\ learn",
        "Missed opportunity",
    ),
    rule(
        ACTION,
        r"^(?:difference\b.*|changes?\ made|how\ we\ responded|(?:latest\ )?update|work\ completed|activity\b.*|"
        r"response\ to\b.*|action\ to\b.*)$",
        "Difference it has made",
    ),
    rule(
        RECOMMENDATION,
        r"\brecommend\w*\b|^what\ (?:needs|should|must)|\b(?:were|are|was|is)\ asked\ to\ do\b|"
        r"^asks?\b",
        "Recommendation",
        "What we were asked to do",
        "What needs to happen",
    ),
    rule(
        ACTION,
        r"^(?:\w+\ ){0,2}?actions?\b(?!.*\b(?:owner|lead|by|no|number|ref|status|date\ of)\b)|"
        r"^what\ (?:we|will|has|have|is|was|did|are)\b(?!.*\b(?:found|find|learn\w*|asked)\b)|"
        r"^(?:progress|outcomes?(?!.*\b(?:want|sought|required|expected|desired)\b)|update|\w*\ ?response|impact|"
        r"how\ we\ will)\b",
        "Action",
        "What we will do",
        "Progress",
        "Agency response",
    ),
    rule(GOOD, r"\bgood\ practice\b|\b(?:worked|went)\ well\b|^strengths?\b", "Good practice"),
    rule(
        LEARNING,
        r"\b(?:learning|lessons?|findings?|issues?)\b|^what\ (?:we|was|the\ review)\ (?:found|learn\w*)",
        "Finding",
        "What we learned",
    ),
    rule(RISK, r"\b(?:risk|vulnerability|warning)\ (?:factors?|indicators?|signs?)\b|^indicators?\b", "Risk factor"),
    rule(QUESTION, r"\bquestions?\b", "Question"),
)
COLUMN_OF_A_PLAN = re.compile(
    r"(?:leads?\b.*|owner.*|who.*|by\ whom|by\ when|by|when|date.*|time\ ?(?:scale|frame|line)s?|target.*|"
    r"deadline|due.*|rag.*|"
    r"status|completion.*|responsib.*|progress.*)$",
    re.I | re.X,
)
COLUMN_IS_NOTHING = re.compile(
    r"(?:no\.?|ref\.?(?:erence)?|number|\#|rec\.?\ ?(?:no\.?|ref\.?)|(?:recommendation|action|"
    r"finding)\ (?:no\.?|number|ref\.?|owner|lead|status|date)|leads?\b.*|owner.*|"
    r"who.*|by\ whom|by\ when|by|when|date.*|time\ ?(?:scale|frame|line)s?|target.*|deadline|due.*|rag.*|status|"
    r"completed?.*|completion.*|evidence.*|measures?.*|agency|agencies|"
    r"responsib.*|themes?|review\ date|outcome\ measure.*|success.*|priority|source|page|(?:case\ )?summary|"
    r"case|type\ of\ review|background|what\ happened|circumstances|"
    r"description|child|age|year|title|review|state|method|resources?|cost|risk\ rating|links?)$",
    re.I | re.X,
)
CELL_IS_NOTHING = re.compile(
    r"(?:complete[d]?|in\ progress|not\ (?:yet\ )?(?:started|answered|complete[d]?|due|applicable)|on\ ?going|"
    r"none(?:\ (?:was\ |were\ )?(?:noted|identified|seen|recorded))?|too\ early\ to\ say|n/?a|tbc|"
    r"to\ be\ (?:confirmed|agreed)|"
    r"(?:on|off)\ track|(?:not\ )?on\ target|see\ above|as\ above|red|amber|green|blue|no\ (?:action|response|"
    r"further\ action)(?:\ \w+){0,3})",
    re.I | re.X,
)
