"""What a row of an inventory would change in a unit that is there already.

Empty cells change nothing. Building and number are the key and the kind of a unit never
changes; the price of a claimed unit stays, and its area changes only by a measurement.
"""

from collections.abc import Container
from dataclasses import dataclass, field
from decimal import Decimal

from .inventory_report import UnitRow
from .inventory_words import kind_of
from .text import clean, same_name

#: What a file may change, in the order people read a unit.
UPDATED_FIELDS = (
    "phase",
    "floor",
    "unit_type",
    "view",
    "is_corner",
    "area_predicted",
    "area_measured",
    "price_list",
    "price_floor",
    "delivery_standard",
    "main_unit",
    "is_released",
)
PRICE_FIELDS = ("price_list", "price_floor")

Value = str | bool | Decimal


@dataclass(frozen=True)
class KnownUnit:
    """A unit as it is now; areas and prices as exact numbers, zero where there is none.

    ``claim`` is the name of the state of a claimed unit (``Reserved``), else empty.
    ``main_names`` are the ways to name the unit it is sold with, ``phase_names`` those
    to name the phase of its building, by :func:`.text.same_name`.
    """

    kind: str
    floor: str
    floor_sequence: int
    unit_type: str
    view: str
    area_predicted: Decimal
    area_measured: Decimal
    price_list: Decimal
    price_floor: Decimal
    is_released: bool
    claim: str = ""
    delivery_standard: str = ""
    main_unit: str = ""
    main_names: frozenset[str] = frozenset()
    phase: str = ""
    phase_names: frozenset[str] = frozenset()
    is_corner: bool = False


@dataclass(frozen=True)
class Change:
    """One cell that differs: the field with its value now and the one of the file."""

    field: str
    old: Value
    new: Value


@dataclass
class Comparison:
    """The changes of one row, or what is wrong with it as (field, code, params)."""

    changes: list[Change] = field(default_factory=list)
    errors: list[tuple[str, str, dict]] = field(default_factory=list)

    def change(self, name: str, old: Value, new: Value) -> None:
        """Note a cell that differs."""
        self.changes.append(Change(name, old, new))

    def error(self, name: str, code: str, **params) -> None:
        """Note why the row cannot be loaded."""
        self.errors.append((name, code, params))


def compare_unit(
    row: UnitRow,
    known: KnownUnit,
    *,
    is_taken: bool = False,
    with_status: bool = True,
    ignore_taken: bool = False,
    known_types: Container[tuple[str, str]] = (),
) -> Comparison:
    """Return what ``row`` would change in the unit ``known``.

    :param is_taken: whether the row calls the unit sold or reserved
    :param with_status: whether statuses put units on the market and take them off
    :param ignore_taken: whether a free unit that the row calls taken stays as it is,
        instead of being an error
    :param known_types: the unit types there are, as (:func:`.text.same_name`, kind)
    """
    found = Comparison()
    _compare_kind(row, known, found, known_types)
    if row.phase and same_name(row.phase) not in known.phase_names:
        found.change("phase", known.phase, row.phase)
    if "floor" in row.given and row.floor_sequence != known.floor_sequence:
        found.change("floor", known.floor, row.floor)
    _compare_type(row, known, found)
    if "view" in row.given and row.view != clean(known.view):
        found.change("view", known.view, row.view)
    if "is_corner" in row.given and row.is_corner != known.is_corner:
        found.change("is_corner", known.is_corner, row.is_corner)
    _compare_areas(row, known, found)
    _compare_prices(row, known, found)
    _compare_links(row, known, found)
    if is_taken:
        if not known.claim and not ignore_taken:
            found.error("is_released", "status_not_taken")
    elif with_status and "is_released" in row.given:
        _compare_status(row, known, found)
    if found.errors:
        found.changes = []
    return found


def _compare_kind(
    row: UnitRow, known: KnownUnit, found: Comparison, known_types: Container
) -> None:
    """Note a kind that the row, or the type it names, tells otherwise."""
    told, name = None, "kind"
    if "kind" in row.given:
        told = row.kind
    elif row.unit_type and same_name(row.unit_type) != same_name(known.unit_type):
        if (same_name(row.unit_type), known.kind) not in known_types:
            told, name = kind_of(row.unit_type), "unit_type"
    if told and told != known.kind:
        found.error(name, "kind_fixed", old=known.kind, new=told)


def _compare_type(row: UnitRow, known: KnownUnit, found: Comparison) -> None:
    if row.unit_type and same_name(row.unit_type) != same_name(known.unit_type):
        found.change("unit_type", known.unit_type, row.unit_type)


def _compare_areas(row: UnitRow, known: KnownUnit, found: Comparison) -> None:
    for name in ("area_predicted", "area_measured"):
        old, new = getattr(known, name), getattr(row, name)
        if new is None or new == old:
            continue
        if name == "area_predicted" and known.claim:
            found.error(name, "area_claimed", old=old, new=new, state=known.claim)
        else:
            found.change(name, old, new)


def _compare_prices(row: UnitRow, known: KnownUnit, found: Comparison) -> None:
    """Compare list and floor price; one that the row leaves out stays."""
    old = {name: getattr(known, name) for name in PRICE_FIELDS}
    told = {name: getattr(row, name) for name in PRICE_FIELDS}
    news = {
        name: price
        for name, price in told.items()
        if price is not None and price != old[name]
    }
    if not news:
        return
    name = next(iter(news))
    now = {**old, **news}
    if known.claim:
        params = {"old": old[name], "new": news[name], "state": known.claim}
        found.error(name, "price_claimed", **params)
    elif not now["price_list"]:
        found.error("price_list", "list_price_missing")
    elif now["price_floor"] > now["price_list"]:
        found.error(name, "floor_above_list", **now)
    else:
        for name, price in news.items():
            found.change(name, old[name], price)


def _compare_links(row: UnitRow, known: KnownUnit, found: Comparison) -> None:
    """Compare the standard of delivery, and the unit that this one is sold with."""
    standard = row.delivery_standard
    if standard and same_name(standard) != same_name(known.delivery_standard):
        found.change("delivery_standard", known.delivery_standard, standard)
    if row.main_unit and same_name(row.main_unit) not in known.main_names:
        if known.claim:
            found.error("main_unit", "attach_claimed", state=known.claim)
        else:
            found.change("main_unit", known.main_unit, row.main_unit)


def _compare_status(row: UnitRow, known: KnownUnit, found: Comparison) -> None:
    if row.is_released == known.is_released:
        return
    if not row.is_released and known.claim:
        found.error("is_released", "withdraw_claimed", state=known.claim)
    elif row.is_released and not (row.price_list or known.price_list):
        found.error("price_list", "price_missing")
    else:
        found.change("is_released", known.is_released, row.is_released)
