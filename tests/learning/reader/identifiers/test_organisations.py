import pytest

from learning.reader.identifiers import find_identifiers
from tests.learning.reader.identifiers.marking import identified


@pytest.mark.parametrize(
    "text",
    [
        "Sampleshire Safeguarding Board, Civic Centre, High Street, Sampleton",
        "Write to the Business Unit, County Hall, Market Street, Sampleton.",
        "Safeguarding Team, 3rd Floor, Mossbeck House, 12 Station Road, Sampleton.",
        "Training will be held at Mossbeck House, 40 Bridge Street.",
        "NSPCC, Mossbeck House, 42 Curtain Road, Sampleton.",
        "Hope Street, Bridge Road and the station are hotspots.",
    ],
)
def test_is_of_an_organisation_leaves_its_address_alone(text: str):
    assert [identifier for identifier in find_identifiers(text) if identifier.kind in {"address", "placement"}] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Safeguarding Board, 2 Queen Street, Sampleton DN99 3QW", []),
        ("The family of four moved to 2 Mossbeck Street, Sampleton DN99 3QW", ["DN99 3QW"]),
    ],
)
def test_is_own_postcode_leaves_that_of_an_organisation_alone(text: str, expected: list[str]):
    assert identified(text, "postcode") == expected
