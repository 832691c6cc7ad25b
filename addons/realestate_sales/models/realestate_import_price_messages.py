from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: What is wrong with a file of prices, by its codes.
PRICE_MESSAGES = {
    "list_price_missing": _lt(
        "The list price is missing. Fill the cell, or take the row out of the file."
    ),
    "pricelist_missing": _lt("Choose the price list that the prices are for."),
    "pricelist_not_draft": _lt(
        "Price list %(pricelist)s is approved and stays as it is: copy it and import "
        "the prices into the copy."
    ),
    "unit_ambiguous": _lt(
        "Unit %(number)s is in several buildings: %(buildings)s. Add a column with the "
        "building."
    ),
    "unit_claimed": _lt(
        "Unit %(number)s is %(state)s: it keeps its price when the version becomes "
        "effective."
    ),
    "unit_twice": _lt(
        "Unit %(number)s of %(building)s stands in rows %(rows)s. Keep one of them."
    ),
    "unit_unknown": _lt(
        "There is no unit %(number)s of %(building)s in project %(project)s. Correct "
        "the number or the building."
    ),
}
