import pytest

from tests.learning.reader.identifiers.marking import identified


@pytest.mark.parametrize(
    "text",
    [
        "Lessons from Victoria Climbié, Daniel Pelka and Keanu Williams are well known.",
        "Lord Laming returned to the subject, and Sir Robert Francis wrote of culture.",
        "Lady Mossbeck chaired the inquiry into restraint.",
        "The Mossbeck Inquiry reported in 1998. Professor Mossbeck gave a talk on it.",
        "Karma Nirvana, Marie Curie and the Lucy Faithfull Foundation gave advice.",
        "Regina v. the local authority remains good law.",
        "The Harry Potter books, and a Thomas the Tank Engine bed.",
    ],
)
def test_is_known_to_all_leaves_people_alone(text: str):
    assert identified(text, "person") == []


@pytest.mark.parametrize(
    "text",
    [
        "Ashton, Kirkby and Bury saw the greatest rise.",
        "Stanley and Consett were visited.",
        "Barry Island, Victoria Park and Chelsea Football Club.",
        "Adult Social Care\nUseful links\nYoung Carers Sampleby Vale\nBeat eating disorders",
        "Independent Child Trafficking Guardians and Joint Investigative Interviews were well planned.",
    ],
)
def test_is_left_alone_leaves_places_and_bodies_alone(text: str):
    assert identified(text, "person") == []
