from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: What :mod:`..tools.unit_pattern` says, in the user's language, by its error codes.
PATTERN_MESSAGES = {
    "floor_twice": _lt(
        "Floor %(floor)s is listed twice, as %(first)s and as %(second)s. Keep one of "
        "them."
    ),
    "floor_unknown": _lt(
        "%(value)s is no floor we can read. Write it like 5, 12A, B2, LG, G, "
        "Mezzanine, PH or Roof."
    ),
    "floors_missing": _lt(
        "Line %(line)s: no floor is left. Name the floors, leave out fewer of them, or "
        "write a dash for units on no floor."
    ),
    "number_too_long": _lt(
        "Number %(number)s has more than %(maximum)s characters. Shorten the pattern."
    ),
    "number_twice": _lt(
        "Number %(number)s would be that of unit %(first)s on floor %(first_floor)s "
        "and of unit %(second)s on floor %(second_floor)s. Put {floor} into the "
        "pattern, or two digits as {unit:02}."
    ),
    "pattern_no_unit": _lt(
        "The number pattern names no {unit}: all units of a floor would have one "
        "number. Write it like {floor}{unit:02}."
    ),
    "pattern_unknown": _lt(
        "%(value)s in the number pattern is unknown. Use {building}, {floor} and "
        "{unit}, with :02 for two digits."
    ),
    "position_twice": _lt(
        "Unit %(unit)s on floor %(floor)s is in line %(first)s and in line %(second)s. "
        "Take it out of one of them."
    ),
    "range_mixed": _lt(
        "The ends of %(value)s do not belong together. Write both alike, like B2-B1 or "
        "2-25, and what is between them one by one."
    ),
    "range_too_long": _lt("%(value)s is more than %(maximum)s. Write a shorter range."),
    "too_many": _lt(
        "The lines come to more than %(maximum)s units. Generate them in several steps."
    ),
    "unit_twice": _lt(
        "Unit %(unit)s is listed twice in line %(line)s. Keep one of them."
    ),
    "units_missing": _lt(
        "Line %(line)s names no unit. Write them like 01-12, or A, B, C."
    ),
}
