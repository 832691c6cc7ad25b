"""Unit numbers in the order people count them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.natural import natural_key

ORDERS = [
    ["MP1", "MP2", "MP9", "MP10", "MP11", "MP100"],
    ["1", "2", "10", "12", "12A", "12B", "101"],
    ["A-1", "A-2", "A-10", "B-1"],
    ["4-401", "4-402", "4-410", "4-1001"],
    ["车位1", "车位2", "车位10"],
    ["一号", "二号", "十号", "十二号"],
    ["P 1", "p-3", "P.4", "P_5"],
    ["9" * 5000, "1" + "0" * 5000],
    ["9" * 12, "9" * 13, "9" * 20],
]
SAME = [
    ("MP1", "mp1"),
    ("MP-1", "MP 1"),
    ("MP01", "MP1"),
    ("Ｐ１２", "P12"),
    ("Chỗ 5", "cho 5"),
]


@pytest.mark.parametrize("ordered", ORDERS, ids=lambda labels: labels[0])
def test_labels_stand_as_people_count(ordered):
    shuffled = list(ordered)
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=natural_key) == ordered


@pytest.mark.parametrize(("first", "second"), SAME)
def test_what_does_not_count_makes_no_difference(first, second):
    assert natural_key(first) == natural_key(second)


def test_nothing_has_a_key_too():
    assert natural_key("") == natural_key(" - ") == ""


@given(
    st.integers(0, 10**30), st.integers(0, 10**30), st.sampled_from(["", "MP", "A-"])
)
def test_numbers_count_by_their_value(first, second, prefix):
    keys = [natural_key(f"{prefix}{number}") for number in (first, second)]
    assert (keys[0] < keys[1]) == (first < second)


@given(st.text(max_size=40))
def test_every_text_has_a_key_of_plain_words(text):
    key = natural_key(text)
    assert key == " ".join(key.split())
