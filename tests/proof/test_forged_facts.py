"""What follows from facts is written by nobody's hand, whatever the roles."""

import pytest

#: Models whose rows are facts or follow from them, with what people do write on them.
FACTS = {
    "account.move": {
        "realestate_contract_id",
        "realestate_installment_id",
        "realestate_reservation_id",
    },
    "account.move.line": {"realestate_contract_id", "realestate_installment_id"},
    "account.payment": {
        "realestate_contract_id",
        "realestate_external_ref",
        "realestate_payer_id",
    },
    "payment.transaction": {"realestate_contract_id"},
}
OURS = (
    "realestate.building",
    "realestate.phase",
    "realestate.unit",
    "realestate.unit.claim",
    "realestate.unit.measure",
    "realestate.reservation",
    "realestate.contract",
    "realestate.contract.buyer",
    "realestate.contract.line",
    "realestate.installment",
    "realestate.milestone",
    "realestate.release",
    "realestate.pricelist",
    "realestate.pricelist.line",
    "realestate.pricelist.rule",
    "realestate.pricelist.history",
    "realestate.dunning.run",
    "realestate.dunning.decision",
    "realestate.dunning.notice",
)
#: Numbers are drawn, and may be brought along by who comes from another system.
SAID = {"name", "version"}
#: Odoo's own, of no weight here.
ODOOS = {"id", "create_uid", "create_date", "write_uid", "write_date", "display_name"}


def fact_fields(env, model):
    """Return the stored fields of ``model`` that no form lets anybody write."""
    if model in FACTS:
        return sorted(FACTS[model])
    return sorted(
        name
        for name, field in env[model]._fields.items()
        if field.store
        and field.column_type
        and field.readonly
        and name not in ODOOS
        and name not in SAID
        and not name.startswith(("message_", "activity_", "access_", "my_"))
    )


def forged(env, record, name):
    """Return a value that ``record`` does not have in the field ``name``, for RPC."""
    field = record._fields[name]
    if field.type == "many2one":
        other = env[field.comodel_name].search([("id", "!=", record[name].id)], limit=1)
        return other.id or False
    if field.type == "selection":
        usual = (record[name], field.default and field.default(record))
        return [value for value in field.get_values(env) if value not in usual][-1]
    return {
        "boolean": not record[name],
        "integer": 4711,
        "float": 47.11,
        "monetary": 4711,
        "date": "2001-01-01",
        "datetime": "2001-01-01 00:00:00",
        "reference": "res.partner,1",
    }.get(field.type, "forged")


def stored(env, model, number):
    """Return the row as the database has it."""
    env.cr.execute(f"SELECT * FROM {env[model]._table} WHERE id = %s", [number])
    return env.cr.dictfetchone()


def samples(env, street, model):
    """Return one record of ``model`` of the owner's, or any of the company's."""
    domains = [
        [("contract_id", "=", street.contract)],
        [("realestate_contract_id", "=", street.contract)],
        [("partner_id", "=", street.partner)],
        [("unit_id", "=", street.unit)],
        [("company_id", "=", street.office.company)],
    ]
    known = {"realestate.contract": street.contract, "realestate.unit": street.unit}
    if model in ("realestate.contract.line", "realestate.contract.buyer"):
        # Those of a draft are open to be written.
        return env[model].search([("contract_id", "=", street.draft)], limit=1)
    if model in known:
        return env[model].browse(known[model])
    for domain in domains:
        field = env[model]._fields.get(domain[0][0])
        if field and field.store:
            if found := env[model].search(domain, limit=1):
                return found
    return env[model]


@pytest.fixture(scope="module")
def furnished(stage, street):
    """Make what a street has not by itself: a list, a milestone, a dunning run."""
    office = street.office
    with stage.env(company=office.company) as env:
        pricelist = office.pricelist(env, [street.home], 2000000)
        env["realestate.pricelist.rule"].create(
            {"pricelist_id": pricelist, "name": "Base", "value": 20000}
        )
        env["realestate.milestone"].create(
            {"project_id": office.project, "code": "TOP", "name": "Topping out"}
        )
        env["realestate.phase"].create(
            {"project_id": office.project, "code": "P1", "name": "Phase 1"}
        )
        env["realestate.unit"].browse(street.unit).action_measure(50, "Survey")
        env["realestate.dunning.ladder"].run()
    return street


def attempts(stage, street):
    """Return (model, id, field, forged value) for every fact of the street."""
    with stage.env(company=street.office.company) as env:
        found = []
        for model in (*OURS, *FACTS):
            record = samples(env, street, model)
            for name in fact_fields(env, model) if record else ():
                value = forged(env, record, name)
                found.append((model, record.id, name, value))
        return found


def test_nobody_writes_a_fact(stage, furnished, rpc):
    staff = rpc("staff")
    taken, crashed, models = [], [], set()
    for model, number, name, value in attempts(stage, furnished):
        models.add(model)
        with stage.env() as env:
            before = stored(env, model, number)
        answer = staff.answer(model, "write", ids=[number], vals={name: value})
        with stage.env() as env:
            after = stored(env, model, number)
        if after is None or before[name] != after[name]:
            taken.append((model, name, value))
        if answer.status >= 500:
            crashed.append((model, name, answer.body["message"]))
    for t in taken:
        print(t)
    for t in crashed:
        print(t)
    assert len(models) > 12, models
    assert not taken
    assert not crashed


def sound_values(street):
    """Return (model, values) of records that staff may create."""
    office = street.office
    yield (
        "realestate.contract",
        {
            "project_id": office.project,
            "partner_id": street.partner,
            "plan_id": office.plan,
        },
    )
    yield (
        "realestate.reservation",
        {"unit_id": street.home, "partner_id": street.partner, "plan_id": office.plan},
    )
    yield (
        "realestate.milestone",
        {"project_id": office.project, "code": "X", "name": "X"},
    )
    yield "realestate.pricelist", {"project_id": office.project}


def test_nobody_creates_a_record_with_facts(stage, furnished, rpc):
    staff = rpc("staff")
    taken = []
    for model, values in sound_values(furnished):
        with stage.env(company=furnished.office.company) as env:
            known = samples(env, furnished, model)
            names = fact_fields(env, model)
            # A new record has no fact yet: what claims none is no forgery.
            blank = env[model].browse()
            forgeries = {
                name: forged(env, blank if known[name] is True else known, name)
                for name in names
            }
        for name, value in forgeries.items():
            for way in (
                {"vals_list": [{**values, name: value}]},
                {"vals_list": [values], "context": {f"default_{name}": value}},
            ):
                answer = staff.answer(model, "create", **way)
                if answer.status != 200:
                    continue
                (number,) = answer.body
                with stage.env() as env:
                    row = stored(env, model, number)
                if str(row[name]).split(".")[0] == str(value).split(".")[0]:
                    taken.append((model, name, way))
                undo(staff, model, number)
    for t in taken:
        print(t)
    assert not taken


def undo(staff, model, number):
    """Free what a creation that went through has taken."""
    if model == "realestate.reservation":
        staff.call(model, "action_cancel", ids=[number], reason="proof")
    elif model == "realestate.contract":
        staff.call(model, "action_cancel", ids=[number], reason="proof")
    else:
        staff.call(model, "unlink", ids=[number])


def test_the_money_of_a_contract_is_not_deleted(street, rpc):
    staff = rpc("staff")
    for model, domain in (
        ("realestate.contract", [["id", "=", street.contract]]),
        ("realestate.installment", [["contract_id", "=", street.contract]]),
        ("realestate.contract.line", [["contract_id", "=", street.contract]]),
        ("realestate.contract.buyer", [["contract_id", "=", street.contract]]),
        ("account.move", [["realestate_contract_id", "=", street.contract]]),
        ("account.payment", [["realestate_contract_id", "=", street.contract]]),
    ):
        ids = staff.call(model, "search", domain=domain)
        assert ids
        assert staff.answer(model, "unlink", ids=ids).status in (403, 422)
        assert staff.call(model, "search", domain=domain) == ids
