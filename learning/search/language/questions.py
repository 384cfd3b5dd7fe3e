"""What of a question only asks: how it opens, and words that say nothing of its subject."""

import re

ANY = r"(?:the |these |other |any |all |serious |safeguarding |local |child )*"
SOURCES = rf"{ANY}(?:case |practice )?(?:reviews?|scrs?|lcsprs?|bulletins?)"
VERBS = (
    r"(?:say|said|tell|told|teach|taught|find|found|show|shown|learn|learnt|learned|know|recommend|recommended)(?: us)?"
)
ABOUT = r"(?:about|on|from|of|regarding|around)"
WE = r"(?:we|i|you|one|professionals|practitioners|agencies|staff)"
LESSONS = r"(?:the )?(?:key |main )?(?:learning|lessons|findings|messages)"
HELP = r"(?:help|advice|guidance|information)"
OPENINGS = (
    (rf"what (?:do|does|did|have|has|can|could) {SOURCES} {VERBS} {ABOUT}", "what do reviews say about"),
    (rf"what (?:do|did|have|has|can|could|should) {WE} {VERBS} {ABOUT}", "what can we learn about"),
    (rf"what (?:is|was|has been) (?:the )?(?:learning|known|said|found) {ABOUT}", "what is the learning about"),
    (rf"what (?:are|were) {LESSONS} {ABOUT}", "what are the lessons from"),
    (r"(?:is|are) there (?:any(?:thing)? )?(?:learning |reviews? )?(?:about|on)", "is there anything on"),
    (r"(?:please )?(?:tell|show) me (?:more |everything |all )?about", "tell me about"),
    (r"(?:i am |i'm )?(?:looking|searching) for", "looking for"),
    (rf"{LESSONS}(?: learnt| learned)? from(?: {SOURCES} {ABOUT})?", "lessons from"),
    (r"(?:the )?(?:key |main )?learning (?:about|on|from|regarding|around)", "learning about"),
    (rf"{SOURCES} (?:about|on|from|regarding)", "reviews about"),
    (rf"how (?:do|can|could|should|would|might|must) {WE}(?: best)?", "how do we"),
    (rf"(?:i |we )?(?:need|want|would like)(?: to know| {HELP})? (?:about|on|with)", "i need help with"),
)
OPENING = re.compile(rf"\s*(?:{'|'.join(pattern for pattern, _ in OPENINGS)})\s+(?=\w)", re.IGNORECASE)
QUESTION_WORD = re.compile(
    r"\s*(?:how|what|when|where|which|who|whom|whose|why|can|could|should|do|does|did|is|are|was|were|has|have)\b",
    re.IGNORECASE,
)
SHORTEST = 4  # words, for a question without its mark

# Words that only ask, beside those that are common anyway: left out of a question that has others.
_ASKING = """
    could would may might must shall us happen happens happened mean means need needs want wants get gets got
    getting make makes made go goes keep keeps kept use used know knows think feel like many much enough good well
    best better affect affects affected more else please ever really actually always often anybody anyone anything
    somebody someone something everybody everyone people thing things way ways able possible important
"""
ASKING = frozenset(_ASKING.split())


def subject_at(text: str) -> int:
    """Where the subject of a question begins; 0 for any other text."""
    opening = OPENING.match(text)
    return opening.end() if opening else 0


def is_question(text: str) -> bool:
    return text.rstrip().endswith("?") or bool(QUESTION_WORD.match(text) and len(text.split()) >= SHORTEST)
