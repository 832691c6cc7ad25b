"""Tables of reports: subtotals, totals, and the formulas of their spreadsheet."""

import io
import re
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import range_boundaries
from realestate_collection.tools.report_sheet import Page, write_report
from realestate_collection.tools.report_table import (
    Column,
    Group,
    Table,
    lay_out,
    percent,
)

D = Decimal
COLUMNS = (
    Column("officer", "Officer"),
    Column("due", "Due", "money", has_total=True),
    Column("paid", "Paid", "money", has_total=True),
    Column(
        "left",
        "Left",
        "money",
        formula="={due}-{paid}",
        compute=lambda row: row["due"] - row["paid"],
        has_total=True,
    ),
    Column(
        "rate",
        "Rate",
        "percent",
        formula='=IF({due}=0,"",100*{paid}/{due})',
        compute=lambda row: percent(row["paid"], row["due"]),
        has_total=True,
    ),
    Column("count", "Calls", "integer", has_total=True),
    Column("since", "Since", "date"),
)


def row(officer, due, paid, count=1):
    return {
        "officer": officer,
        "due": D(due),
        "paid": D(paid),
        "count": count,
        "since": date(2026, 3, 1),
    }


TABLE = Table(
    "Collected",
    COLUMNS,
    (
        Group("East", (row("Ana", "100.10", "50.05"), row("Ben", "200", "0", 3))),
        Group("West", (row("Ana", "0", "0"),)),
        Group("North", (row("Ben", "10", "10"), row("Eva", "20", "20"))),
    ),
    "All",
)


def read(tables, **options):
    """The first worksheet of a report, with formulas and with their results."""
    content = write_report([Page("Sheet", "Title", ["Line"], tables)], **options)
    return tuple(
        openpyxl.load_workbook(io.BytesIO(content), data_only=done).worksheets[0]
        for done in (False, True)
    )


def is_subtotal(value):
    return isinstance(value, str) and value.startswith("=SUBTOTAL")


def evaluate(formulas, values, text):
    """What a spreadsheet would make of ``text``."""
    match = re.fullmatch(r"=SUBTOTAL\(9,([A-Z]+\d+:[A-Z]+\d+)\)", text)
    if match:
        left, top, right, bottom = range_boundaries(match[1])
        return sum(
            values.cell(line, column).value or 0
            for line in range(top, bottom + 1)
            for column in range(left, right + 1)
            if not is_subtotal(formulas.cell(line, column).value)
        )
    match = re.fullmatch(r"=([A-Z]+\d+)-([A-Z]+\d+)", text)
    if match:
        return values[match[1]].value - values[match[2]].value
    match = re.fullmatch(r'=IF\(([A-Z]+\d+)=0,"",100\*([A-Z]+\d+)/\1\)', text)
    whole = values[match[1]].value
    return 100 * values[match[2]].value / whole if whole else ""


def assert_formulas_hold(formulas, values):
    """Every result that was written is what its formula comes to; return how many."""
    count = 0
    for cells in formulas.iter_rows():
        for cell in cells:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                count += 1
                expected = evaluate(formulas, values, cell.value)
                found = values[cell.coordinate].value
                if expected == "":
                    assert found in ("", None)
                else:
                    assert found == pytest.approx(expected, abs=0.005)
    return count


# === LAY-OUT === #


def test_groups_have_subtotals_and_the_table_a_total():
    rows = lay_out(TABLE)
    kinds = [(one.kind, one.values["officer"]) for one in rows]
    assert kinds == [
        ("row", "Ana"),
        ("row", "Ben"),
        ("subtotal", "East"),
        ("row", "Ana"),
        ("row", "Ben"),
        ("row", "Eva"),
        ("subtotal", "North"),
        ("total", "All"),
    ]
    total = rows[-1].values
    assert (total["due"], total["paid"]) == (D("330.10"), D("80.05"))
    assert total["left"] == D("250.05")
    assert total["count"] == 7
    assert total["rate"] == percent(D("80.05"), D("330.10"))
    assert "since" not in total


def test_one_row_needs_no_total():
    table = Table("One", COLUMNS, (Group("East", (row("Ana", 1, 1),)),), "All")
    assert [one.kind for one in lay_out(table)] == ["row"]


def test_one_group_has_a_total_and_no_subtotal():
    table = Table("One", COLUMNS, TABLE.groups[:1], "All")
    assert [one.kind for one in lay_out(table)] == ["row", "row", "total"]


def test_an_empty_table_has_no_rows():
    assert lay_out(Table("None", COLUMNS, (), "All")) == []


def test_nothing_of_nothing_is_no_percentage():
    assert percent(5, 0) is None
    assert percent(None, 5) == 0


# === SPREADSHEET === #


def test_sums_are_formulas_and_equal_what_is_written():
    formulas, values = read([TABLE])
    # Four columns of three totals each, and two formulas in each of five rows.
    assert assert_formulas_hold(formulas, values) == 3 * 5 + 5 * 2


def test_two_tables_stand_one_under_the_other():
    formulas, values = read([TABLE, TABLE])
    titles = [cell.value for cell in formulas["A"] if cell.value == "Collected"]
    assert len(titles) == 2
    assert assert_formulas_hold(formulas, values) == 2 * 25


def test_text_that_looks_like_a_formula_stays_text():
    table = Table("T", COLUMNS, (Group("g", (row("=1+1", 1, 1),)),), "All")
    formulas, _values = read([table])
    cells = [cell for cell in formulas["A"] if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_money_has_the_decimals_of_its_currency():
    table = Table("T", COLUMNS, TABLE.groups, "All", decimal_places=0)
    formulas, _values = read([table])
    assert formulas["B6"].number_format == "#,##0"


def test_sheets_of_one_name_are_told_apart():
    page = Page("A/B" * 20, "Title", [], [TABLE])
    content = write_report([page, page])
    names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert len(set(names)) == 2
    assert all(len(name) <= 31 and "/" not in name for name in names)


AMOUNTS = st.decimals(0, 10**9, places=2, allow_nan=False)
ROWS = st.builds(row, st.sampled_from(["Ana", "Ben"]), AMOUNTS, AMOUNTS)
GROUPS = st.lists(
    st.builds(Group, st.just("g"), st.lists(ROWS, max_size=4)), max_size=5
)


@settings(max_examples=30, deadline=None)
@given(GROUPS)
def test_any_table_sums_up_to_its_rows(groups):
    table = Table("Any", COLUMNS, groups, "All")
    rows = lay_out(table)
    plain = [one.values["due"] for one in rows if one.kind == "row"]
    if len(plain) > 1:
        assert rows[-1].values["due"] == sum(plain)
    assert_formulas_hold(*read([table]))
