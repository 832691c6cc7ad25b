"""The order of letters in the pile, and the numbers the post gave them."""

import pytest
from realestate_collection.tools.post import Address, NumbersError, match_numbers

LETTERS = ["EAST/1", "EAST/2", "WEST/7"]


def test_letters_are_sorted_as_the_post_sorts():
    pile = [
        Address("SG", "018956", "Singapore", "1 Bay", "Tan"),
        Address("PH", "1200", "Makati", "10 Ayala", "Cruz"),
        Address("PH", "1200", "Makati", "9 Ayala", "Santos"),
        Address("PH", "900", "Manila", "1 Luna", "Reyes"),
        Address("PH", "1200", "Makati", "9 Ayala", "Bautista"),
    ]
    names = [one.name for one in sorted(pile, key=lambda one: one.sort_key("PH"))]
    assert names == ["Reyes", "Bautista", "Santos", "Cruz", "Tan"]


def test_the_sender_s_country_comes_first():
    pile = [Address("AE"), Address("VN"), Address("PH")]
    found = [one.country for one in sorted(pile, key=lambda one: one.sort_key("VN"))]
    assert found == ["VN", "AE", "PH"]


def test_numbers_alone_follow_the_pile():
    found = match_numbers("RR 1\n\nRR 2\r\nRR 3\n", LETTERS)
    assert found == {0: "RR 1", 1: "RR 2", 2: "RR 3"}


@pytest.mark.parametrize(
    "text", ["3\tRR 9", "west/7; RR 9", "WEST/7,RR 9", "WEST/7\tMr. Cruz\tRR 9"]
)
def test_two_columns_name_the_letter(text):
    assert match_numbers(text, LETTERS) == {2: "RR 9"}


def test_places_are_those_that_were_printed():
    found = match_numbers("3\tRR 9\n1\tRR 8", LETTERS[:2], numbers=[1, 3])
    assert found == {1: "RR 9", 0: "RR 8"}
    with pytest.raises(NumbersError):
        match_numbers("2\tRR 9", LETTERS[:2], numbers=[1, 3])


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        ("", "empty", {}),
        (" \n ;", "empty", {}),
        ("RR 1\nRR 2", "count", {"given": 2, "wanted": 3}),
        ("4\tRR 1", "unknown", {"line": 1, "letter": "4"}),
        ("1\tRR 1\nNORTH/1\tRR 2", "unknown", {"line": 2, "letter": "NORTH/1"}),
        ("1\tRR 1\nRR 2", "unknown", {"line": 2, "letter": "RR 2"}),
        ("1\tRR 1\n2\trr1", "twice", {"line": 2, "number": "rr1"}),
        ("1\tRR 1\nEAST/1\tRR 2", "letter_twice", {"line": 2, "letter": "EAST/1"}),
        ("1\tRR 8", "twice", {"line": 1, "number": "RR 8"}),
    ],
)
def test_numbers_that_fit_no_letters_are_refused(text, code, params):
    with pytest.raises(NumbersError) as caught:
        match_numbers(text, LETTERS, taken=["RR8"])
    assert (caught.value.code, caught.value.params) == (code, params)
