"""Numbers as people type them, and the sign they use for decimals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.number_text import (
    NumberError,
    detect_decimal_comma,
    parse_number,
    read_number,
)
from realestate_sales.tools.units import header_area_unit, header_money

D = Decimal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("55.08", "55.08"),
        ("55,08", "55.08"),
        ("10189800", "10189800"),
        ("10,189,800", "10189800"),
        ("10.189.800", "10189800"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1 234 567,89", "1234567.89"),
        ("1\u00a0234\u202f567", "1234567"),
        ("1'234'567.89", "1234567.89"),
        ("1’234’567", "1234567"),
        ("1,23,45,678", "12345678"),
        ("1,23,45,678.50", "12345678.50"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1234.567", "1234.567"),
        (".5", "0.5"),
        ("+7", "7"),
        ("-7", "-7"),
        ("−7,5", "-7.5"),
        ("(7.50)", "-7.50"),
        ("7.50-", "-7.50"),
        ("１２３．５", "123.5"),
        ("٣٤", "34"),
        ("55.08 sq.m.", "55.08"),
        ("55,08m²", "55.08"),
        ("592.88 sq. ft.", "592.88"),
        ("89.5平方米", "89.5"),
        ("89.5㎡", "89.5"),
        ("Rs. 500/-", "500"),
    ],
)
def test_numbers_that_can_be_read_only_one_way_are_read(text, value):
    assert parse_number(text) == D(value)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("₱10,189,800", "10189800", "PHP"),
        ("PHP 5", "5", "PHP"),
        ("3.500.000.000 ₫", "3500000000", "VND"),
        ("3.500.000.000 VNĐ", "3500000000", "VND"),
        ("3,5 tỷ", "3500000000", None),
        ("3,5 tỷ đồng", "3500000000", "VND"),
        ("850 triệu", "850000000", None),
        ("350万", "3500000", None),
        ("350万元", "3500000", "CNY"),
        ("1.2亿", "120000000", None),
        ("¥ 5", "5", None),
        ("人民币 3,500,000 元", "3500000", "CNY"),
        ("AED 1,200,000.00", "1200000.00", "AED"),
        ("Dhs. 1,200,000", "1200000", "AED"),
        ("RM 45.5", "45.5", "MYR"),
        ("₹ 45 lakh", "4500000", "INR"),
        ("1.2 Cr", "12000000", None),
        ("2.5 million", "2500000", None),
        ("750k", "750000", None),
        ("US$ 5", "5", "USD"),
        ("$5", "5", None),
        ("HK$5", "5", "HKD"),
    ],
)
def test_currencies_and_words_for_millions_are_understood(text, value, currency):
    assert read_number(text) == (D(value), currency)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "12a",
        "1.02E+07",
        "1e5",
        "5-6",
        "1,2,3",
        "1..5",
        "1,23.4.5",
        "--5",
    ]
    + ["()", "(5", "5)", "1.234,567,8", "12.34.56", "0,123,456", "five", "1/2", "5%"]
    + ["1 23", "NaN", "Infinity", "USD 5 EUR", "9" * 61, "#REF!", "5 rooms"],
)
def test_what_is_no_number_is_refused(text):
    for decimal_comma in (None, True, False):
        with pytest.raises(NumberError) as caught:
            parse_number(text, decimal_comma)
        assert caught.value.code == "number_unreadable"


@pytest.mark.parametrize("text", ["1,234", "1.234", "-12.345 m2", "PHP 123,456"])
def test_a_number_that_can_be_read_two_ways_is_refused(text):
    with pytest.raises(NumberError) as caught:
        parse_number(text)
    assert caught.value.code == "number_ambiguous"


@pytest.mark.parametrize(
    ("text", "decimal_comma", "value"),
    [
        ("1,234", False, "1234"),
        ("1,234", True, "1.234"),
        ("1.234", False, "1.234"),
        ("1.234", True, "1234"),
        ("3.500.000", True, "3500000"),
        ("12", True, "12"),
    ],
)
def test_the_decimal_sign_settles_it(text, decimal_comma, value):
    assert parse_number(text, decimal_comma) == D(value)


@pytest.mark.parametrize(
    ("text", "decimal_comma"),
    [("3.500.000", False), ("3,500,000", True), ("55,08", False), ("55.08", True)],
)
def test_a_number_against_the_decimal_sign_is_refused(text, decimal_comma):
    with pytest.raises(NumberError) as caught:
        parse_number(text, decimal_comma)
    assert caught.value.code == "number_unreadable"


@pytest.mark.parametrize("number", [D("1.5"), 7, D("-2")])
def test_a_number_stays_what_it_is(number):
    assert parse_number(number) == number
    assert read_number(number, scale=1000).value == number * 1000


def test_the_scale_of_a_header_is_for_numbers_without_a_word_of_their_own():
    assert read_number("3,5", scale=10**6).value == 3_500_000
    assert read_number("3,5 tỷ", scale=10**6).value == 3_500_000_000


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1,234", "55,08"], True),
        (["1,234", "55.08"], False),
        (["3.500.000", "1.234"], True),
        (["3,500,000"], False),
        (["1,234", "5.678"], None),
        (["55.08", "55,08"], None),
        (["55", None, D("1.5"), "abc", ""], None),
        ([], None),
    ],
)
def test_a_column_tells_its_decimal_sign(values, expected):
    assert detect_decimal_comma(values) is expected


@given(
    value=st.decimals(-(10**12), 10**12, places=2),
    comma=st.booleans(),
    grouped=st.booleans(),
)
def test_written_numbers_are_read_back(value, comma, grouped):
    text = f"{value:,.2f}" if grouped else f"{value:.2f}"
    if comma:
        text = text.translate(str.maketrans(".,", ",."))
    assert parse_number(text, comma) == value
    assert parse_number(text) == value
    assert detect_decimal_comma([text]) is comma


@given(st.text(max_size=15))
def test_any_text_is_a_number_or_refused(text):
    try:
        assert parse_number(text).is_finite()
    except NumberError as error:
        assert error.code in ("number_unreadable", "number_ambiguous")


@pytest.mark.parametrize(
    ("header", "currency", "scale", "area_unit"),
    [
        ("List price (PHP)", "PHP", None, None),
        ("Price (₱)", "PHP", None, None),
        ("Price", None, None, None),
        ("Price AED", "AED", None, None),
        ("Block D price", None, None, None),
        ("List price, Rs. lakh", "INR", 10**5, None),
        ("Giá bán (VNĐ)", "VND", None, None),
        ("Giá (đ)", "VND", None, None),
        ("Giá (triệu đồng)", "VND", 10**6, None),
        ("Giá (tỷ)", None, 10**9, None),
        ("总价（万元）", "CNY", 10**4, None),
        ("价格(美元)", "USD", None, None),
        ("Diện tích (m²)", None, None, "sqm"),
        ("Area (sq.ft)", None, None, "sqft"),
        ("面积（㎡）", None, None, "sqm"),
        ("Area", None, None, None),
    ],
)
def test_headers_name_currency_scale_and_unit(header, currency, scale, area_unit):
    money = header_money(header)
    assert (money.currency, money.scale) == (currency, scale)
    assert header_area_unit(header) == area_unit
