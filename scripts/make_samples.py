#!/usr/bin/env python3
"""Write the sample inventories of the demo and the tests.

    scripts/make_samples.py [folder]

Every number and name is invented; the shapes are those of real inventories: named
floors, missing unlucky floors, unequal floors, decimal commas, several scripts.
The same files come out on every run, byte for byte.
"""

import csv
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

FOLDER = Path(__file__).parents[1] / "addons/realestate_sales/demo/inventory"
Row = tuple[str, ...]


def dice(*seed: object, sides: int) -> int:
    """Return a number below ``sides`` that looks like chance and never changes."""
    value = 17
    for char in "/".join(map(str, seed)):
        value = (value * 31 + ord(char)) % 1_000_003
    return value * 7919 % 1_000_003 % sides


def write_csv(path: Path, rows: list[Row], encoding: str = "utf-8") -> None:
    """Write a CSV as spreadsheet programs do, apart from the line ends."""
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


# --- Philippines: one large tower --------------------------------------------

PH_HEADER = (
    "Tower", "Floor", "Unit no.", "Type", "Floor area (sqm)", "View",
    "List price (PHP)", "Status",
)  # fmt: skip
PH_TOWER = "Narra Tower"
PH_VIEWS = (("Bay", 12), ("City skyline", 6), ("Amenity deck", 3), ("Park", 0))


class HomeType(NamedTuple):
    """A type of home: its name, its smallest area and how much areas differ."""

    name: str
    area: int
    spread: int


PH_1BR = HomeType("1BR", 4150, 1280)
PH_2BR = HomeType("2BR", 7420, 2260)
PH_3BR = HomeType("3BR", 13300, 3900)
PH_PENTHOUSE = HomeType("PH", 17800, 9600)


def ph_floor_types(floor: int) -> list[HomeType]:
    """Return the homes of one floor; the tower narrows towards its top."""
    top = {
        4: [PH_1BR] * 35 + [PH_2BR] * 7,
        19: [PH_2BR] * 21 + [PH_3BR] * 5,
        20: [PH_2BR] * 15 + [PH_3BR] * 4 + [PH_PENTHOUSE],
        21: [PH_2BR] * 7 + [PH_3BR] * 2 + [PH_PENTHOUSE] * 2,
        22: [PH_PENTHOUSE] * 3,
    }
    return top.get(floor, [PH_1BR] * 37 + [PH_2BR] * 7 + [PH_3BR] * 2)


def ph_homes() -> Iterator[Row]:
    """Yield 700 homes on 18 floors, from the 4th to the 22nd without the 13th."""
    for floor in (floor for floor in range(4, 23) if floor != 13):
        for place, kind in enumerate(ph_floor_types(floor), start=1):
            area = kind.area + dice("area", kind.name, place, sides=kind.spread)
            view, premium = PH_VIEWS[place * len(PH_VIEWS) // 47]
            per_sqm = 176_000 + 900 * floor + 1_000 * premium
            price = area * per_sqm // 100 // 1_000 * 1_000
            number = f"{floor}-{floor}{place:02}"
            status = "blocked" if dice("home", number, sides=100) < 14 else "available"
            yield (
                PH_TOWER, str(floor), number, kind.name, f"{area / 100:.2f}",
                view, str(price), status,
            )  # fmt: skip


#: Floor, prefix of its numbers, car places, motorcycle places, price of a car place.
PH_PARKING = (
    ("B2", "B2", 122, 26, 980_000),
    ("B1", "B1", 118, 44, 1_020_000),
    ("LG", "LG", 116, 46, 1_060_000),
    ("G", "GF", 78, 14, 1_120_000),
    ("Mezzanine", "M", 54, 34, 1_120_000),
    ("2", "2", 84, 26, 1_080_000),
    ("3", "3", 114, 24, 1_080_000),
)


def ph_parking() -> Iterator[Row]:
    """Yield 900 places for cars and motorcycles, numbered through the floors."""
    motorcycles = 0
    for floor, prefix, cars, bikes, price in PH_PARKING:
        for place in range(1, cars + 1):
            yield ph_place(floor, f"{prefix}-P{place}", "Parking", "12.5", price)
        for _place in range(bikes):
            motorcycles += 1
            number = f"{prefix}-MP{motorcycles}"
            yield ph_place(floor, number, "Motorcycle parking", "2.5", 165_000)


def ph_place(floor: str, number: str, kind: str, area: str, price: int) -> Row:
    """Return one parking place; a fifth of them is kept back."""
    status = "blocked" if dice("place", number, sides=100) < 20 else "available"
    return (PH_TOWER, floor, number, kind, area, "", str(price), status)


# --- Vietnam: two blocks in a workbook ---------------------------------------

VN_TITLE = "BẢNG HÀNG DỰ ÁN SEN HỒNG"
VN_HEADER = (
    "Tòa", "Tầng", "Mã căn", "Loại căn", "Diện tích (m²)", "Hướng",
    "Giá bán (VND)", "Giá sàn (VND)", "Trạng thái",
)  # fmt: skip
#: 3A stands for the 4th floor, 12A and 12B for the 13th and 14th.
VN_FLOORS = "2 3 3A 5 6 7 8 9 10 11 12 12A 12B 15 16 17 18 19 20".split()
VN_TYPES = (("1PN", 4520), ("2PN", 6575), ("2PN+1", 7240), ("3PN", 9310))
VN_VIEWS = ("Đông Nam", "Tây Bắc", "Đông Bắc", "Tây Nam", "Hồ bơi", "Sông")


def vn_rows() -> Iterator[Row]:
    """Yield both blocks from the basement up: parking, shops, homes."""
    for block in "AB":
        for place in range(1, 41):
            kind, area = ("Chỗ đậu xe ô tô", 1250) if place <= 24 else ("Xe máy", 250)
            number = f"{block}-B1.{place:02}"
            yield vn_row(block, "Hầm B1", number, kind, area, "", 36 * area // 10)
        for place in range(1, 9):
            area = 5200 + 410 * place
            number = f"{block}-S{place:02}"
            yield vn_row(block, "Trệt", number, "Kiot thương mại", area, "", 86 * area)
        yield from vn_homes(block)


def vn_homes(block: str) -> Iterator[Row]:
    """Yield the homes of a block, nine on each floor."""
    for level, floor in enumerate(VN_FLOORS):
        for place in range(1, 10):
            kind, area = VN_TYPES[(place + ord(block)) % len(VN_TYPES)]
            area += 5 * dice(block, place, sides=60)
            view = VN_VIEWS[place % len(VN_VIEWS)]
            number = f"{block}-{floor}.{place:02}"
            yield vn_row(block, floor, number, kind, area, view, area * (52 + level))


def vn_row(
    block: str, floor: str, number: str, kind: str, area: int, view: str, price: int
) -> Row:
    """Return one row, the price in units of ten thousand dong, written as text."""
    price = price // 100 * 100 * 10_000
    status = "Khóa" if dice(number, sides=100) < 18 else "Mở bán"
    return (
        f"Tòa {block}", floor, number, kind, f"{area / 100:.2f}".replace(".", ","),
        view, vn_price(price), vn_price(price * 95 // 100), status,
    )  # fmt: skip


def vn_price(amount: int) -> str:
    """Return an amount grouped by points, as is written in Vietnam."""
    return f"{amount:,}".replace(",", ".")


def write_vn(path: Path) -> None:
    """Write the workbook: a title, a gap, the header, the units."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": VN_TITLE, "created": datetime(2025, 1, 1)})
    sheet = book.add_worksheet("Bảng hàng")
    bold = book.add_format({"bold": True})
    sheet.write_string(0, 0, VN_TITLE, bold)
    sheet.write_row(2, 0, VN_HEADER, bold)
    for index, row in enumerate(vn_rows(), start=3):
        for column, cell in enumerate(row):
            sheet.write_string(index, column, cell)
    sheet.freeze_panes(3, 3)
    sheet.set_column(0, len(VN_HEADER) - 1, 16)
    book.close()


# --- China: two towers without 4th and 14th floors ----------------------------

CN_HEADER = (
    "楼栋", "楼层", "房号", "户型", "建筑面积(㎡)", "朝向", "总价(元)", "状态",
)  # fmt: skip
CN_TYPES = (
    ("三室两厅", 11860),
    ("两室两厅", 8940),
    ("两室一厅", 7680),
    ("四室两厅", 14320),
)
CN_VIEWS = ("南北通透", "朝南", "朝东南", "朝西")
CN_FLOORS = [floor for floor in range(2, 21) if floor not in (4, 14)]


def cn_rows() -> Iterator[Row]:
    """Yield both towers from the basement up: parking, shops, homes."""
    for tower in ("1号楼", "2号楼"):
        for place in range(1, 41):
            yield cn_row(tower, "地下1层", f"车位{place:03}", "车位", 1325, "", 11_500)
        for place in range(1, 6):
            area = 6200 + 730 * place
            yield cn_row(tower, "1层", f"商铺{place:02}", "商铺", area, "", 42_000)
        for floor in CN_FLOORS:
            for place, (kind, area) in enumerate(CN_TYPES, start=1):
                number = f"{floor:02}{place:02}"
                area += dice(tower, place, sides=90)
                view, per_sqm = CN_VIEWS[place - 1], 19_800 + 120 * floor
                yield cn_row(tower, f"{floor}层", number, kind, area, view, per_sqm)


def cn_row(
    tower: str, floor: str, number: str, kind: str, area: int, view: str, per_sqm: int
) -> Row:
    """Return one row, the price in whole hundreds."""
    price = area * per_sqm // 10_000 * 100
    status = "销控" if dice(tower, number, sides=100) < 22 else "可售"
    return (
        tower, floor, number, kind, f"{area / 100:.2f}", view, str(price), status,
    )  # fmt: skip


# --- Gulf: villas, town houses and plots ---------------------------------------

AE_HEADER = (
    "Cluster", "Unit no.", "Category", "Type", "Bedrooms", "Area (sqm)", "View",
    "Price (AED)", "Minimum price (AED)", "Status",
)  # fmt: skip
AE_CLUSTERS = ("Ghaf", "Sidr", "Samar")
AE_VIEWS = ("Lagoon", "Park", "Community")
#: Category, type, bedrooms, area and price of the square metre.
AE_HOMES = (
    ("Townhouse", "TH-3", 3, 21450, 11_900),
    ("Townhouse", "TH-4", 4, 24380, 11_600),
    ("Villa", "V-4", 4, 36210, 12_700),
    ("Villa", "V-5", 5, 44870, 13_100),
    ("Villa", "V-6", 6, 58300, 13_900),
)


def ae_rows() -> Iterator[Row]:
    """Yield three clusters of 32 homes and 8 plots each."""
    for cluster in AE_CLUSTERS:
        for place in range(1, 33):
            home = AE_HOMES[dice(cluster, place, sides=len(AE_HOMES))]
            category, kind, bedrooms, area, per_sqm = home
            number = f"{cluster[:2].upper()}-{place:03}"
            yield ae_row(cluster, number, (category, kind, bedrooms), area, per_sqm)
        for place in range(1, 9):
            area = 52000 + 1150 * dice(cluster, "plot", place, sides=20)
            number = f"{cluster[:2].upper()}-P{place:02}"
            yield ae_row(cluster, number, ("Plot", "Plot", ""), area, 4_300)


def ae_row(
    cluster: str, number: str, kind: tuple[str, str, object], area: int, per_sqm: int
) -> Row:
    """Return one row, the price in whole thousands."""
    view = dice("view", number, sides=len(AE_VIEWS))
    price = area * (per_sqm - 250 * view) // 100 // 1_000 * 1_000
    status = "Not released" if dice("ae", number, sides=100) < 25 else "Available"
    category, name, bedrooms = kind
    return (
        cluster, number, category, name, str(bedrooms), f"{area / 100:.2f}",
        AE_VIEWS[view], str(price), str(price * 94 // 100), status,
    )  # fmt: skip


def main(folder: Path) -> None:
    """Write every sample into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(folder / "tower_ph.csv", [PH_HEADER, *ph_homes(), *ph_parking()])
    write_vn(folder / "tower_vn.xlsx")
    write_csv(folder / "tower_cn.csv", [CN_HEADER, *cn_rows()], encoding="utf-8-sig")
    write_csv(folder / "villas_ae.csv", [AE_HEADER, *ae_rows()])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
