"""What people say, and what bulletins write instead; and beginnings that are written with or without a hyphen.

Only words on the left find those on the right as well: whoever types the word of a bulletin gets what it says.
"""

from collections.abc import Iterator

from learning.search.language.terms import Term

_EVERYDAY = """
    teenager, teen, youngster: adolescent, young person, young people
    mum, mom, mummy: mother
    dad, daddy: father
    stepdad: step-father
    stepmum: step-mother
    kid: child
    toddler: young child
    newborn, infant: baby
    doctor: GP, clinician, medical
    teacher, headteacher: school, education professional
    colleague, co-worker: professional, practitioner
    worker: professional, practitioner
    disagree: disagreement, difference of opinion, differences of opinion
    argue, argument: disagreement, difference of opinion
    file, notes, paperwork: record
    handover, hand over: transfer
    worried, worry: concern, anxiety
    upset: distress
    pretend, pretending: superficial, disguised
    punish, punishment: punitive
    drunk, drinking: alcohol
    internet, web: online, social media
    take part, join in: participation, attendance
    involved, involve: participation, engage
    boss: manager
    staffing: staff, workforce
    audit: quality assurance, monitor
    guess: predict, possibly, probably
    spot, notice: identify, recognise
    stop: prevent
    home visit: visit
"""
EVERYDAY: dict[str, list[str]] = {
    word.strip(): [name.strip() for name in meaning.split(",")]
    for line in _EVERYDAY.strip().splitlines()
    for words, meaning in [line.split(":")]
    for word in words.split(",")
}

_BEGINNINGS = "multi inter non co self pre post anti cross extra intra step re well"
BEGINNINGS = frozenset(_BEGINNINGS.split())
SHORTEST_REST = 4  # letters


def otherwise_written(words: tuple[str, ...]) -> Iterator[Term]:
    """ "multiagency" as "multi-agency", and the other way round."""
    if len(words) == 2 and words[0] in BEGINNINGS:
        yield Term(("".join(words),), text="".join(words))
    for beginning in BEGINNINGS if len(words) == 1 else ():
        rest = words[0].removeprefix(beginning)
        if rest != words[0] and len(rest) >= SHORTEST_REST:
            yield Term((beginning, rest), text=f"{beginning}-{rest}")


def as_one(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words as a name is looked up by: "multi", "agency" as "multiagency"."""
    joined: list[str] = []
    is_begun = False
    for word in words:
        if is_begun:
            joined[-1] += word
        else:
            joined.append(word)
        is_begun = not is_begun and word in BEGINNINGS
    return tuple(joined)
