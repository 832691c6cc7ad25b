"""The sample inventories: made by the script, sound, and one full of errors."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from realestate_sales.tools.inventory import check_inventory
from realestate_sales.tools.spreadsheet import read_table

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "addons/realestate_sales/demo/inventory"
ERRORS = ROOT / "addons/realestate_sales/tests/data/inventory_errors.csv"


def report_of(path, **options):
    return check_inventory(read_table(path.read_bytes(), path.name), **options)


def floors_of(report, building):
    return [
        floor["floor"]
        for floor in report.totals["floors"]
        if floor["building"] == building
    ]


@pytest.fixture(scope="module")
def make_samples():
    path = ROOT / "scripts/make_samples.py"
    spec = spec_from_file_location(path.stem, path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_script_makes_exactly_the_committed_samples(make_samples, tmp_path):
    make_samples.main(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in SAMPLES.iterdir()}
    assert made.keys() == committed.keys()
    assert [name for name in made if made[name] != committed[name]] == []


@pytest.mark.parametrize(
    ("name", "decimals", "currency", "kinds", "buildings"),
    [
        ("tower_ph.csv", 2, "PHP", {"home": 700, "parking": 900}, 1),
        ("tower_vn.xlsx", 0, "VND", {"home": 342, "parking": 80, "shop": 16}, 2),
        ("tower_cn.csv", 2, "CNY", {"home": 136, "parking": 80, "shop": 10}, 2),
        ("villas_ae.csv", 2, "AED", {"home": 96, "plot": 24}, 3),
    ],
)
def test_every_sample_is_sound(name, decimals, currency, kinds, buildings):
    report = report_of(SAMPLES / name, decimal_places=decimals, currency=currency)
    assert (report.errors, report.warnings, report.leftovers) == ([], [], [])
    assert report.totals["by_kind"] == kinds
    assert len(report.totals["buildings"]) == buildings
    assert 0 < report.totals["released"] < report.totals["units"]
    assert all(unit.price_list and unit.area_predicted for unit in report.rows)


def test_the_philippine_tower_stands_from_basement_to_top():
    report = report_of(SAMPLES / "tower_ph.csv")
    assert (
        floors_of(report, "Narra Tower")
        == (
            "B2 B1 LG G Mezzanine 2 3 4 5 6 7 8 9 10 11 12 14 15 16 17 18 19 20 21 22"
        ).split()
    )


def test_the_vietnamese_blocks_have_no_fourth_and_thirteenth_floor():
    report = report_of(SAMPLES / "tower_vn.xlsx", decimal_places=0)
    floors = "2 3 3A 5 6 7 8 9 10 11 12 12A 12B 15 16 17 18 19 20".split()
    assert floors_of(report, "Tòa A") == ["Hầm B1", "Trệt", *floors]
    home = next(unit for unit in report.rows if unit.number == "A-12A.01")
    assert home.area_predicted % 1, "areas have decimals"
    assert home.price_floor < home.price_list
    assert home.price_list % 10_000 == 0


def test_the_chinese_towers_have_no_fourth_and_fourteenth_floor():
    report = report_of(SAMPLES / "tower_cn.csv")
    floors = [f"{i}层" for i in range(1, 21) if i not in (4, 14)]
    assert floors_of(report, "2号楼") == ["地下1层", *floors]


def test_the_file_of_errors_names_every_one_of_them():
    report = report_of(ERRORS)
    assert [(error.row, error.code) for error in report.errors] == [
        (6, "number_missing"),
        (7, "number_duplicate"),
        (8, "building_missing"),
        (9, "floor_unknown"),
        (10, "floor_missing"),
        (11, "kind_unknown"),
        (12, "number_unreadable"),
        (13, "bedrooms_invalid"),
        (14, "not_positive"),
        (15, "number_unreadable"),
        (16, "not_positive"),
        (17, "number_unreadable"),
        (19, "currency_mismatch"),
        (20, "too_large"),
        (21, "floor_above_list"),
        (22, "status_unknown"),
        (23, "row_too_long"),
        (24, "text_too_long"),
        (25, "too_large"),
        (25, "status_unknown"),
        (31, "number_ambiguous"),
    ]
    assert [(warning.row, warning.code) for warning in report.warnings] == [
        (27, "floor_spelling"),
        (28, "price_rounded"),
        (29, "status_taken"),
        (32, "total_row"),
    ]
    assert report.rows_read == 28
    assert not report.ok
