"""One row of a table: what a wording announces, with examples that are its tests."""

import re
from dataclasses import dataclass, field

STOP = "stop"  # what follows is no statement: the story, the method, the links
NEUTRAL = "neutral"  # says nothing of what follows
NEXT = "next"  # some of what follows is asked for, some is being done: its words tell
QUESTION, FACT, ACTION = "question", "fact", "action"
LEARNING, RISK, GOOD, RECOMMENDATION = "learning_point", "risk_indicator", "good_practice", "recommendation"
KINDS = (LEARNING, RISK, GOOD, RECOMMENDATION, ACTION, QUESTION, FACT)


@dataclass(frozen=True)
class Rule:
    kind: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...] = field(default=())


def rule(kind: str, pattern: str, *examples: str) -> Rule:
    return Rule(kind, re.compile(pattern, re.I), examples)
