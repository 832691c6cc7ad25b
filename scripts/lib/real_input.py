"""The chain from an inventory file to the papers; read by Odoo's shell.

Uses public entry points only, as a stranger would. Each step prints its figures and
ends the run with exit code 1 when they do not add up.
"""

import csv
import io
import os
import sys
import traceback
from datetime import date
from pathlib import Path

from dateutil.relativedelta import relativedelta

env = env  # noqa: F821, PLW0127  (given by the shell)
SOURCE = Path(os.environ["REAL_INPUT"])
OUTPUT = Path(os.environ["OUTPUT"])
TODAY = date.today()


def step(text):
    print(f"\n\033[1m{text}\033[0m", flush=True)


def expect(truth, text):
    if not truth:
        raise AssertionError(text)
    print(f"  ok  {text}", flush=True)


def set_up_books():
    currency = env["res.currency"].with_context(active_test=False)
    currency.search([("name", "=", "PHP")]).active = True
    company = env.company
    if not company.chart_template:
        env["account.chart.template"].try_loading(
            "generic_coa", company, install_demo=False
        )
    company.action_realestate_setup()


def try_file(content, **options):
    return env["realestate.import"].run(
        "inventory", content, filename=SOURCE.name, **options
    )


def without_rows(content, rows):
    """The CSV without the rows of these numbers, as the sheet counts them."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    kept = [line for number, line in enumerate(lines, start=1) if number not in rows]
    out = io.StringIO()
    csv.writer(out).writerows(kept)
    return out.getvalue().encode()


def load_inventory():
    step(f"1. Import {SOURCE.name}")
    content = SOURCE.read_bytes()
    report = try_file(content, dry_run=True)
    print(f"  rows {report['rows_read']}, columns {report['columns']}")
    totals = report["totals"]
    print(
        f"  {totals['units']} units {totals['by_kind']}, "
        f"{totals['released']} released, {totals['area_predicted']:,.2f} m², "
        f"{totals['price_list']:,.2f} in all"
    )
    for error in report["errors"][:10]:
        print(f"  row {error['row']} {error['column']}: {error['message']}")
    expect(not env["realestate.unit"].search_count([]), "the dry run loads nothing")
    if report["errors"]:
        refused = try_file(content, dry_run=False)
        expect(not refused["loaded"], "a file with errors is not loaded")
        expect(not env["realestate.unit"].search_count([]), "and leaves nothing behind")
        rows = {error["row"] for error in report["errors"]}
        print(f"  resolved by taking out rows {sorted(rows)}")
        content = without_rows(content, rows)
    report = try_file(content, dry_run=False)
    expect(report["loaded"], f"loaded: {report['message']}")
    count = env["realestate.unit"].search_count([])
    expect(count == report["rows_read"], f"{count} units are there")


def show_floors():
    step("2. Floors, states, prices")
    units = env["realestate.unit"]
    floors = units._read_group([], ["floor_sequence", "floor"], ["__count"])
    print("  " + ", ".join(f"{floor} ({count})" for _seq, floor, count in floors))
    states = dict(units._read_group([], ["state"], ["__count"]))
    print(f"  {states}")
    expect(states.get("available"), "there are units on the market")
    pricelist = env["realestate.pricelist"].search([("state", "=", "effective")])
    expect(pricelist.line_ids, f"price list {pricelist.name} stands behind the prices")


def make_plan():
    return env["realestate.payment.plan"].create(
        {
            "name": "20 % down in 12 months, the rest on turnover",
            "line_ids": [
                (0, 0, {"name": "Down", "value": 20, "count": 12, "offset_months": 1}),
                (0, 0, {"name": "Rest", "amount_type": "balance", "offset_months": 24}),
            ],
        }
    )


def sell(count=3):
    step(f"3. Reserve and contract {count} units")
    plan = make_plan()
    units = env["realestate.unit"].search(
        [("state", "=", "available"), ("kind", "=", "home")], limit=count
    )
    contracts = env["realestate.contract"]
    for number, unit in enumerate(units, start=1):
        buyer = env["res.partner"].create(
            {"name": f"Buyer {number}", "email": f"buyer{number}@example.com"}
        )
        reservation = unit.action_reserve(buyer, plan, 20000)
        reservation.action_confirm()
        contract = reservation.action_convert()
        contract.date_contract = TODAY - relativedelta(months=6)
        for action in ("submit", "approve", "sign", "seal", "activate"):
            getattr(contract, f"action_{action}")()
        contracts += contract
        amounts = [line.amount for line in contract.installment_ids]
        expect(
            contract.currency_id.compare_amounts(sum(amounts), unit.price_list) == 0,
            f"{contract.name} {unit.name}: {len(amounts)} instalments come to "
            f"{contract.currency_id.format(unit.price_list)}",
        )
    expect(set(units.mapped("state")) == {"contracted"}, "the units are contracted")
    return contracts


def collect(contracts):
    step("4. Bill, pay, remind")
    billed = env["realestate.installment"].bill_due()
    expect(billed, f"{billed} instalments billed")
    expect(env["realestate.installment"].bill_due() == 0, "billing again bills nothing")
    payer = contracts[0]
    payer.register_payment(
        payer.amount_residual, None, TODAY, "real input", external_ref="REAL-1"
    )
    expect(payer.amount_overdue == 0, f"{payer.name} has paid what was due")
    for contract in contracts:
        expect(
            contract._get_ledger_difference() == 0,
            f"{contract.name}: its ledger equals accounting",
        )
    run = env["realestate.dunning.ladder"].run()
    decisions = {d.contract_id: d for d in run.decision_ids}
    for contract in contracts:
        decision = decisions[contract]
        print(f"  {contract.name}: {decision.action}, {decision.reason}")
    expect(decisions[payer].action != "send", "no notice to the one who has paid")
    expect(decisions[contracts[1]].action == "send", "a notice to the one who has not")


def print_papers(contracts):
    step("5. Papers")
    OUTPUT.mkdir(parents=True, exist_ok=True)
    reports = env["ir.actions.report"].with_context(force_report_rendering=True)
    for name, xmlid, record in (
        ("reservation", "realestate_sales.action_report_reservation", "reservation_id"),
        ("contract", "realestate_sales.action_report_contract", None),
        ("statement", "realestate_collection.action_report_statement", None),
    ):
        ids = (contracts[0][record] if record else contracts[0]).ids
        pdf, _kind = reports._render_qweb_pdf(xmlid, ids)
        path = OUTPUT / f"{name}.pdf"
        path.write_bytes(pdf)
        expect(pdf.startswith(b"%PDF"), f"{path} ({len(pdf) // 1024} kB)")


def main():
    set_up_books()
    load_inventory()
    show_floors()
    contracts = sell()
    collect(contracts)
    print_papers(contracts)
    step(f"The whole chain holds on {SOURCE.name}.")


try:
    main()
except BaseException as error:
    traceback.print_exc()
    print(f"\nstopped: {error}", flush=True)
    sys.stdout.flush()
    os._exit(1)
env.cr.rollback()
