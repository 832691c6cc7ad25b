"""Floors by name, in the order of the building."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.floor import NO_FLOOR, floor_key

BOTTOM_TO_TOP = (
    "B10 B3 B2 B1 LB LG G UG Mezzanine P1 P5 1 2 3 3A 5 9 10 11 12 12A 12B 13 14 15 "
    "99 100 101 250 PH PH1 PH2 Roof"
).split()

SPELLINGS = {
    "5": [
        "5F",
        "F5",
        "L5",
        "5/F",
        "05",
        " 5 ",
        "5th floor",
        "Level 5",
        "Lvl. 5",
        "5th Flr",
        "Floor 5",
        "Storey 5",
        "Tầng 5",
        "TẦNG 5",
        "Tang 5",
        "Lầu 5",
        "T5",
        "第5层",
        "5层",
        "5楼",
        "５楼",
        "五层",
        "第五層",
    ],
    "12": ["十二层", "12F", "第十二楼"],
    "12A": ["12a", "12-A", "12 A", "12AF", "Tầng 12A", "12A层", "L12A"],
    "20": ["二十层"],
    "23": ["二十三层", "23rd Floor"],
    "105": ["一百零五层"],
    "2": ["两层", "二楼", "2nd", "第2层"],
    "1": ["1st floor", "首层", "一楼"],
    "B2": [
        "B2层",
        "B-2",
        "B 2",
        "B2F",
        "-2",
        "负二层",
        "-2层",
        "Basement 2",
        "地下2层",
    ],
    "B1": ["Hầm", "Tầng hầm", "Hầm 1", "Hầm B1", "地下1层", "地下一层", "B", "Basement"]
    + ["Level -1", "Tầng hầm 1", "负1层", "−1", "地下室", "Basement Level 1", "B01"],
    "LG": ["LGF", "Lower Ground", "Lower Ground Floor", "LG1", "Bán hầm"],
    "G": ["GF", "G/F", "Ground", "Ground Floor", "ground level", "Tầng trệt", "Trệt"]
    + ["TRET", "Tầng G", "0", "架空层", "地面层"],
    "UG": ["Upper Ground", "UGF"],
    "Mezzanine": ["M", "Mezz", "Mezzanine Floor", "Tầng lửng", "Lửng", "夹层", "M1"],
    "PH": ["Penthouse", "PH Floor", "顶层", "顶楼"],
    "Roof": ["R", "RF", "Rooftop", "Roof Deck", "Tầng mái", "Sân thượng", "天台"],
}

UNREADABLE = ["", " ", "?", "N/A", "Tower", "5-6", "1604", "251", "B51", "B0", "12F3"]
UNREADABLE += ["L-5", "1.5", "five", "12Z", "层", "Tầng", "Kỹ thuật", "PH100", "00A"]
UNREADABLE += ["4th&5th", "3,5", "2/3", "5 6", "1层2", "M99", "十百千"]


def test_floors_stand_in_the_order_of_the_building():
    keys = [floor_key(label) for label in BOTTOM_TO_TOP]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(
    ("label", "same"),
    [(label, same) for label, spellings in SPELLINGS.items() for same in spellings],
)
def test_spellings_of_one_floor_have_one_key(label, same):
    assert floor_key(same) == floor_key(label)


@pytest.mark.parametrize("label", UNREADABLE)
def test_what_names_no_floor_is_refused(label):
    with pytest.raises(ValueError, match="No floor"):
        floor_key(label)


def test_a_whole_number_is_a_floor_too():
    assert floor_key(7) == floor_key("7")


@given(low=st.integers(1, 249), letter=st.sampled_from(["", *"abcdeghi"]))
def test_a_lettered_floor_stands_between_its_neighbours(low, letter):
    assert floor_key(f"{low}") <= floor_key(f"{low}{letter}") < floor_key(f"{low + 1}")


@given(st.text(max_size=12))
def test_any_text_is_either_a_floor_or_refused(label):
    try:
        assert floor_key(label) != NO_FLOOR
    except ValueError as error:
        assert "No floor" in str(error)


@pytest.mark.parametrize("label", ["", " ", "-", "0", "G", "P40", "1", "ground", "M9"])
def test_no_label_has_the_place_of_what_stands_on_no_floor(label):
    try:
        assert floor_key(label) != NO_FLOOR
    except ValueError:
        assert not label.strip(" -")
