"""What checking an inventory yields: units, errors by cell, totals."""

from dataclasses import dataclass, field
from decimal import Decimal

#: English sentence per code; Odoo translates by ``code`` and ``params``.
MESSAGES = {
    # Errors: nothing is loaded while one of them stands.
    "bedrooms_invalid": "%(value)s is no number of bedrooms. Write a whole number "
    "from 0 to 50.",
    "building_missing": "The building is missing. Fill the cell.",
    "column_missing": "No column was found for %(field)s. Choose the column that "
    "holds it.",
    "column_twice": "Two columns are called %(header)s. Rename or remove one.",
    "column_unknown": "There is no column %(value)s for %(field)s. Choose one of the "
    "columns of the file.",
    "corner_unknown": "%(value)s does not say whether the unit is a corner. Write "
    "yes or no.",
    "currency_mismatch": "The amount is in %(found)s but %(expected)s is expected. "
    "Convert it or choose the other currency.",
    "field_unknown": "%(field)s is nothing an inventory is read for.",
    "floor_above_list": "The floor price %(price_floor)s is above the list price "
    "%(price_list)s.",
    "floor_missing": "The floor is missing; other units of %(building)s have one. "
    "Fill the cell.",
    "floor_unknown": "%(value)s is no floor we can read. Write it like 5, 12A, B2, "
    "LG, G, Mezzanine, PH or Roof.",
    "kind_unknown": "%(value)s is no kind of unit. Write home, parking, storage, "
    "plot or shop.",
    "not_positive": "%(value)s must be above zero.",
    "number_ambiguous": "%(value)s can be read as two numbers. Say whether the comma "
    "is the decimal sign of the file.",
    "number_duplicate": "Unit %(number)s of %(building)s stands in rows %(rows)s. "
    "Keep one of them.",
    "number_missing": "The unit number is missing. Fill the cell.",
    "number_unreadable": "%(value)s is no number. Write digits only.",
    "row_too_long": "The row has more cells than the header. Put quotes around "
    "values that contain the separator, or remove the extra cells.",
    "status_unknown": "%(value)s is no status. Write available or blocked.",
    "text_is_date": "%(value)s was turned into a date by the spreadsheet program. "
    "Format the column as text and write the value again.",
    "text_too_long": "The text has more than %(maximum)s characters. Shorten it.",
    "too_large": "%(value)s is too large to be true.",
    # Warnings: read as said, and loaded.
    "floor_spelling": "Floor %(value)s is the same as floor %(floor)s of "
    "%(building)s and is loaded under that name.",
    "price_rounded": "%(value)s is rounded to %(rounded)s.",
    "status_taken": "The unit is %(value)s in the file. It is loaded as not released: "
    "enter its reservation or contract.",
    "total_row": "The row of totals is not a unit and is left out.",
}


@dataclass(frozen=True)
class RowError:
    """One thing wrong (or, among the warnings, worth knowing) in one cell.

    ``row`` is the number people see in the spreadsheet, ``column`` the header
    over the cell or empty when the whole row is meant.
    """

    row: int
    column: str
    code: str
    params: dict = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The English sentence, with the way out."""
        return MESSAGES[self.code] % self.params


@dataclass(frozen=True)
class UnitRow:
    """One unit as the file tells it; what it does not tell is empty or ``None``.

    Areas are square metres with two decimals, prices are in the currency of the
    report and whole minor units. ``given`` names the fields whose cells are filled:
    what follows from others or from a default is not among them. ``needs_floor`` says
    whether it stands on a floor where its building has any.
    """

    row: int
    building: str
    floor: str
    floor_sequence: int
    number: str
    kind: str
    unit_type: str
    bedrooms: int | None
    view: str
    area_predicted: Decimal | None
    area_measured: Decimal | None
    price_list: Decimal | None
    price_floor: Decimal | None
    is_released: bool
    given: frozenset[str] = frozenset()
    delivery_standard: str = ""
    main_unit: str = ""
    phase: str = ""
    is_corner: bool = False
    needs_floor: bool = True


@dataclass
class InventoryReport:
    """The outcome: units to load, or what to correct.

    ``columns`` names the header used for each field and ``leftovers`` the headers
    nobody wanted: together the preview of the match. ``totals`` are those of
    ``rows``, to be compared with the totals of the source.
    """

    rows: list[UnitRow] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    warnings: list[RowError] = field(default_factory=list)
    totals: dict = field(default_factory=dict)
    rows_read: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    leftovers: list[str] = field(default_factory=list)
    currency: str | None = None
    area_unit: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the whole inventory may be loaded."""
        return not self.errors
