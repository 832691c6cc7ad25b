"""What each project hands over, in the languages its buyers read."""

import re

TERM = re.compile("<li>(.*?)</li>")

FINISHED = {
    "en_US": (
        "Fully finished",
        "<ul><li>Engineered oak floors, porcelain tiles in the wet rooms</li>"
        "<li>Kitchen with hob, hood and oven</li>"
        "<li>Split air conditioning in every room</li>"
        "<li>Aluminium windows with double glazing</li></ul>",
    ),
    "vi_VN": (
        "Hoàn thiện đầy đủ",
        "<ul><li>Sàn gỗ sồi công nghiệp, gạch porcelain ở khu vực ướt</li>"
        "<li>Bếp có bếp từ, máy hút mùi và lò nướng</li>"
        "<li>Điều hoà hai cục ở mọi phòng</li>"
        "<li>Cửa sổ nhôm kính hai lớp</li></ul>",
    ),
}
SHELL = {
    "en_US": (
        "Bare shell",
        "<ul><li>Screed floors, plastered walls and ceilings</li>"
        "<li>Water, drainage and power brought to the rooms</li>"
        "<li>Entrance door and windows</li></ul>",
    ),
    "vi_VN": (
        "Giao thô",
        "<ul><li>Sàn cán vữa, tường và trần trát phẳng</li>"
        "<li>Cấp thoát nước và điện đến từng phòng</li>"
        "<li>Cửa chính và cửa sổ</li></ul>",
    ),
}


def set_standards(project):
    """Homes are finished, shops are a shell; each project has its own standards."""
    types = project.unit_ids.unit_type_id
    for code, texts, kinds in (
        ("FULL", FINISHED, ("home",)),
        ("SHELL", SHELL, ("shop",)),
    ):
        standard = project.env["realestate.delivery.standard"].create(
            {
                "name": texts["en_US"][0],
                "description": texts["en_US"][1],
                "code": code,
                "project_id": project.id,
            }
        )
        standard.with_context(lang="vi_VN").name = texts["vi_VN"][0]
        lines = (TERM.findall(texts[lang][1]) for lang in ("en_US", "vi_VN"))
        standard.update_field_translations(
            "description", {"vi_VN": dict(zip(*lines, strict=True))}
        )
        types.filtered(
            lambda unit_type, kinds=kinds: unit_type.kind in kinds
        ).delivery_standard_id = standard
