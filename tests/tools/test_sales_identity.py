"""Numbers of identity papers: compared, masked and fingerprinted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.identity import (
    MASK,
    mask_number,
    normalize_number,
    number_digest,
    phone_key,
)

SAME = [
    ("P1234567A", "P1234567A"),
    ("p-123 4567 a", "P1234567A"),
    ("Ｐ１２３４５６７Ａ", "P1234567A"),
    ("12.345.678/0001", "123456780001"),
    ("粤A·12345", "粤A12345"),
    ("—", ""),
    ("", ""),
]


@pytest.mark.parametrize(("typed", "plain"), SAME)
def test_a_number_is_the_same_however_typed(typed, plain):
    assert normalize_number(typed) == plain


MASKED = [
    ("P1234567A", "•••••567A"),
    ("079 123 456 789", "••••••••6789"),
    ("123456", "••••56"),
    ("1234", "•••4"),
    ("12", "••"),
    ("1", "•"),
    ("", ""),
]


@pytest.mark.parametrize(("number", "masked"), MASKED)
def test_only_the_end_is_shown(number, masked):
    assert mask_number(number) == masked


@given(st.text(max_size=40))
def test_never_half_of_a_number_is_shown(number):
    plain, masked = normalize_number(number), mask_number(number)
    shown = masked.lstrip(MASK)
    assert len(masked) == len(plain)
    assert plain.endswith(shown)
    assert len(shown) <= 4
    assert not plain or len(shown) * 2 < len(plain)


def test_a_fingerprint_is_of_the_number_and_the_secret():
    one = number_digest("P-123", "pepper")
    assert one == number_digest("p 123", "pepper")
    assert one != number_digest("P124", "pepper")
    assert one != number_digest("P123", "salt")
    assert len(one) == 64
    with pytest.raises(ValueError, match="secret"):
        number_digest("P123", "")


PHONES = [
    ("+63 917 123 4567", "171234567"),
    ("0917 123 4567", "171234567"),
    ("0917-123-4567", "171234567"),
    ("123 4567", "1234567"),
    ("123456", ""),
    ("call me", ""),
    ("", ""),
]


@pytest.mark.parametrize(("phone", "key"), PHONES)
def test_telephones_are_compared_by_their_last_digits(phone, key):
    assert phone_key(phone) == key
