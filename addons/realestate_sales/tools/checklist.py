"""Which papers each buyer of a contract owes, by the kind of buyer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

FULL_AGE = 18
#: The kinds that a type of paper may be asked of, in the order they are shown in.
KINDS = ("person", "couple", "company", "foreigner", "minor")


@dataclass(frozen=True)
class Buyer:
    """What is known of a buyer.

    ``nationality`` is a country code, empty while unknown; ``spouse`` the key of the
    husband or wife, None for a single person.
    """

    key: int
    is_company: bool = False
    nationality: str = ""
    born: date | None = None
    spouse: int | None = None


@dataclass(frozen=True)
class PaperType:
    """A type of paper and the kinds of buyers it is asked of: any of them will do."""

    key: int
    kinds: frozenset[str]


def of_age_on(born: date, age: int = FULL_AGE) -> date:
    """Return the day somebody born on ``born`` comes of age.

    Who was born on 29 February comes of age on 1 March where the year has no 29th:
    nobody is taken for an adult a day too early.
    """
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def is_minor(born: date | None, day: date) -> bool:
    """Return whether somebody is under age on ``day``; the unknown are adults."""
    return born is not None and day < of_age_on(born)


def buyer_kinds(buyer: Buyer, country: str, day: date) -> frozenset[str]:
    """Return the kinds of ``buyer`` in a project in ``country`` on ``day``.

    A company is nothing else; a person may be a couple's half, a foreigner and a minor
    at the same time. Whose nationality is unknown is no foreigner yet.
    """
    if buyer.is_company:
        return frozenset({"company"})
    kinds = {
        "person": True,
        "couple": buyer.spouse is not None,
        "foreigner": bool(buyer.nationality and country)
        and buyer.nationality != country,
        "minor": is_minor(buyer.born, day),
    }
    return frozenset(kind for kind, holds in kinds.items() if holds)


def required_papers(
    buyers: Sequence[Buyer], types: Iterable[PaperType], country: str, day: date
) -> list[tuple[int, int]]:
    """Return (buyer, type) of each paper that the buyers of one contract owe.

    What is asked of a couple only is asked of the first of both, when both buy: one
    marriage certificate is enough.
    """
    types = list(types)
    required = []
    first_halves: set[int] = set()
    for buyer in buyers:
        kinds = buyer_kinds(buyer, country, day)
        if buyer.spouse in first_halves:
            kinds -= {"couple"}
        first_halves.add(buyer.key)
        required += [(buyer.key, one.key) for one in types if one.kinds & kinds]
    return required
