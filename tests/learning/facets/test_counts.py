"""The counting by itself, without a database."""

from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from learning.facets.counts import Index, Profile, count, left_by_others, result

# Three records: the first about a boy of 16 and his sister of 3, the second about a boy of 3, the third about nobody.
FAMILY = Index.of(
    records=BitMap([1, 2, 3]),
    of_records={
        "kind": {"fact": BitMap([1, 2]), "action": BitMap([3])},
        "theme": {"suicide": BitMap([1, 3]), "neglect": BitMap([1, 2]), "not-stated": BitMap()},
    },
    child_facets=["sex", "age_band"],
    profiles=[
        Profile({"sex": frozenset({"male"}), "age_band": frozenset({"16-to-17"})}, BitMap([1])),
        Profile({"sex": frozenset({"female"}), "age_band": frozenset({"1-to-5"})}, BitMap([1])),
        Profile({"sex": frozenset({"male"}), "age_band": frozenset({"1-to-5"})}, BitMap([2])),
        Profile({"sex": frozenset({"not-stated"}), "age_band": frozenset({"not-stated"})}, BitMap([3])),
    ],
)


def test_without_choices_everything_is_counted_once():
    assert count(FAMILY, {}) == {
        "kind": {"fact": 2, "action": 1},
        "theme": {"suicide": 2, "neglect": 2, "not-stated": 0},
        "sex": {"male": 2, "female": 1, "not-stated": 1},
        "age_band": {"16-to-17": 1, "1-to-5": 2, "not-stated": 1},
    }


def test_choices_of_one_facet_add_up():
    assert result(FAMILY, {"theme": ["suicide", "neglect"]}) == BitMap([1, 2, 3])


def test_different_facets_narrow_each_other():
    assert result(FAMILY, {"theme": ["suicide"], "kind": ["fact"]}) == BitMap([1])


def test_a_facet_ignores_its_own_choice_and_obeys_the_others():
    counts = count(FAMILY, {"kind": ["action"]})

    assert counts["kind"] == {"fact": 2, "action": 1}
    assert counts["theme"] == {"suicide": 1, "neglect": 0, "not-stated": 0}


def test_what_the_others_leave_is_what_a_facet_is_counted_in():
    assert left_by_others(FAMILY, {"kind": ["action"], "theme": ["suicide"]}, "kind") == BitMap([1, 3])
    assert left_by_others(FAMILY, {"theme": ["suicide"]}, "theme", {"theme"}) == BitMap([1, 3])


def test_a_search_narrows_the_result_and_every_count():
    searched = FAMILY.within(BitMap([2, 3]))

    assert result(searched, {"sex": ["male"]}) == BitMap([2])
    assert count(searched, {"sex": ["male"]}) == {
        "kind": {"fact": 1, "action": 0},
        "theme": {"suicide": 0, "neglect": 1, "not-stated": 0},
        "sex": {"male": 1, "female": 0, "not-stated": 1},
        "age_band": {"16-to-17": 0, "1-to-5": 1},
    }


def test_all_of_a_facet_asks_for_every_choice_and_counts_within_the_result():
    chosen = {"theme": ["suicide", "neglect"]}

    assert result(FAMILY, chosen, {"theme"}) == BitMap([1])
    assert count(FAMILY, chosen, {"theme"})["theme"] == {"suicide": 1, "neglect": 1, "not-stated": 0}


def test_child_facets_are_about_the_same_child():
    assert result(FAMILY, {"sex": ["male"], "age_band": ["1-to-5"]}) == BitMap([2])
    assert count(FAMILY, {"sex": ["male"]})["age_band"] == {"16-to-17": 1, "1-to-5": 1}


def test_a_record_about_nobody_counts_as_not_stated_in_every_child_facet():
    assert result(FAMILY, {"sex": ["not-stated"], "age_band": ["not-stated"]}) == BitMap([3])


def test_a_value_that_nothing_has_leaves_nothing():
    assert result(FAMILY, {"kind": ["question"]}) == BitMap()


# --- against a slow and obvious count ------------------------------------------------------------------------------

VALUES = ["a", "b", "c"]
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "theme": st.sets(st.sampled_from(VALUES)),
            "kind": st.sets(st.sampled_from(VALUES), min_size=1, max_size=1),
            "children": st.lists(
                st.fixed_dictionaries({"sex": st.sampled_from(VALUES), "age": st.sampled_from(VALUES)}), max_size=3
            ),
        }
    ),
    max_size=6,
)
CHOSEN = st.dictionaries(
    st.sampled_from(["theme", "kind", "sex", "age"]), st.lists(st.sampled_from(VALUES), max_size=2, unique=True)
)


def index_of(records: list[dict]) -> Index:
    """A profile for each child by itself: those that are alike need not share one."""
    return Index.of(
        records=BitMap(range(len(records))),
        of_records={
            facet: {value: BitMap(n for n, each in enumerate(records) if value in each[facet]) for value in VALUES}
            for facet in ("theme", "kind")
        },
        child_facets=["sex", "age"],
        profiles=[
            Profile({facet: frozenset({value}) for facet, value in child.items()}, BitMap([number]))
            for number, record in enumerate(records)
            for child in record["children"]
        ],
    )


def fits(record: dict, chosen: dict, all_themes: bool) -> bool:
    themes = set(chosen.get("theme") or ())
    if themes and not (themes <= record["theme"] if all_themes else themes & record["theme"]):
        return False
    if chosen.get("kind") and not record["kind"] & set(chosen["kind"]):
        return False
    asked = {facet: chosen[facet] for facet in ("sex", "age") if chosen.get(facet)}
    return not asked or any(all(child[facet] in asked[facet] for facet in asked) for child in record["children"])


@settings(deadline=None)
@given(RECORDS, CHOSEN, st.booleans())
def test_counts_are_what_a_slow_count_finds(records, chosen, all_themes):
    all_of = {"theme"} if all_themes else set()
    index = index_of(records)

    assert result(index, chosen, all_of) == BitMap(
        n for n, record in enumerate(records) if fits(record, chosen, all_themes)
    )
    for facet, counts in count(index, chosen, all_of).items():
        for value, number in counts.items():
            kept = chosen.get(facet, []) if facet in all_of else []
            alone = {**chosen, facet: [*kept, value]}
            assert number == sum(fits(record, alone, all_themes) for record in records)
