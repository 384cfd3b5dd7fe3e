"""Labels that begin one statement and are no part of its words: "Question 2:", "Recommendation 3 –"."""

from learning.reader.wording.rule import ACTION, FACT, GOOD, LEARNING, QUESTION, RECOMMENDATION, RISK, rule

_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten"
_NUMBER = rf"(?: (?:no\.? ?|number )?(?P<number>\d{{1,2}}(?:\.\d{{1,2}})?[a-z]?|[a-z]|[ivx]{{1,4}}|{_WORDS}))?"
_FOR = r"(?: (?:for|to) (?:the )?[\w' ]{2,30})?"
_OF = (
    r"(?:(?:key|main|priority|practice|system|single agency|multi-agency|agency|local|national|overview|our|"
    r"proposed|core) )*"
)

LABELS = (
    rule(
        QUESTION,
        rf"^(?:key |reflective |challenge |supervision |discussion |practice )?questions?{_FOR}{_NUMBER}$",
        "Question",
        "Question 2",
        "Supervision question",
    ),
    rule(
        QUESTION,
        rf"^(?:reflect|reflection(?: point)?|consider|discussion point|discuss|ask yourself|pause for thought|"
            rf"prompt){_NUMBER}$",
        "Reflect",
    ),
    rule(
        ACTION,
        rf"^(?:outcome|(?:single agency )?actions? (?:already )?(?:taken|completed)(?: to date)?|(?:agency |our |"
            rf"board |partnership |sab |lscb )?response|"
        r"progress(?: (?:update|to date|so far))?|update(?:, [\w ]{3,20})?|impact|(?:change|improvement)s? made|"
            r"our commitment|we (?:did|have|will)|"
        rf"what (?:we (?:did|have done|will do|are doing)|has (?:changed|been done))){_NUMBER}$",
        "Outcome",
        "We did",
    ),
    rule(
        RECOMMENDATION,
        rf"^{_OF}(?:recommendation|rec\.?){_FOR}{_NUMBER}$",
        "Recommendation 3",
        "Recommendation for the Police",
        "Rec. 7",
    ),
    rule(
        RECOMMENDATION,
        r"^(?:(?:proposed )?action (?:needed|required)|proposed action|call to action|(?:agencies|managers|"
            r"practitioners|professionals|staff|you) (?:should|must|"
        r"can|need to)|(?:best |good )?(?:practice )?(?:tip|reminder)|(?:top )?tips?|must do|what (?:needs to "
            r"happen|you can do)|remember|reminder)"
        rf"{_NUMBER}$",
        "Top tip",
        "Practitioners should",
    ),
    rule(RECOMMENDATION, r"^(?:R|Rec)\s?(?P<number>\d{1,2}(?:\.\d{1,2})?[a-z]?)$", "R1"),
    rule(ACTION, r"^(?:priority|commitment|pledge|promise) (?P<number>\d{1,2})$", "Priority 1"),
    rule(ACTION, rf"^action{_NUMBER}$", "Action 1"),
    rule(
        GOOD,
        r"^(?:(?:example of |highlight of )?(?:good|effective|best|positive|notable) practice(?: (?:example|"
            r"point))?|strengths?|"
        rf"we did well|what worked well|worked well){_NUMBER}$",
        "Good practice",
        "Strength",
    ),
    rule(
        LEARNING,
        rf"^{_OF}(?:finding|learning(?: (?:point|theme|outcome))?|lesson(?: (?:learned|learnt))?|message|issue|"
        rf"takeaway|learning need){_FOR}{_NUMBER}$",
        "Finding 1",
        "Learning point 2",
        "Learning for GPs",
    ),
    rule(
        LEARNING,
        rf"^(?:area (?:for improvement|for development|of concern)|gap identified|issue identified|practice issue|"
            rf"missed opportunity|conclusion|"
        rf"key practice episode learning|(?:what )?we (?:found|learned|learnt)){_NUMBER}$",
        "Missed opportunity 2",
        "What we found",
    ),
    rule(
        RISK,
        rf"^(?:risk (?:factor|indicator)|indicator(?: of risk)?|warning sign|red flag|trigger|vulnerability(?: "
            rf"factor)?|sign (?:of abuse|to look for)){_NUMBER}$",
        "Risk factor",
        "Red flag 3",
    ),
    rule(LEARNING, r"^(?:LP|L|F)\s?(?P<number>\d{1,2}(?:\.\d{1,2})?[a-z]?)$", "LP2", "F1"),
    rule(FACT, rf"^(?:fast |key |quick |research )?(?:fact|statistic){_NUMBER}$|^did you know$", "Fact 1"),
)  # fmt: skip
