"""Answers of an authority, row by row."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from realestate_sales.tools.filing_answer import (
    AnswerError,
    AnswerLayout,
    plain,
    read_answers,
)
from realestate_sales.tools.spreadsheet import read_table

LAYOUT = AnswerLayout(
    key="Reference",
    result="Result",
    number="Number",
    date="Date",
    reason="Reason",
    accepted=("accepted", "通过"),
    rejected=("rejected", "退回"),
)
HEAD = "Reference,Result,Number,Date,Reason\n"


def answers(*lines, layout=LAYOUT):
    text = HEAD + "\n".join(lines) + "\n"
    return read_answers(read_table(text.encode()), layout)


def codes(answer):
    return [code for code, _params in answer.problems]


def test_rows_are_read_with_their_numbers_in_the_file():
    first, second = answers(
        "FIL/1,Accepted,BA-1,2026-01-05,", "FIL/2,退回,,2026-01-06,No seal"
    )
    assert (first.row, first.key, first.result) == (2, "FIL/1", "accept")
    assert (first.number, first.day) == ("BA-1", date(2026, 1, 5))
    assert (second.row, second.result, second.reason) == (3, "reject", "No seal")
    assert not first.problems and not second.problems


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (",accepted,1,,", ["key_missing"]),
        ("FIL/1,maybe,1,,", ["result_unreadable"]),
        ("FIL/1,,1,,", ["result_unreadable"]),
        ("FIL/1,accepted,1,31.12.2026,", ["date_unreadable"]),
        ("FIL/1,accepted,1,2026-02-29,", ["date_unreadable"]),
        ("FIL/1,rejected,,,", ["reason_missing"]),
        ("FIL/1,accepted,1,,", []),
        ("FIL/1,ACCEPTED,,,", []),
    ],
)
def test_what_is_wrong_with_a_row_is_said(line, expected):
    (answer,) = answers(line)
    assert codes(answer) == expected


def test_two_answers_to_one_filing_name_both_rows():
    found = answers("F1,accepted,1,,", "F2,accepted,2,,", "F1,rejected,,,Seal")
    assert [codes(one) for one in found] == [["key_twice"], [], ["key_twice"]]
    assert found[0].problems[0][1] == {"rows": "2, 4"}


def test_one_number_for_two_filings_names_both_rows():
    found = answers("F1,accepted,9,,", "F2,accepted,9,,", "F3,rejected,9,,Seal")
    assert [codes(one) for one in found] == [["number_twice"], ["number_twice"], []]


def test_a_missing_column_is_named():
    with pytest.raises(AnswerError) as error:
        answers("a,b,c,d,e", layout=AnswerLayout(key="Code", result="Result"))
    assert error.value.params["header"] == "Code"
    assert "Reference, Result" in error.value.params["headers"]


def test_columns_that_the_authority_does_not_have_are_left_out():
    layout = AnswerLayout(key="reference", result="RESULT", accepted=("accepted",))
    (answer,) = answers("F1,accepted,7,2026-01-01,x", layout=layout)
    assert (answer.number, answer.day, answer.reason) == ("", None, "")


def test_a_spreadsheet_s_numbers_and_dates_are_understood():
    book = openpyxl.Workbook()
    book.active.append(["Reference", "Result", "Number", "Date", "Reason"])
    book.active.append(["F1", "accepted", 20260001, date(2026, 1, 5), None])
    book.active.append(["F2", "accepted", 5, 44000, None])
    out = io.BytesIO()
    book.save(out)
    first, second = read_answers(read_table(out.getvalue()), LAYOUT)
    assert (first.number, first.day) == ("20260001", date(2026, 1, 5))
    assert codes(second) == ["date_unreadable"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (" a ", "a"),
        (Decimal("12"), "12"),
        (Decimal("1E+3"), "1000"),
        (Decimal("12.50"), "12.5"),
        (date(2026, 1, 5), "2026-01-05"),
    ],
)
def test_cells_are_as_people_see_them(cell, text):
    assert plain(cell) == text
