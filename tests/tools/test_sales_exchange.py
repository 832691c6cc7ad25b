"""Files of an authority: written, then read again by others' readers."""

import csv
import io
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.exchange import (
    Column,
    ExchangeError,
    Layout,
    find_problems,
    is_xml_name,
    write_exchange,
)

COLUMNS = [
    Column("Name", is_required=True, width=12),
    Column("Price"),
    Column("Signed", transform="%d/%m/%Y"),
    Column("Phone", transform="digits"),
]
ROW = ["Nguyễn An", Decimal("1250000.50"), date(2026, 1, 5), "+84 90 123"]
TEXTS = ["Nguyễn An", "1250000.50", "05/01/2026", "8490123"]


def codes(layout, *rows, columns=COLUMNS):
    return [
        (problem.row, problem.column, problem.code)
        for problem in find_problems(layout, columns, rows)
    ]


def test_a_csv_is_read_as_it_was_written():
    content = write_exchange(Layout(delimiter=";"), COLUMNS, [ROW, ROW])
    rows = list(csv.reader(io.StringIO(content.decode()), delimiter=";"))
    assert rows == [["Name", "Price", "Signed", "Phone"], TEXTS, TEXTS]


@pytest.mark.parametrize(
    ("layout", "start"),
    [
        (Layout(has_header=False), b"Nguy"),
        (Layout(encoding="utf-8-sig"), b"\xef\xbb\xbfName"),
    ],
)
def test_header_and_mark_are_as_the_authority_wants(layout, start):
    assert write_exchange(layout, COLUMNS, [ROW]).startswith(start)


def test_the_decimal_sign_and_the_encoding_are_the_layout_s():
    layout = Layout(decimal_sign=",", delimiter=";", encoding="gb18030")
    text = write_exchange(layout, COLUMNS, [["王芳", *ROW[1:]]]).decode("gb18030")
    assert "王芳;1250000,50;05/01/2026;8490123" in text


def test_a_workbook_has_numbers_and_text():
    content = write_exchange(Layout("xlsx"), COLUMNS, [["=1+1", *ROW[1:]]])
    (page,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    assert list(page.values)[1] == ("=1+1", 1250000.5, "05/01/2026", "8490123")


def test_xml_is_escaped_and_read_again():
    layout = Layout("xml", root="File", row="Sale")
    content = write_exchange(layout, COLUMNS, [["A & <B>", None, None, None]])
    root = ElementTree.fromstring(content)
    assert (root.tag, [sale.tag for sale in root]) == ("File", ["Sale"])
    assert [cell.text for cell in root[0]] == ["A & <B>", None, None, None]


@pytest.mark.parametrize(
    ("layout", "name", "expected"),
    [
        (Layout(), "", "missing"),
        (Layout(), "   ", "missing"),
        (Layout(), None, "missing"),
        (Layout(), "Nguyễn Văn An", "too_long"),
        (Layout(), "=HYPERLINK()", "formula"),
        (Layout(), "@SUM(A1)", "formula"),
        (Layout(), "-1+cmd", "formula"),
        (Layout(encoding="latin-1"), "王芳", "not_encodable"),
        (Layout("xml"), "A\x07", "bad_character"),
        (Layout("xlsx"), "A\x07", "bad_character"),
    ],
)
def test_what_the_file_cannot_carry_is_a_problem(layout, name, expected):
    row = [name, *ROW[1:3], None]
    assert codes(layout, ROW, row)[-1:] == [(1, "Name", expected)]
    with pytest.raises(ExchangeError):
        write_exchange(layout, COLUMNS, [row])


@pytest.mark.parametrize("name", ["+84 90 123", "-5", "(02) 12-34", "Nguyễn Lê An"])
def test_telephone_numbers_are_no_formulas(name):
    assert not codes(Layout(), [name, *ROW[1:]])


def test_capitals_and_a_negative_number():
    columns = [Column("A", transform="upper"), Column("B")]
    content = write_exchange(Layout(), columns, [["đào", Decimal("-0.50")]])
    assert content.decode() == "A,B\r\nĐÀO,-0.50\r\n"


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("Filing", True),
        ("备案编号", True),
        ("a-b.c_1", True),
        ("", False),
        ("1a", False),
        ("a b", False),
        ("a<b", False),
        ("-a", False),
        ("XMLthing", False),
    ],
)
def test_names_of_elements(name, fits):
    assert is_xml_name(name) == fits


@given(
    st.lists(st.text(max_size=30), min_size=1, max_size=4),
    st.sampled_from(["csv", "xml", "xlsx"]),
)
def test_whatever_is_written_can_be_read(texts, file_type):
    columns = [Column(f"C{place}") for place in range(len(texts))]
    layout = Layout(file_type, has_header=False)
    try:
        content = write_exchange(layout, columns, [texts])
    except ExchangeError:
        return
    wanted = [" ".join(text.split(" ")).strip() for text in texts]
    if file_type == "csv":
        (row,) = csv.reader(io.StringIO(content.decode(), newline="")) or [[]]
        assert row == wanted or (not any(wanted) and len(texts) == 1)
    elif file_type == "xml":
        found = [cell.text or "" for cell in ElementTree.fromstring(content)[0]]
        assert [text.split() for text in found] == [text.split() for text in wanted]
    else:
        openpyxl.load_workbook(io.BytesIO(content))
