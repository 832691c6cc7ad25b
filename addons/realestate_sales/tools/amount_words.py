"""Spell amounts out on contracts and receipts, as each language writes them there.

English and the other languages num2words knows follow it. Chinese uses the
financial capitals that cannot be altered (壹贰叁). Vietnamese names every empty
place (một nghìn không trăm lẻ năm), which num2words does not. Indian rupees are
lakhs and crores in any English, however many.
"""

from collections.abc import Callable
from decimal import Decimal

from num2words import num2words

from .money import round_money
from .number_grouping import is_lakh

_Speller = Callable[[int], str]


def amount_in_words(
    amount: Decimal,
    currency_name: str,
    unit: str,
    subunit: str,
    decimal_places: int,
    lang: str,
) -> str:
    """Return ``amount`` in words, with its currency, in the language ``lang``.

    A language nobody here can spell is answered in English.

    :param amount: rounded half up to the minor unit of its currency
    :param currency_name: ISO code; names the currency in Chinese and Vietnamese
    :param unit: what one is called, e.g. ``Pesos``
    :param subunit: what the smallest coin is called, e.g. ``Centavos``; without a
        name the rest is written as a fraction, ``50/100``
    :param lang: code of the language, e.g. ``en_US``, ``vi_VN``, ``zh_TW``
    """
    amount = round_money(amount, decimal_places)
    whole = int(abs(amount))
    rest = int((abs(amount) - whole).scaleb(decimal_places))
    if lang.startswith("zh"):
        chinese = _TRADITIONAL if lang in _TRADITIONAL_LANGS else _SIMPLIFIED
        prefix = chinese.minus if amount < 0 else ""
        return prefix + chinese.spell(whole, rest, decimal_places, currency_name)
    if lang.startswith("vi"):
        unit, subunit = _VIETNAMESE_NAMES.get(currency_name, (unit, subunit))
        names = (unit, subunit)
        text = _join(whole, rest, decimal_places, names, _vietnamese, " và ")
        return _sentence(f"âm {text}" if amount < 0 else text)
    if is_lakh(currency_name, lang) and lang.startswith("en"):
        lang = "en_IN"
    speller, minus, link = _speller(lang)
    text = _join(whole, rest, decimal_places, (unit, subunit), speller, link)
    return f"{minus}{text}" if amount < 0 else text


def _join(
    whole: int,
    rest: int,
    decimal_places: int,
    names: tuple[str, str],
    spell: _Speller,
    link: str,
) -> str:
    """Return whole units and, linked to them, subunits where there are any."""
    unit, subunit = names
    text = f"{spell(whole)} {unit}".strip()
    if not rest:
        return text
    if not subunit:
        return f"{text}{link}{rest:0{decimal_places}}/{10**decimal_places}"
    return f"{text}{link}{spell(rest)} {subunit}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- languages of num2words ----------------------------------------------------

_CRORE = 10**7


def _speller(lang: str) -> tuple[_Speller, str, str]:
    """Return how to spell in ``lang``, its minus and its link; else in English."""
    code = next(filter(_is_known, (lang, lang.split("_")[0])), "en")
    if code.startswith("en"):
        return (lambda number: _titled(_spelled(number, code))), "Minus ", " and "
    return (lambda number: _sentence(_spelled(number, code))), "- ", ", "


def _is_known(code: str) -> bool:
    try:
        return bool(num2words(1, lang=code))
    except NotImplementedError:
        return False


def _spelled(number: int, code: str) -> str:
    """Return the number in words, crores by the thousand where num2words ends."""
    if code == "en_IN" and number >= _CRORE:
        crores, rest = divmod(number, _CRORE)
        text = f"{_spelled(crores, code)} crore"
        if not rest:
            return text
        return f"{text}{' and' if rest < 100 else ','} {_spelled(rest, code)}"
    try:
        return num2words(number, lang=code)
    except OverflowError:
        return num2words(number, lang=code.split("_")[0])


def _titled(text: str) -> str:
    """Return English words with capitals but for the and: as cheques are written."""
    return text.title().replace(" And ", " and ")


# --- Vietnamese ----------------------------------------------------------------

_VIETNAMESE_DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()
_VIETNAMESE_SCALES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"))
_VIETNAMESE_NAMES = {
    "AED": ("dirham UAE", "fils"),
    "CNY": ("nhân dân tệ", "xu"),
    "EUR": ("euro", "xu"),
    "INR": ("rupee Ấn Độ", "paisa"),
    "MYR": ("ringgit Malaysia", "sen"),
    "PHP": ("peso Philippines", "centavo"),
    "USD": ("đô la Mỹ", "xu"),
    "VND": ("đồng", "xu"),
}


def _vietnamese(number: int, *, after_scale: bool = False) -> str:
    """Return a number as contracts spell it, no place left unsaid.

    :param after_scale: whether a larger part stands before it, so that empty
        hundreds are said: 1,005 is one thousand *no hundred* odd five
    """
    for scale, name in _VIETNAMESE_SCALES:
        if number >= scale:
            high, low = divmod(number, scale)
            text = f"{_vietnamese(high, after_scale=after_scale)} {name}"
            return f"{text} {_vietnamese(low, after_scale=True)}" if low else text
    return _vietnamese_hundreds(number, after_scale)


def _vietnamese_hundreds(number: int, say_hundreds: bool) -> str:
    hundreds, below = divmod(number, 100)
    words = []
    if hundreds or say_hundreds:
        words += [_VIETNAMESE_DIGITS[hundreds], "trăm"]
    if below or not words:
        words += _vietnamese_tens(below, odd=bool(words))
    return " ".join(words)


def _vietnamese_tens(number: int, odd: bool) -> list[str]:
    tens, ones = divmod(number, 10)
    if not tens:
        return ["lẻ", _VIETNAMESE_DIGITS[ones]] if odd else [_VIETNAMESE_DIGITS[ones]]
    words = ["mười"] if tens == 1 else [_VIETNAMESE_DIGITS[tens], "mươi"]
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 5:
        words.append("lăm")
    elif ones:
        words.append(_VIETNAMESE_DIGITS[ones])
    return words


# --- Chinese -------------------------------------------------------------------

_TRADITIONAL_LANGS = ("zh_TW", "zh_HK", "zh_MO")


class _Chinese:
    """Financial capitals: 人民币壹佰零伍元叁角整, 新臺幣壹萬元整."""

    def __init__(self, digits: str, scales: str, names: dict, unit: str, minus: str):
        self.digits = digits
        self.scales = tuple(zip((10**8, 10**4), scales, strict=True))
        self.names = names
        self.unit = unit
        self.minus = minus

    def spell(self, whole: int, rest: int, decimal_places: int, currency: str) -> str:
        """Return an amount; 整 closes it unless it has the smallest coin."""
        text = self.names.get(currency, currency)
        if whole or not rest:
            text += self.number(whole) + self.unit
        if not rest:
            return text + "整"
        coins = f"{rest:0{decimal_places}}"
        for place, (digit, coin) in enumerate(zip(coins, "角分厘毫丝忽", strict=False)):
            if digit != "0":
                text += self.digits[int(digit)] + coin
            elif whole and place == 0:
                text += self.digits[0]
        return text if coins[1:].strip("0") else text + "整"

    def number(self, number: int) -> str:
        """Return a whole number, empty places between others said once as 零."""
        for scale, name in self.scales:
            if number >= scale:
                high, low = divmod(number, scale)
                zero = self.digits[0] if 0 < low < scale // 10 else ""
                return self.number(high) + name + zero + self._low(low)
        return self._thousands(number)

    def _low(self, number: int) -> str:
        return self.number(number) if number else ""

    def _thousands(self, number: int) -> str:
        text = ""
        gap = False
        for digit, place in zip(f"{number:04}", ("仟", "佰", "拾", ""), strict=True):
            if digit == "0":
                gap = bool(text)
                continue
            text += (self.digits[0] if gap else "") + self.digits[int(digit)] + place
            gap = False
        return text or self.digits[0]


_SIMPLIFIED = _Chinese(
    "零壹贰叁肆伍陆柒捌玖",
    "亿万",
    {
        "AED": "阿联酋迪拉姆",
        "CNY": "人民币",
        "EUR": "欧元",
        "HKD": "港币",
        "INR": "印度卢比",
        "MYR": "马来西亚林吉特",
        "PHP": "菲律宾比索",
        "SGD": "新加坡元",
        "TWD": "新台币",
        "USD": "美元",
        "VND": "越南盾",
    },
    "元",
    "负",
)
_TRADITIONAL = _Chinese(
    "零壹貳參肆伍陸柒捌玖",
    "億萬",
    {
        "AED": "阿聯酋迪拉姆",
        "CNY": "人民幣",
        "EUR": "歐元",
        "HKD": "港幣",
        "INR": "印度盧比",
        "MYR": "馬來西亞令吉",
        "PHP": "菲律賓披索",
        "SGD": "新加坡元",
        "TWD": "新臺幣",
        "USD": "美元",
        "VND": "越南盾",
    },
    "元",
    "負",
)
