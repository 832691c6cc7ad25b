from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: What :mod:`..tools.exchange` says of one cell, by its codes.
EXCHANGE_MESSAGES = {
    "bad_character": _lt("%(value)s holds a character that the file cannot carry."),
    "formula": _lt(
        "“%(value)s” would be computed by a spreadsheet program. Change how it begins."
    ),
    "missing": _lt("It is empty, and the authority asks for it."),
    "not_encodable": _lt(
        "“%(value)s” does not exist in %(encoding)s. Write it otherwise, or choose "
        "another encoding."
    ),
    "too_long": _lt(
        "“%(value)s” has %(length)s characters, the authority takes %(width)s."
    ),
    "not_ready": _lt(
        "The filing is “%(state)s”: what goes out is prepared before, and not answered "
        "yet."
    ),
}

#: What :mod:`..tools.filing_answer` says of one row, and what only the database knows.
ANSWER_MESSAGES = {
    "date_unreadable": _lt("“%(value)s” is no date as the format writes them."),
    "key_missing": _lt("The row does not say which filing it is about."),
    "key_twice": _lt("Rows %(rows)s are about the same filing. Keep one of them."),
    "number_twice": _lt("Rows %(rows)s give the same number to two filings."),
    "reason_missing": _lt("It is rejected without a reason. Fill the cell."),
    "result_unreadable": _lt(
        "“%(value)s” means neither accepted nor rejected: see the words of the format."
    ),
    "filing_unknown": _lt("There is no filing “%(key)s” here. Correct the cell."),
    "filing_ambiguous": _lt(
        "Contract %(key)s has several filings at the authority: %(filings)s. Answer by "
        "our reference."
    ),
    "not_submitted": _lt(
        "Filing %(filing)s is “%(state)s”: only what was submitted is answered."
    ),
    "number_missing": _lt("It is accepted without a number. Fill the cell."),
    "number_other": _lt(
        "Filing %(filing)s is accepted under %(number)s already. Nothing changes that."
    ),
    "number_taken": _lt("Filing %(filing)s has this number. Correct the cell."),
    "date_ahead": _lt("The date is in the future."),
    "date_early": _lt("The date is before %(date)s, when it was submitted."),
}
