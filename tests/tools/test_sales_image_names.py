"""What file names of pictures tell."""

import pytest
from realestate_sales.tools.image_names import find_name, kind_of_folder, name_key

KNOWN = {
    name_key(name): name
    for name in (
        "2BR",
        "2BR-A",
        "2BR/2T",
        "Villa 3",
        "三房两厅",
        "Tower A-1203",
        "Căn góc",
    )
}


@pytest.mark.parametrize(
    ("stem", "name", "kind", "number"),
    [
        ("2BR", "2BR", "", 0),
        ("2br", "2BR", "", 0),
        ("２BR", "2BR", "", 0),
        ("2BR_photo_1", "2BR", "photo", 1),
        ("2BR photo", "2BR", "photo", 0),
        ("2BR-Floor Plan-02", "2BR", "plan", 2),
        ("2BR (3)", "2BR", "", 3),
        ("2BR-A", "2BR-A", "", 0),
        ("2BR_A_plan", "2BR-A", "plan", 0),
        ("2BR-2T", "2BR/2T", "", 0),
        ("Villa 3", "Villa 3", "", 0),
        ("villa_3_10", "Villa 3", "", 10),
        ("Tower A-1203", "Tower A-1203", "", 0),
        ("tower_a_1203_photo_2", "Tower A-1203", "photo", 2),
        ("三房两厅", "三房两厅", "", 0),
        ("三房两厅_照片_2", "三房两厅", "photo", 2),
        ("三房两厅户型图", "三房两厅", "plan", 0),
        ("Căn góc - Mặt bằng", "Căn góc", "plan", 0),
        ("Căn góc ảnh 12", "Căn góc", "photo", 12),
    ],
)
def test_a_name_leads_to_its_record(stem, name, kind, number):
    reading, found = find_name(stem, KNOWN)
    assert (found, reading.kind, reading.number) == (name, kind, number)


@pytest.mark.parametrize(
    "stem", ["", "3BR", "photo", "photo_1", "2BRphoto", "1203", "-"]
)
def test_an_unknown_name_leads_nowhere(stem):
    assert find_name(stem, KNOWN)[1] is None


def test_the_whole_name_comes_before_its_parts():
    known = {"a-1": "unit", "a": "type"}
    assert find_name("A-1", known)[1] == "unit"
    assert find_name("A-2", known)[1] == "type"


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("Photos", "photo"), ("Mặt bằng", "plan"), ("户型图", "plan"), ("2026", "")],
)
def test_a_folder_may_tell_the_kind(folder, kind):
    assert kind_of_folder(folder) == kind
