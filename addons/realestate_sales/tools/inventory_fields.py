"""What the columns of an inventory are called in the languages of our markets.

All aliases are folded (see :mod:`.text`): no accents, no capitals.
An alias of one or two letters counts only when it is the whole header.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .text import fold, has_phrase


@dataclass(frozen=True)
class Field:
    """One thing an inventory may tell of a unit.

    ``value`` is how its cells are read: ``text``, ``number`` or ``word`` (one of
    a known vocabulary).
    """

    name: str
    label: str
    aliases: tuple[str, ...]
    value: str = "text"
    required: bool = False


def _field(name: str, label: str, aliases: str, value: str = "text", **values) -> Field:
    return Field(name, label, tuple(aliases.split("|")), value, **values)


FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        _field(
            "phase",
            "Phase",
            "phase|phase name|phase no|project phase|construction phase"
            "|giai doan|giai doan du an|phan ky"
            "|分期|分期名称|项目分期|所属分期|期|期数|期别|期別|期數|項目分期|所屬分期",
        ),
        _field(
            "building",
            "Building",
            "building|building name|tower|tower name|block|blk|bldg|cluster|zone"
            "|toa|toa nha|thap|block nha|khu|phan khu"
            "|楼栋|楼栋号|楼号|栋|栋号|幢|幢号|座|大楼|樓棟|棟|棟別|座別",
        ),
        _field(
            "floor",
            "Floor",
            "floor|floor no|floor number|floor level|level|storey|story|lvl"
            "|tang|tang so|lau|楼层|层|所在层|所在楼层|层号|樓層|層|樓別",
        ),
        _field(
            "number",
            "Unit number",
            "unit no|unit number|unit|unit code|unit id|unit name|no|number"
            "|apartment|apartment no|flat no|door no|plot|plot no|plot number"
            "|villa no|lot no|house no|space no|slot no"
            "|ma can|ma can ho|so can|so can ho|can|can ho|so nha|ma lo|so lo"
            "|ma san pham"
            "|房号|房间号|户号|室号|编号|房屋编号|单元编号|车位号|房號|戶號|編號",
            required=True,
        ),
        _field(
            "unit_type",
            "Unit type",
            "type|unit type|layout|model|home type|house type|bedroom type|villa type"
            "|loai|loai can|loai can ho|kieu can|户型|房型|类型|戶型|類型",
        ),
        _field(
            "kind",
            "Kind",
            "kind|unit kind|category|usage|use|property type|product type"
            "|loai hinh|loai san pham|cong nang"
            "|用途|物业类型|房屋用途|业态|产品类型|物業類型|用途別",
            "word",
        ),
        _field(
            "bedrooms",
            "Bedrooms",
            "bedrooms|bedroom|beds|br|no of bedrooms|number of bedrooms"
            "|so phong ngu|phong ngu|pn|卧室|卧室数|室数|房间数|臥室數",
            "number",
        ),
        _field(
            "view",
            "View",
            "view|views|facing|orientation|aspect|exposure"
            "|huong|huong nhin|tam nhin|huong ban cong|朝向|景观|景觀|方位",
        ),
        _field(
            "is_corner",
            "Corner",
            "corner|corner unit|is corner|corner home|corner plot|corner y/n"
            "|goc|can goc|lo goc|can ho goc"
            "|转角|转角房源|边角|边套|边户|端户|是否转角|轉角|邊間|邊間戶|是否邊間",
            "word",
        ),
        _field(
            "area_predicted",
            "Area",
            "area|floor area|unit area|net area|net floor area|gross area"
            "|gross floor area|gfa|saleable area|sellable area|carpet area"
            "|built up area|built-up area|bua|building area|total area|plot area"
            "|land area|predicted area|size|unit size"
            "|dien tich|dien tich tim tuong|dien tich thong thuy|dien tich can ho|dt"
            "|面积|建筑面积|预测面积|预测建筑面积|套内面积|面積|建築面積|預測面積",
            "number",
        ),
        _field(
            "area_measured",
            "Measured area",
            "measured area|actual area|surveyed area|as built area|as-built area"
            "|dien tich thuc te|dien tich do dac|实测面积|实测建筑面积|實測面積",
            "number",
        ),
        _field(
            "price_list",
            "List price",
            "list price|price|selling price|sale price|total price|asking price"
            "|total selling price|total contract price|tcp"
            "|gia|gia ban|gia niem yet|tong gia|tong gia ban|gia tri can ho"
            "|价格|总价|售价|标价|表价|挂牌价|总售价|價格|總價|售價|表價",
            "number",
        ),
        _field(
            "price_floor",
            "Floor price",
            "floor price|minimum price|min price|bottom price|lowest price"
            "|reserve price|gia san|gia toi thieu|gia thap nhat"
            "|底价|最低价|底價|最低價",
            "number",
        ),
        _field(
            "delivery_standard",
            "Delivery standard",
            "delivery standard|handover standard|finishing|finish|fit out|fit-out"
            "|tieu chuan ban giao|tinh trang ban giao|hoan thien"
            "|交付标准|交房标准|装修标准|交屋標準|交付標準|裝修標準",
        ),
        _field(
            "main_unit",
            "Sold with",
            "sold with|attached to|attached home|main unit|home unit|belongs to"
            "|ban kem|ban kem can|kem can|can chinh"
            "|随附住宅|所属房源|主房源|附属于|隨附住宅|所屬戶別|主戶別|附屬於",
        ),
        _field(
            "is_released",
            "Released",
            "status|sales status|sale status|unit status|availability|available"
            "|released|release|for sale"
            "|trang thai|tinh trang|tinh trang ban"
            "|状态|销售状态|可售状态|狀態|銷售狀態",
            "word",
        ),
    )
}

#: Headers about a price per area or about the building, not about the unit.
_NOT_OURS = (
    "unit price|price per|price/|rate per|per sqm|per sqft|per sq|per m2|psf"
    "|/m2|/sqm|/sqft|/ m2|don gia|单价|單價|元/|floor plan|floor height|premium"
    "|付款|phase date|launch date"
    "|总层数|层高|樓高"
).split("|")

_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_HEADER_SIGNS = str.maketrans(dict.fromkeys(".:?*_", " "))
_EXACT = 1000


class ColumnMatch(NamedTuple):
    """The column found for each field, and the columns no field wants."""

    mapping: dict[str, int]
    leftovers: list[int]


def match_columns(headers: Sequence[str]) -> ColumnMatch:
    """Find the column of each field by its header, in any of our languages.

    A header that is an alias beats one that contains an alias. Among the former
    the earlier alias wins, among the latter the longer one, and then the first
    column. A column is never given to its second best field: a wrong guess costs
    more than a blank.
    """
    best = []
    for column, header in enumerate(headers):
        scores = [(_score(header, field), field.name) for field in FIELDS.values()]
        score, name = max(scores, key=lambda pair: pair[0])
        if score:
            best.append((-score, column, name))
    found: dict[str, int] = {}
    for _rank, column, name in sorted(best):
        found.setdefault(name, column)
    mapping = {name: found[name] for name in FIELDS if name in found}
    taken = set(mapping.values())
    leftovers = [column for column in range(len(headers)) if column not in taken]
    return ColumnMatch(mapping, leftovers)


def _score(header: str, field: Field) -> int:
    whole = fold(header)
    if any(phrase in whole for phrase in _NOT_OURS):
        return 0
    text = " ".join(_BRACKETS.sub(" ", whole).translate(_HEADER_SIGNS).split())
    if text in field.aliases:
        return _EXACT - field.aliases.index(text)
    contained = (
        len(alias)
        for alias in field.aliases
        if len(alias) > (2 if alias.isascii() else 1) and has_phrase(text, alias)
    )
    return max(contained, default=0)
