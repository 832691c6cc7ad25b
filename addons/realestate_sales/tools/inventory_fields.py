"""What the columns of an inventory are called, and what their words mean.

All aliases and words are folded (see :mod:`.text`): no accents, no capitals.
An alias of one or two letters counts only when it is the whole header.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .text import arabic_digits, fold, has_phrase


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
            "|ma can|ma can ho|so can|so can ho|can|can ho|so nha|ma lo|so lo|ma san pham"
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
            "area_predicted",
            "Area",
            "area|floor area|unit area|net area|net floor area|gross area"
            "|gross floor area|gfa|saleable area|sellable area|carpet area|built up area|built-up area|bua"
            "|building area|total area|plot area|land area|predicted area|size|unit size"
            "|dien tich|dien tich tim tuong|dien tich thong thuy|dien tich can ho|dt"
            "|面积|建筑面积|预测面积|预测建筑面积|套内面积|面積|建築面積|預測面積|坪數",
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
            "is_released",
            "Released",
            "status|sales status|sale status|unit status|availability|available"
            "|released|release|for sale"
            "|trang thai|tinh trang|tinh trang ban|状态|销售状态|可售状态|狀態|銷售狀態",
            "word",
        ),
    )
}

#: Headers about a price per area or about the building, not about the unit.
_NOT_OURS = (
    "unit price|price per|price/|rate per|per sqm|per sqft|per sq|per m2|psf"
    "|/m2|/sqm|/sqft|/ m2|don gia|单价|單價|元/|floor plan|floor height|premium"
    "|总层数|层高|樓高"
).split("|")

_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_HEADER_SIGNS = str.maketrans(dict.fromkeys(".:?*_", " "))
_EXACT = 1000

KINDS = ("home", "parking", "storage", "plot", "shop")
#: The first kind with a word in the text wins: a parking lot is no plot.
_KIND_WORDS = {
    "parking": "parking|car park|carpark|garage|motorcycle|motorbike|bike|bicycle"
    "|xe may|o to|do xe|dau xe|de xe|车位|車位|停车|停車|车库|車庫",
    "storage": "storage|store room|storeroom|locker|kho|nha kho|储藏|储物|儲藏|仓库|倉庫",
    "shop": "shop|shophouse|shops|retail|commercial|office|kiot|kiosk|cua hang"
    "|thuong mai|商铺|店铺|商鋪|店鋪|店面|商业|商業",
    "plot": "plot|land|land plot|lot|dat nen|lo dat|nen dat|dat|地块|土地|宅地|地塊",
    "home": "home|house|apartment|apartments|flat|condo|condominium|unit|villa"
    "|townhouse|town house|residential|residence|studio|penthouse|ph|duplex|loft"
    "|bedroom|bedrooms|can ho|biet thu|nha pho|nha o|nha|chung cu"
    "|住宅|公寓|别墅|別墅|洋房|叠拼|联排|排屋|复式|平层",
}
_BEDROOMS = re.compile(
    r"(?<!\d)(\d{1,2}) ?-?(?:br|bhk|bdr|bed|beds|bedroom|bedrooms|pn|phong ngu"
    r"|室|房|居)(?![a-z])"
)

RELEASED = "released"
UNRELEASED = "unreleased"
TAKEN = "taken"
_STATUS_WORDS = {
    RELEASED: "available|released|release|open|for sale|on sale|selling|free|yes|y|true"
    "|1|con|con hang|con trong|dang ban|mo ban|dang mo ban|san sang|trong"
    "|可售|在售|待售|未售|可销售|已推|是|可售賣|銷售中",
    UNRELEASED: "blocked|block|hold|held|on hold|not released|unreleased|not available"
    "|unavailable|not for sale|closed|locked|no|n|false|0"
    "|khoa|da khoa|tam khoa|chua mo ban|chua ban|khong ban|giu lai"
    "|未推|未推售|销控|控销|不可售|保留|锁定|暂不可售|否|銷控|不可銷售|鎖定",
    TAKEN: "sold|reserved|booked|contracted|signed|handed over|under offer"
    "|da ban|da dat|da dat coc|dat coc|da coc|giu cho|dat cho"
    "|已售|已定|已订|认购|已认购|已签约|预订|预定|已預訂|認購|已簽約",
}
_STATUS_BY_WORD = {
    word: status for status, words in _STATUS_WORDS.items() for word in words.split("|")
}


class ColumnMatch(NamedTuple):
    """The column found for each field, and the columns no field wants."""

    mapping: dict[str, int]
    leftovers: list[int]


def match_columns(headers: Sequence[str]) -> ColumnMatch:
    """Find the column of each field by its header, in any of our languages.

    A header that is an alias beats one that contains an alias, a longer alias
    beats a shorter one, and then the first column wins. A column is never given
    to its second best field: a wrong guess costs more than a blank.
    """
    best = []
    for column, header in enumerate(headers):
        scores = [(_score(header, field), field.name) for field in FIELDS.values()]
        score, name = max(scores, key=lambda pair: pair[0])
        if score:
            best.append((-score, column, name))
    mapping: dict[str, int] = {}
    for _score_, column, name in sorted(best):
        mapping.setdefault(name, column)
    mapping = {name: mapping[name] for name in FIELDS if name in mapping}
    taken = set(mapping.values())
    leftovers = [column for column in range(len(headers)) if column not in taken]
    return ColumnMatch(mapping, leftovers)


def kind_of(text: str) -> str | None:
    """Return the kind of unit a text names, or ``None``: ``1BR`` is a home."""
    folded = fold(text)
    if folded in KINDS:
        return folded
    if bedrooms_of(text) is not None:
        return "home"
    for kind, words in _KIND_WORDS.items():
        if any(has_phrase(folded, word) for word in words.split("|")):
            return kind
    return None


def bedrooms_of(text: str) -> int | None:
    """Return the bedrooms a unit type names: ``2BR``, ``3PN``, ``两室一厅``."""
    folded = arabic_digits(fold(text))
    if has_phrase(folded, "studio"):
        return 0
    found = _BEDROOMS.search(folded)
    return int(found[1]) if found else None


def status_of(text: str) -> str | None:
    """Return whether a status word means released, unreleased or taken."""
    return _STATUS_BY_WORD.get(fold(text))


def _score(header: str, field: Field) -> int:
    whole = fold(header)
    if any(phrase in whole for phrase in _NOT_OURS):
        return 0
    text = " ".join(_BRACKETS.sub(" ", whole).translate(_HEADER_SIGNS).split())
    if text in field.aliases:
        return _EXACT + len(text)
    contained = (
        len(alias)
        for alias in field.aliases
        if len(alias) > (2 if alias.isascii() else 1) and has_phrase(text, alias)
    )
    return max(contained, default=0)
