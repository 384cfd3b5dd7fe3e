"""Sentences of running prose that say themselves that something was found, is recommended or is being done."""

import re

# A word of the subject; not one with which another clause begins.
_WORD = r"(?:(?!(?:who|which|that|what|how|why|when|where|whether|if|to|with|and|but|told|met|accepted)\b)[\w'’-]+ )"
_WHO_FOUND = (
    r"(?:reviews?|reports?|panels?|scrs?|l?cspr|sar|dhr|audit|authors?|reviewers?|(?:independent )?chair|"
    r"inquiry|analysis|inspections?|inspectors|"
    r"learning event|practitioner(?:s')? event|briefing|evidence|chronology|overview writer|imrs?|hindsight|"
    r"case|tragedy|(?:the|these) findings|"
    r"(?:interviews|conversations|discussions) with [\w ]{3,20}|feedback from [\w ]{3,20}|agency reports?|cqc|"
    r"ofsted|hmicfrs|hmip|care inspectorate)"
)
_ADVERBS = (
    r"(?:also |further |therefore |has |have |had |clearly |again |then |further, |additionally |repeatedly |"
    r"rightly |consistently |usefully |"
    r"was |were |is |are |could |did not |would |in particular )*"
)
_FINDS = (
    r"(?:found|finds?|concludes?d?|not(?:es|ed)|identif(?:ies|ied)|highlight(?:s|ed)|establish(?:es|ed)|"
    r"show(?:s|ed|n)|reveal(?:s|ed)|determined|"
    r"demonstrat(?:es|ed)|illustrat(?:es|ed)|confirm(?:s|ed)|uncover(?:s|ed)|exposed?|emphasis(?:es|ed)|"
    r"stress(?:es|ed)|underlin(?:es|ed)|"
    r"reinforc(?:es|ed)|reiterat(?:es|ed)|echo|recognis(?:es|ed)|acknowledg(?:es|ed)|judged|believ(?:es|ed) "
    r"that|suggest(?:s|ed) that|"
    r"suggested that|(?:observed|learned|learnt|felt|considered|considers|says|said|heard|agreed|agrees|"
    r"commented|believes|told us) that|"
    r"took the view|of the view|of the opinion|drew attention|draws attention|point(?:s|ed) (?:out|to)|"
    r"questions whether|rais(?:es|ed) the issue|"
    r"shone a light|remind(?:s|ed)|a reminder|serves as a reminder|(?:has |have )?taught us|teaches us|tells "
    r"us|makes? (?:plain|clear)|struck by|"
    r"left with the impression|find no|not find|praises?d?|commends?|commended|singled out|clear that|"
    r"concerned (?:that|about|by))"
)
FINDING = re.compile(
    r"^(?:[^.:]{0,90}?, )?(?:and |but |however,? |although |crucially,? )?"
    rf"(?:(?:the|this|that|these|our|each|a|both|all|individual|no) )?{_WORD}{{0,5}}?{_WHO_FOUND},? "
    rf"(?:(?:of|into|in|by|about|from|on) {_WORD}{{1,6}}?)?{_ADVERBS}{_FINDS}\b"
    rf"|^(?:it|they) (?:also |has been |was (?:also )?)?(?:found|concluded|noted|identified|highlighted|"
        rf"showed|shows|established|revealed)\b"
    r"|^this (?:also )?(?:concluded|found|showed|highlighted)\b"
    r"|^there (?:was|were) (?:a )?findings?\b"
    # It was evident that ...
    r"|^(?:[^.,:]{0,60}, )?it (?:is|was|became|has become|had become) (?:also |further |therefore |now |"
        r"particularly |very )*(?:clear|evident|apparent|notable|"
    r"noticeable|recognised|acknowledged|striking|found|concluded|felt by the \w+|disappointing to find|of "
        r"concern)\b(?!.{0,3}to (?:the |her |his )?\w+ that)[^.]* that\b"
    r"|^(?:[^.,:]{0,60}, )?it (?:emerged|transpired|appears?|appeared|would appear|seems) (?:during the "
        r"review |from [\w ]{3,30} )?that\b|^what (?:emerged|this (?:tells us|shows))\b"
    # A key theme was ...
    rf"|^(?:one|a|an|another|the|common to)\b {_WORD}{{0,4}}?(?:findings?|theme|thread|lesson|learning point|"
        rf"message|shortcoming|strength|weakness|"
    r"conclusion|issue)\b[^.:]{0,70}?\b(?:is|was|were|concerned|concerns|to emerge)\b"
    r"|^common to\b|^from (?:this|the review) we (?:learn|know)"
    # In the view of the panel ...
    r"|^in (?:the )?(?:(?:view|judgement|opinion) of the (?:panel|author|review\w*|chair)|(?:panel|author|"
        r"review\w*)['’]s (?:view|judgement|opinion))\b|^in our (?:view|judgement)\b"
    r"|^according to the (?:[\w-]+ )?(?:report|review|author|reviewer|panel)\b|^(?:as )?(?:the )?hindsight "
        r"shows|\bwith (?:the benefit of )?hindsight\b"
    r"|^we (?:can see|found|find|learned|learnt|now know|conclude|concluded)\b"
    r"|^this (?:was|is|represents|represented|reflected) (?:an? )?(?:[\w-]+ )?(?:missed opportunity|good "
        r"practice|failure to|example of)\b"
    r"|^there was (?:little|no|some|limited|clear|also|strong)? ?evidence (?:that|of)\b"
    # ... were found to be poorly understood
    r"|^(?:[\w-]+ ){0,4}?(?:gaps|issues|concerns|weaknesses|problems|barriers|shortcomings|strengths|good "
        r"practice|delays|opportunities|failings|"
    r"inconsistencies|thresholds|communication|supervision|practice|agencies)\b[^.]{0,70}?\b(?:was|were) "
        r"(?:also )?(?:found|noted|identified by|judged|highlighted|"
    r"raised by the review|identified with|identified in)\b",
    re.I,
)  # fmt: skip

# ... but not one that only counts, thanks, or says where to read on, and not what somebody found at the time.
NOT_A_FINDING = re.compile(
    r"\b(?:identified|made|found|highlighted|has|had|noted|are|identifies) (?:a (?:large )?number of|several|"
    r"many|some|\w+) (?:\w+ ){0,3}?"
    r"(?:learning points?|lessons|recommendations?|findings|themes|areas|issues|points|actions|areas of learning)\b"
    r"(?! (?:with|in which|where|about|around|of(?! learning)|for))"
    r"|\b(?:was|were|is|are|has been|have been) (?:commissioned|considered by|published|available|shared|"
    r"presented|agreed|established to)\b"
    r"|\bcan be (?:found|accessed|read|downloaded)\b|\b(?:your|for) feedback\b"
    r"|^(?:the|an?|her|his|their) (?:[\w’'-]+ ){0,3}?(?:post[- ]mortem|inquest|coroner|court|trial|jury|"
    r"police|gp|doctor|consultant|nurse|midwife|"
    r"health visitor|social worker|teacher|school|psychologist\w*|psychiatrist|scan|x-ray|examination|section "
    r"47|initial assessment|assessment)\b"
    r"(?![^.]*\b(?:the|this) (?:review|panel|report)\b)"
    r"|\breviews (?:were|are|was) (?:established|set up|introduced)\b|^evidence was\b|^(?:the )?criteria\b|"
    r"\bon (?:the|his|her) (?:file|phone)\b"
    r"|^it (?:was noted at|showed an? \w+ of)\b|\bfindings (?:are|were) (?:grouped|presented|described|set)\b",
    re.I,
)

_RECOMMENDERS = (
    r"(?:reviews?|reports?|panels?|authors?|reviewers?|chair|overview writer|inspection report|inspectors|"
    r"national panel|ofsted|coroner|audit)"
)
RECOMMENDS = re.compile(
    rf"^(?:[^.:]{{0,80}}?, )?(?:the|this|these|both|that)? ?{_WORD}{{0,4}}?{_RECOMMENDERS} (?:also |therefore "
        rf"|has |have |further |would |accordingly )*"
    r"(?:recommend(?:s|ed)?|advis(?:es|ed)|propos(?:es|ed)|urges?d?|call(?:s|ed) (?:for|on|upon)|asks? the|"
        r"ask(?:s|ed) that|invites?|suggests? that (?:the \w+|agencies|partners)|"
    r"encourage|like to see|requires?d?|makes a recommendation|considers that [\w ]{3,40} should)\b(?!ations? )"
    r"|^(?:[^.:]{0,60}, )?it is (?:also |further |therefore |hereby )?(?:recommended|proposed|suggested|"
        r"essential that|necessary for)\b|^it was (?:also )?recommended that\b"
    r"|^(?:a|the|one of the|among its) (?:\w+ )?recommendations? (?:\d+ )?(?:for|was|is|asks|requires|"
        r"included|made)\b.*\b(?:that|to|for|review)\b|^recommendation \d+ requires\b"
    rf"|^{_WORD}{{1,6}}(?:are|is) (?:asked|urged|recommended|advised|reminded) to\b(?! (?:make time|use this|"
        rf"read|share|circulate|discuss))"
    rf"|^(?:the |all |partner |each |local )*{_WORD}{{0,5}}?(?:board|partnership|agencies|partners|trust|"
        rf"council|authority|commissioners|police|service|services|icb|ccg|"
    r"social care|government|committee|panel|schools|officer|providers?|sab|lscb|lscp|csp|care) (?:should|"
        r"needs to)\b(?! (?:have|not|be (?:held|carried|read)|arrange a review|publish))",
    re.I,
)  # fmt: skip
