from decimal import Decimal

from ..tools import money

IDENTITY = "buyer.id_number"
#: What a column may hold: nothing else can be reached, whoever sets up a format. Each
#: is computed by the function of the same name below.
FILING_FIELDS = {
    "filing.reference": "Filing: our reference",
    "filing.kind": "Filing: contract, change or termination",
    "filing.number": "Filing: number of the authority",
    "filing.filed_number": "Filing: number of the filing that is changed",
    "filing.what": "Filing: what changed",
    "filing.change": "Filing: change in words",
    "filing.date_event": "Filing: day it counts from",
    "filing.date_due": "Filing: file by",
    "contract.number": "Contract: number",
    "contract.date": "Contract: date",
    "contract.date_signed": "Contract: signed on",
    "contract.price": "Contract: price",
    "contract.currency": "Contract: currency",
    "contract.plan": "Contract: payment plan",
    "project.name": "Project: name",
    "project.code": "Project: code",
    "project.permit": "Project: number of the sale permit",
    "units.names": "Units: all, one after the other",
    "units.area": "Units: area of all",
    "unit.building": "Unit: building",
    "unit.floor": "Unit: floor",
    "unit.number": "Unit: number",
    "unit.area": "Unit: area",
    "unit.price": "Unit: price in the contract",
    "buyers.names": "Buyers: all, one after the other",
    "buyer.name": "Buyer: name",
    "buyer.share": "Buyer: share in percent",
    "buyer.nationality": "Buyer: nationality (code)",
    "buyer.birth_date": "Buyer: date of birth",
    "buyer.phone": "Buyer: phone",
    "buyer.email": "Buyer: e-mail",
    "buyer.address": "Buyer: address",
    IDENTITY: "Buyer: ID number (recorded as a look)",
    "stamps.numbers": "Tax stamps: numbers",
    "stamps.amount": "Tax stamps: amount",
}


def field_value(key, filing, buyer, line):
    """Return what stands in the column ``key`` for one row: text, Decimal, date or
    ``None``.

    :param buyer: `realestate.contract.buyer`
    :param line: `realestate.contract.line`
    """
    subject, name = key.split(".")
    records = {"filing": filing, "buyer": buyer, "unit": line}
    record = records.get(subject, filing)
    return _READERS[subject](record, name) or None


def _filing(filing, name):
    values = {
        "reference": filing.name,
        "kind": filing.kind,
        "number": filing.number,
        "filed_number": filing.filed_id.number,
        "what": filing.what,
        "change": filing.change_note,
        "date_event": filing.date_event,
        "date_due": filing.date_due,
    }
    return values[name]


def _contract(filing, name):
    contract = filing.contract_id
    values = {
        "number": contract.name,
        "date": contract.date_contract,
        "date_signed": contract.date_signed,
        "price": _money(contract.amount_total, contract),
        "currency": contract.currency_id.name,
        "plan": contract.plan_id.name,
    }
    return values[name]


def _project(filing, name):
    project = filing.project_id
    if name == "permit":
        valid = project.permit_ids.filtered(lambda one: one.kind == "sale")
        return ", ".join(valid.filtered("is_valid").mapped("name"))
    return project[name]


def _units(filing, name):
    units = filing.contract_id.unit_ids
    if name == "area":
        return _area(sum(units.mapped("area")))
    return ", ".join(units.mapped("name"))


def _unit(line, name):
    unit = line.unit_id
    values = {
        "building": unit.building_id.name,
        "floor": unit.floor,
        "number": unit.number,
        "area": _area(unit.area),
        "price": _money(line.price, line.contract_id),
    }
    return values[name]


def _buyers(filing, _name):
    return ", ".join(filing.contract_id.buyer_ids.partner_id.mapped("name"))


def _buyer(buyer, name):
    partner = buyer.partner_id
    if f"buyer.{name}" == IDENTITY:
        return buyer._get_filing_identity()
    values = {
        "name": partner.name,
        "share": _area(buyer.share),
        "nationality": partner.realestate_nationality_id.code,
        "birth_date": partner.realestate_birth_date,
        "phone": partner.phone,
        "email": partner.email,
        "address": " ".join((partner.contact_address or "").split()),
    }
    return values[name]


def _stamps(filing, name):
    stamps = filing._get_stamps()
    if name == "amount":
        return _money(filing.stamp_amount, filing) if stamps else None
    return ", ".join(stamps.mapped("number"))


def _money(amount, record):
    return money.to_money(amount, record.currency_id.decimal_places)


def _area(number):
    return Decimal(str(round(number, 2))).quantize(Decimal("0.01"))


_READERS = {
    "filing": _filing,
    "contract": _contract,
    "project": _project,
    "units": _units,
    "unit": _unit,
    "buyers": _buyers,
    "buyer": _buyer,
    "stamps": _stamps,
}
