from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: What is wrong with rows of units that are there already, by its codes.
UPDATE_MESSAGES = {
    "area_claimed": _lt(
        "Unit %(number)s is %(state)s: its sold area stays %(old)s m², not %(new)s. "
        "Write what was measured into a column of measured areas."
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
    "project_not_there": _lt(
        "There is no project %(project)s whose units could be updated. Correct the "
        "name, or choose the project."
    ),
    "project_unknown": _lt(
        "The file names no project and its buildings are in none that is known. Choose "
        "the project whose units are to be updated."
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
