"""A real inventory, kept outside the project: asked for only where it is at hand."""

import pytest
from realestate_sales.tools.inventory import check_inventory
from realestate_sales.tools.spreadsheet import read_table

pytestmark = pytest.mark.real_input


def test_the_real_inventory_is_read_as_it_is(real_inventory):
    table = read_table(real_inventory.read_bytes(), real_inventory.name)
    report = check_inventory(table)
    assert report.leftovers == []
    assert (report.currency, report.area_unit) == ("PHP", "sqm")
    assert report.rows_read == 1616
    assert [(error.row, error.code) for error in report.errors] == [
        (1510, "number_duplicate")
    ]
    assert report.errors[0].params["number"] == "2-P63"
    assert report.errors[0].params["rows"] == "1080, 1510"
    assert report.warnings == []
    (tower,) = report.totals["buildings"]
    floors = [f["floor"] for f in report.totals["floors"] if f["building"] == tower]
    assert floors[:7] == [
        "B2",
        "B1",
        "LG",
        "G",
        "Mezzanine",
        "2",
        "3",
    ]
    assert floors[7:] == [str(i) for i in range(4, 23) if i != 13]
    assert report.totals["by_kind"] == {"home": 700, "parking": 915}
    blocked = [unit for unit in report.rows if not unit.is_released]
    assert len(report.rows) - len(blocked) == 1332
