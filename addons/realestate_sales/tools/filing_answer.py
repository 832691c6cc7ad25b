"""Read what an authority answers: row by row, whether it accepts, and under which
number. Pure; what a row is about is found by its key, by the caller.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from .table import Cell, Table
from .text import fold


@dataclass(frozen=True)
class AnswerLayout:
    """Which columns hold what, by their headers; words are those of the authority.

    :param date_format: pattern of dates that are text
    """

    key: str
    result: str
    number: str = ""
    date: str = ""
    reason: str = ""
    accepted: Sequence[str] = ()
    rejected: Sequence[str] = ()
    date_format: str = "%Y-%m-%d"


@dataclass(frozen=True)
class Answer:
    """One row; ``problems`` are pairs of code and params, none: it can be used."""

    row: int
    key: str
    result: str = ""
    number: str = ""
    day: date | None = None
    reason: str = ""
    problems: tuple[tuple[str, dict[str, Any]], ...] = field(default=(), hash=False)


class AnswerError(ValueError):
    """A column that is needed is not there; ``params`` name it and those there are."""

    def __init__(self, header: str, headers: Sequence[str]):
        self.params = {"header": header, "headers": ", ".join(filter(None, headers))}
        super().__init__(f"no column {header!r}")


def read_answers(table: Table, layout: AnswerLayout) -> list[Answer]:
    """Return the answers of the rows that are not blank.

    :raises AnswerError: when a column that the layout names is missing
    """
    places = _find_columns(table, layout)
    answers = [
        _read_row(number, row, places, layout)
        for number, row in enumerate(table.rows, start=table.first_row_number)
        if any(cell is not None for cell in row)
    ]
    return _name_doubles(answers)


def _find_columns(table, layout):
    headers = [fold(header) for header in table.headers]
    places = {}
    for name in ("key", "result", "number", "date", "reason"):
        header = getattr(layout, name)
        if not header:
            continue
        if fold(header) not in headers:
            raise AnswerError(header, table.headers)
        places[name] = headers.index(fold(header))
    return places


def plain(cell: Cell) -> str:
    """Return a cell as people see it: a spreadsheet makes numbers of numbers."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        whole = cell == cell.to_integral_value()
        return format(cell.quantize(Decimal(1)) if whole else cell.normalize(), "f")
    return cell.isoformat() if isinstance(cell, date) else cell.strip()


def _read_row(number, row, places, layout):
    cells = {name: row[place] for name, place in places.items()}
    texts = {name: plain(cell) for name, cell in cells.items()}
    problems = []
    if not texts["key"]:
        problems.append(("key_missing", {}))
    result = _read_result(texts["result"], layout)
    if not result:
        problems.append(("result_unreadable", {"value": texts["result"]}))
    try:
        day = _read_date(cells.get("date"), layout.date_format)
    except ValueError:
        day = None
        problems.append(("date_unreadable", {"value": texts["date"]}))
    if result == "reject" and not texts.get("reason"):
        problems.append(("reason_missing", {}))
    return Answer(
        row=number,
        key=texts["key"],
        result=result,
        number=texts.get("number", ""),
        day=day,
        reason=texts.get("reason", ""),
        problems=tuple(problems),
    )


def _read_result(text, layout):
    words = {fold(word): "reject" for word in layout.rejected}
    words |= {fold(word): "accept" for word in layout.accepted}
    return words.get(fold(text), "") if text else ""


def _read_date(cell, pattern):
    if not isinstance(cell, str):
        return cell if isinstance(cell, date) or cell is None else _not_a_date(cell)
    text = cell.strip()
    return datetime.strptime(text, pattern).date() if text else None


def _not_a_date(cell):
    raise ValueError(cell)


def _name_doubles(answers):
    """Two rows of one key contradict each other: both are named."""
    rows, numbers = {}, {}
    for answer in answers:
        rows.setdefault(answer.key, []).append(answer.row)
        if answer.result == "accept":
            numbers.setdefault(answer.number, []).append(answer.row)
    return [
        _add_problems(
            answer,
            key_twice=rows[answer.key] if answer.key else (),
            number_twice=numbers.get(answer.number, ()) if answer.number else (),
        )
        for answer in answers
    ]


def _add_problems(answer, **found):
    problems = tuple(
        (code, {"rows": ", ".join(map(str, where))})
        for code, where in found.items()
        if len(where) > 1 and answer.row in where
    )
    return replace(answer, problems=answer.problems + problems)
