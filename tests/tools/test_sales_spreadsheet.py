"""Tables out of CSV and XLSX files, good and bad."""

import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from realestate_sales.tools import table
from realestate_sales.tools.spreadsheet import TableError, read_table

D = Decimal
CSV = "Unit,Area,Price\nA1,55.5,100\nA2,60,200\n"


def read_csv(text, encoding="utf-8", **options):
    return read_table(text.encode(encoding), **options)


def xlsx(*rows, **sheets):
    """Return an XLSX file of ``rows``, or of named sheets of rows."""
    book = Workbook()
    book.remove(book.active)
    for name, content in (sheets or {"Units": rows}).items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def code_of(content, **options):
    with pytest.raises(TableError) as caught:
        read_table(content, **options)
    error = caught.value
    assert str(error) == table.MESSAGES[error.code] % error.params
    return error


# --- CSV ---------------------------------------------------------------------


def test_a_csv_has_headers_rows_and_their_numbers():
    result = read_csv(CSV)
    assert result.headers == ("Unit", "Area", "Price")
    assert result.rows == [("A1", "55.5", "100"), ("A2", "60", "200")]
    assert (result.header_row_number, result.first_row_number) == (1, 2)
    assert result.sheet is None
    assert not result.overlong


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_delimiter_and_line_ends_are_found(delimiter, newline):
    text = CSV.replace(",", delimiter).replace("\n", newline)
    assert read_csv(text).rows == read_csv(CSV).rows


def test_decimal_commas_do_not_pass_for_delimiters():
    text = "Unit;Area;Price\nA1;55,5;1,5\nA2;60,25;2,5\nA3;61,5;3,5\n"
    assert read_csv(text).rows[1] == ("A2", "60,25", "2,5")


def test_the_line_that_names_the_delimiter_is_not_a_row():
    result = read_csv("sep=;\r\nUnit;Area\r\nA1;1,5\r\n")
    assert (result.headers, result.rows) == (("Unit", "Area"), [("A1", "1,5")])
    assert result.first_row_number == 2


def test_quoted_cells_may_hold_delimiters_quotes_and_line_breaks():
    text = 'Unit,View,Price\nA1,"Lake, ""big""\nand near","1,000"\nA2,x,2\n'
    result = read_csv(text)
    assert result.rows[0] == ("A1", 'Lake, "big" and near', "1,000")
    assert result.first_row_number == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_chinese_files_are_read_as_saved(encoding):
    result = read_csv("房号,楼层,面积\n1203,十二层,89.5\n", encoding)
    assert result.headers == ("房号", "楼层", "面积")


def test_blank_rows_keep_the_row_numbers_and_blank_ends_go():
    result = read_csv("Unit,Area\nA1,1\n,\n\nA2,2\n,\n\n")
    assert result.rows == [("A1", "1"), (None, None), (None, None), ("A2", "2")]


def test_the_header_is_found_below_titles():
    text = (
        "Sales inventory,,,\n\nProject:,East Residences,,\n"
        "Unit,Floor,Area,Price\nA1,5,50,100\n"
    )
    result = read_csv(text)
    assert result.headers == ("Unit", "Floor", "Area", "Price")
    assert (result.header_row_number, result.first_row_number) == (4, 5)


def test_short_rows_are_filled_and_long_ones_are_named():
    result = read_csv("Unit,Area,Price\nA1,55\nA2,60,10,189,800\nA3,61,5,\n")
    assert result.rows[0] == ("A1", "55", None)
    assert result.overlong == {3}


# --- XLSX --------------------------------------------------------------------


def test_an_xlsx_has_numbers_days_and_text():
    content = xlsx(
        ["Unit", "Area", "Price", "Day", "Hour", "Sold"],
        [1204, 55.08, 10189800.0, datetime(2025, 1, 31), time(9, 30), True],
        [" A-1 ", 0.1 + 0.2, 3_500_000_000, date(2025, 2, 1), "", False],
    )
    result = read_table(content, "inventory.xlsx")
    assert result.sheet == "Units"
    day = date(2025, 1, 31)
    assert result.rows == [
        (D(1204), D("55.08"), D(10189800), day, "09:30:00", "TRUE"),
        ("A-1", D("0.3"), D(3_500_000_000), date(2025, 2, 1), None, "FALSE"),
    ]


def test_the_first_visible_sheet_with_a_table_is_read():
    book = Workbook()
    book.active.title = "Cover"
    hidden = book.create_sheet("Hidden")
    hidden.sheet_state = "hidden"
    hidden.append(["Not", "this"])
    units = book.create_sheet("Units")
    units.append(["Unit", "Area"])
    units.append(["A1", 1])
    content = saved(book)
    assert read_table(content).sheet == "Units"
    error = code_of(content, sheet="Nowhere")
    assert (error.code, error.params["sheets"]) == ("no_sheet", "Cover, Hidden, Units")


def test_a_sheet_can_be_asked_for_by_name():
    content = xlsx(One=[["Unit"], ["A1"]], Two=[["Plot"], ["B1"]])
    assert read_table(content, sheet="Two").headers == ("Plot",)


def test_gaps_between_rows_keep_the_row_numbers():
    book = Workbook()
    book.active["B3"], book.active["C3"] = "Unit", "Area"
    book.active["B6"] = "A1"
    result = read_table(saved(book))
    assert result.headers == ("", "Unit", "Area")
    assert result.first_row_number == 4
    assert result.rows == [(None,) * 3, (None,) * 3, (None, "A1", None)]


def test_a_table_far_to_the_right_is_refused():
    wide = xlsx([f"H{i}" for i in range(250)], ["x"] * 250)
    assert code_of(wide).code == "too_many_columns"


def _with_formula(result):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Units")
    sheet.write_row(0, 0, ["Unit", "Area", "Price"])
    sheet.write_row(1, 0, ["A1", 50])
    sheet.write_formula(1, 2, "=B2*2", None, result)
    sheet.write_row(2, 0, ["A2", 60, 7])
    book.close()
    return stream.getvalue()


def test_a_formula_is_read_as_its_result():
    assert read_table(_with_formula(100)).rows[0] == ("A1", D(50), D(100))


def test_a_formula_that_shows_an_empty_text_is_an_empty_cell():
    parts = _parts(_with_formula("gone"))
    sheet = "xl/worksheets/sheet1.xml"
    assert b't="str"><f>B2*2</f><v>gone</v>' in parts[sheet]
    parts[sheet] = parts[sheet].replace(b"gone", b"")
    assert read_table(_zip(**parts)).rows[0] == ("A1", D(50), None)


def test_a_formula_error_is_named_with_its_cell():
    error = code_of(_with_formula("#DIV/0!"))
    assert error.code == "formula_error"
    assert error.params == {"cell": "C2", "value": "#DIV/0!", "count": 1}
    assert code_of(b"Unit,Price\nA1,#REF!\nA2,#N/A\n").params["count"] == 2


def test_a_formula_never_calculated_is_named_with_its_cell():
    content = xlsx(["Unit", "Area", "Price"], ["A1", 50, "=B2*2"], ["A2", 60, "=B3*2"])
    error = code_of(content)
    assert error.code == "formula_without_value"
    assert error.params == {"cell": "C2", "count": 2}


# --- refusals ----------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"   \n\n ", b"\n,,,\n"])
def test_an_empty_file_is_refused(content):
    assert code_of(content).code == "empty"


def test_an_empty_workbook_is_refused():
    assert code_of(xlsx(Empty=[])).code == "empty"


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, None, "old_format"),
        (b"<html><table><tr></tr></table></html>", "units.xls", "old_format"),
        (b"<html><table><tr></tr></table></html>", "units.csv", "not_a_spreadsheet"),
        (b"%PDF-1.7 ...", None, "not_a_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\0\0", None, "not_a_spreadsheet"),
        (b"PK\x03\x04 and then nothing", None, "not_a_spreadsheet"),
        (b"Unit,Area\nA\x00,1\n", None, "not_a_spreadsheet"),
    ],
)
def test_other_kinds_of_file_are_refused(content, filename, code):
    assert code_of(content, filename=filename).code == code


def test_a_password_is_noticed():
    mark = "EncryptedPackage".encode("utf-16-le")
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + mark
    assert code_of(content).code == "encrypted"


def _parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _zip(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def test_a_zip_that_is_no_workbook_is_refused():
    assert code_of(_zip(readme="hello")).code == "not_a_spreadsheet"
    assert code_of(_zip(xl__workbook="")).code == "not_a_spreadsheet"


def test_a_damaged_workbook_is_refused():
    parts = _parts(xlsx(["Unit"], ["A1"]))
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet][: len(parts[sheet]) // 2]
    assert code_of(_zip(**parts)).code == "malformed"
    parts["xl/workbook.xml"] = b"<workbook"
    assert code_of(_zip(**parts)).code == "not_a_spreadsheet"


def test_a_workbook_that_unpacks_into_too_much_is_refused(monkeypatch):
    content = xlsx(["Unit"], ["A1"])
    monkeypatch.setattr(
        "realestate_sales.tools.spreadsheet_xlsx._MAX_UNPACKED", 1024 * 1024
    )
    assert read_table(content).rows == [("A1",)]
    bomb = _zip(**{"xl/workbook.xml": b"", "xl/big.xml": b" " * 2_000_000})
    assert len(bomb) < 10_000
    assert code_of(bomb).code == "too_large"


def test_limits_are_kept():
    assert code_of(CSV.encode(), max_bytes=20).code == "too_large"
    rows = "Unit\n" + "A\n" * 5
    assert len(read_csv(rows, max_rows=5).rows) == 5
    assert code_of(rows.encode(), max_rows=4).code == "too_many_rows"
    assert code_of(b"Unit\n" + b"A\n" * 500, max_rows=4).code == "too_many_rows"
    content = xlsx(["Unit"], *([["A"]] * 50))
    assert code_of(content, max_rows=10).code == "too_many_rows"


def test_a_table_without_header_or_rows_is_refused():
    error = code_of(b"1,2,3\n4,5,6\n")
    assert error.code == "no_header"
    error = code_of(b"Title\n\nUnit,Area,Price\n")
    assert (error.code, error.params) == ("no_rows", {"row": 3})


def test_quotes_that_do_not_close_are_refused():
    error = code_of(b'Unit,View\nA1,Lake\nA2,"City\nA3,Park\n')
    assert (error.code, error.params["row"]) == ("malformed", 3)


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_lettered_as_people_see_them(index, letters):
    assert table.column_letter(index) == letters


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_refused(content):
    try:
        result = read_table(content)
    except TableError:
        return
    assert all(len(row) == len(result.headers) for row in result.rows)


CELLS = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.text("abcXYZ 12-ạ房", min_size=1, max_size=8),
)


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8))
def test_an_xlsx_gives_back_what_was_written(rows):
    rows = [*rows, ("last", 1, 1)]
    result = read_table(xlsx(["Unit", "Area", "Price"], *rows))
    expected = [
        tuple(
            " ".join(cell.split()) or None if isinstance(cell, str) else cell
            for cell in row
        )
        for row in rows
    ]
    assert result.rows == expected
