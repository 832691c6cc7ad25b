from odoo import models


def given_records(env, model, value):
    """Return the records of ``model`` that a caller means.

    Python gives records, RPC their id or a list of ids; anything else means none, which
    the caller has to refuse with a sentence of its own.
    """
    records = env[model]
    if isinstance(value, models.BaseModel):
        return value if value._name == model else records
    numbers = value if isinstance(value, list | tuple) else [value]
    if any(not isinstance(one, int) or isinstance(one, bool) for one in numbers):
        return records
    return records.browse(numbers).exists()
