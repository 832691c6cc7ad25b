"""Inventories: good rows become units, every wrong cell is reported."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools import inventory_report
from realestate_sales.tools.inventory import check_inventory
from realestate_sales.tools.spreadsheet import read_table
from realestate_sales.tools.table import Table

D = Decimal
HEADER = ("Tower", "Floor", "Unit no.", "Type", "Area", "List price (PHP)", "Status")
UNIT = {
    "Tower": "T1",
    "Floor": "5",
    "Unit no.": "501",
    "Type": "1BR",
    "Area": "45.50",
    "List price (PHP)": "5250000",
    "Status": "available",
}


def table_of(*units, header=HEADER, **extra):
    """Return a table of units, each given by what differs from the usual one."""
    rows = [
        tuple({**UNIT, **extra, **unit}.get(name) for name in header) for unit in units
    ]
    return Table(headers=tuple(header), rows=rows, first_row_number=2)


def check(*units, **options):
    return check_inventory(table_of(*units), **options)


def codes(entries):
    return [(entry.row, entry.column, entry.code) for entry in entries]


# --- choosing columns --------------------------------------------------------


def test_a_chosen_mapping_replaces_the_match():
    table = table_of({}, header=(*HEADER, "Ref"), Ref="R-9")
    mapping = {"building": 0, "number": "Ref", "floor": "", "view": None}
    report = check_inventory(table, mapping)
    assert report.ok
    assert [(unit.number, unit.floor) for unit in report.rows] == [("R-9", "")]
    assert report.columns == {"building": "Tower", "number": "Ref"}
    assert "Floor" in report.leftovers


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({"number": "Nowhere"}, "column_unknown"),
        ({"number": 99}, "column_unknown"),
        ({"number": -1}, "column_unknown"),
        ({"number": True}, "column_unknown"),
        ({"number": 2, "colour": 1}, "field_unknown"),
        ({"building": 0}, "column_missing"),
    ],
)
def test_a_wrong_mapping_is_refused(mapping, code):
    report = check_inventory(table_of({}), mapping)
    assert code in [error.code for error in report.errors]
    assert report.rows == []


def test_a_file_without_unit_numbers_is_refused_at_its_header():
    report = check_inventory(table_of({}, header=("Tower", "Floor", "Area")))
    assert codes(report.errors) == [(1, "", "column_missing")]
    assert "Unit number" in report.errors[0].message


def test_two_columns_of_one_name_are_refused():
    report = check_inventory(table_of({}, header=(*HEADER, "list PRICE (php)")))
    assert codes(report.errors) == [(1, "", "column_twice")]


# --- good rows ---------------------------------------------------------------


def test_a_row_becomes_a_unit():
    report = check({"Floor": "12A", "View": "x"})
    assert report.ok
    (unit,) = report.rows
    assert unit == inventory_report.UnitRow(
        row=2,
        building="T1",
        floor="12A",
        floor_sequence=121,
        number="501",
        kind="home",
        unit_type="1BR",
        bedrooms=1,
        view="",
        area_predicted=D("45.50"),
        area_measured=None,
        price_list=D("5250000.00"),
        price_floor=None,
        is_released=True,
        given=frozenset(
            {"building", "floor", "number", "unit_type", "area_predicted"}
            | {"price_list", "is_released"}
        ),
    )
    assert report.currency == "PHP"
    assert report.rows_read == 1


def test_numbers_in_text_columns_are_labels():
    cells = {"Floor": D(12), "Unit no.": D("1204.0"), "Tower": D(1), "Type": "x"}
    (unit,) = check(cells).rows
    assert (unit.floor, unit.number, unit.building) == ("12", "1204", "1")


def test_missing_values_stay_missing():
    blanks = {"Area": "-", "List price (PHP)": "TBA", "Type": None, "Status": "n/a"}
    report = check(blanks, default_kind="shop", default_released=True)
    (unit,) = report.rows
    assert report.ok
    assert (unit.area_predicted, unit.price_list, unit.unit_type) == (None, None, "")
    assert (unit.kind, unit.is_released, unit.bedrooms) == ("shop", True, None)


def test_the_building_of_the_file_fills_blank_ones():
    report = check({"Tower": None}, building="Main")
    assert [unit.building for unit in report.rows] == ["Main"]
    assert codes(check({"Tower": None}).errors) == [(2, "Tower", "building_missing")]


def test_the_missing_thirteenth_floor_is_no_error():
    floors = [{"Floor": str(i), "Unit no.": str(i)} for i in (11, 12, 14, 15)]
    report = check(*floors)
    assert report.ok
    assert [floor["floor"] for floor in report.totals["floors"]] == [
        "11",
        "12",
        "14",
        "15",
    ]


def test_units_of_a_building_without_floors_need_none():
    report = check({"Floor": None}, {"Floor": "", "Unit no.": "502"})
    assert report.ok
    assert {unit.floor_sequence for unit in report.rows} == {0}
    mixed = check({}, {"Floor": None, "Unit no.": "502"})
    assert codes(mixed.errors) == [(3, "Floor", "floor_missing")]
    for unit_type in ("Plot", "Shop", "Villa V-4", "Townhouse", "Biệt thự", "联排别墅"):
        ground = {"Floor": None, "Unit no.": "502", "Type": unit_type}
        assert check({}, ground).ok, unit_type
    parking = {"Floor": None, "Unit no.": "502", "Type": "Parking"}
    assert codes(check({}, parking).errors) == [(3, "Floor", "floor_missing")]


def test_one_floor_has_one_spelling():
    floors = ["G", "GF", "Ground floor", "GF"]
    report = check(
        *({"Floor": floor, "Unit no.": str(i)} for i, floor in enumerate(floors))
    )
    assert {unit.floor for unit in report.rows} == {"G"}
    assert codes(report.warnings) == [
        (3, "Floor", "floor_spelling"),
        (4, "Floor", "floor_spelling"),
    ]
    assert report.ok


def test_the_decimal_sign_is_found_from_the_column_and_then_the_file():
    price = "List price (PHP)"
    report = check(
        {"Area": "45,505", price: "5.250.000"},
        {"Area": "1.045,5", price: "5.250", "Unit no.": "502"},
    )
    assert report.ok
    assert [unit.area_predicted for unit in report.rows] == [D("45.51"), D("1045.50")]
    assert [unit.price_list for unit in report.rows] == [5_250_000, 5250]
    # Nothing in the file decides: only the user can.
    unsure = {"Area": "45,505", price: "5.250"}
    report = check(unsure)
    assert codes(report.errors) == [
        (2, price, "number_ambiguous"),
        (2, "Area", "number_ambiguous"),
    ]
    assert check(unsure, decimal_comma=True).rows[0].area_predicted == D("45.51")
    assert check(unsure, decimal_comma=False).rows[0].area_predicted == D("45505")


def test_headers_scale_prices_and_convert_areas():
    header = ("Tower", "Unit no.", "Area (sqft)", "总价（万元）")
    table = table_of(
        {"Area (sqft)": "1,000.5", "总价（万元）": "350.55"}, header=header
    )
    report = check_inventory(table)
    (unit,) = report.rows
    assert (unit.area_predicted, unit.price_list) == (D("92.95"), D("3505500.00"))
    assert (report.currency, report.area_unit) == ("CNY", "sqft")


def test_prices_are_rounded_to_the_minor_unit_and_it_is_said():
    price = {"List price (PHP)": "5250000.005"}
    report = check(price)
    assert report.rows[0].price_list == D("5250000.01")
    assert codes(report.warnings) == [(2, "List price (PHP)", "price_rounded")]
    assert check(price, decimal_places=0).rows[0].price_list == D("5250000")
    assert check(price, decimal_places=3).warnings == []


def test_a_unit_sold_elsewhere_is_not_for_sale():
    report = check({"Status": "sold"})
    assert report.ok
    assert not report.rows[0].is_released
    assert codes(report.warnings) == [(2, "Status", "status_taken")]


def test_a_row_of_totals_is_left_out():
    total = dict.fromkeys(HEADER) | {"Tower": "Grand total:", "Area": "45.50"}
    report = check({}, dict.fromkeys(HEADER), total)
    assert report.ok
    assert report.rows_read == 2
    assert codes(report.warnings) == [(4, "", "total_row")]
    # A building of that name has unit numbers, and is one.
    assert len(check({"Tower": "Total"}).rows) == 1


# --- wrong rows --------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("Unit no.", None, "number_missing"),
        ("Unit no.", " - ", "number_missing"),
        ("Unit no.", date(2025, 4, 5), "text_is_date"),
        ("Unit no.", "9" * 65, "text_too_long"),
        ("Floor", "Sky deck", "floor_unknown"),
        ("Floor", "-", None),
        ("Area", "-3", "not_positive"),
        ("Area", "0", "not_positive"),
        ("Area", D("1000001"), "too_large"),
        ("Area", D("Infinity"), "too_large"),
        ("Area", "45 rooms", "number_unreadable"),
        ("Area", date(2025, 4, 5), "text_is_date"),
        ("List price (PHP)", "(100)", "not_positive"),
        ("List price (PHP)", "1" + "0" * 16, "too_large"),
        ("List price (PHP)", "1.02E+07", "number_unreadable"),
        ("List price (PHP)", "USD 100", "currency_mismatch"),
        ("Status", "perhaps", "status_unknown"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(column, cell, code):
    report = check({column: cell}, {"Unit no.": "777", "Floor": None, "Type": "Plot"})
    assert codes(report.errors) == ([(2, column, code)] if code else [])
    assert [unit.number for unit in report.rows] == (
        ["777"] if code else ["501", "777"]
    )


def test_all_errors_of_a_row_are_reported_at_once():
    report = check({"Unit no.": "", "Area": "x", "Floor": "?", "Status": "?"})
    assert {error.code for error in report.errors} == {
        "number_missing",
        "number_unreadable",
        "floor_unknown",
        "status_unknown",
    }


def test_duplicates_name_every_row_and_ignore_case_and_width():
    report = check(
        {"Unit no.": "2-P63"},
        {"Unit no.": "2-P64"},
        {"Unit no.": "2-p63"},
        {"Unit no.": "２-P63", "Area": "x"},
        {"Unit no.": "2-P63", "Tower": "T2"},
    )
    duplicates = [error for error in report.errors if error.code == "number_duplicate"]
    assert [error.row for error in duplicates] == [4, 5]
    assert {error.params["rows"] for error in duplicates} == {"2, 4, 5"}
    assert "rows 2, 4, 5" in duplicates[0].message


def test_another_currency_than_the_project_is_refused():
    report = check({}, currency="VND", decimal_places=0)
    assert codes(report.errors) == [(1, "List price (PHP)", "currency_mismatch")]
    header = ("Tower", "Unit no.", "Price (AED)", "Floor price (USD)")
    report = check_inventory(table_of({}, header=header))
    assert codes(report.errors) == [(1, "Floor price (USD)", "currency_mismatch")]


def test_the_currency_may_stand_in_the_cells_only():
    header = ("Tower", "Unit no.", "Price")
    table = table_of({"Price": "AED 5"}, {"Price": "7", "Unit no.": "2"}, header=header)
    report = check_inventory(table)
    assert (report.ok, report.currency) == (True, "AED")


def test_a_floor_price_above_the_list_price_is_refused():
    header = ("Tower", "Unit no.", "Price", "Floor price")
    table = table_of({"Price": "5", "Floor price": "6"}, header=header)
    assert codes(check_inventory(table).errors) == [
        (2, "Floor price", "floor_above_list")
    ]


@pytest.mark.parametrize("cell", ["1.5", "-1", "51", "two"])
def test_bedrooms_are_a_whole_number(cell):
    table = table_of({"Beds": cell}, header=("Tower", "Unit no.", "Beds"))
    (error,) = check_inventory(table).errors
    assert error.code in ("bedrooms_invalid", "number_unreadable")


def test_an_unknown_kind_is_refused_only_where_kinds_are_told():
    table = table_of({"Kind": "Castle"}, header=("Tower", "Unit no.", "Kind"))
    assert codes(check_inventory(table).errors) == [(2, "Kind", "kind_unknown")]
    assert check({"Type": "Castle"}).rows[0].kind == "home"


def test_every_message_can_be_said():
    for code, message in inventory_report.MESSAGES.items():
        names = (
            "value field header found expected building number rows rounded floor "
            "maximum price_floor price_list"
        )
        assert message % dict.fromkeys(names.split(), "x"), code


@given(
    rows=st.lists(
        st.tuples(*[st.one_of(st.none(), st.text(max_size=12))] * len(HEADER)),
        min_size=1,
        max_size=6,
    )
)
def test_any_rows_are_units_or_errors(rows):
    report = check_inventory(Table(HEADER, rows, 2))
    wrong = {error.row for error in report.errors}
    assert not wrong & {unit.row for unit in report.rows}
    assert all(error.message for error in report.errors + report.warnings)
    assert all(unit.number and unit.building for unit in report.rows)


def test_five_thousand_units_are_checked_in_seconds():
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(HEADER)
    for i in range(5000):
        values = {**UNIT, "Unit no.": str(i), "Floor": str(1 + i % 60)}
        writer.writerow([values[name] for name in HEADER])
    report = check_inventory(read_table(stream.getvalue().encode()))
    assert (report.ok, len(report.rows)) == (True, 5000)
    assert report.totals["price_list"] == 5000 * D("5250000.00")
