"""Group the digits of amounts as the country of their currency does."""

import re

#: Currencies whose amounts are written in lakhs and crores: 12,34,567.00.
LAKH_CURRENCIES = frozenset({"INR"})
#: Languages that follow it: English, and those of the subcontinent. Chinese or
#: Vietnamese readers of an Indian contract are used to their own thousands.
LAKH_LANGUAGES = frozenset("en as bn gu hi kn ml mr ne or pa sa ta te ur".split())


def is_lakh(currency: str, lang: str) -> bool:
    """Tell whether amounts of a currency are grouped in lakhs in a language.

    :param currency: ISO code
    :param lang: code of the language, e.g. ``en_US``
    """
    base = re.split(r"[_@-]", lang or "", maxsplit=1)[0]
    return currency in LAKH_CURRENCIES and base in LAKH_LANGUAGES


def group_lakh(text: str, separator: str = ",") -> str:
    """Return a formatted amount with its digits grouped 3, then 2, 2, …

    :param text: an amount as a language writes it, with or without a currency sign
    :param separator: between its groups of three
    """
    pattern = rf"\d+(?:{re.escape(separator)}\d{{3}})*" if separator else r"\d+"
    found = re.search(pattern, text)
    if not found:
        return text
    digits = found[0].replace(separator, "") if separator else found[0]
    return text[: found.start()] + _grouped(digits) + text[found.end() :]


def _grouped(digits: str) -> str:
    head, tail = digits[:-3], digits[-3:]
    groups = []
    while head:
        head, group = head[:-2], head[-2:]
        groups.insert(0, group)
    return ",".join([*groups, tail])
