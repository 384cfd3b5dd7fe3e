"""Sentences as a bulletin might print them, of few common words and many rare ones."""

import random
from itertools import accumulate
from typing import Generic, TypeVar

Item = TypeVar("Item")

WHO = """
practitioners|social workers|school nurses|health visitors|the police|teachers|the general practitioner|midwives|housing
officers|foster carers|the hospital|managers|the partnership|youth workers|probation officers|residential staff|the
ambulance service|early help workers|the independent reviewing officer|the lead professional|family support workers|the
out of hours team|the community paediatrician|the designated safeguarding lead|the mental health team
"""
DID = """
did not always share what they knew|recorded the concern promptly|relied on what the mother said|saw the child alone|
assumed that another agency had acted|showed professional curiosity|lacked professional curiosity|did not ask about the
father|challenged each other well|lost sight of the child|kept the child at the centre|did not escalate the concern|
closed the case too early|held a strategy discussion|made a referral without delay|waited for the assessment|did not
check the history of the family|understood the impact of neglect|missed the signs of sexual exploitation|heard the voice
of the child|did not hear the voice of the child|treated each incident by itself|weighed the risk of domestic abuse
"""
WHEN = """
when the child was missing from care|after the child protection plan ended|before the family moved|during the pregnancy|
while the parents separated|when school attendance fell|after the first disclosure|as self-harm became more frequent|
when information sharing was needed most|at the point of transition to adult services|while the child was looked after|
when an uncle came to live with the family|after an injury that nobody explained|when the appointments were not kept|
as substance misuse in the home grew worse|at each change of placement|once the criminal investigation had begun
"""
SHOULD = """
should share information at once|must record the views of the child|should seek supervision|need to know the thresholds|
should ask who else lives in the home|must follow the procedure for missing children|should consider the cumulative
harm|must invite the school nurse to the conference|should plan the discharge from hospital together|need training on
fabricated illness|should check whether the child is safe tonight|must challenge a decision that they do not agree with|
should think of every adult as part of the family|must not wait for proof|need to be curious about what they are told
"""
WHY = """
because small signs add up|so that the child is seen and heard|because nobody had the whole picture|so that decisions do
not drift|because trust takes time|since disguised compliance is hard to see|so that risk is looked at as a whole|
because a child who does not speak still tells|since the history predicts the future|so that the plan can be tested|
because what is not written down is lost|so that the next worker knows|since culture may hide harm and never excuses it
"""
LEAST, RARE = 4000, 5000


def phrases(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("|")]


def skewed(count: int) -> list[float]:
    """Weights that fall as one divided by the rank, added up: as words, boards and themes do."""
    return list(accumulate(1 / (rank + 1) for rank in range(count)))


class Words:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        who, did, when, should, why = (phrases(text) for text in (WHO, DID, WHEN, SHOULD, WHY))
        made: dict[str, None] = {}
        while len(made) < LEAST:
            subject = chance.choice(who)
            clause = [subject, chance.choice([*did, *should])]
            clause += [chance.choice(when)] if chance.random() < 0.6 else []
            clause += [chance.choice(why)] if chance.random() < 0.4 else []
            made[" ".join(clause)] = None
        self.clauses = list(made)
        chance.shuffle(self.clauses)
        self.weights = skewed(len(self.clauses))
        self.rare = [f"topic{number}" for number in range(1, RARE + 1)]  # words that few statements have
        self.rare_weights = skewed(RARE)

    def sentence(self) -> str:
        """One or two clauses, and what they were about."""
        chance = self.chance
        clauses = chance.choices(self.clauses, cum_weights=self.weights, k=chance.choice((1, 1, 2)))
        about = chance.choices(self.rare, cum_weights=self.rare_weights, k=chance.choice((1, 2)))
        text = f"{' and '.join(clauses)}, with regard to {' and '.join(about)}."
        return text[0].upper() + text[1:]


class Drawn(Generic[Item]):
    """Items drawn by chance, the first ones far more often than the last."""

    def __init__(self, chance: random.Random, items: list[Item]) -> None:
        self.chance = chance
        self.items = items
        self.weights = skewed(len(items))

    def some(self, least: int, most: int) -> list[Item]:
        """So many different ones, in the order drawn."""
        count = self.chance.randint(least, most)
        return list(dict.fromkeys(self.chance.choices(self.items, cum_weights=self.weights, k=count)))
