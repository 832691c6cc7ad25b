from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: What is wrong with rows of units that are there already, by its codes.
UPDATE_MESSAGES = {
    "area_claimed": _lt(
        "Unit %(number)s is %(state)s: its sold area stays %(old)s m², not %(new)s. "
        "Write what was measured into a column of measured areas."
    ),
    "attach_claimed": _lt(
        "Unit %(number)s is %(state)s: what it is sold with stays. Empty the cell, or "
        "release the claim first."
    ),
    "building_unknown": _lt(
        "There is no building %(building)s in the project. Correct its name, or choose "
        "to make new units too."
    ),
    "changed_since_check": _lt(
        "The units have changed since the file was checked: loading it now would do "
        "something else than was shown. Check it again."
    ),
    "kind_fixed": _lt(
        "Unit %(number)s is of the kind %(old)s and stays so; the row says %(new)s. "
        "Correct the row, or make another unit."
    ),
    "price_claimed": _lt(
        "Unit %(number)s is %(state)s: its price stays %(old)s, not %(new)s. Empty the "
        "cell, or take the row out of the file."
    ),
    "main_claimed": _lt(
        "Unit %(main)s is %(state)s: nothing more can be sold with it. Empty the cell, "
        "or release the claim first."
    ),
    "main_kind": _lt(
        "Unit %(number)s cannot be sold with %(main)s: parking and storage are sold "
        "with a home, a shop or a plot."
    ),
    "main_unknown": _lt(
        "There is no single unit %(main)s in the project or the file. Write building "
        "and number, such as A-1203."
    ),
    "project_not_there": _lt(
        "There is no project %(project)s whose units could be updated. Correct the "
        "name, or choose the project."
    ),
    "project_unknown": _lt(
        "The file names no project and its buildings are in none that is known. Choose "
        "the project whose units are to be updated."
    ),
    "standard_unknown": _lt(
        "There is no delivery standard %(value)s. Correct it, or make it in "
        "Configuration → Delivery Standards."
    ),
    "status_not_taken": _lt(
        "The file marks unit %(number)s as taken, but nobody has reserved or bought "
        "it. Enter its reservation or contract, or correct the status."
    ),
    "unit_not_there": _lt(
        "There is no unit %(number)s of %(building)s. Correct the number, or choose to "
        "make new units too."
    ),
    "withdraw_claimed": _lt(
        "Unit %(number)s is %(state)s and cannot be taken off the market. Empty the "
        "cell, or release the claim first."
    ),
}
