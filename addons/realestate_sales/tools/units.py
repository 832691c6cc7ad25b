"""Currencies, area units and words for millions beside numbers and in headers."""

import re
from decimal import Decimal
from typing import NamedTuple

from .text import fold

#: What people write for a currency, folded. Marks that several currencies share
#: (``$``, ``¥``, ``P``) name none.
_CURRENCY_MARKS = {
    "AED": "aed dhs dh dirham dirhams",
    "BHD": "bhd",
    "CNY": "cny rmb 人民币 人民幣 元",
    "EUR": "eur € 欧元",
    "GBP": "gbp £",
    "HKD": "hkd hk$ 港元 港币 港幣",
    "IDR": "idr rp",
    "INR": "inr rs rupee rupees ₹",
    "JPY": "jpy 日元",
    "KWD": "kwd",
    "MYR": "myr rm",
    "OMR": "omr",
    "PHP": "php peso pesos ₱",
    "QAR": "qar",
    "SAR": "sar",
    "SGD": "sgd s$",
    "THB": "thb ฿",
    "TWD": "twd ntd nt$ 新台币 新臺幣",
    "USD": "usd us$ 美元",
    "VND": "vnd dong d ₫ 越南盾",
    "": "$ ¥ p",
}
_SCALE_MARKS = {
    10**3: "k thousand thousands nghin ngan 千",
    10**4: "万 萬",
    10**5: "lakh lakhs lac",
    10**6: "million millions mn mil trieu tr",
    10**7: "crore crores cr",
    10**8: "亿 億",
    10**9: "billion bn ty ti",
}
_AREA_MARKS = {
    "sqm": "sqm|sq m|sq.m|sq. m|sq.m.|sq. m.|m2|sq meters|sq metres|square meters"
    "|square metres|平方米|平米|平方公尺",
    "sqft": "sqft|sq ft|sq.ft|sq. ft|sq.ft.|sq. ft.|ft2|sf|sq feet|square feet"
    "|平方英尺",
}
#: Square metres in one of the unit.
AREA_UNITS = {"sqm": Decimal(1), "sqft": Decimal("0.09290304")}


def _pattern(marks) -> re.Pattern:
    """Match any mark, the longest first, Latin ones only as words of their own."""
    alternatives = (
        rf"(?<![a-z]){re.escape(mark)}(?![a-z$])" if mark[0].isascii() else mark
        for mark in sorted(marks, key=len, reverse=True)
    )
    return re.compile("|".join(alternatives))


_CURRENCY_BY_MARK = {
    mark: code for code, marks in _CURRENCY_MARKS.items() for mark in marks.split()
}
_SCALE_BY_MARK = {
    mark: scale for scale, marks in _SCALE_MARKS.items() for mark in marks.split()
}
_UNIT_BY_MARK = {
    mark: unit for unit, marks in _AREA_MARKS.items() for mark in marks.split("|")
}
_MONEY_MARK = _pattern([*_CURRENCY_BY_MARK, *_SCALE_BY_MARK])
_AREA_MARK = _pattern(_UNIT_BY_MARK)
_AREA_TAIL = re.compile(rf"\s*(?:{_AREA_MARK.pattern})\s*$")


class MoneyMarks(NamedTuple):
    """Currencies and scale named in a text, and the text that is left of it."""

    currencies: frozenset[str]
    scale: int | None
    rest: str

    @property
    def currency(self) -> str | None:
        """The currency when exactly one is named."""
        return next(iter(self.currencies)) if len(self.currencies) == 1 else None


def money_marks(text: str) -> MoneyMarks:
    """Take the currency marks and the words for millions out of folded ``text``."""
    marks = _MONEY_MARK.findall(text)
    scale = None
    for mark in marks:
        if mark in _SCALE_BY_MARK:
            scale = (scale or 1) * _SCALE_BY_MARK[mark]
    currencies = {_CURRENCY_BY_MARK.get(mark) for mark in marks} - {None, ""}
    return MoneyMarks(frozenset(currencies), scale, _MONEY_MARK.sub(" ", text))


def without_area_unit(text: str) -> str:
    """Return folded ``text`` without the area unit at its end."""
    return _AREA_TAIL.sub("", text)


def header_money(header: str) -> MoneyMarks:
    """Return the currency and scale a price header names: ``总价（万元）``.

    Only what stands in brackets or after a comma or dash counts as a one-letter
    mark, so that the D of a block is no currency.
    """
    text = re.sub(r"(?<![(\[])(?<![a-z])[dkp](?![a-z])", " ", fold(header))
    return money_marks(text)


def header_area_unit(header: str) -> str | None:
    """Return ``sqm`` or ``sqft`` when a header names one of them."""
    found = _AREA_MARK.search(fold(header))
    return _UNIT_BY_MARK[found.group()] if found else None
