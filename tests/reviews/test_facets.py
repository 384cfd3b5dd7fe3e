"""The counting by itself, without a database."""

from hypothesis import given
from hypothesis import strategies as st

from reviews.facets import Index, count, gather, result

# Three records: the first about a boy of 16 and his sister of 3, the second about a boy of 3, the third about nobody.
FAMILY = Index(
    records={1, 2, 3},
    of_records={
        "kind": {"fact": {1, 2}, "action": {3}},
        "theme": {"suicide": {1, 3}, "neglect": {1, 2}, "not-stated": set()},
    },
    of_children={
        "sex": {"male": {0, 2}, "female": {1}, "not-stated": {3}},
        "age_band": {"16-to-17": {0}, "1-to-5": {1, 2}, "not-stated": {3}},
    },
    record_of={0: 1, 1: 1, 2: 2, 3: 3},
)


def test_without_choices_everything_is_counted_once():
    assert count(FAMILY, {}) == {
        "kind": {"fact": 2, "action": 1},
        "theme": {"suicide": 2, "neglect": 2, "not-stated": 0},
        "sex": {"male": 2, "female": 1, "not-stated": 1},
        "age_band": {"16-to-17": 1, "1-to-5": 2, "not-stated": 1},
    }


def test_choices_of_one_facet_add_up():
    assert result(FAMILY, {"theme": ["suicide", "neglect"]}) == {1, 2, 3}


def test_different_facets_narrow_each_other():
    assert result(FAMILY, {"theme": ["suicide"], "kind": ["fact"]}) == {1}


def test_a_facet_ignores_its_own_choice_and_obeys_the_others():
    counts = count(FAMILY, {"kind": ["action"]})

    assert counts["kind"] == {"fact": 2, "action": 1}
    assert counts["theme"] == {"suicide": 1, "neglect": 0, "not-stated": 0}


def test_all_of_a_facet_asks_for_every_choice_and_counts_within_the_result():
    chosen = {"theme": ["suicide", "neglect"]}

    assert result(FAMILY, chosen, {"theme"}) == {1}
    assert count(FAMILY, chosen, {"theme"})["theme"] == {"suicide": 1, "neglect": 1, "not-stated": 0}


def test_child_facets_are_about_the_same_child():
    assert result(FAMILY, {"sex": ["male"], "age_band": ["1-to-5"]}) == {2}
    assert count(FAMILY, {"sex": ["male"]})["age_band"] == {"16-to-17": 1, "1-to-5": 1, "not-stated": 0}


def test_a_record_about_nobody_counts_as_not_stated_in_every_child_facet():
    assert result(FAMILY, {"sex": ["not-stated"], "age_band": ["not-stated"]}) == {3}


def test_a_value_that_nothing_has_leaves_nothing():
    assert result(FAMILY, {"kind": ["question"]}) == set()


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
    places = [(number, child) for number, record in enumerate(records) for child in record["children"]]
    return Index(
        records=set(range(len(records))),
        of_records={
            facet: gather((value, number) for number, record in enumerate(records) for value in record[facet])
            for facet in ("theme", "kind")
        },
        of_children={
            facet: gather((child[facet], place) for place, (_, child) in enumerate(places)) for facet in ("sex", "age")
        },
        record_of={place: number for place, (number, _) in enumerate(places)},
    )


def fits(record: dict, chosen: dict, all_themes: bool) -> bool:
    themes = set(chosen.get("theme") or ())
    if themes and not (themes <= record["theme"] if all_themes else themes & record["theme"]):
        return False
    if chosen.get("kind") and not record["kind"] & set(chosen["kind"]):
        return False
    asked = {facet: chosen[facet] for facet in ("sex", "age") if chosen.get(facet)}
    return not asked or any(all(child[facet] in asked[facet] for facet in asked) for child in record["children"])


@given(RECORDS, CHOSEN, st.booleans())
def test_counts_are_what_a_slow_count_finds(records, chosen, all_themes):
    all_of = {"theme"} if all_themes else set()
    index = index_of(records)

    assert result(index, chosen, all_of) == {n for n, record in enumerate(records) if fits(record, chosen, all_themes)}
    for facet, counts in count(index, chosen, all_of).items():
        for value, number in counts.items():
            kept = chosen.get(facet, []) if facet in all_of else []
            alone = {**chosen, facet: [*kept, value]}
            assert number == sum(fits(record, alone, all_themes) for record in records)
