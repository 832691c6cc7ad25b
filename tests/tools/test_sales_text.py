"""Comparing text, and decoding the files of offices that never heard of UTF-8."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools import text
from realestate_sales.tools.text_encoding import decode_text

VIETNAMESE = (
    "Tầng,Mã căn,Diện tích,Hướng\nTầng trệt,A-01,55,Đông Nam\nLửng,A-02,60,Tây\n"
)
SIMPLIFIED = "楼栋,楼层,房号,户型,建筑面积(㎡)\n一号楼,十二层,1203,两室一厅,89.5\n"
TRADITIONAL = "樓棟,樓層,房號,戶型,面積\n一號樓,十二樓,1203,兩房,89.5\n"
WESTERN = "Étage;Numéro;Surface (m²)\n1;A1;55,5\n"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("  Tầng   Trệt ", "tang tret"),
        ("ĐƠN GIÁ", "don gia"),
        ("Ｆｌｏｏｒ　５", "floor 5"),
        ("B–2", "b-2"),
        ("房号", "房号"),
        ("m²", "m2"),
        ("", ""),
    ],
)
def test_folding_puts_accents_case_and_width_aside(written, folded):
    assert text.fold(written) == folded


@pytest.mark.parametrize(
    ("numeral", "digits"),
    [
        ("十层", "10层"),
        ("十二", "12"),
        ("二十", "20"),
        ("二十三", "23"),
        ("一百", "100"),
        ("一百零五", "105"),
        ("一百一十", "110"),
        ("三〇二", "302"),
        ("两室一厅", "2室1厅"),
        ("abc", "abc"),
    ],
)
def test_chinese_numerals_become_digits(numeral, digits):
    assert text.arabic_digits(numeral) == digits


def test_a_phrase_is_a_phrase_of_whole_words():
    assert text.has_phrase("parking lot", "lot")
    assert not text.has_phrase("pilot", "lot")
    assert text.has_phrase("地下车位", "车位")


def test_cleaning_composes_letters_and_keeps_single_spaces():
    assert text.clean(" Ta\u0302\u0300ng\u00a0 5\n") == "T\u1ea7ng 5"


@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        (VIETNAMESE, "utf-8"),
        (VIETNAMESE, "utf-8-sig"),
        (VIETNAMESE, "utf-16"),
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "utf-16"),
        (TRADITIONAL, "big5"),
        (WESTERN, "cp1258"),
        ("Unit,Price\n1,2\n", "ascii"),
    ],
)
def test_files_are_decoded_as_they_were_saved(written, encoding):
    assert decode_text(written.encode(encoding))[0] == written


def test_the_vietnamese_code_page_is_told_from_chinese():
    """Its letters with tone marks are pairs of high bytes, as Chinese ones are."""
    decomposed = VIETNAMESE
    for composed, parts in _CP1258_LETTERS.items():
        decomposed = decomposed.replace(composed, parts)
    decoded, encoding = decode_text(decomposed.encode("cp1258"))
    assert (decoded, encoding) == (VIETNAMESE, "cp1258")


#: How code page 1258 writes what it has no single byte for.
_CP1258_LETTERS = {
    "ầ": "â\u0300",
    "ã": "a\u0303",
    "ệ": "ê\u0323",
    "ớ": "ơ\u0301",
    "ử": "ư\u0309",
    "í": "i\u0301",
}


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"ab\x00cd", b"\xff\xfe\x00\xd8"])
def test_bytes_that_are_no_text_are_refused(content):
    with pytest.raises(ValueError, match="no text"):
        decode_text(content)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40))
def test_every_text_in_utf_8_comes_back_composed(written):
    marked = written.encode("utf-8-sig")
    assert decode_text(marked)[0] == text.unicodedata.normalize("NFC", written)
