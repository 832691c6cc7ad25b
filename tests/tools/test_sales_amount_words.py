"""Amounts in words, read back by parsers that know nothing of the speller."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from realestate_sales.tools.amount_words import amount_in_words

D = Decimal
WHOLE = st.integers(0, 10**15)


def words(amount, lang, currency="PHP", unit="Pesos", subunit="Centavos", places=2):
    return amount_in_words(D(amount), currency, unit, subunit, places, lang)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0", "Zero Pesos"),
        ("0.05", "Zero Pesos and Five Centavos"),
        ("21", "Twenty-One Pesos"),
        (
            "10189800.50",
            "Ten Million, One Hundred and Eighty-Nine Thousand, Eight Hundred Pesos "
            "and Fifty Centavos",
        ),
        ("-15", "Minus Fifteen Pesos"),
        ("0.994", "Zero Pesos and Ninety-Nine Centavos"),
        ("0.995", "One Pesos"),
    ],
)
def test_english_is_written_as_on_cheques(amount, expected):
    assert words(amount, "en_US") == expected
    assert words(amount, "xx_YY") == expected


def test_india_counts_in_lakhs_and_crores():
    text = words("12345678", "en_IN", "INR", "Rupees", "Paise")
    assert text.startswith("One Crore, Twenty-Three Lakh, Forty-Five Thousand")
    assert words(10**12, "en_IN", "INR", "Rupees", "Paise") == "One Lakh Crore Rupees"


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("99999", "Ninety-Nine Thousand, Nine Hundred and Ninety-Nine Rupees"),
        ("100000", "One Lakh Rupees"),
        ("1234567.05", "Twelve Lakh, Thirty-Four Thousand, Five Hundred and Sixty-Seven"
         " Rupees and Five Paise"),
        ("10000000", "One Crore Rupees"),
        ("10000005", "One Crore and Five Rupees"),
        ("10000100", "One Crore, One Hundred Rupees"),
        ("12500000000", "One Thousand, Two Hundred and Fifty Crore Rupees"),
    ],
)  # fmt: skip
def test_rupees_are_lakhs_and_crores_in_any_english(amount, expected):
    for lang in ("en_US", "en_GB", "en_IN"):
        assert words(amount, lang, "INR", "Rupees", "Paise") == expected


def test_other_money_in_english_has_no_lakhs():
    assert words("1234567", "en_US").startswith("One Million, Two Hundred")
    assert "Lakh" not in words("1234567", "en_US", "PKR", "Rupees", "Paisa")


def test_each_market_s_contract_amount_reads_as_its_papers_write_it():
    assert words("3850000000", "vi_VN", "VND", "Dong", "Xu", 0) == (
        "Ba tỷ tám trăm năm mươi triệu đồng"
    )
    assert words("1234567.89", "zh_CN", "CNY") == (
        "人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"
    )
    assert words("1234567.89", "zh_TW", "CNY") == (
        "人民幣壹佰貳拾參萬肆仟伍佰陸拾柒元捌角玖分"
    )
    assert words("1250.125", "en_US", "KWD", "Dinars", "Fils", 3) == (
        "One Thousand, Two Hundred and Fifty Dinars and "
        "One Hundred and Twenty-Five Fils"
    )


def test_other_languages_keep_their_own_words():
    assert words("100.50", "fr_FR", "EUR", "Euros", "Cents") == (
        "Cent Euros, Cinquante Cents"
    )
    assert words("10", "ar_001", "AED", "درهم", "فلس") == "عشرة درهم"


def test_coins_without_a_name_are_a_fraction():
    assert words("7.05", "en_US", subunit="") == "Seven Pesos and 05/100"
    assert words("7.005", "en_US", subunit="", places=3) == "Seven Pesos and 005/1000"


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0", "Không đồng"),
        ("5", "Năm đồng"),
        ("15", "Mười lăm đồng"),
        ("21", "Hai mươi mốt đồng"),
        ("25", "Hai mươi lăm đồng"),
        ("101", "Một trăm lẻ một đồng"),
        ("1005", "Một nghìn không trăm lẻ năm đồng"),
        ("1010", "Một nghìn không trăm mười đồng"),
        ("1005000", "Một triệu không trăm lẻ năm nghìn đồng"),
        ("1000500", "Một triệu năm trăm đồng"),
        ("3250000000", "Ba tỷ hai trăm năm mươi triệu đồng"),
        ("2000000000000", "Hai nghìn tỷ đồng"),
        ("-7", "Âm bảy đồng"),
    ],
)
def test_vietnamese_leaves_no_place_unsaid(amount, expected):
    assert words(amount, "vi_VN", "VND", "Dong", "", 0) == expected


def test_vietnamese_names_foreign_money():
    assert words("1.05", "vi_VN", "USD", "Dollars", "Cents") == (
        "Một đô la Mỹ và năm xu"
    )
    assert words("2", "vi_VN", "XTS", "Test", "") == "Hai Test"


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0", "人民币零元整"),
        ("0.05", "人民币伍分"),
        ("0.50", "人民币伍角整"),
        ("0.55", "人民币伍角伍分"),
        ("10", "人民币壹拾元整"),
        ("105.30", "人民币壹佰零伍元叁角整"),
        ("1001.05", "人民币壹仟零壹元零伍分"),
        ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分"),
        ("120300", "人民币壹拾贰万零叁佰元整"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("100000001", "人民币壹亿零壹元整"),
        ("100005000", "人民币壹亿零伍仟元整"),
        ("3505500", "人民币叁佰伍拾万伍仟伍佰元整"),
        ("1000000000000", "人民币壹万亿元整"),
        ("-8", "负人民币捌元整"),
    ],
)
def test_chinese_uses_the_financial_capitals(amount, expected):
    assert words(amount, "zh_CN", "CNY", "Yuan", "Fen") == expected


def test_taiwan_has_its_own_characters():
    assert words("23456", "zh_TW", "TWD", "Dollars", "", 0) == (
        "新臺幣貳萬參仟肆佰伍拾陸元整"
    )
    assert words("-1", "zh_HK", "HKD", "Dollars", "Cents") == "負港幣壹元整"


def test_chinese_names_foreign_money_and_thirds_of_coins():
    assert words("1.5", "zh_CN", "PHP") == "菲律宾比索壹元伍角整"
    assert words("1.005", "zh_CN", "KWD", "Dinar", "Fils", 3) == "KWD壹元零伍厘"
    assert words("1", "zh_CN", "XTS", "Test", "") == "XTS壹元整"


# --- read back -----------------------------------------------------------------


def read_chinese(text):
    """Return the number a Chinese numeral means, place by place."""
    total = section = digit = 0
    for char in text:
        if char in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(char)
        elif char in "拾佰仟":
            section += digit * 10 ** ("拾佰仟".index(char) + 1)
            digit = 0
        else:
            scale = {"万": 10**4, "亿": 10**8}[char]
            if char == "亿":
                total = (total + section + digit) * scale
            else:
                total += (section + digit) * scale
            section = digit = 0
    return total + section + digit


def read_vietnamese(text):
    """Return the number a Vietnamese numeral means, word by word."""
    digits = "không một hai ba bốn năm sáu bảy tám chín".split()
    digits = {word: value for value, word in enumerate(digits)} | {"mốt": 1, "lăm": 5}
    total = section = digit = 0
    for word in text.split():
        if word in digits:
            digit = digits[word]
        elif word == "trăm":
            section, digit = section + digit * 100, 0
        elif word == "mươi":
            section, digit = section + digit * 10, 0
        elif word == "mười":
            section += 10
        elif word != "lẻ":
            value = section + digit
            scale = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}[word]
            total = (total + value) * scale if word == "tỷ" else total + value * scale
            section = digit = 0
    return total + section + digit


@given(WHOLE)
@example(10**8)
@example(10**15)
@example(1_0000_0000_0001)
def test_chinese_amounts_read_back(number):
    text = words(number, "zh_CN", "CNY", "Yuan", "Fen")
    numeral = text.removeprefix("人民币").removesuffix("元整")
    assert read_chinese(numeral) == number
    assert "零零" not in numeral
    assert numeral == "零" or not numeral.endswith("零")


@given(WHOLE)
@example(1_005)
@example(10**15)
def test_vietnamese_amounts_read_back(number):
    text = words(number, "vi_VN", "VND", "Dong", "", 0)
    assert read_vietnamese(text.lower().removesuffix(" đồng")) == number


@given(amount=st.decimals(0, 10**13, places=2), lang=st.sampled_from(["en", "en_IN"]))
def test_english_amounts_never_lose_their_coins(amount, lang):
    text = words(amount, lang, subunit="")
    coins = f"{amount:.2f}"[-2:]
    assert text.endswith("Pesos" if coins == "00" else f" and {coins}/100")
