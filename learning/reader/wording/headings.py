"""What a heading announces. It is compared without its number, its closing colon and its case; the first row wins."""

from learning.reader.wording.rule import (
    ACTION,
    FACT,
    GOOD,
    LEARNING,
    NEUTRAL,
    NEXT,
    QUESTION,
    RECOMMENDATION,
    RISK,
    STOP,
    rule,
)

_REVIEW = (
    r"(?:serious case|significant case|child safeguarding practice|case|safeguarding(?: adults?)?|practice|thematic|"
    r"rapid|domestic homicide|learning)? ?(?:reviews?|scrs?|l?cspr|sars?|dhrs?)"
)
_KIND_WORDS = (
    r"learning(?! reviews?\b)|lessons?|findings?|recommend\w+|messages?|issues?|good|well|risks?|signs?|flags|"
    r"questions?|"
    r"next|doing|done|changing|changed|different|better|asked|asking|opportunities"
)
_IS = r"(?:is|are|was|were|has|have|had|will|did|does|do)"
_SOMEBODY = r"(?:[\w'/-]+ ){0,6}?"  # "the safeguarding partnership "
_BETTER = r"(?:could|should|would|might|can)"

_TITLES = (
    rule(
        NEUTRAL,
        r"\b(?:learning|safeguarding|practice|review|minute|7[- ]minute|seven[- ]minute) (?:\w+ )?"
        r"(?:bulletin|briefings?|newsletter|handout|brief|leaflet|guide)\b",
        "Serious Case Review Learning Bulletin",
    ),
    rule(
        NEUTRAL, rf"^(?:lessons?|learning) from (?!the |this |our )(?:\w+ ){{0,4}}?{_REVIEW}\b", "Learning from reviews"
    ),
    rule(
        NEUTRAL,
        r"^(?!.*\b(?:from|what|how|why|when|is|to)\b)(?:[\w-]+ ){0,4}(?:learning|safeguarding|thematic|practice) "
        r"(?:review|summary|briefing|event)(?: learning summary)?(?:$| ?[:–-] ?(?!.*\b(?:findings|recommend|learned)))",
        "Thematic Learning Review",
        "Practice Learning Review: Adult Y",
    ),
    rule(NEUTRAL, r"^your questions answered", "Your questions answered"),
    rule(NEUTRAL, r"^(?:issue|edition|volume|no\.?|number|bulletin) \d+|\breview \d+/\d+", "Issue 14 – December 2013"),
)

# What would be taken for the story, the method or a definition by its first words.
_FIRST = (
    rule(
        LEARNING,
        rf"^what (?:{_IS} )?(?:the )?(?:main |key )?(?:learning(?! (?:review|event|together|disabilit))|lessons?|"
        rf"findings?|messages?|"
        r"(?:key )?issues)\b",
        "What are the main learning points?",
        "What were the key issues?",
    ),
    rule(
        FACT,
        r"\bresearch (?:facts|findings)$|\b(?:key |some )?stats$|^fact box|^facts?(?: and figures)?$|^the facts$|"
        r"\bwhat do(?:es)? the (?:statistics|figures|numbers|data)\b",
        "Research findings",
        "Facts and figures",
    ),
    rule(
        ACTION,
        r"^(?:response|responding) (?:to|of|by)\b|^(?:update|progress|implementation)\b.*\b(?:recommendations|"
        r"actions)\b|"
        r"^completed actions$|^(?:changes|improvements) to\b|\b(?:improvements|changes|measures) (?:made|"
        r"introduced|implemented)$|"
        r"^achievements since|^what action\b.*\btaken$|^what the [\w ]{2,40} will do$",
        "Response to findings",
        "Update on recommendations",
        "Changes to policy and procedure",
    ),
    rule(
        QUESTION,
        r"^what would you\b|^are you confident|^how confident\b|^do you know\b|^ask your team|^discuss in\b|^food "
        r"for thought|"
        r"^pause for thought|^time to (?:reflect|think)|\bfor (?:\w+ )?discussion\b",
        "What would you do?",
        "Food for thought",
        "Points for team discussion",
    ),
    rule(
        NEXT,
        r"^recommend\w+\b.*\band (?:the )?(?:progress|response|actions?|update)\b",
        "Recommendations and progress to date",
    ),
    rule(
        QUESTION,
        r"^(?:issues|points|matters|questions|considerations)\b.*\b(?:to consider|consideration)$",
        "Issues for the Partnership to consider",
    ),
    rule(
        STOP,
        r"^risk$|^risk (?:management )?implications$|^how (?:did|does|is|was) the (?:issue|finding)\b",
        "Risk implications",
    ),
    rule(
        RECOMMENDATION,
        r"^what is expected\b|^what (?:do we )?expect\b|^how (?:must|should) practice change$|^actions? (?:you "
        r"can|for you)\b.*|"
        r"^action you\b.*",
        "What is expected of practitioners?",
        "Actions you can take",
    ),
    rule(
        RISK, r"^what are the (?:\w+ )?(?:signs|red flags|indicators|triggers|risks)\b", "What are the warning signs?"
    ),
    rule(
        LEARNING,
        r"^what .*\b(?:can|could|should|do|to|might)\b.*\b(?:take (?:from|away)|learn|remember)\b(?!.*\bactions?\b)",
        "What can we take from all this?",
        "What practitioners should take from this review",
    ),
    rule(LEARNING, r"^(?:the |our )?(?:\w+ ){0,2}(?:lessons|messages|learning points|findings)$", "The ten messages"),
    rule(
        NEXT,
        r"^(?:and next|where next|where (?:do we|to) (?:go )?(?:from here|next)|looking forward|future (?:plans|"
        r"actions)|plans for the future|actions going forward|"
        r"main actions|(?:so )?what (?:will|is going to) happen(?: next| now)?|so what happens now|how are we "
        r"taking .* forward|next steps .*|"
        r"(?:summary|plan) of actions?|plan of action|(?:the )?way (?:ahead|forward)|(?:moving|going) forward|"
        r"looking ahead|"
        r"(?:[\w-]+ )*next steps?|what(?: happens?)? (?:next|now)\b.*|what(?:'s| is| happens) (?:next|now)|taking "
        r".* forward|"
        r"how will .* taken forward|learning and improvement plan|still to do|outstanding)$",
        "Next steps",
        "What happens now?",
    ),
)

_STOP = (
    # -- where one is, and where to go ---------------------------------------------------------------------
    rule(
        STOP,
        r"^(?:on this page|in this (?:issue|edition|briefing|bulletin)|contents?|table of contents|index|menu|search|"
        r"was this page\b.*|related\b.*|back to top|share\b.*|version (?:history|control)|(?:latest )?news(?: in "
        r"brief)?|editorial|home|cookies|inside this issue|"
        r"follow us\b.*|key dates|update from the\b.*|please share\b.*|(?:the )?full report\b.*|access the "
        r"full\b.*|publication(?: arrangements)?|"
        r"document control|"
        r"(?:staff )?vacancies|staff changes|new faces|meet the team|sign up\b.*|subscribe\b.*|policy updates?)$",
        "On this page",
        "Contents",
    ),
    rule(
        STOP,
        r"^(?:further|more|additional|useful|other|helpful|key|supporting) (?:information|resources?|reading|links|"
        r"guidance|contacts?|help|support|advice|websites?|documents?)\b|^for (?:more|further) "
        r"(?:information|reading|details)|^want (?:more|to (?:know|read|find))\b|^(?:useful|key) (?:links|contacts)$",
        "Further information and links",
        "For more information",
        "Want more?",
    ),
    rule(
        STOP,
        r"^(?:references?|resources?(?: and links)?|bibliography|sources?(?: of support)?|abbreviations|acronyms|"
        r"glossary of terms|helplines|support services|links|downloads?|contacts?|contact (?:us|details|numbers?)|"
        r"who to contact|glossary|append(?:ix|ices)\b.*|annex\b.*|notes?|endnotes|footnotes|copyright|confidentiality|"
        r"acknowledge?ments?|disclaimer|distribution|dissemination|distribution list|circulation|tools?\b.*|"
        r"relevant (?:legislation|guidance|policies)\b.*|policies and procedures\b.*|reading|watch|listen)$|"
        r"^references?\b",
        "References",
        "Tools to help you",
        "Appendix 1",
    ),
    rule(
        STOP,
        r"^(?:where|how) (?:to|can|do) (?:i |you |we |practitioners |staff )?(?:find|get|read|learn|go for|access|"
        r"report|contact|"
        r"use|refer|book)\b|^how to use\b|^us(?:e|ing) this\b|^what$|^about (?:this|us)\b|^download|^read (?:more|"
        r"the)\b|^find out more|"
        r"^get in touch|^who (?:can|do|should) (?:i|you|we) (?:talk|speak|contact|tell|call)\b",
        "Where can I find out more?",
        "How to use this briefing",
    ),
    rule(
        STOP,
        r"^(?:getting |need |help and |advice and |support and )(?:help|support|advice)\b|^support(?: for (?:you|staff|"
        r"families))?$|^(?:if you are )?worried about\b|^worried$|^if you (?:are|have been) (?:worried|concerned|"
        r"affected)\b|"
        r"^(?:report|reporting|raising) (?:a |your )?concerns?\b|^(?:give us |your |leave )?feedback\b|^tell us "
        r"what you\b",
        "Help and advice",
        "Report a concern",
        "Your feedback",
    ),
    rule(
        STOP,
        r"^(?:multi-agency )?training(?: (?:dates?|courses?|events?|calendar|offer|programme|opportunities|and "
        r"events))?$|"
        r"^e-?learning$|^webinars?$|^training available|^evaluation form|^book now|^(?:learning )?events?(?: "
        r"calendar)?(?::.*)?$|^(?:up ?coming|forthcoming)\b|^dates for\b|^diary\b|"
        r"^save the date|^book (?:your|a) place|^conference$|^spotlight on\b|^learning events?\b|^(?:staff )?survey$",
        "Training opportunities",
        "Dates for your diary",
    ),
    rule(
        STOP,
        r"^more$|^(?:it was )?resolved\b|^thank you\b|^(?:with )?thanks?\b(?: to)?$|\btribute$|^any questions$|"
        r"^condolences|^tribute\b",
        "Any questions?",
    ),
    # -- topics alone ---------------------------------------------------------------------
    rule(
        STOP,
        r"^(?:key )?(?:themes?|topics?|keywords?|key words|tags?)(?: explored| covered)?$",
        "Key themes explored",
    ),
    # -- why and how there is a review ---------------------------------------------------------------------
    rule(
        STOP,
        r"^(?:methodology|method|approach|scope|terms of reference|process|(?:the )?review (?:process|team|panel|"
        r"methodology)|how (?:was )?the review.*|parallel (?:processes|proceedings)|panel membership|membership of\b.*|"
        r"(?:the )?(?:authors?|lead reviewers?|independent (?:reviewers?|authors?|chair))|limitations|model|time "
        r"?frame|"
        r"key lines of enquiry|research questions|legal context|guidance and legislation|definitions?|"
        r"agencies involved\b.*|statutory basis\b.*|(?:family|contribution of|involvement of) .*"
        r"(?:contribution|involvement|members|review))\b",
        "Terms of Reference",
        "Methodology",
        "Agencies involved in the review",
    ),
    rule(
        STOP,
        r"^(?:why|when|how) (?:was|is|are|were|do|does|did) (?:we |the |a |an |this |there )?(?:\w+ ){0,3}?"
        r"(?:review|scr|cspr|lcspr|sar|dhr|briefing|bulletin)|^why a review|^(?:the )?reasons? (?:for|why)\b.*review|"
        r"^circumstances (?:leading|resulting)\b|^commissioning of\b|^decision to\b.*review|^criteria for\b|"
        r"^contributors to\b|"
        r"^(?:time )?period under review|^review period|^timescales? of\b|^subjects? of the\b|^anonymity|"
        r"^criminal proceedings|"
        r"^parallel reviews",
        "Why was the review carried out?",
        "Reason for the review",
    ),
    rule(
        STOP,
        rf"^what (?:is|are) (?!.*\b(?:{_KIND_WORDS})\b).*|^what is a (?:learning|serious|child|safeguarding|"
        rf"domestic)\b|"
        r"^what is (?:\w+ )?(?:safeguarding|capacity|review)$|^what is a (?:7|seven)[- ]minute\b|^what do we mean by\b",
        "What is a serious case review?",
        "What is contextual safeguarding?",
    ),
    rule(
        STOP,
        r"^(?:key )?questions? (?:for|of|considered by|addressed by|put to) the (?:review|panel|reviewer)|"
        r"^the .* model$",
        "Key questions for the review",
    ),
    # -- the story ---------------------------------------------------------------------
    rule(
        STOP,
        rf"^what (?:happened(?! (?:next|since|after|as a result|following))|do we know|was known|we know|we knew|"
        rf"is known)\b(?!.*\b(?:{_KIND_WORDS})\b)",
        "What happened?",
    ),
    rule(
        STOP,
        r"^what (?:the |this |our |we |it )?(?:review |report |reviewers? |we |panel )?(?:was about|is about|looked at|"
        r"considered|covered|did not look at|will cover)\b|^who (?:was|were|should|took|is this|is it|is the|are the|"
        r"are we)\b|^(?:about )?(?:the )?(?:babies|siblings|young people|young person|man|woman|mother|parents|adults?|"
        r"child|children|family|case)(?:'s (?:story|life|lives|history))?$|^about (?:the )?(?:child \w+|author|"
        r"partnership|board|review)$|"
        r"^(?!what|how|why)(?:[\w'-]+ ){1,3}(?:story|words)$|^(?:in )?(?:her|his|their) (?:own words|story)$|^in "
        r"the words of\b|"
        r"^a portrait of\b|^pen portrait|^sequence of events|^(?:the )?(?:significant|trigger|critical|key) "
        r"incident$|^preface$",
        "What the review looked at",
        "Who is this briefing for?",
        "About the babies",
        "The child's story",
    ),
    rule(
        STOP,
        r"^(?!.*\b(?:learning|lessons|findings|recommendations|good practice)\b)(?:the )?(?:introduction|"
        r"background(?! (?:to|and) (?:the )?(?:learning|recommend))|context|case (?:details|summary|history|"
        r"overview|context|"
        r"background|outline|synopsis|study|example|in brief)|summary(?: chronology)?(?: of (?:the )?(?:case|"
        r"events|facts|"
        r"incident|circumstances))?|overview|chronology|narrative|time ?line|key events|family (?:history|background|"
        r"composition|context|structure|members|statement|perspective)|history|incident|circumstances|story|"
        r"facts of the case|brief (?:summary|outline|overview)|synopsis|executive summary|foreword|message from|"
        r"welcome|statement from|purpose|aims?(?: and objectives)?|pen picture|genogram|inquest|coroner's inquest|"
        r"in brief|"
        r"in a nutshell|at the time)(?: information)?(?:[ :](?:to|of|and|in|cont|by|from|for|on).*)?$",
        "Background Information cont..",
        "Family History",
        "Summary",
        "Introduction",
        "The facts of the case",
    ),
    rule(
        STOP,
        r"^(?:a )?(?:message|statement|words|letter) from\b|^what (?:[\w']+ ){1,5}(?:said|told us|want you to "
        r"know|says)$(?<!review told us)"
        r"(?<!reviews told us)(?<!report told us)(?<!review says)|^(?:the )?family's (?:perspective|view)",
        "A message from the family",
        "What the young person said",
    ),
    rule(
        STOP,
        r"^why (?:does|did|do|is)? ?(?:it|this|that|they) (?:matters?|important)|^how did (?:it|this|the finding)\b|"
        r"^how (?:is|was) (?:it|this) (?:seen|shown)|^(?:rationale|evidence|commentary)$",
        "Why does it matter?",
        "How did it show in this case?",
        "Rationale",
    ),
    rule(
        STOP,
        r"^(?:financial|legal|equalit\w+|resource|staffing|environmental|policy|human resources?) "
        r"(?:(?:and|,) \w+ )*implications|^background papers|^(?:other )?options considered|"
        r"^(?:apologies|declarations of interest|any other business|work programme)\b|"
        r"^(?:plan|programme|agenda|outline) (?:for|of)\b|^agenda$|^ground rules|^housekeeping|"
        r"^(?:session|learning) (?:aims?|objectives|outcomes)\b|^how .*\b(?:shared|disseminated|publicised)\b",
        "Financial implications",
        "Apologies",
        "Ground rules",
    ),
)

_FACT = (
    rule(
        FACT,
        r"\b(?:fast|quick|key|did you know|fun|some) facts?\b|^facts?(?: (?:and) figures)?$|^fact ?file|"
        r"^(?:key |some |local |national )*(?:figures|statistics|data|numbers)$|^(?:the )?statistics\b|^did you know|"
        r"^(?:in|by the) numbers$|^data snapshot",
        "FAST FACTS",
        "Key statistics",
        "By the numbers",
    ),
    rule(
        FACT,
        r"^(?:how (?:common|many|often|big)\b.*|prevalence|scale of the (?:issue|problem)|research in brief|"
        r"(?:what )?(?:does )?(?:the )?(?:research|evidence|data|literature) (?:say|says|tells?|shows?)(?: us)?)$|"
        r"^what does the (?:research|evidence|data|literature)\b|^what (?:the )?(?:research|evidence) (?:tells|"
        r"says|shows)",
        "How common is it?",
        "What does the research say?",
    ),
)

_QUESTION = (
    rule(
        QUESTION,
        r"^questions?\b|\b(?:reflective|reflection|key|discussion|practice|supervision|challenge|curious|thinking|"
        r"assessment) "
        r"(?:questions?|prompts?|points)\b(?<!practice points)|\bquestions? (?:to|for)\b",
        "Questions to consider",
        "Questions for the Board",
        "Supervision prompts",
    ),
    rule(
        QUESTION,
        r"^what (?:should|could|might|can|would) (?:you|we|i|your team|teams) (?:think|ask|consider|reflect|have "
        r"done)\b(?!.*\b(?:better|differently)\b)|"
        r"^(?:considerations?) for the (?:board|partnership|committee)\b|\b(?:ask|asking)\b.*"
        r"\b(?:yourself|myself|ourselves|yourselves)\b|^what do you think\b|^how would you\b|^have you\b",
        "What should you ask?",
        "Ask yourself",
        "How would you respond?",
    ),
    rule(
        QUESTION,
        r"^(?:points? )?(?:for|to) (?:your )?(?:reflection|discussion|reflect|discuss|consider|consideration)\b|"
        r"^(?:reflect|reflection|reflections|reflecting on\b.*|reflective (?:points|practice)|(?:team |group "
        r")?discussion"
        r"(?: points?)?|consider|think(?: about)?|prompts?|over to you)\b|\bdiscuss$|^(?:stop|"
        r"pause)\b.*\b(?:think|reflect)|"
        r"^(?:(?:let's|let us) )?(?:talk|think|chat) (?:about|it|this)\b|\bto (?:think|talk) (?:about|over|through)$|"
        r"^(?:for|in) (?:your )?(?:next )?(?:team|supervision)\b|^in your (?:own )?(?:team|practice|setting)|"
        r"^(?:test|check|challenge|quiz) (?:yourself|your)\b|^thinking points\b",
        "Reflect",
        "Something to think about",
        "For your next supervision",
    ),
)

_GOOD = (
    rule(
        GOOD,
        r"^(?!barriers|.*\b(?:improv\w+|guidance)\b)(?:.*\b)?(?:good|effective|best|positive|strong|notable|"
        r"noteworthy|exemplary|excellent|"
        r"commendable|outstanding|safe) (?:[\w-]+ )?(?:practice|work|findings|features?|aspects)\b|^practice to "
        r"be commended|"
        r"^positives from\b|\bmade a positive difference\b",
        "Examples of good practice",
        "Effective practice",
        "Good multi-agency practice",
    ),
    rule(
        GOOD,
        r"^(?!get)(?:.*?)(?<!\bnot )(?<!n't )(?<!less )\b(?:got|get|getting|gets|did|do|done|doing|going|gone|"
        r"went|working|works?|worked) "
        r"(?:it |really |so |particularly )?(?:right|well)\b(?!.*\bnot\b)",
        "What worked well",
        "What we got right",
        "Where did practice work well?",
    ),
    rule(
        GOOD,
        r"^(?:positives?|what (?:has )?helped|(?:the )?good|what was good|celebrat\w*.*|well done|credit where.*|"
        r"praise)$|"
        r"\bstrengths?\b|\b(?:to|worth) (?:celebrat\w+|shar\w+|prais\w+|copy\w*|keep\w*)$|\bproud of\b|"
        r"^(?:practice|what|who|things?|people)\b.*\b(?:made a difference|that helped|helped)$|"
        r"^what (?:did )?(?:we|you|the review) (?:see|saw|found|find)\b.*\b(?:good|positive)\b|"
        r"^(?:the )?(?:good|positive) (?:news|points?|things?|examples?)\b|\b(?:anything|something|what|"
        r"much)\b.*\bgood$|^achievements$",
        "Practice to celebrate",
        "Areas of strength",
        "Was there anything good?",
    ),
)

_RISK = (
    rule(
        RISK,
        r"\b(?:indicators?|signs?|triggers?|markers?) (?:of|for|to|that|a|an|in)\b|\b(?:risk|vulnerability|"
        r"warning|trigger|behavioural|"
        r"physical|emotional|common|possible|potential|known|early warning) (?:factors?|indicators?|signs?|"
        r"triggers?|markers?)\b|"
        r"\bfactors (?:which|that|for|in)\b.*\b(?:risk|vulnerab)|^predisposing factors",
        "Indicators of risk and vulnerability",
        "Warning signs",
        "Common triggers",
    ),
    rule(
        RISK,
        r"^(?:key indicators|signs|red flags for\b.*|red flags|triggers|indicators|risks?|risks? and vulnerabilit\w+|"
        r"vulnerabilit(?:y|ies)(?: and risks?)?|"
        r"signs and (?:symptoms|indicators)|clues)$|\b(?:spot|spotting|recognise|recognising|know|knowing) the signs\b|"
        r"^(?:what|things|signs)\b.*\blook (?:out )?for\b|^look out for|^be alert to|^what (?:might|may|could) "
        r"you (?:notice|see)\b|"
        r"^what (?:increase[sd]?|raise[sd]?) (?:the )?risk|^(?:danger|tell-?tale) signs|"
        r"^(?:what|things) (?:that )?should (?:worry|concern) (?:you|us)|^(?:things|what) (?:that )?(?:made|makes|"
        r"make) .*\bvulnerable|"
        r"\btriggered by$",
        "Red flags",
        "Spot the signs",
        "What to look out for",
        "Things that made Kit more vulnerable",
    ),
)

_ACTION = (
    rule(
        ACTION,
        r"\bactions? (?:have been |has been |already )*(?:taken|completed|to date|so far|undertaken|in response|"
        r"agencies have|"
        r"we have)\b|^(?:steps|measures|work) (?:already )?(?:taken|put in place|completed|undertaken|since|under "
        r"?way|in progress)\b",
        "Actions taken to address lessons learned",
        "Measures put in place",
    ),
    rule(
        ACTION,
        rf"^(?:what|what's) (?!.*\b(?:needs?|must|{_BETTER[3:-1]}|ought|well|right|asked|asking)\b){_SOMEBODY}"
        r"(?:doing|done|changed|improved|changing|put in place|happened (?:since|already|so far)|already happened|"
        r"in response|happened as a result|committed to)\b"
        r"(?! (?:better|differently))",
        "What we have done",
        "What has changed since the review?",
        "What is the Board doing?",
    ),
    rule(
        ACTION,
        r"^what will (?!you\b|i\b).*\b(?:do|change|happen|be different)\b|^what (?:we )?(?:will do|are we going to do)|"
        r"^what we did\b(?! (?:well|not))|^what (?:is|has been|'s) (?:now )?(?:different|better)\b|^what is "
        r"happening now|"
        r"^you said,? we did|^how (?!(?:can|could|should|might|do)\b)(?:[\w'-]+ ){0,6}?(?:responded|changed|"
        r"responding|changing)\b",
        "What will the partnership do?",
        "How have we responded?",
    ),
    rule(
        ACTION,
        r"^(?:progress|improvements?|changes|developments?|implementation|update)(?: (?:made|since|to date|so far|"
        r"already|in practice|"
        r"update|report|against|on progress)\b.*)?$|^outcomes?(?: (?:of|from|achieved)\b.*)?$|^impact(?: of "
        r"(?:the|this|our)\b.*)?$",
        "Progress",
        "Developments since the review",
    ),
    rule(
        ACTION,
        r"^since (?:the )?(?:[\w'-]+ ?){1,2}$|^(?:[\w'-]+ ){0,4}?responses?(?: (?:to|by|from)\b.*)?$|^(?:since|"
        r"following) (?:the )?(?:[\w'-]+ "
        r"){0,4}?(?:review|then|this|died|"
        r"death|incident)\b|^(?:the |our )?(?:[\w-]+ ){0,4}(?:has|have)(?: now| already)?$|^as a result\b.*\bhave$|"
        r"^(?:our|the) (?:commitments?|promises?)\b",
        "SSCB response",
        "Since the review",
        "The Board has",
    ),
)

_RECOMMENDATION = (
    rule(
        RECOMMENDATION,
        r"^(?:[\w,-]+ ){0,5}?recommend(?:ations?|ed|s)?\b|\bwhat (?:did|does|do|has|is|"
        r"was)\b.{0,30}\brecommend(?:ed|s|ing)?$",
        "Recommendations from Serious Case Review",
        "What did the review recommend?",
    ),
    rule(
        RECOMMENDATION,
        r"\bwhat (?:needs?|should|must|has|have|had) (?:to )?(?:happen|change|be (?:done|different)|you do|we do|"
        r"i do|professionals do|"
        r"practitioners do|agencies do)|^what (?:do(?:es)?|can|should|must|could) (?:[\w'-]+ ){0,5}?(?:do|mean|"
        r"need|have to|want)\b|"
        r"^what (?:[\w'-]+ ){1,5}(?:asked|asking|asks?)\b.*\bto (?:do|change|consider)$|^what (?:do we want|would "
        r"we like|are we asking)\b|"
        r"^what (?:we|they|families|parents|children|young people) (?:want|need)\b|^what you\b|^what to do\b",
        "What needs to happen",
        "What can you do?",
        "What the CCG has been asked to do",
        "What we need you to do",
    ),
    rule(
        NEXT,
        r"^(?:[\w-]+ ){0,4}(?:action|improvement|delivery|implementation) plans?$|^(?:required|key|priority|"
        r"agreed|single agency|"
        r"multi-agency|practice|follow-up|improvement|local|national) actions?\b|^actions?(?: (?:plan|points?|"
        r"required|needed|for|from|arising|and|"
        r"to (?:take|be taken|consider))\b.*)?$",
        "Action plan",
        "Agreed actions",
    ),
    rule(
        RECOMMENDATION,
        r"^(?:to do|to-do|(?:your )?(?:to[- ]do|do) list|(?:practice |good practice )?checklist\b.*|remember\b.*|"
        r"now what|always\b.*|do|don't|"
        r"do's and don'ts|dos and don'ts|(?:top |handy |key |practice )?(?:tips|hints)\b.*|practice guidance\b.*|"
        r"putting (?:it|learning)\b.*into practice\b.*|things to do\b.*|make sure (?:that )?you\b.*|please make "
        r"sure\b.*|ensure\b.*|"
        r"steps to take\b.*|advice (?:for|to)\b.*|call to action|please remember\b.*|(?:practice )?reminders?(?: "
        r"(?:for|to)\b.*)?|"
        r"to do in\b.*|top (?:\w+ )?tips)$",
        "To do",
        "Hints and tips",
        "Advice for practitioners",
    ),
    rule(
        RECOMMENDATION,
        r"\b(?:should|must|are asked to|is asked to|need to)$|^(?:the |our |key |local )*asks?\b(?: (?:of|"
        r"for)\b.*)?$|^our ask\b|"
        r"^(?:changes|improvements) (?:needed|required)$|^how practice needs to change$|"
        r"^(?:suggested|proposed|suggestions for) improv\w+\b|^(?:how (?:can|to|do we) )?(?:improv\w+|making) "
        r"(?:systems|practice|changes|"
        r"a difference)\b",
        "Practitioners should",
        "Changes needed",
        "Improving practice",
    ),
    rule(
        RECOMMENDATION,
        r"^(?:practice )?implications for (?:[\w-]+ )?(?:practice|practitioners|managers|agencies|policy|staff|"
        r"you|us|teams?)\b|"
        r"^what (?:it|this|that) means\b|^(?:strategic|local|system|practice|national) considerations?\b|"
        r"^considerations for practice\b|"
        r"^(?:your|our) (?:role|responsibilit\w+)\b|^(?:our |the )?expectations?\b|^how (?:can|could|should|do) "
        r"(?:you|we|i|practitioners|"
        r"staff)\b|^how to (?:improve|do|apply|respond|make)\b|^what (?:would|will|could|might) (?:help|make a "
        r"difference)\b|"
        r"^challenges? (?:to|for) the (?:board|partnership)\b",
        "Implications for practice",
        "How can you make a difference?",
    ),
)

_LEARNING = (
    rule(
        LEARNING,
        r"\blearn(?:ing|t|ed)?\b(?! (?:disabilit|difficult|together|events?\b|review))|\blessons?\b|\bfindings?\b",
        "Key learning points",
        "Lessons learned",
        "Findings",
    ),
    rule(
        LEARNING,
        r"^(?:key|main|practice|core|emerging|significant|common|headline|overall) (?:issues?|messages?|points?|"
        r"takeaways?|"
        r"practice (?:issues?|messages?|points?|themes?|episodes? and learning)|areas|shortfalls)\b|\bissues "
        r"(?:identified|raised|arising|highlighted|emerging)\b|"
        r"^(?:issues?|messages?(?: (?:for|from)\b.*)?|take[- ]?(?:home|aways?|away) ?(?:messages?|points?)?(?: "
        r"from\b.*)?|practice (?:shortfalls|issues|concerns|themes|"
        r"messages|points))$|^messages? (?:for|from)\b",
        "Key Issues Identified",
        "Key messages",
        "Messages from the review",
    ),
    rule(
        LEARNING,
        r"^(?:what did|what (?:do|have) we|what the review|what (?:we|was|the (?:sar|scr|dhr|cspr|"
        r"lcspr))).*(?:find|found|learn|identified|say|said|tell|told)\b|"
        r"^what (?:[\w'-]+ ){1,5}(?:found|finds?|learned|learnt|discovered|concluded|identified|noticed|uncovered)\b|"
        r"^what (?:the |this |our |these |do |does |did )*(?:reviews?|cases?|reports?|audits?|panel|reviewers?|"
        r"authors?|it|this|they)\b.*"
        r"\b(?:tells?|told|shows?|showed|teach\w*|taught|says?|said|saw|highlight\w*)\b|"
        r"^the (?:[\w-]+ ){0,3}(?:review|sar|scr|panel|report|author|reviewer|audit) (?:also )?(?:found|"
        r"identifies|finds|identified|concluded|highlighted|identified|noted)\b",
        "What did the review find?",
        "What the review told us",
        "The review found",
    ),
    rule(
        LEARNING,
        r"\bmissed opportunit|^areas? (?:for|of|to) (?:\w+ )?(?:improve\w*|development|concern|strengthen\w*)|"
        r"^opportunities missed|^room for improvement|^areas where\b.*\b(?:improv|strengthen)\w*|^weaknesses in\b|"
        r"^shortcomings\b|^why (?:did )?things (?:went|go) wrong|"
        r"^(?:concerns?|gaps)(?: (?:identified|raised|in)\b.*)?$|^(?:shortcomings|weaknesses|challenges|"
        r"opportunities|barriers\b.*|conclusions?|"
        r"so what)$|^what (?:got|gets) in the way|^what (?:has )?hindered|^what (?:stopped|prevented|made it hard)\b",
        "Missed opportunities",
        "Areas for improvement",
        "Barriers",
    ),
    rule(
        LEARNING,
        rf"\b{_BETTER}\b.*\b(?:better|different(?:ly)?|improved?|improve)\b|\bwhat (?:did not|didn't|was not|"
        rf"wasn't) (?:go|work|done)|"
        r"\b(?:went wrong|less well|not (?:go|work) well|even better if|do better)\b",
        "What could have been done better?",
        "What went less well",
    ),
    rule(
        LEARNING,
        r"^(?:the )?analysis and (?:findings|learning)|^strategic learning|^key practice (?:learning|messages|"
        r"points)|^conclusions?\b",
        "Analysis and findings",
    ),
)

HEADINGS = (
    *_TITLES, *_FIRST, *_STOP, *_FACT, *_QUESTION, *_GOOD, *_RISK, *_ACTION, *_RECOMMENDATION, *_LEARNING,
)  # fmt: skip
