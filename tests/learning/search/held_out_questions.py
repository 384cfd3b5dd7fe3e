"""Whole questions that were written after the search was finished, and before any of them was run: an honest check.

Nothing was changed for them. ``test_judged`` says how many hold, and asks for no share of them. The rules of
``judged_queries`` hold here too.
"""

from tests.learning.search.judged_queries import LEARNING, REVIEWS, WEST_O, WEST_S, Judged, K, R, names, of

HELD_OUT = [
    # a social worker
    Judged("how do I assess risk when the family speaks little English?", LEARNING, first=of("w", 31)),
    Judged("what should I record when I transfer a case to a new worker?", LEARNING, first=of("r", 10)),
    Judged("how can I build trust with a teenager who keeps changing social workers?", LEARNING, first=of("r", 5)),
    Judged(
        "what should happen before we move a child to a home outside the county?", LEARNING, some=of("w", 22, 23, 24)
    ),
    Judged("should both parents be part of an assessment?", LEARNING, some=of("w", 36, 42, 43)),
    Judged("what if a parent says yes to everything but nothing changes?", LEARNING, some=of("w", 41, 57)),
    Judged("when do we need a legal planning meeting or care proceedings?", LEARNING, first=of("b", 25)),
    Judged("how do children in secure accommodation move back into the community?", LEARNING, some=of("k", 14, 23)),
    # a teacher
    Judged("what should a school do when a child in care changes school?", LEARNING, first=of("r", 11)),
    Judged("is there a policy on bullying in schools?", LEARNING, some=of("b", 8, 10)),
    Judged(
        "what are the warning signs that a pupil may be suicidal?", LEARNING, some=of("w", 15, 16, 17, 18, 19, 20, 29)
    ),
    Judged("how risky is social media for vulnerable young people?", LEARNING, first=of("r", 14)),
    # a health visitor, a midwife, a GP
    Judged("how should I raise bed sharing with both parents?", LEARNING, first=of("w", 49)),
    Judged("what is the difference between late booking and a concealed pregnancy?", LEARNING, first=of("w", 32)),
    Judged("how can I identify vulnerability in a pregnant woman?", LEARNING, first=of("w", 47)),
    Judged("do professionals need to contact the GP about a child?", LEARNING, first=of("w", 53)),
    Judged("could an injury to a baby be non-accidental?", LEARNING, some=of("w", 45, 59, 60)),
    Judged("how does a mother's depression affect her child?", LEARNING, some=of("w", 35, 36)),
    # a police officer
    Judged("how do we disrupt the people who exploit children?", LEARNING, first=of("k", 10)),
    Judged("which officers should respond to child protection cases?", LEARNING, first=of("w", 4)),
    Judged("were missing episodes dealt with properly?", LEARNING, first=of("k", 11)),
    # a board manager
    Judged(
        "what should the board audit after a serious case review?",
        LEARNING,
        some=of("q", 4) | of("k", 15, 19) | of("b", 2),
    ),
    Judged("how do we involve young people in the work of the board?", LEARNING, first=of("b", 11)),
    Judged("is there a shortage of placements for children with complex needs?", LEARNING, first=of("k", 25)),
    Judged(
        "how is the learning from a review shared with agencies?", LEARNING, some=of("q", 4, 5, 7) | of("b", 2, 3, 5)
    ),
    Judged("which cases are about drugs and babies?", REVIEWS, some=names(WEST_S, WEST_O)),
    Judged("which reviews are about girls missing from care?", REVIEWS, some=names(K, R)),
    # a trainer
    Judged(
        "what questions can I ask a team about challenging other professionals?", LEARNING, some=of("w", 13, 61, 62)
    ),
    Judged("how does the work affect staff emotionally?", LEARNING, some=of("w", 37) | of("k", 10)),
    Judged("what helps professionals to think family?", LEARNING, first=of("w", 27)),
]
