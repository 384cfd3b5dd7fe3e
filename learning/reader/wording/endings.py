"""How lines end, whatever quotation mark or bracket closes after it."""

import re

_CLOSED = r"[\"'”’)\]]*$"
SENTENCE_END = re.compile(rf"[.!?]{_CLOSED}")
CLAUSE_END = re.compile(rf"[.!?:;]{_CLOSED}")  # also what announces a list, or parts its members
