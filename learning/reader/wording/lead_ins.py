"""What the words before a colon, within a sentence, announce of the list below. The first row wins."""

from learning.reader.wording.rule import ACTION, FACT, GOOD, LEARNING, QUESTION, RECOMMENDATION, RISK, STOP, rule

_TO_REST = r"\b[^.]*$"

LEAD_INS = (
    rule(LEARNING,
        r"^it (?:was|is|became|has become) (?:also )?(?:evident|clear|apparent)\b", "It became apparent that:"),
    # -- lists of no statements ---------------------------------------------------------------------
    rule(
        STOP,
        r"^(?:the )?(?:key |main |seven |\w+ )?(?:themes?|topics?) (?:include[sd]?|are|were|explored|covered|in)\b"
        r"(?!.*\b(?:learn|action|recommend))",
        "Themes include:",
    ),
    rule(STOP, r"\bRESOLVED\b|^(?:it was )?resolved\b", "RESOLVED, that –"),
    rule(
        STOP,
        r"^(?:the )?recommendations\b.*\b(?:in relation to|on|about|cover\w*|around|concern\w*)\b(?!.*\bthat\b)",
        "Recommendations were made in relation to:",
    ),
    rule(
        STOP,
        r"\b(?:purposes?|aims?|aimed|objectives|principles|terms of reference|questions for (?:this|the) review|"
            r"key lines of enquiry|methodology|"
            r"panel (?:members|"
        r"membership|was|were|included|comprised|consisted)|membership|conducted|commissioned (?:when|where|by|"
            r"because)|defined as|definitions?|scope|genogram|"
        r"household|chronology|timeline|qualifications|abbreviations|statutory criteria)" + _TO_REST,
        "The purposes of DHRs are to:",
        "These principles are;",
        "The scope of the review covered:",
    ),
    rule(
        STOP,
        r"^a [\w ]*review (?:may|must|should|is|will) be\b|\b(?:agencies|services|organisations|people|those) "
            r"(?:that |who )?"
        r"(?:were )?(?:involved|contributed|contributing|interviewed|attended|took part)\b|\b(?:attended|informed|"
            r"received|gathered) "
        r"(?:by|from|the)\b|\bprocess involved\b|\bparallel proceedings\b|^(?:the )?(?:family members|subjects of)\b|"
        r"\bto protect the family's identity|\bprotected characteristics\b|\breview (?:considered the period|was "
            r"asked)\b",
        "The following agencies were involved:",
        "A Child Practice Review must be held where:",
    ),
    rule(
        STOP,
        r"\b(?:links?|resources?|websites?|documents?|guidance|reading|information|reports?|courses|policies|"
            r"newsletter|edition) "
        r"(?:are|is|can|below|available|may|include|that|considered|covers|were|from)\b[^.]*$|\b(?:contact|"
            r"e-?mail|visit|download|"
        r"attended by)\b[^.]*$|^(?:for (?:more|further) information|see also|this (?:briefing|newsletter|"
            r"bulletin) (?:is for|covers))\b",
        "Further information can be found in the documents below:",
    ),
    # -- facts and signs ---------------------------------------------------------------------
    rule(
        FACT,
        r"\b(?:fast |quick )?facts?\b(?: (?:about|and)\b.*)?$|\bstatistics\b|\b(?:national|local|latest|headline|"
            r"key|ons|prevalence) (?:data|figures|"
        r"numbers|statistics)\b|\bdata (?:from|for|show)\b|^(?:what )?(?:the )?(?:research|evidence "
            r"from)\b[^.]*\b(?:says?|tells? us|shows?|"
        r"indicates?|suggests?)\b|^according to the (?!review|report|panel|author)\b|^did you know|^some numbers|"
            r"^in (?:england|wales|scotland|"
        r"northern ireland|the uk)\b[^.]*\b(?:19|20)\d\d$",
        "Key statistics:",
        "Research tells us that:",
    ),
    rule(
        RISK,
        r"\b(?:triggered by|(?:more|particularly|made \w+) vulnerable|risk (?:factors?|indicators?|is (?:higher|"
            r"heightened|greater|increased))|"
        r"(?:increased?|greater|higher) risk|increase the risk|warning signs|red flags|signs? (?:of|that|to|"
            r"include|may|and symptoms)|"
        r"indicators?|triggers? (?:for|are|include)|be a (?:sign|trigger)|cues that|may indicate|may point to|may "
            r"look like|"
        r"may be (?:recognised|a victim)|raise concern|alert to|be (?:worried|concerned) (?:if|when|where|about)|"
            r"predisposing|"
        r"vulnerab\w+ (?:factors?|because|when|include)|what to look for)" + _TO_REST,
        "they're often triggered by upsetting experiences such as:",
        "Disguised compliance may look like:",
    ),
    # -- what is put to the reader ---------------------------------------------------------------------
    rule(
        QUESTION,
        r"\b(?:questions?|ask yourself|reflect(?:ion)?|discuss(?:ion)?|consider the following|think about|food "
            r"for thought|stop and think|"
        r"over to you|have you considered|by asking|, ask|explore|(?<!should )(?<!to )ask)\b(?! (?:to|us|that|the|"
            r"for|more)\b)[^.]*$|"
            r"^(?:do|are|have|can|would|could) you\b|^what would you\b",
        "Consider the following questions in your team:",
        "Challenge yourself and your team by asking:",
    ),
    # -- what is asked for ---------------------------------------------------------------------
    rule(
        RECOMMENDATION,
        r"^(?:always|never|do|don't|remember|please|make sure|ensure|before you|when (?:carrying|making|working|"
            r"recording)\b|do's and don'ts|"
        r"how to\b|how can you\b|what can you\b|if you are concerned)|\b(?:top|best practice|key practice|"
            r"practical) (?:tips|reminders)\b|"
        r"\byou can$|\b(?:remember to|make sure(?: that)?(?: you)?|check that you have|- please)$",
        "Remember:",
        "When making a referral, include:",
        "As a practitioner you can:",
    ),
    rule(
        ACTION,
        r"\bare being asked\b|\b(?:has|have) (?:already |now |since |also )*(?:committed|agreed to|responded|"
            r"begun|started)\b[^.]*$|\bresponded by$|"
        r"^(?:over|in) the (?:next|coming)\b.*\bwill$|\b(?:partnership|board|lscp|lscb|sab|csp|trust|agencies|"
            r"council|we) (?:will|is going to)$|"
        r"\bis going to$|^we (?:have|will|are)(?: \w+)?$|\b(?:has|have)(?: (?:already|since|now))?$|^(?:the )?[\w' "
            r"]*response (?:to date )?(?:is|was|follows)\b|"
        r"^what (?:is|are|has|have)\b.*\b(?:done|doing)\b",
        "The Board has already:",
        "We will:",
    ),
    # -- what was good, what was done, what was learned -------------------------------------------------------------
    rule(
        GOOD,
        r"^(?!.*\bgot in the way)(?:.*\b)?(?:good|effective|positive|best|strong|notable|excellent|outstanding|"
            r"exemplary) (?:\w+ )?(?:practice|work|"
        r"support)" + _TO_REST + r"|\bwork(?:ed|ing|s)? well" + _TO_REST
        + r"|\b(?:to be )?proud of\b|\bdone well\b[^.]*$|\b(?:did|do|went|acted "
        r"promptly and) well\b(?<!not work so well)|\bpraised\b|\bcommend(?:s|ed)?\b|\bexemplary\b|\bextra mile\b|"
            r"\bpositives\b|\bworked hard\b|\bcelebrat\w+|"
        r"\bseen as effective\b|\bwhat works$|"
        r"\b(?:things|practice|people|work)\b[^.]*\b(?:that|which|who) (?:had )?(?:helped|made a difference)\b|"
            r"\bstrengths" + _TO_REST,
        "Good practice was seen in:",
        "The review also found some things that helped:",
    ),
    rule(
        LEARNING,
        r"\b(?:with hindsight|would have made a difference|could have been (?:done )?(?:better|different\w*)|"
            r"needed to be better|not so good|"
        r"did not (?:always|work)|didn't)\b|^practitioners told\b",
        "With hindsight, the following would have made a difference:",
    ),
    rule(
        ACTION,
        r"\bactions?\b[^.]*\b(?:taken|completed|implemented|under ?taken|has|have)\b[^.]*$|\b(?:have|has|had) "
        r"(?:already |now |since |also )?(?:been )?(?:done|put in place|taken|made|introduced|implemented|changed|"
            r"completed|responded|developed|"
        r"agreed to|strengthened|acted on|happened)\b(?!.*\b(?:finding|recommend\w+) that)[^.]*$|\b(?:progress|"
            r"changes made|improvements (?:made|include|already)|"
        r"in response|steps (?:were )?taken|key developments|outcomes achieved|work under ?way|delivered as a "
            r"(?:consequence|result)|"
        r"difference has the review made|happened next|our commitments|you said,? we did)\b[^.]*$",
        "The key themes identified and actions taken were;",
        "Improvements already in place:",
    ),
    rule(
        RECOMMENDATION,
        r"\brecommend\w*\b[^.]*$|\basks?\b[^.]*\bto$|\b(?:should|must|needs? to|ought to|are asked to|is asked to|"
            r"are expected to|"
        r"is required to|are required to|requires? (?:\w+ )+to|will require\b.*\bto|will need to|need to|are "
            r"(?:reminded|encouraged|urged) to|calls on\b.*\bto|"
        r"to consider|could (?:strengthen|improve)\b.*\bby|it is suggested that \w+|proposes)\b[^.]*$|\b(?:next "
            r"steps|to do|following actions for)\b[^.]*$|"
        r"^actions? (?:for|required|needed)\b|^required changes\b|\bdoes good look like\b",
        "The local recommendations for Safeguarding Partners in Bradford include:",
        "Schools and colleges are reminded to:",
    ),
    rule(
        LEARNING,
        r"\b(?:learn\w*|lessons?|findings?|found|issues? (?:identified|were|raised|are|arising)|identified|"
            r"messages?|concluded|conclusions|"
        r"highlighted|concerns|missed opportunities|missed when|key points|areas for (?:improvement|development)|"
            r"fell short|revealed|contributory|"
        r"we now know|became clear|(?:review|audit|case|this|it) (?:\w+ )?(?:told|tells?) us|adversely affected|"
            r"shortcomings|shortfalls|weaknesses|gaps in|lacked|lack of|barriers|"
        r"demonstrated|showed|shows|hampered|reminds us|teaches us|suggests|evident|of particular concern|could "
            r"have been better|"
        r"practice could)\b[^.]*$",
        "The learning points are highlighted below:",
        "The following issues were identified from the DHRs:",
        "It was evident from the agency reports that:",
    ),
)  # fmt: skip
