"""Amounts in lakhs and crores: only the places of the commas change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.number_grouping import group_lakh, is_lakh


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234,567.00", "12,34,567.00"),
        ("₹ 1,234,567.00", "₹ 12,34,567.00"),
        ("-1,234,567.00", "-12,34,567.00"),
        ("100,000.00", "1,00,000.00"),
        ("99,999.50", "99,999.50"),
        ("999", "999"),
        ("0.00", "0.00"),
        ("12,345,678,901.25", "12,34,56,78,901.25"),
        ("no amount", "no amount"),
        ("", ""),
    ],
)
def test_digits_are_grouped_three_then_two(text, expected):
    assert group_lakh(text) == expected


def test_a_language_with_another_separator_or_none_is_read():
    assert group_lakh("1 234 567,00 ₹", " ") == "12,34,567,00 ₹"
    assert group_lakh("1234567.00", "") == "12,34,567.00"
    assert group_lakh("1.234.567", ".") == "12,34,567"


@given(st.integers(0, 10**15))
def test_no_digit_is_lost(number):
    text = group_lakh(f"{number:,}.25")
    assert text.replace(",", "") == f"{number}.25"
    groups = text.removesuffix(".25").split(",")
    assert len(groups[-1]) == 3 or len(groups) == 1
    assert all(len(group) == 2 for group in groups[1:-1])


@pytest.mark.parametrize(
    ("currency", "lang", "expected"),
    [
        ("INR", "en_US", True),
        ("INR", "en_IN", True),
        ("INR", "hi_IN", True),
        ("INR", "vi_VN", False),
        ("INR", "zh_CN", False),
        ("INR", "", False),
        ("INR", "sr@latin", False),
        ("PHP", "en_IN", False),
    ],
)
def test_only_rupees_read_in_english_or_india_are_grouped_so(currency, lang, expected):
    assert is_lakh(currency, lang) is expected
