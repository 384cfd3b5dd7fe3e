"""What announces what: the tables that the reader goes by, each row with an example of its own.

Order matters: the first row that fits wins. A heading is compared without its number, case and closing colon. Every
example is a test.
"""

import re
from dataclasses import dataclass, field

STOP = "stop"  # what follows is no statement: the story, the method, the links
NEUTRAL = "neutral"  # says nothing of what follows
QUESTION, FACT, ACTION = "question", "fact", "action"
LEARNING, RISK, GOOD, RECOMMENDATION = "learning_point", "risk_indicator", "good_practice", "recommendation"
KINDS = (LEARNING, RISK, GOOD, RECOMMENDATION, ACTION, QUESTION, FACT)


@dataclass(frozen=True)
class Rule:
    kind: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...] = field(default=())


def rule(kind: str, pattern: str, *examples: str) -> Rule:
    return Rule(kind, re.compile(pattern, re.I | re.X), examples)


_REVIEW = (
    r"(?:serious\ case|child\ safeguarding\ practice|case|safeguarding(?:\ adults?)?|practice|thematic|"
    r"rapid|domestic\ homicide|learning)?\ ?(?:reviews?|scrs?|l?cspr|sars?|dhrs?)"
)

HEADINGS = (
    # -- names of the document and its frame ----------------------------------------------------------------------
    rule(
        NEUTRAL,
        r"\b(?:learning|safeguarding|practice|review|minute|7[- ]minute|seven[- ]minute)\ (?:\w+\ )?"
        r"(?:bulletin|briefings?|newsletter|handout|brief|leaflet|guide)\b",
        "Serious Case Review Learning Bulletin",
    ),
    rule(NEUTRAL, rf"^(?:lessons?|learning)\ from\ (?:\w+\ ){{0,4}}{_REVIEW}\b", "Learning from reviews"),
    rule(
        STOP,
        r"^(?:key\ )?(?:themes?|topics?|keywords?|key\ words|tags?)(?:\ explored|\ covered)?$",
        "Key themes explored",
    ),
    rule(
        STOP,
        r"^(?:further|more|additional|useful|other)\ (?:information|resources|reading|links|guidance|"
        r"contacts?|help|support|advice)",
        "Further information and links",
    ),
    rule(STOP, r"^for\ (?:more|further)\ (?:information|reading|details)", "For more information"),
    rule(
        STOP,
        r"^references?\b|^(?:resources|bibliography|sources?|links|contacts?|contact\ (?:us|details)|"
        r"glossary|appendix|appendices|contents|index|"
        r"acknowledge?ments?|feedback|training(?:\ (?:dates?|courses?|events?|calendar|offer|programme))?|"
        r"events|(?:up\ ?coming|forthcoming)\b.*|in\ this\ (?:issue|edition)|thank\ you.*|any\ questions|"
        r"disclaimer|useful\ (?:links|resources|contacts)|where\ (?:to|can|do)\b.*|"
        r"how\ to\ use\ .*|about\ (?:this|the|us).*|download.*|read\ (?:more|the).*|get\ in\ touch.*|notes?)$",
        "References",
        "How to use this briefing",
        "Contents",
    ),
    rule(
        STOP,
        r"^(?:methodology|method|approach|scope|terms\ of\ reference|process|review\ process|"
        r"the\ review\ process|how\ (?:was\ )?the\ review.*|"
        r"parallel\ (?:processes|proceedings)|(?:the\ )?review\ (?:panel|team|methodology|process)|"
        r"panel\ membership|authors?|lead\ reviewers?|limitations|model|time\ ?frame|"
        r"key\ lines\ of\ enquiry|research\ questions|legal\ context|guidance\ and\ legislation|definitions?)\b",
        "Terms of Reference",
        "Methodology",
    ),
    rule(
        STOP,
        r"^(?:why|when|how)\ (?:was|is|are|were|do|does|did)\ (?:we\ |the\ |a\ |an\ |"
        r"this\ )?(?:\w+\ ){0,3}?(?:review|scr|cspr|lcspr|sar|dhr|briefing|bulletin)",
        "Why was the review carried out?",
    ),
    rule(
        STOP,
        r"^what\ (?:is|are)\ (?:a|an|the|serious|child|domestic|safeguarding|this|practice)\b",
        "What is a serious case review?",
    ),
    rule(STOP, r"^what\ (?:happened|do\ we\ know|was\ known|we\ know|is\ known)\b", "What happened?"),
    rule(
        STOP,
        r"^(?:the\ )?(?:introduction|background(?!\ (?:to|and)\ (?:the\ )?(?:learning|recommend))|"
        r"context|case\ (?:details|summary|history|overview|background|outline|synopsis|study)|"
        r"summary(?:\ of\ (?:the\ )?(?:case|events|facts|incident|circumstances))?|overview|chronology|"
        r"time\ ?line|key\ events|family\ (?:history|background|composition|context)|"
        r"history|incident|the\ incident|circumstances|(?:the\ )?(?:story|facts\ of\ the\ case)|(?:the\ |"
        r"about\ (?:the\ )?)?(?:child|children|family|case)(?:'s\ (?:story|life|lives|history))?$|"
        r"brief\ (?:summary|outline|overview).*|"
        r"synopsis|executive\ summary|foreword|message\ from.*|welcome|purpose|aims?(?:\ and\ objectives)?|"
        r"what\ we\ knew|pen\ picture|genogram)"
        r"(?:\ information)?(?:\ (?:to|of|and|in|cont).*)?$",
        "Background Information cont..",
        "Family History",
        "Summary",
        "Introduction",
    ),
    rule(
        STOP,
        r"^why\ (?:does|did|do|is)?\ ?(?:it|this|that|they)\ (?:matters?|important)|^how\ did\ (?:it|this|"
        r"the\ finding)\b|"
        r"^how\ (?:is|was)\ (?:it|this)\ (?:seen|shown)|^(?:rationale|evidence|commentary)$",
        "Why does it matter?",
        "How did it show in this case?",
        "Rationale",
    ),
    rule(
        STOP,
        r"^(?:financial|legal|equalit\w+|resource|staffing|environmental|policy|human\ resources?)\ "
        r"(?:(?:and|,)\ \w+\ )*implications|^background\ papers|^(?:other\ )?options\ considered|"
        r"^(?:key\ )?dates\ for\b|"
        r"^diary\b|^(?:apologies|declarations\ of\ interest|any\ other\ business|work\ programme)\b",
        "Financial implications",
        "Dates for your diary",
        "Apologies",
    ),
    # -- kinds ---------------------------------------------------------------------------------------------------
    rule(
        FACT,
        r"\b(?:fast|quick|key|did\ you\ know|fun)\ facts?\b|^facts?(?:\ (?:and|&)\ figures)?$|"
        r"^statistics\b|\bkey\ (?:figures|statistics|data|numbers)\b|^did\ you\ know|"
        r"^(?:the\ )?(?:national\ )?(?:figures|numbers|data|statistics)$|^in\ numbers$",
        "FAST FACTS",
        "Key statistics",
    ),
    rule(
        QUESTION,
        r"^questions?\b|^what\ (?:should|could|might|can)\ (?:you|we|i|your\ team|teams)\ (?:think|"
        r"ask|consider|reflect)\b|\bquestions?\ (?:to|for)\b|^considerations?\ for\ the\ (?:board|partnership|"
        r"committee)\b|\b(?:reflective|key|discussion|"
        r"practice)\ questions?\b|^(?:points?\ )?(?:for|to)\ (?:reflection|discussion|reflect|discuss|consider|"
        r"consideration)\b|"
        r"^(?:reflect|reflection|reflections|reflective\ (?:points|practice)|discussion(?:\ points?)?|consider|"
        r"ask\ yourself|think(?:\ about)?|prompts?|over\ to\ you)\b|"
        r"^(?:stop|pause)\ and\ (?:think|reflect)",
        "Questions to consider",
        "Reflect",
        "Questions for the Board",
    ),
    rule(
        GOOD,
        r"\b(?:good|effective|best|positive|strong|notable|exemplary)\ (?:\w+\ )?(?:practice|"
        r"work)\b(?!\ (?:guid|improvement))|"
        r"\bwhat\ (?:\w+\ )?(?:worked|went|works|was\ done|has\ worked)\ well\b|\b(?:did|do|done|doing)\ well$|"
        r"^positives?\b|^achievements\b|^what\ (?:has\ )?helped\b|^(?:the\ )?good$|^strengths\b|^what\ was\ good|"
        r"^things?\ that\ went\ well|^celebrat|^practice\ to\ celebrate",
        "What worked well",
        "Examples of good practice",
        "Effective practice",
    ),
    rule(
        RISK,
        r"\b(?:indicators?|signs?|triggers?)\ (?:of|for|to)\b|^(?:key\ |known\ |possible\ |"
        r"common\ )?(?:risk|vulnerability|warning|trigger)\ (?:factors?|indicators?|signs?)\b|"
        r"\b(?:risk|vulnerability)\ factors\b|^(?:red\ flags|warning\ signs|triggers|indicators|"
        r"risks?\ and\ vulnerabilit|vulnerabilit(?:y|ies)\ and\ risks?|signs\ and\ (?:symptoms|indicators)|"
        r"(?:what|things)\ to\ look\ (?:out\ )?for|look\ out\ for|be\ alert\ to|spotting\ the\ signs|"
        r"what\ (?:might|may|could)\ you\ (?:notice|see))\b",
        "Indicators of risk and vulnerability",
        "Warning signs",
    ),
    rule(
        ACTION,
        r"\bactions?\ (?:already\ )?(?:taken|completed|to\ date|so\ far|undertaken|in\ response|"
        r"agencies\ have|we\ have)\b|\bwhat\ (?:\w+\ ){0,2}?(?:have|has|had)\ (?:\w+\ ){0,2}?(?:done|changed|"
        r"happened|been\ done|improved)\b|"
        r"^(?:progress|improvements?|changes)(?:\ (?:made|since|to\ date|so\ far|already)|$)|"
        r"^(?:what\ )?(?:are\ we|we\ are)\ doing|\bwhat\ are\ we\ doing\b|"
        r"^(?:\w+\ ){0,4}?responses?(?:\ (?:to|by|from)\b.*)?$|^outcomes?(?:\ (?:of|from)\b.*)?$|^(?:since|"
        r"following)\ (?:the\ )?(?:review|then|this)\b|^impact(?:\ of.*)?$|^how\ (?:we\ have|have\ we)\ responded|"
        r"^what\ (?:we\ )?(?:will\ do|are\ we\ going\ to\ do|we\ are\ doing|is\ being\ done)|"
        r"^what\ we\ did\b(?!\ (?:well|not))|^what\ (?:is|has\ been|'s)\ (?:now\ )?(?:different|better|changed|"
        r"changing)\b|^what\ is\ happening\ now|^you\ said,?\ we\ did|^work\ (?:under\ way|in\ progress|undertaken)",
        "Actions taken to address lessons learned",
        "What we have done",
        "SSCB response",
        "Progress",
    ),
    rule(
        RECOMMENDATION,
        r"^(?:[\w,-]+\ ){0,5}?recommend(?:ations?|ed)\b|\bwhat\ (?:did|does|do|has|is|"
        r"was)\ .{0,30}\brecommend(?:ed|s|ing)?$|\bwhat\ (?:needs?|should|must)\ (?:to\ )?(?:happen|change|"
        r"be\ done|you\ do|we\ do|i\ do|professionals\ do|practitioners\ do|agencies\ do)|"
        r"^what\ do(?:es)?\ (?:you|we|i|staff|practitioners|managers|agencies|this|it)\ (?:need\ to|have\ to|"
        r"mean\ for)\b|^what\ (?:we|they|families|parents|children|young\ people)\ want\b|"
        r"^what\ (?:do\ we\ want|would\ we\ like|are\ we\ asking|do\ we\ need)\b|^(?:to\ do|to-do|do\ list|"
        r"next\ steps|what\ (?:next|now)|what(?:'s|\ is|\ happens)\ next|what\ (?:do|can|should|must)\ (?:we|"
        r"you|i|practitioners|professionals|staff|agencies|managers)(?:\ \w+)?\ do.*|"
        r"(?:required|key|priority|agreed|single\ agency|multi-agency|practice)\ actions?.*|"
        r"actions?(?:\ (?:plan|points?|required|needed|for|to\ (?:take|be\ taken|consider)))?.*|"
        r"(?:how\ (?:can|to|do\ we)\ )?(?:improv\w+|making)\ (?:systems|practice|changes|a\ difference)\b.*|"
        r"implications\ for\ (?:practice|practitioners|managers|agencies|policy).*|"
        r"asks?\ of\b.*|our\ ask\b.*|top\ tips.*|tips\ for.*|practice\ (?:guidance|tips).*|how\ to\ (?:improve|"
        r"do|apply|respond|make).*|putting\ (?:it|learning)\ into\ practice.*|"
        r"what\ you\ (?:need|can|should|must)\b.*|things\ to\ do.*|what\ to\ do\b.*|the\ ask$|(?:the\ )?local\ asks?.*|"
        r"considerations\ for\ practice.*|challenges?\ (?:to|for)\ the\ (?:board|partnership).*)$",
        "Recommendations from Serious Case Review",
        "What needs to happen",
        "To do",
        "Next steps",
    ),
    rule(
        LEARNING,
        r"\blearn(?:ing|t|ed)?\b|\blessons?\b|\bfindings?\b|^(?:key|main|practice|core|emerging|"
        r"significant|common)\ (?:issues?|messages?|points?|practice\ (?:issues?|messages?|points?|themes?)|areas)\b|"
        r"\bissues\ (?:identified|raised|arising|highlighted|emerging)\b|^(?:what\ did|what\ (?:do|have)\ we|"
        r"what\ the\ review|what\ (?:we|was)).*(?:find|found|learn|learned|learnt|identified|say|said|tell)\b|"
        r"^(?:missed\ opportunit|areas?\ (?:for|of)\ (?:improvement|development|concern|learning)|"
        r"practice\ (?:issues|concerns|themes|messages|points)|concerns?\ (?:identified|raised)|gaps|"
        r"what\ (?:could|should|might)\ have\ (?:been|gone|worked)\ (?:done\ )?(?:better|different)|"
        r"what\ (?:did\ not|didn.t)\ (?:go|work)\ well|what\ we\ (?:found|learned|learnt|could\ do\ better)|"
        r"even\ better\ if|barriers|"
        r"issues?$|what\ got\ in\ the\ way|what\ (?:has\ )?hindered|what\ went\ (?:wrong|less\ well)|"
        r"what\ can\ we\ learn|take[- ]?(?:home|away)\ (?:messages?|points?)|messages?\ for\b.*|conclusions?|"
        r"weaknesses|challenges|opportunities|(?:the\ )?analysis\ and\ (?:findings|learning)|"
        r"strategic\ learning|key\ practice\ (?:learning|messages|points))\b",
        "Key learning points",
        "Lessons learned",
        "Findings",
        "Key Issues Identified",
        "Key messages",
    ),
)

# Words within a sentence that ends in a colon (or a semicolon, as some print it) and so announces a list.
LEAD_INS = (
    rule(
        STOP,
        r"^(?:the\ )?(?:key\ |main\ )?(?:themes?|topics?)\ (?:include[sd]?|are|were|explored|"
        r"covered)\b(?!.*\b(?:learn|action|recommend))",
        "Themes include:",
    ),
    rule(STOP, r"\bRESOLVED\b|^(?:it\ was\ )?resolved\b", "RESOLVED, that –"),
    rule(
        STOP,
        r"\b(?:purposes?|aims?|objectives|principles|terms\ of\ reference|key\ lines\ of\ enquiry|"
        r"methodology|panel|membership|conducted|commissioned\ when|commissioned\ where|defined\ as|"
        r"definition)\b[^.]*$",
        "The purposes of DHRs are to:",
        "These principles are;",
    ),
    rule(
        STOP,
        r"\b(?:links?|resources?|websites?|documents?|guidance|reading|information|reports?)\ (?:are|is|"
        r"can|below|available|may|include|that)\b[^.]*$|\b(?:contact|e-?mail|visit|download|attended\ by|"
        r"present)\b[^.]*$",
        "Further information can be found in the documents below:",
    ),
    rule(
        RISK,
        r"\b(?:triggered\ by|(?:more|particularly)\ vulnerable|risk\ (?:factors?|indicators?)|"
        r"warning\ signs|signs\ (?:of|that|to|include|may)|indicators?|vulnerab\w+\ (?:factors?|because|when|"
        r"include))\b[^.]*$",
        "they're often triggered by upsetting experiences such as:",
    ),
    rule(
        QUESTION,
        r"\b(?:questions?|ask\ yourself|reflect|discuss(?:ion)?|consider\ the\ following|"
        r"think\ about)\b[^.]*$",
        "Consider the following questions in your team:",
    ),
    rule(
        GOOD,
        r"\b(?:good|effective|positive|best)\ practice\b[^.]*$|\bwork(?:ed|ing)?\ well\b[^.]*$|"
        r"\bstrengths\b[^.]*$",
        "Good practice was seen in:",
    ),
    rule(
        ACTION,
        r"\bactions?\b[^.]*\b(?:taken|completed|implemented|under\ ?taken|has|have)\b[^.]*$|\b(?:have|"
        r"has|had)\ (?:already\ |now\ |since\ |also\ )?(?:been\ )?(?:done|put\ in\ place|taken|made|introduced|"
        r"implemented|changed|completed|responded|developed|agreed\ to)\b[^.]*$|"
        r"\b(?:progress|changes\ made|improvements\ (?:made|include)|in\ response|steps\ taken)\b[^.]*$",
        "The key themes identified and actions taken were;",
    ),
    rule(
        RECOMMENDATION,
        r"\brecommend\w*\b[^.]*$|\b(?:should|must|needs?\ to|are\ asked\ to|is\ asked\ to|"
        r"are\ expected\ to|will\ need\ to|need\ to)\b[^.]*$|\b(?:next\ steps|to\ do)\b[^.]*$",
        "The local recommendations for Safeguarding Partners in Bradford include:",
    ),
    rule(
        LEARNING,
        r"\b(?:learn\w*|lessons?|findings?|found|issues?\ (?:identified|were|raised|are)|identified|"
        r"messages?|concluded|highlighted|concerns|missed\ opportunities|key\ points|"
        r"areas\ for\ (?:improvement|development))\b[^.]*$",
        "The learning points are highlighted below:",
        "The following issues were identified from the DHRs:",
    ),
)

# Labels that begin one statement and are no part of its words.
LABELS = (
    rule(
        QUESTION,
        r"^(?:key\ |reflective\ )?questions?(?:\ for\ (?:reflection|discussion|practice|"
        r"(?:your\ )?teams?|practitioners|managers|supervision|you|the\ (?:board|"
        r"partnership)))?(?:\ (?P<number>\d{1,2}[a-z]?))?$",
        "Question",
        "Question 2",
    ),
    rule(
        QUESTION,
        r"^(?:reflect|reflection|consider|discussion\ point|ask\ yourself|"
        r"prompt)(?:\ (?P<number>\d{1,2}))?$",
        "Reflect",
    ),
    rule(
        ACTION,
        r"^(?:outcome|actions?\ taken|(?:agency\ |our\ |board\ |partnership\ )?response|"
        r"progress(?:\ (?:update|to\ date|so\ far))?|update|impact|what\ (?:we\ (?:did|have\ done|will\ do|"
        r"are\ doing)|has\ (?:changed|been\ done)))(?:\ (?P<number>\d{1,2}[a-z]?))?$",
        "Outcome",
    ),
    rule(
        RECOMMENDATION,
        r"^(?:\w+\ )?(?:recommendation|rec)(?:\ (?:no\.?\ |"
        r"number\ )?(?P<number>\d{1,2}(?:\.\d{1,2})?[a-z]?|[a-z]|[ivx]{1,4}))?$",
        "Recommendation 3",
    ),
    rule(ACTION, r"^action(?:\ (?:no\.?\ )?(?P<number>\d{1,2}(?:\.\d{1,2})?[a-z]?))?$", "Action 1"),
    rule(
        GOOD,
        r"^(?:good|effective|best|positive)\ practice(?:\ (?:example|point))?(?:\ (?P<number>\d{1,2}))?$",
        "Good practice",
    ),
    rule(
        LEARNING,
        r"^(?:key\ )?(?:finding|learning(?:\ point|\ theme)?|lesson(?:\ learned|\ learnt)?|"
        r"learning\ outcome|key\ message|message|key\ learning|"
        r"key\ issue)(?:\ (?:no\.?\ )?(?P<number>\d{1,2}(?:\.\d{1,2})?[a-z]?|[a-z]|[ivx]{1,4}))?$",
        "Finding 1",
        "Learning point 2",
    ),
    rule(
        RISK,
        r"^(?:risk\ (?:factor|indicator)|indicator|warning\ sign|trigger)(?:\ (?P<number>\d{1,2}))?$",
        "Risk factor",
    ),
    rule(
        RECOMMENDATION,
        r"^(?:R|Rec)\s?(?P<number>\d{1,2}(?:\.\d{1,2})?[a-z]?)$|"
        r"^(?:top\ )?tips?(?:\ (?P<tip>\d{1,2}))?$",
        "R1",
        "Top tip",
    ),
    rule(LEARNING, r"^(?:LP|L|F)\s?(?P<number>\d{1,2}(?:\.\d{1,2})?[a-z]?)$", "LP2", "F1"),
    rule(FACT, r"^(?:fast\ |key\ |quick\ )?fact(?:\ (?P<number>\d{1,2}))?$", "Fact 1"),
)

# A finding told in running prose: the sentence says that somebody found it.
_WHO = (
    r"(?:the|this|that|each|our|a|both|all)\ (?:[\w'’-]+\ ){0,5}?"
    r"(?:reviews?|reports?|panels?|scrs?|cspr|lcspr|sar|dhr|audit|authors?|reviewers?|inquiry|enquiry|"
    r"inquest|analysis|inspection|findings|learning\ event|briefing|evidence|it)"
)
_FOUND = (
    r"(?:also\ |further\ |therefore\ |has\ |have\ |had\ |clearly\ |again\ |then\ |further,\ |additionally\ )*"
    r"(?:found|finds|concluded|concludes|noted|notes|identified|identifies|highlighted|highlights|"
    r"established|showed|shows|shown|revealed|reveals|determined|demonstrated|(?:observed|learned|learnt|"
    r"felt|considered)\ that|was\ clear|were\ clear)"
)
FINDING = re.compile(
    rf"^(?:(?:however|overall|in\ addition|additionally|furthermore|also|finally|importantly|in\ particular),?\ )?"
    rf"(?:{_WHO}\ (?:\w+\ (?:of|into|in|by)\ (?:[\w'’-]+\ ){{1,6}})?{_FOUND}\b"
    rf"|(?:it|they)\ (?:also\ |has\ been\ |was\ (?:also\ )?)?(?:found|concluded|noted|identified|highlighted|"
    rf"showed|shows|established|revealed)\b"
    rf"|this\ (?:also\ )?(?:concluded|found|showed|highlighted)\b"
    rf"|there\ (?:was|were)\ (?:a\ )?findings?\b|(?:one|a|another|the)\ (?:key\ |main\ |"
    rf"further\ )?finding\ (?:was|is)\b)",
    re.I | re.X,
)
# ... but not one that only counts, thanks, or says where to read on.
NOT_A_FINDING = re.compile(
    r"\b(?:identified|made|found|highlighted|has|had|noted)\ (?:a\ (?:large\ )?number\ of|several|many|some|\w+)\ "
    r"(?:\w+\ ){0,3}?(?:learning\ points?|lessons|recommendations?|findings|themes|areas|issues|points|"
    r"actions)\b(?!\ (?:with|in\ which|where|about|around|of))"
    r"|\b(?:was|were|is|are|has\ been|have\ been)\ (?:commissioned|considered\ by|published|available|shared|"
    r"presented|agreed|established\ to)\b"
    r"|\bcan\ be\ (?:found|accessed|read|downloaded)\b|\bfeedback\b",
    re.I | re.X,
)

# A paragraph that tells of the document, the process or where to read on; never a statement of its own.
NOTICE = re.compile(
    r"\b(?:can\ be\ (?:accessed|found|downloaded|viewed|read|obtained)|is\ available|are\ available|click\ here|"
    r"please\ (?:turn|see|visit|contact|click|read|refer|share|email|e-mail|note)|"
    r"for\ (?:more|further)\ (?:information|details)|further\ (?:information|details|reading)|you\ can\ (?:find|"
    r"read|access|download)|visit\ (?:the|our)\ website|read\ (?:the|more)\b.{0,40}report|"
    r"(?:this|the)\ (?:learning\ )?(?:briefing|bulletin|newsletter|document|guide|handout|leaflet|paper|"
    r"poster)\b|full\ report|(?:report|summary)\ (?:was|has\ been|will\ be|is)\ (?:not\ )?(?:yet\ )?published|"
    r"learning\ (?:and\ improvement\ )?(?:workshops?|events?)\ (?:are|will|is)|has\ been\ anonymised|pseudonym|"
    r"names?\ (?:have|has)\ been\ changed|all\ rights\ reserved|©|copyright|"
    r"we\ would\ like\ to\ thank|condolences|thank\ you|sympath(?:y|ies)\b)",
    re.I | re.X,
)
RECOMMENDS = re.compile(
    rf"^(?:{_WHO}\ (?:also\ |therefore\ )?recommend(?:s|ed)\ that\b|it\ (?:is|was)\ (?:also\ )?recommended\ that\b)",
    re.I | re.X,
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
THANKS = re.compile(r"^(?:thank\ you|thanks|any\ questions\?)", re.I | re.X)
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
        r"\brecommend\w*\b|^what\ (?:needs|should|must)|\b(?:were|are|was|is)\ asked\ to\ do\b|"
        r"^asks?\b",
        "Recommendation",
        "What we were asked to do",
        "What needs to happen",
    ),
    rule(
        ACTION,
        r"^(?:\w+\ ){0,2}?actions?(?:\ (?:taken|required|agreed|plan|to\ be\ taken|completed|needed|"
        r"to\ date|point))?$|"
        r"^what\ (?:we|will|has|have|is|was|did|are)\b(?!.*\b(?:found|find|learn\w*|asked)\b)|"
        r"^(?:progress|outcomes?|update|\w*\ ?response|impact|how\ we\ will)\b",
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
COLUMN_IS_NOTHING = re.compile(
    r"(?:no\.?|ref\.?(?:erence)?|number|\#|rec\.?\ ?(?:no\.?|ref\.?)|(?:recommendation|action|"
    r"finding)\ (?:no\.?|number|ref\.?|owner|lead|status|date)|leads?\b.*|owner.*|"
    r"who.*|by\ whom|by\ when|by|when|date.*|time\ ?(?:scale|frame|line)s?|target.*|deadline|due.*|rag.*|status|"
    r"completed?.*|completion.*|evidence.*|measures?.*|agency|agencies|"
    r"responsib.*|themes?|review\ date|outcome\ measure.*|success.*|priority|source|page)$",
    re.I | re.X,
)
CELL_IS_NOTHING = re.compile(
    r"(?:complete[d]?|in\ progress|not\ (?:yet\ )?(?:started|answered|complete[d]?|due|applicable)|on\ ?going|"
    r"none|n/?a|tbc|to\ be\ (?:confirmed|agreed)|"
    r"(?:on|off)\ track|(?:not\ )?on\ target|see\ above|as\ above|red|amber|green|blue|no\ (?:action|response|"
    r"further\ action)(?:\ \w+){0,3})",
    re.I | re.X,
)
