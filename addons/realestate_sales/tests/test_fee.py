from datetime import date

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .fee_common import FeeCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestFee(FeeCommon):
    """Which fees a contract bears, and what they come to."""

    # === AMOUNT === #

    def test_a_draft_takes_the_fees_of_its_project(self):
        contract = self._create_contract()
        # 2 % of 1,000,000.
        self.assertRecordValues(
            contract.fee_ids,
            [{"type_id": self.deed.id, "amount": 20000, "state": "planned"}],
        )
        self.assertEqual(contract.amount_fees, 20000)
        self.assertEqual(contract.amount_cost, 1020000)
        self.assertEqual(contract.fee_ids.authority_id, self.city)
        self.assertIn("2 % of", contract.fee_ids.explanation)

    def test_fees_follow_the_price_of_the_draft(self):
        contract = self._create_contract()
        contract.line_ids.price = 1500000
        self.assertEqual(contract.fee_ids.amount, 30000)

    def test_each_formula_is_applied_to_its_base(self):
        cases = [
            ({"formula": "fixed", "rate": 250}, 250),
            # 50 m² at 120.
            ({"formula": "area", "rate": 120}, 6000),
            ({"formula": "loan", "rate": 1}, 0),
            ({"formula": "net", "rate": 12, "in_price": True}, 107142.86),
            ({"rate": 1, "amount_min": 15000}, 15000),
            ({"rate": 1, "amount_max": 5000}, 5000),
            ({"rate": 0.12345, "rounding_unit": 100}, 1200),
        ]
        for number, (values, _amount) in enumerate(cases):
            self._create_type(code=f"C{number}", currency_id=self.currency.id, **values)
        contract = self._create_contract()
        amounts = contract.fee_ids.sorted("id").mapped("amount")
        self.assertEqual(sorted(amounts), sorted([20000, *(a for _v, a in cases)]))

    def test_only_units_of_the_kind_are_the_base(self):
        self.deed.unit_kind = "home"
        parking = self._create_units(1, first=901, kind="parking", price_list=50000)
        contract = self._create_contract()
        contract.line_ids = [Command.create({"unit_id": parking.id})]
        self.assertEqual(contract.amount_total, 1050000)
        self.assertEqual(contract.fee_ids.amount, 20000)
        self.deed.unit_kind = "shop"
        contract.action_sync_fees()
        self.assertFalse(contract.fee_ids)

    def test_only_contracts_of_the_project_currency_and_buyers_bear_it(self):
        usd = self._activate_currency("USD")
        other = self._create_project(code="WEST")
        for values in (
            {"project_ids": other.ids},
            {"currency_id": usd.id},
            {"is_company": True},
            {"is_automatic": False},
        ):
            with self.subTest(values=values):
                kind = self._create_type(code=str(values), **values)
                contract = self._create_contract(self.units[1])
                self.assertEqual(contract.fee_ids.type_id, self.deed)
                kind.active = False
                contract.action_cancel("next")
        self._create_type(code="PERSON", is_person=True)
        contract = self._create_contract(self.units[1])
        self.assertEqual(len(contract.fee_ids), 2)

    def test_minor_units_of_the_currency_are_kept(self):
        for name, price, amount in (("VND", 1234567, 24691), ("KWD", 777.777, 15.556)):
            with self.subTest(currency=name):
                money = self._activate_currency(name)
                project = self._create_project(code=name, currency_id=money.id)
                building = self._create_building(project, code=name)
                unit = self._create_units(1, building, price_list=price)
                self.assertEqual(self._create_contract(unit).fee_ids.amount, amount)

    def test_an_agreed_contract_keeps_its_fees(self):
        contract = self._create_contract(state="approved")
        self.deed.rate = 3
        self._create_type(code="LATER")
        contract.date_contract = date(2026, 2, 1)
        self.assertEqual(contract.fee_ids.amount, 20000)
        contract.with_user(self.officer).action_sync_fees()
        self.assertEqual(contract.fee_ids.mapped("amount"), [30000, 20000])

    # === DUE === #

    def test_each_rule_says_when_it_is_due(self):
        self._create_type(code="DAYS", due_rule="days", due_days=30, sequence=20)
        self._create_type(code="KEYS", due_rule="handover", sequence=30)
        self._create_type(
            code="DAY", due_rule="date", date_due="2027-01-15", sequence=40
        )
        contract = self._create_contract(state="approved")
        self.assertEqual(
            contract.fee_ids.mapped("date_due"),
            [False, False, False, date(2027, 1, 15)],
        )
        contract.action_sign("2026-03-01")
        self.assertEqual(
            contract.fee_ids.mapped("date_due"),
            [date(2026, 3, 1), date(2026, 3, 31), False, date(2027, 1, 15)],
        )
        contract.line_ids.unit_id._write_facts(date_handover="2026-03-02")
        self.assertEqual(contract.fee_ids[2].date_due, date(2026, 3, 2))
        keys = contract.fee_ids[2].with_user(self.officer)
        keys.date_due = "2026-12-24"
        self.assertEqual(keys.date_due, date(2026, 12, 24))

    # === CHANGED === #

    def test_a_manager_changes_the_amount_with_a_reason(self):
        contract = self._create_contract(state="approved")
        record = contract.fee_ids.with_user(self.manager)
        record.action_change_amount(12345.678, "Zonal value")
        self.assertRecordValues(
            record,
            [
                {
                    "amount": 12345.68,
                    "amount_computed": 20000,
                    "override_reason": "Zonal value",
                    "user_override_id": self.manager.id,
                    "explanation": "As agreed",
                }
            ],
        )
        contract.action_sync_fees()
        self.assertEqual(record.amount, 12345.68)

    def test_a_waived_fee_is_never_charged(self):
        contract = self._create_contract(state="approved")
        wizard = Form(
            self.env["realestate.contract.fee.change"]
            .with_user(self.manager)
            .with_context(default_fee_id=contract.fee_ids.id)
        )
        wizard.amount, wizard.reason = 0, "First home"
        wizard.save().action_change()
        contract.action_sign()
        self.assertFalse(contract.fee_ids.move_id)
        self.assertEqual(contract.amount_cost, 1000000)
        with self.assertRaisesRegex(UserError, "comes to nothing"):
            contract.fee_ids.action_invoice()

    def test_a_change_needs_manager_reason_and_amount(self):
        record = self._create_contract().fee_ids
        with self.assertRaisesRegex(AccessError, "Only a sales manager"):
            record.with_user(self.supervisor).action_change_amount(1, "x")
        for amount in (-1, float("nan"), float("inf"), "1", None, True, 10**16):
            with (
                self.subTest(amount=amount),
                self.assertRaisesRegex(UserError, "no amo"),
            ):
                record.with_user(self.manager).action_change_amount(amount, "x")
        for reason in (None, " ", 5):
            with self.subTest(reason=reason), self.assertRaisesRegex(UserError, "why"):
                record.with_user(self.manager).action_change_amount(1, reason)

    # === ADDED BY HAND === #

    def test_an_officer_adds_and_removes_a_fee_of_a_draft(self):
        extra = self._create_type(code="NOTARY", rate=1, is_automatic=False)
        contract = self._create_contract().with_user(self.officer)
        contract.fee_ids = [Command.create({"type_id": extra.id})]
        self.assertEqual(self._get_fee(contract, extra).amount, 10000)
        contract.line_ids.price = 2000000
        self.assertEqual(self._get_fee(contract, extra).amount, 20000)
        self._get_fee(contract, extra).unlink()
        with self.assertRaisesRegex(UserError, "a manager changes its amount"):
            self._get_fee(contract).unlink()

    def test_a_fee_is_not_there_twice(self):
        contract = self._create_contract()
        again = {"contract_id": contract.id, "type_id": self.deed.id}
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            contract.fee_ids.create(again)

    def test_no_fee_joins_an_ended_contract_or_another_company(self):
        other = self._create_company("Other", self.currency)
        foreign = self._create_type(code="F", company_id=other.id, project_ids=False)
        contract = self._create_contract()
        with self.assertRaisesRegex(UserError, "not one of Test Developer"):
            contract.fee_ids = [Command.create({"type_id": foreign.id})]
        contract.action_cancel("over")
        self.env.flush_all()
        with self.assertRaisesRegex(UserError, "no fee is added any more"):
            contract.fee_ids = [Command.create({"type_id": self.deed.id})]

    # === TYPES === #

    def test_types_that_make_no_sense_are_refused(self):
        for number, (values, message) in enumerate(
            [
                ({"formula": "fixed"}, "in which currency"),
                ({"amount_max": 5}, "in which currency"),
                ({"formula": "net"}, "Inside the Price"),
                ({"in_price": True, "payer": "seller"}, "paid by the buyer"),
                ({"due_rule": "date"}, "on which date"),
                (
                    {
                        "currency_id": self.currency.id,
                        "amount_min": 9,
                        "amount_max": 8,
                    },
                    "contradict",
                ),
                ({"currency_id": self.currency.id, "rounding_unit": 1e16}, "large"),
            ]
        ):
            with self.subTest(values=values):
                with self.assertRaisesRegex(ValidationError, message):
                    self._create_type(code=f"W{number}", **values)

    def test_ready_types_stay_out_of_contracts_until_a_project_takes_them(self):
        vietnam = self.env.ref("realestate_sales.jurisdiction_vn")
        self.project.jurisdiction_id = vietnam
        dong = self._activate_currency("VND")
        project = self._create_project(
            code="SAIGON", currency_id=dong.id, jurisdiction_id=vietnam.id
        )
        building = self._create_building(project, code="S1")
        unit = self._create_units(1, building, price_list=4000000000)
        self.assertEqual(self._create_contract(unit).fee_ids.type_id, self.deed)
        wizard = Form(
            self.env["realestate.fee.setup"]
            .with_user(self.manager)
            .with_context(default_project_id=project.id)
        ).save()
        codes = set(wizard.type_ids.mapped("code"))
        self.assertEqual(codes, {"VAT", "MAINTENANCE", "REGISTRATION"})
        action = wizard.action_take_over()
        taken = self.env["realestate.fee.type"].search(action["domain"])
        self.assertEqual(taken.company_id, self.company)
        self.assertEqual(len(taken), 3)
        contract = self.env["realestate.contract"].search(
            [("project_id", "=", project.id)]
        )
        contract.action_sync_fees()
        amounts = {one.type_id.code: one.amount for one in contract.fee_ids}
        # 10/110, 2 % and 0.5 % of 4 bn.
        self.assertEqual(
            amounts,
            {
                "DEED": 80000000,
                "VAT": 363636364,
                "MAINTENANCE": 80000000,
                "REGISTRATION": 20000000,
            },
        )
        # Taken over again, also for another project, they are the same ones.
        again = self.env["realestate.fee.setup"].create({"project_id": self.project.id})
        again.action_take_over()
        self.assertEqual(taken.project_ids, project | self.project)
        found = self.env["realestate.fee.type"].search(
            [("company_id", "=", self.company.id), ("code", "=", "VAT")]
        )
        self.assertEqual(len(found), 1)

    def test_every_market_has_ready_types_with_their_source(self):
        types = self.env["realestate.fee.type"].with_context(active_test=False)
        ready = types.search([("company_id", "=", False)])
        self.assertEqual(
            set(ready.jurisdiction_id.mapped("code")),
            {"PH", "IN", "AE-DU", "VN", "CN", "MY"},
        )
        self.assertFalse(ready.filtered("active"))
        self.assertFalse(ready.filtered(lambda kind: not kind.source))

    # === FACTS === #

    def test_facts_of_a_fee_are_not_forged(self):
        contract = self._create_contract(state="approved")
        record = contract.fee_ids.with_user(self.manager).with_context(force=True)
        for vals in (
            {"amount": 1},
            {"move_id": False},
            {"is_void": True},
            {"amount_collected": 20000},
            {"state": "paid_out"},
            {"ownership": "own"},
            {"account_id": self.account.id},
            {"type_id": self.deed.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                record.write(vals)
        extra = self._create_type(code="EXTRA", is_automatic=False)
        with self.assertRaises(UserError):
            record.create(
                {"contract_id": contract.id, "type_id": extra.id, "amount": 1}
            )
