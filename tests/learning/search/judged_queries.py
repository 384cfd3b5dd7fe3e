"""Searches over the five bulletins, with what a practitioner would expect each of them to find.

They were judged by the texts of the bulletins before they were first run. What fails stays in the list: a judgement
changes only where it was wrong about the bulletins themselves, and the line then says so.

A review is named by its label, a statement by its bulletin and its number in it
(``tests/data/expected_statements.csv``), whatever else by its slug.
"""

from dataclasses import dataclass, field

REVIEWS, LEARNING, BULLETINS, THEMES, BOARDS = "reviews", "learning", "bulletins", "themes", "boards"
AGENCIES = "agencies"

K, R, Q, B = "Young Person K", "Child R", "Child Q and Child S", "Child B"
JOHN, KEY = "SCR John", "SCR Key"
WEST_A, WEST_N, WEST_O, WEST_Q, WEST_S = (f"Serious Case Review {letter}" for letter in "ANOQS")

SLUGS = {
    "k": "young-person-k-2016",
    "r": "child-r-2015",
    "q": "knowsley-child-q-and-s-2017",
    "b": "child-b-2010",
    "w": "west-sussex-briefing-2017",
}


def of(bulletin: str, *numbers: int) -> frozenset[str]:
    """Statements of a bulletin: "k-12"."""
    return frozenset(f"{bulletin}-{number}" for number in numbers)


@dataclass(frozen=True)
class Judged:
    """A search, and what its tab must show.

    ``first``: each is among the first five. ``some``: at least one of these is. ``only``: the first five are all among
    these, and there is one at least. ``never``: none is found at all. ``nothing``: the search finds nothing of the
    kind. ``hint``: what is offered in place of the search. ``problem``: words of the message that says what is wrong
    with it.
    """

    text: str
    tab: str
    first: frozenset[str] = field(default_factory=frozenset)
    some: frozenset[str] = field(default_factory=frozenset)
    only: frozenset[str] = field(default_factory=frozenset)
    never: frozenset[str] = field(default_factory=frozenset)
    nothing: bool = False
    hint: str = ""
    problem: str = ""


def names(*labels: str) -> frozenset[str]:
    return frozenset(labels)


EXPLOITATION = of("k", 13, 15, 16) | of("r", 12) | of("q", 1, 2, 3, 8, 9, 10) | of("w", 2, 8)
DOMESTIC_ABUSE = of("k", 3, 6, 22) | of("b", 19) | of("w", 28, 68)
MISSING_FROM_CARE = of("k", 5, 11) | of("r", 2, 12, 15, 16, 19)
MISSING = MISSING_FROM_CARE | of("k", 15, 16)
ONLINE = of("k", 13, 17, 18, 19) | of("r", 12, 14)
FATHERS = of("w", 42, 43, 47, 48, 49)
REVIEWS_OF_EXPLOITATION = names(K, R, Q, KEY)

JUDGED = [
    # names
    Judged("Child S", REVIEWS, first=names(Q), never=names(R, B, K)),
    Judged("Child Q", REVIEWS, first=names(Q, WEST_Q), never=names(R, B, WEST_S)),
    Judged("child q", REVIEWS, first=names(Q, WEST_Q)),
    Judged("Young Person K", REVIEWS, first=names(K), never=names(R, B)),
    Judged("YPK", REVIEWS, only=names(K)),
    Judged("YP K", REVIEWS, only=names(K)),
    Judged("Child B", REVIEWS, only=names(B)),
    Judged("Child R", REVIEWS, only=names(R)),
    Judged("Child R", BULLETINS, first=names(SLUGS["r"])),
    Judged("SCR N", REVIEWS, only=names(WEST_N)),
    Judged("Serious Case Review A", REVIEWS, first=names(WEST_A), never=names(WEST_S, WEST_N)),
    Judged("SCR John", REVIEWS, only=names(JOHN)),
    Judged("Serious Case Review N", LEARNING, only=of("w", *range(35, 48))),
    Judged("Child D", REVIEWS, nothing=True),
    Judged("Child A", REVIEWS, never=names(B, R, Q, K)),
    # boards
    Judged("Knowsley", BOARDS, first=names("knowsley", "knowsley-partnership")),
    Judged("MKSCB", BOARDS, first=names("milton-keynes", "milton-keynes-partnership")),  # which took over in 2019
    Judged("Sunderland", BOARDS, only=names("sscb")),
    Judged("Sunderland", REVIEWS, only=names(K)),
    Judged("West Sussex", REVIEWS, never=names(R, B, K, Q)),
    Judged("Southwark", BULLETINS, only=names(SLUGS["r"])),
    Judged("KSCB", BOARDS, first=names("knowsley")),
    # what else things are called
    Judged("CSE", REVIEWS, first=REVIEWS_OF_EXPLOITATION),
    Judged("CSE", THEMES, first=names("child-sexual-exploitation")),
    Judged("CSE", LEARNING, only=EXPLOITATION),
    Judged("child sexual exploitation", LEARNING, only=EXPLOITATION),
    Judged("sexual exploitation", REVIEWS, first=REVIEWS_OF_EXPLOITATION),
    Judged("NEET", THEMES, first=names("children-not-in-school")),
    Judged("CAMHS", LEARNING, first=of("b", 20)),
    Judged("CAMHS", THEMES, first=names("access-to-mental-health-services")),
    Judged("going missing", REVIEWS, first=names(K, R, Q)),
    Judged("going missing", LEARNING, only=MISSING),
    Judged("missing from care", LEARNING, only=MISSING_FROM_CARE),
    Judged("running away", THEMES, first=names("going-missing")),
    Judged("domestic violence", REVIEWS, first=names(B, K, WEST_Q)),
    Judged("DV", LEARNING, only=DOMESTIC_ABUSE),
    Judged("looked after children", REVIEWS, first=names(K, R, Q, WEST_A)),
    Judged("NAI", REVIEWS, first=names(WEST_N)),
    # S was about a child who was given drugs: that drugs are misused is a general lesson in it, not its subject.
    Judged("substance misuse", REVIEWS, first=names(K, B)),
    Judged("ADHD", REVIEWS, only=names(B)),
    Judged("PLO", LEARNING, first=of("b", 25)),
    Judged("LAC review", LEARNING, first=of("r", 6)),
    Judged("staff turnover", LEARNING, first=of("r", 4)),
    Judged("think family", LEARNING, first=of("w", 27)),
    Judged("hidden men", THEMES, first=names("unseen-fathers-and-carers")),
    Judged("hidden men", LEARNING, only=FATHERS),
    Judged("was not brought", THEMES, first=names("missed-appointments")),
    Judged("social media", LEARNING, only=ONLINE),
    Judged("e-safety", LEARNING, first=of("k", 13, 19)),
    Judged("s47", THEMES, first=names("section-47-enquiries")),
    Judged("section 47", LEARNING, first=of("w", 53)),
    Judged("MASH", LEARNING, first=of("w", 59, 60)),
    Judged("county lines", THEMES, first=names("child-criminal-exploitation")),
    # titles before words somewhere in a text
    Judged("suicide", THEMES, first=names("suicide", "suicidal-thoughts")),
    Judged("neglect", THEMES, first=names("neglect", "abuse-and-neglect")),
    Judged("suicide", REVIEWS, first=names(K, B, WEST_A, WEST_Q)),
    # phrases
    Judged('"hard to place"', LEARNING, only=of("r", 9)),
    Judged('"differential diagnosis"', LEARNING, only=of("w", 45, 59, 60)),
    Judged('"therapeutic placement"', LEARNING, only=of("w", 25, 26)),
    Judged('"troublesome rather than troubled"', LEARNING, only=of("w", 11)),
    # It was to find nothing; now a phrase that stands nowhere falls back to its words.
    Judged('"exploitation sexual"', REVIEWS, first=REVIEWS_OF_EXPLOITATION),
    # misspelt
    Judged("exploitaton", THEMES, hint="exploitation"),
    Judged("suicde", REVIEWS, hint="suicide"),
    Judged("domestc violence", LEARNING, hint="domestic violence"),
    Judged("safeguarding suprvision", LEARNING, hint="safeguarding supervision"),
    Judged("Knowlsey", BOARDS, hint="knowsley"),
    Judged("milton kenyes", BOARDS, hint="milton keynes"),
    Judged("neglct", THEMES, hint="neglect"),
    Judged("sunderlnd", BOARDS, hint="sunderland"),
    Judged("self-hram", THEMES, hint="self-harm"),
    Judged("adolescant mental health", THEMES, hint="adolescent mental health"),
    Judged("chronolgy", LEARNING, hint="chronology"),
    Judged("genogramm", LEARNING, hint="genogram"),
    # without
    Judged("missing -suicide", REVIEWS, first=names(R, Q), never=names(K)),
    Judged("supervision -drift", LEARNING, first=of("b", 23) | of("w", 37), never=of("b", 24)),
    Judged("baby NOT drugs", REVIEWS, first=names(WEST_N, WEST_O), never=names(WEST_S)),
    Judged('CSE -"social media"', LEARNING, only=EXPLOITATION - of("r", 12), never=of("r", 12)),
    # one or the other
    Judged('co-sleeping OR "concealed pregnancy"', LEARNING, first=of("w", 49, 32)),
    Judged("Knowsley OR Southwark", REVIEWS, only=names(R, Q)),
    Judged("bullying OR bereavement", LEARNING, first=of("b", 8) | of("w", 17, 18)),
    # beginnings of words
    Judged("exploit*", THEMES, first=names("child-sexual-exploitation", "child-criminal-exploitation")),
    Judged("bereav*", LEARNING, first=of("w", 18)),
    Judged("chronolog*", LEARNING, first=of("r", 10)),
    # fields
    Judged("board:sunderland", REVIEWS, only=names(K)),
    Judged("theme:neglect", REVIEWS, first=names(R, Q), never=names(K, B)),
    Judged("theme:CSE", REVIEWS, first=REVIEWS_OF_EXPLOITATION, never=names(B)),
    Judged('theme:"child sexual exploitation" kind:recommendation', LEARNING, only=of("k", 15, 16) | of("q", 3)),
    Judged("kind:question CSE", LEARNING, first=of("w", 8), never=of("w", 2)),
    Judged("kind:recommendations board:knowsley", LEARNING, first=of("q", 3, 4, 5, 6, 7), never=of("q", 1, 2)),
    Judged("kind:learning co-sleeping", LEARNING, first=of("w", 49)),
    Judged("year:2010", BULLETINS, only=names(SLUGS["b"])),
    Judged("year:2014-2016", REVIEWS, first=names(R, K, Q), never=names(B, KEY)),
    Judged("missing -board:southwark", REVIEWS, first=names(K, Q), never=names(R)),
    Judged('board:"west sussex" theme:suicide', REVIEWS, only=names(WEST_A, WEST_Q)),
    Judged("theme:neglet", REVIEWS, problem="neglect"),
    # one or many
    Judged("genograms", LEARNING, first=of("r", 10)),
    Judged("matching placements", LEARNING, first=of("r", 9)),
    Judged("return interview", LEARNING, first=of("r", 15)),
    Judged("babies drug", LEARNING, first=of("w", 51)),
    # questions in plain words
    Judged("how should schools respond to self-harm?", THEMES, first=names("self-harm")),
    Judged("how should schools respond to self-harm?", REVIEWS, first=names(K)),
    Judged("what do reviews say about fathers?", LEARNING, first=of("w", 47)),
    Judged("what can we learn about children who go missing from care?", LEARNING, only=MISSING),
    Judged("when should a professional escalate a disagreement?", LEARNING, first=of("w", 13)),
    Judged("can I share information without consent?", LEARNING, first=of("w", 46)),
    Judged("how do you involve fathers?", LEARNING, first=of("w", 47)),
    Judged("why are GPs not contacted?", LEARNING, first=of("w", 53)),
    Judged("are babies given drugs by their parents", LEARNING, first=of("w", 51)),
    # what nobody shall find
    Judged("hanging", BULLETINS, nothing=True),
    Judged("hanged", REVIEWS, nothing=True),
    Judged("hanging", LEARNING, nothing=True),
    Judged("strangulation", BULLETINS, nothing=True),
    Judged("strangulation", REVIEWS, nothing=True),
    Judged("strangulation", LEARNING, nothing=True),
    Judged("zebra", LEARNING, nothing=True),
]
