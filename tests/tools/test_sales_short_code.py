"""Short codes that labels and contract numbers start with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.short_code import short_code

NAMES = [
    ("Tower A", "A"),
    ("Tower 12", "12"),
    ("Toà S2.05", "S205"),
    ("3号楼", "3"),
    ("12號棟", "12"),
    ("East Residences", "ER"),
    ("Căn hộ Sông Xanh", "SX"),
    ("Sunrise Tower 2", "S2"),
    ("Marina", "MARINA"),
    ("Residences", "RESIDE"),
    ("The Grand Residences at Marina Bay 12", "GRMB12"),
    ("锦绣花园", "锦绣花园"),
    ("锦绣花园 3号楼", "锦绣花园3"),
    ("Block", "BLOCK"),
    ("楼", "楼"),
    ("---", "X"),
]


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_a_name_has_its_code(name, code):
    assert short_code(name) == code


def test_a_taken_code_gets_the_next_free_number():
    assert short_code("Tower A", {"A"}) == "A-2"
    assert short_code("Tower A", {"A", "A-2", "A-3"}) == "A-4"


@given(st.lists(st.text(max_size=40), max_size=8))
def test_codes_are_never_empty_long_or_taken(names):
    taken = set()
    for name in names:
        code = short_code(name, taken)
        assert code not in taken
        assert 1 <= len(code) <= 10
        assert code == code.strip()
        taken.add(code)
