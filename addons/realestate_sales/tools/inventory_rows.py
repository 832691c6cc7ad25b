"""Read one row of an inventory into a unit, noting every wrong cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .floor import floor_key
from .inventory_report import RowError, UnitRow
from .inventory_words import (
    RELEASED,
    TAKEN,
    bedrooms_of,
    corner_of,
    is_house,
    kind_of,
    status_of,
)
from .money import MAX_AMOUNT, round_money
from .number_text import NumberError, detect_decimal_comma, read_number
from .table import Cell, Row, Table
from .text import fold
from .units import AREA_UNITS, header_area_unit, header_money

AREA_FIELDS = ("area_predicted", "area_measured")
PRICE_FIELDS = ("price_list", "price_floor")
LINK_FIELDS = ("delivery_standard", "main_unit", "phase")
NUMBER_FIELDS = (*AREA_FIELDS, *PRICE_FIELDS, "bedrooms")
#: What may stand on the ground by itself.
FLOORLESS_KINDS = ("plot", "shop")
MAX_TEXT = 64
MAX_AREA = Decimal(10) ** 6
MAX_BEDROOMS = 50
_CENTIARE = Decimal("0.01")
_NOTHING = frozenset("- -- --- . / n/a na tba tbd nil none".split())


@dataclass(frozen=True)
class Options:
    """What the file does not say by itself; see :func:`.inventory.check_inventory`."""

    decimal_places: int = 2
    currency: str | None = None
    building: str | None = None
    decimal_comma: bool | None = None
    default_released: bool = False
    default_kind: str = "home"


@dataclass(frozen=True)
class _NumberColumn:
    """How the numbers of one column are to be read."""

    decimal_comma: bool | None
    scale: int = 1
    area_factor: Decimal = Decimal(1)


class InventoryReader:
    """Reads the rows of one table; collects ``errors`` and ``warnings``."""

    def __init__(self, table: Table, columns: Mapping[str, int], options: Options):
        self.table = table
        self.columns = columns
        self.options = options
        self.errors: list[RowError] = []
        self.warnings: list[RowError] = []
        self.area_unit = next(filter(None, map(self._area_unit, AREA_FIELDS)), None)
        self.currency = options.currency or self._header_currency()
        self.numbers = self._number_columns()

    def header(self, name: str) -> str:
        """Return the header of the column of field ``name``, or nothing."""
        column = self.columns.get(name)
        return "" if column is None else self.table.headers[column]

    def check_headers(self) -> None:
        """Note the price columns whose header names another currency."""
        for name in PRICE_FIELDS:
            found = header_money(self.header(name)).currency
            if found and found != self.currency:
                self._currency_error(self.table.header_row_number, name, found)

    def _header_currency(self) -> str | None:
        found = (header_money(self.header(name)).currency for name in PRICE_FIELDS)
        return next(filter(None, found), None)

    def _area_unit(self, name: str) -> str | None:
        return header_area_unit(self.header(name))

    def _number_columns(self) -> dict[str, _NumberColumn]:
        """Return how to read each column; the file settles what one leaves open."""
        values = {
            name: [row[self.columns[name]] for row in self.table.rows]
            for name in NUMBER_FIELDS
            if name in self.columns
        }
        anywhere = detect_decimal_comma(
            cell for cells in values.values() for cell in cells
        )
        return {
            name: self._number_column(name, detect_decimal_comma(cells), anywhere)
            for name, cells in values.items()
        }

    def _number_column(
        self, name: str, own: bool | None, anywhere: bool | None
    ) -> _NumberColumn:
        known = (self.options.decimal_comma, own, anywhere)
        decimal_comma = next((one for one in known if one is not None), None)
        if name in PRICE_FIELDS:
            scale = header_money(self.header(name)).scale or 1
            return _NumberColumn(decimal_comma, scale=scale)
        factor = AREA_UNITS[self._area_unit(name) or "sqm"]
        return _NumberColumn(decimal_comma, area_factor=factor)

    def read_unit(self, number: int, row: Row) -> UnitRow:
        """Return the unit of ``row``; fields with an error are left empty."""
        reading = _RowReading(self, number, row)
        unit_type = reading.text("unit_type")
        floor = reading.text("floor")
        price_list = reading.price("price_list")
        kind = reading.kind(unit_type)
        return UnitRow(
            row=number,
            building=reading.building(),
            floor=floor,
            floor_sequence=reading.floor_sequence(floor),
            number=reading.unit_number(),
            kind=kind,
            unit_type=unit_type,
            bedrooms=reading.bedrooms(unit_type),
            view=reading.text("view"),
            area_predicted=reading.area("area_predicted"),
            area_measured=reading.area("area_measured"),
            price_list=price_list,
            price_floor=reading.price_floor(price_list),
            is_released=reading.is_released(),
            is_corner=reading.is_corner(),
            needs_floor=reading.needs_floor(kind, unit_type),
            given=reading.given(),
            **{name: reading.text(name) for name in LINK_FIELDS},
        )

    def error(self, row: int, name: str, code: str, **params) -> None:
        """Note an error in the cell of field ``name``."""
        self.errors.append(RowError(row, self.header(name), code, params))

    def warning(self, row: int, name: str, code: str, **params) -> None:
        """Note something worth knowing about the cell of field ``name``."""
        self.warnings.append(RowError(row, self.header(name), code, params))

    def cell_currency(self, row: int, name: str, found: str | None) -> bool:
        """Return whether a price is in the one currency of the inventory."""
        self.currency = self.currency or found
        if found in (None, self.currency):
            return True
        self._currency_error(row, name, found)
        return False

    def _currency_error(self, row: int, name: str, found: str) -> None:
        params = {"found": found, "expected": self.currency}
        self.error(row, name, "currency_mismatch", **params)


class _RowReading:
    """The cells of one row, each read as what its field is."""

    def __init__(self, reader: InventoryReader, number: int, row: Row):
        self.reader = reader
        self.options = reader.options
        self.number = number
        self.row = row

    def cell(self, name: str) -> Cell:
        """Return the cell of a field; dashes and n/a are nothing."""
        column = self.reader.columns.get(name)
        cell = None if column is None else self.row[column]
        return None if isinstance(cell, str) and fold(cell) in _NOTHING else cell

    def given(self) -> frozenset[str]:
        """Return the fields whose cells are filled."""
        filled = (name for name in self.reader.columns if self.cell(name) is not None)
        return frozenset(filled)

    def text(self, name: str) -> str:
        """Return a label: numbers as written, without a decimal point of zero."""
        cell = self.cell(name)
        if cell is None:
            return ""
        if isinstance(cell, date):
            self._error(name, "text_is_date", value=cell.isoformat())
            return ""
        text = _number_label(cell) if isinstance(cell, Decimal) else cell
        if len(text) > MAX_TEXT:
            self._error(name, "text_too_long", maximum=MAX_TEXT)
        return text[:MAX_TEXT]

    def building(self) -> str:
        """Return the building of the row, else the one given for the file."""
        building = self.text("building") or self.options.building or ""
        if not building:
            self._error("building", "building_missing")
        return building

    def unit_number(self) -> str:
        number = self.text("number")
        if not number and not isinstance(self.cell("number"), date):
            self._error("number", "number_missing")
        return number

    def floor_sequence(self, floor: str) -> int:
        """Return the order of the floor; zero where there is none."""
        try:
            return floor_key(floor) if floor else 0
        except ValueError:
            self._error("floor", "floor_unknown", value=floor)
            return 0

    def kind(self, unit_type: str) -> str:
        """Return the kind by its own column, else as the unit type tells it."""
        word = self.text("kind")
        if not word:
            return kind_of(unit_type) or self.options.default_kind
        kind = kind_of(word)
        if not kind:
            self._error("kind", "kind_unknown", value=word)
        return kind or self.options.default_kind

    def needs_floor(self, kind: str, unit_type: str) -> bool:
        """Return whether the unit is on a floor where others of its building are."""
        words = f"{self.cell('kind') or ''} {unit_type}"
        return kind not in FLOORLESS_KINDS and not is_house(words)

    def bedrooms(self, unit_type: str) -> int | None:
        """Return the bedrooms by their own column, else by the unit type."""
        value = self._number("bedrooms")
        if value is None:
            return bedrooms_of(unit_type)
        if value != int(value) or not 0 <= value <= MAX_BEDROOMS:
            self._error("bedrooms", "bedrooms_invalid", value=value)
            return None
        return int(value)

    def area(self, name: str) -> Decimal | None:
        """Return an area in square metres, rounded to two decimals."""
        value = self._positive(name, MAX_AREA)
        if value is None:
            return None
        return value.quantize(_CENTIARE, rounding=ROUND_HALF_UP)

    def price(self, name: str) -> Decimal | None:
        """Return a price in whole minor units."""
        value = self._positive(name, MAX_AMOUNT)
        if value is None:
            return None
        rounded = round_money(value, self.options.decimal_places)
        if rounded != value:
            self.reader.warning(
                self.number, name, "price_rounded", value=value, rounded=rounded
            )
        return rounded

    def price_floor(self, price_list: Decimal | None) -> Decimal | None:
        """Return the floor price, which is never above the list price."""
        price = self.price("price_floor")
        if price is not None and price_list is not None and price > price_list:
            params = {"price_floor": price, "price_list": price_list}
            self._error("price_floor", "floor_above_list", **params)
        return price

    def is_released(self) -> bool:
        """Return whether the unit may be sold; a unit already taken may not."""
        word = self.text("is_released")
        if not word:
            return self.options.default_released
        status = status_of(word)
        if not status:
            self._error("is_released", "status_unknown", value=word)
        if status == TAKEN:
            self.reader.warning(self.number, "is_released", "status_taken", value=word)
        return status == RELEASED

    def is_corner(self) -> bool:
        """Return whether the unit is a corner; nothing said is no."""
        word = self.text("is_corner")
        is_corner = corner_of(word) if word else False
        if is_corner is None:
            self._error("is_corner", "corner_unknown", value=word)
        return bool(is_corner)

    def _positive(self, name: str, maximum: Decimal) -> Decimal | None:
        value = self._number(name)
        if value is None:
            return None
        if value <= 0:
            self._error(name, "not_positive", value=value)
        elif value > maximum:
            self._error(name, "too_large", value=value)
        else:
            return value
        return None

    def _number(self, name: str) -> Decimal | None:
        cell = self.cell(name)
        if cell is None:
            return None
        if isinstance(cell, date):
            self._error(name, "text_is_date", value=cell.isoformat())
            return None
        column = self.reader.numbers[name]
        try:
            value, currency = read_number(cell, column.decimal_comma, column.scale)
        except NumberError as error:
            self._error(name, error.code, value=cell)
            return None
        if not self.reader.cell_currency(self.number, name, currency):
            return None
        return value * column.area_factor

    def _error(self, name: str, code: str, **params) -> None:
        self.reader.error(self.number, name, code, **params)


def _number_label(number: Decimal) -> str:
    """Return a number cell as the label it was typed as: 1204, not 1204.0."""
    return format(number.normalize(), "f")
