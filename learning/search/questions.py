"""Questions in plain words, cut down to what they are about: "what do reviews say about fathers?" is "fathers".

Whoever asks so does not look for the words "reviews" and "say". Each pattern stands with an example, which is its test.
"""

import re

SOURCES = r"(?:the |these |other |serious |safeguarding )*(?:case )?(?:reviews?|scrs?|lcsprs?|bulletins?)"
TOLD = r"(?:say|said|tell|told|teach|taught|find|found|show|shown|learn|learnt|learned|know)(?: us)?"
ABOUT = r"(?:about|on|from|of|regarding|around)"
OPENINGS = (
    (rf"what (?:do|does|did|have|has|can|could) {SOURCES} {TOLD} {ABOUT}", "what do reviews say about"),
    (rf"what (?:do|did|have|has|can|could|should) (?:we|i|you|one) {TOLD} {ABOUT}", "what can we learn about"),
    (rf"what (?:is|was|has been) (?:the )?(?:learning|known|said|found) {ABOUT}", "what is the learning about"),
    (rf"what (?:are|were) (?:the )?(?:lessons|findings|messages) {ABOUT}", "what are the lessons from"),
    (r"(?:is|are) there (?:any(?:thing)? )?(?:learning |reviews? )?(?:about|on)", "is there anything on"),
    (r"(?:please )?(?:tell|show) me (?:more |everything |all )?about", "tell me about"),
    (r"(?:i am |i'm )?(?:looking|searching) for", "looking for"),
)
OPENING = re.compile(rf"\s*(?:{'|'.join(pattern for pattern, _ in OPENINGS)})\s+(?=\w)", re.IGNORECASE)
QUESTION_WORD = re.compile(
    r"\s*(?:how|what|when|where|which|who|whom|whose|why|can|could|should|do|does|did|is|are)\b", re.IGNORECASE
)
SHORTEST = 4  # words, for a question without its mark
# Words that only ask, beside those that are common anyway.
ASKING = frozenset(["could", "would", "may", "might", "must", "shall", "us"])


def subject_of(text: str) -> str:
    """What a question is about; any other text as it is."""
    opening = OPENING.match(text)
    return text[opening.end() :] if opening else text


def is_question(text: str) -> bool:
    return text.rstrip().endswith("?") or bool(QUESTION_WORD.match(text) and len(text.split()) >= SHORTEST)
