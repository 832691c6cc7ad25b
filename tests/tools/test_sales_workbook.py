"""Spreadsheets written are spreadsheets read."""

import io
from decimal import Decimal

import openpyxl
import pytest
from realestate_sales.tools.spreadsheet import read_table
from realestate_sales.tools.workbook import Column, Sheet, write_workbook

COLUMNS = [Column("Unit"), Column("Price (PHP)", "money", has_total=True)]
ROWS = [["=1+1", Decimal("1234567.89")], ["T1-102", None]]


def load(sheets, **options):
    """Return the pages of a workbook as they are read again."""
    content = write_workbook(sheets, **options)
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets


def test_cells_are_what_was_given():
    (page,) = load([Sheet("Prices", COLUMNS, ROWS)])
    assert list(page.values) == [
        ("Unit", "Price (PHP)"),
        ("=1+1", 1234567.89),
        ("T1-102", None),
        (None, 1234567.89),
    ]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B3"


@pytest.mark.parametrize(
    ("places", "shown"), [(0, "#,##0"), (2, "#,##0.00"), (3, "#,##0.000")]
)
def test_money_shows_the_decimals_of_the_currency(places, shown):
    (page,) = load([Sheet("Prices", COLUMNS, ROWS)], decimal_places=places)
    assert page["B2"].number_format == shown


def test_sheet_without_rows_has_its_headers():
    (page,) = load([Sheet("Empty", COLUMNS)])
    assert list(page.values) == [("Unit", "Price (PHP)")]


@pytest.mark.parametrize(
    ("name", "called"), [("A/B: [1]?", "A-B- -1--"), ("x" * 40, "x" * 31), ("'", "1")]
)
def test_sheet_names_that_are_not_allowed_are_mended(name, called):
    (page,) = load([Sheet(name, COLUMNS)])
    assert page.title == called


def test_our_own_reader_reads_it():
    table = read_table(write_workbook([Sheet("Prices", COLUMNS, ROWS)]), "prices.xlsx")
    assert table.headers == ("Unit", "Price (PHP)") or list(table.headers) == [
        "Unit",
        "Price (PHP)",
    ]
    assert table.rows[0][1] == Decimal("1234567.89")
