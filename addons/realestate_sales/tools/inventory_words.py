"""What the words in the cells of an inventory mean: kinds, types, statuses, yes and no.

All words are folded (see :mod:`.text`): no accents, no capitals.
"""

import re

from .text import arabic_digits, fold, has_phrase

KINDS = ("home", "parking", "storage", "plot", "shop")
#: The first kind with a word in the text wins: a parking lot is no plot.
_KIND_WORDS = {
    "parking": "parking|car park|carpark|garage|motorcycle|motorbike|bike|bicycle"
    "|xe may|o to|do xe|dau xe|de xe|车位|車位|停车|停車|车库|車庫",
    "storage": "storage|store room|storeroom|locker|kho|nha kho"
    "|储藏|储物|儲藏|仓库|倉庫",
    "shop": "shop|shophouse|shops|retail|commercial|office|kiot|kiosk|cua hang"
    "|thuong mai|商铺|店铺|商鋪|店鋪|店面|商业|商業",
    "plot": "plot|land|land plot|lot|dat nen|lo dat|nen dat|dat|地块|土地|宅地|地塊",
    "home": "home|house|apartment|apartments|flat|condo|condominium|unit|villa"
    "|townhouse|town house|residential|residence|studio|penthouse|ph|duplex|loft"
    "|bedroom|bedrooms|can ho|biet thu|nha pho|nha o|nha|chung cu"
    "|住宅|公寓|别墅|別墅|洋房|叠拼|联排|排屋|复式|平层",
}
#: Homes that stand on the ground by themselves.
_HOUSE_WORDS = (
    "villa|townhouse|town house|row house|bungalow|biet thu|nha pho|nha lien ke|lien ke"
    "|别墅|別墅|叠拼|联排|聯排|排屋|透天"
).split("|")
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
_YES_NO = {
    True: "yes|y|true|1|x|v|✓|✔|√|corner|corner unit|end unit"
    "|co|dung|goc|can goc|lo goc"
    "|是|有|对|對|转角|轉角|边角|边套|边户|端户|邊間|邊間戶",
    False: "no|n|false|0|none|not corner|inner|middle|mid unit"
    "|khong|khong goc|can giua"
    "|否|不是|无|無|没有|沒有|中间|中间套|中間|中間戶|非转角|非轉角",
}
_IS_BY_WORD = {
    word: is_true for is_true, words in _YES_NO.items() for word in words.split("|")
}
_STATUS_BY_WORD = {
    word: status for status, words in _STATUS_WORDS.items() for word in words.split("|")
}


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


def is_house(text: str) -> bool:
    """Tell whether a text names a home that needs no floor: a villa, a townhouse."""
    folded = fold(text)
    return any(has_phrase(folded, word) for word in _HOUSE_WORDS)


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


def corner_of(text: str) -> bool | None:
    """Return whether a word means a corner, or ``None`` if it says neither."""
    return _IS_BY_WORD.get(fold(text))
