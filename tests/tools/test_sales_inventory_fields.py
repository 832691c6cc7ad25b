"""Columns found by their headers, kinds and statuses by their words."""

import pytest
from realestate_sales.tools.inventory_fields import FIELDS, match_columns
from realestate_sales.tools.inventory_words import (
    bedrooms_of,
    corner_of,
    kind_of,
    status_of,
)
from realestate_sales.tools.text import fold


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (
            "Tower|Floor|Unit no.|Type|Floor area (sqm)|View|List price (PHP)|Status",
            "building floor number unit_type area_predicted view price_list "
            "is_released",
        ),
        (
            "Tòa|Tầng|Mã căn|Loại căn|Diện tích (m²)|Hướng|Giá bán (VND)|Giá sàn"
            "|Trạng thái",
            "building floor number unit_type area_predicted view price_list "
            "price_floor is_released",
        ),
        (
            "楼栋|楼层|房号|户型|建筑面积（㎡）|实测面积|朝向|总价（万元）|底价|状态",
            "building floor number unit_type area_predicted area_measured view "
            "price_list price_floor is_released",
        ),
        (
            "樓棟|樓層|房號|戶型|用途|建築面積|朝向|總價|銷售狀態",
            "building floor number unit_type kind area_predicted view price_list "
            "is_released",
        ),
        (
            "BLOCK|LEVEL|UNIT|CATEGORY|BEDROOMS|SALEABLE AREA (SQFT)|FACING"
            "|SELLING PRICE",
            "building floor number kind bedrooms area_predicted view price_list",
        ),
        (
            "TOA|TANG|SO CAN HO|LOAI HINH|SO PHONG NGU|DIEN TICH|GIA NIEM YET",
            "building floor number kind bedrooms area_predicted price_list",
        ),
        (
            "Unit area|Unit type|Unit|Floor price|Floor|Building area",
            "area_predicted unit_type number price_floor floor -",
        ),
        (
            "No.|Unit number|Unit price|Price per sqm|Đơn giá|单价|Floor plan|Premium",
            "- number - - - - - -",
        ),
        (
            "Net floor area|Tower name|Total selling price",
            "area_predicted building price_list",
        ),
        ("View: |#|unit_no.", "view - number"),
        (
            "Phase|Tower|Unit no.|Corner unit (Y/N)|Corner premium|Phase date",
            "phase building number is_corner - -",
        ),
        ("Giai đoạn|Tòa|Mã căn|Căn góc", "phase building number is_corner"),
        ("项目分期|楼栋|房号|是否转角|分期付款", "phase building number is_corner -"),
        ("分期|棟別|戶號|邊間", "phase building number is_corner"),
        ("期|期数|Khu|Góc", "phase - building is_corner"),
        ("Remarks||Broker", "- - -"),
    ],
)
def test_columns_are_matched_by_name(headers, expected):
    match = match_columns(headers.split("|"))
    wanted = {
        name: column for column, name in enumerate(expected.split()) if name != "-"
    }
    assert match.mapping == wanted
    taken = set(wanted.values())
    assert match.leftovers == [
        i for i in range(len(expected.split())) if i not in taken
    ]


def test_no_alias_stands_for_two_fields():
    aliases = [alias for field in FIELDS.values() for alias in field.aliases]
    assert sorted(set(aliases)) == sorted(aliases)
    assert [alias for alias in aliases if fold(alias) != alias] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("home", "home"),
        ("1BR", "home"),
        ("2 BHK", "home"),
        ("PH", "home"),
        ("Studio", "home"),
        ("Căn hộ", "home"),
        ("Biệt thự song lập", "home"),
        ("两室一厅", "home"),
        ("别墅", "home"),
        ("Parking", "parking"),
        ("Parking lot", "parking"),
        ("Motorcycle parking", "parking"),
        ("Chỗ đậu xe ô tô", "parking"),
        ("Xe máy", "parking"),
        ("地下车位", "parking"),
        ("Storage room", "storage"),
        ("Kho", "storage"),
        ("储藏室", "storage"),
        ("Shophouse", "shop"),
        ("Retail unit", "shop"),
        ("Nhà phố thương mại", "shop"),
        ("商铺", "shop"),
        ("Plot", "plot"),
        ("Residential lot", "plot"),
        ("Đất nền", "plot"),
        ("地块", "plot"),
        ("Castle", None),
        ("pilot", None),
        ("", None),
    ],
)
def test_kinds_are_understood(text, kind):
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "bedrooms"),
    [
        ("1BR", 1),
        ("2 Bedrooms", 2),
        ("3-bed", 3),
        ("2BHK", 2),
        ("2PN+1", 2),
        ("3 phòng ngủ", 3),
        ("Studio", 0),
        ("两室一厅", 2),
        ("三房", 3),
        ("十室", 10),
        ("PH", None),
        ("V-5", None),
        ("123BR", None),
    ],
)
def test_bedrooms_are_read_from_the_type(text, bedrooms):
    assert bedrooms_of(text) == bedrooms


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Available", "released"),
        ("Mở bán", "released"),
        ("可售", "released"),
        ("TRUE", "released"),
        ("blocked", "unreleased"),
        ("Not Released", "unreleased"),
        ("Khóa", "unreleased"),
        ("销控", "unreleased"),
        ("Sold", "taken"),
        ("Đã bán", "taken"),
        ("已售", "taken"),
        ("perhaps", None),
    ],
)
def test_statuses_are_understood(text, status):
    assert status_of(text) == status


@pytest.mark.parametrize(
    ("text", "is_corner"),
    [
        ("yes", True),
        ("X", True),
        ("1", True),
        ("✓", True),
        ("TRUE", True),
        ("Có", True),
        ("Căn góc", True),
        ("是", True),
        ("边套", True),
        ("邊間", True),
        ("No", False),
        ("0", False),
        ("không", False),
        ("否", False),
        ("中间套", False),
        ("perhaps", None),
        ("2", None),
        ("", None),
    ],
)
def test_corners_are_understood(text, is_corner):
    assert corner_of(text) is is_corner
