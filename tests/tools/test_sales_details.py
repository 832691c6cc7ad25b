"""Details that buyers type in the portal."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.details import DETAILS, DetailError, read_detail

TODAY = date(2026, 2, 28)
READ = [
    ("phone", " +63 917 123 4567 ", "+63 917 123 4567"),
    ("phone", "(02) 8123-4567 ext. 12", "(02) 8123-4567 ext. 12"),
    ("email", "maria@example.com", "maria@example.com"),
    ("street", "1  Main\nStreet", "1 Main Street"),
    ("city", "Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
    ("country_id", "PH", "PH"),
    ("realestate_birth_date", "2024-02-29", "2024-02-29"),
    ("realestate_birth_date", "2026-02-28", "2026-02-28"),
    # Nothing is an answer, no answer is none.
    ("phone", "  ", ""),
    ("email", "", ""),
    ("email", None, None),
    ("city", 5, None),
    ("city", ["x"], None),
]


@pytest.mark.parametrize(("name", "text", "value"), READ)
def test_a_detail_is_read(name, text, value):
    assert read_detail(name, text, TODAY) == value


WRONG = [
    ("email", "maria", "email"),
    ("email", "maria@example", "email"),
    ("email", "a@b.com, c@d.com", "email"),
    ("email", "<a@b.com>", "email"),
    ("phone", "call me", "phone"),
    ("phone", "12345", "phone"),
    ("phone", "-------", "phone"),
    ("country_id", "Philippines", "country"),
    ("country_id", "ph", "country"),
    ("realestate_birth_date", "2026-03-01", "date"),
    ("realestate_birth_date", "2025-02-29", "date"),
    ("realestate_birth_date", "1849-12-31", "date"),
    ("realestate_birth_date", "31/12/1990", "date"),
    ("street", "x" * 201, "long"),
]


@pytest.mark.parametrize(("name", "text", "code"), WRONG)
def test_what_is_none_is_refused(name, text, code):
    with pytest.raises(DetailError) as caught:
        read_detail(name, text, TODAY)
    assert caught.value.code == code


@given(st.sampled_from(sorted(DETAILS)), st.text(max_size=300))
def test_whatever_is_typed_is_read_or_refused(name, text):
    try:
        value = read_detail(name, text, TODAY)
    except DetailError:
        return
    assert value == " ".join(value.split())
    assert read_detail(name, value, TODAY) == value
