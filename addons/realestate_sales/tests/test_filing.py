from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .filing_common import FilingCase


@tagged("post_install", "-at_install")
class TestFiling(FilingCase):
    def test_signing_opens_the_filing_with_its_deadline(self):
        contract = self._create_contract(state="approved")
        contract.with_user(self.officer).action_sign(date(2026, 1, 15))
        filing = contract.filing_ids
        # 15 January + 30 days; reminded 7 days before.
        self.assertRecordValues(
            filing,
            [
                {
                    "kind": "contract",
                    "state": "open",
                    "rule_id": self.rule.id,
                    "user_id": self.clerk.id,
                    "date_event": date(2026, 1, 15),
                    "date_due": date(2026, 2, 14),
                    "date_remind": date(2026, 2, 7),
                }
            ],
        )
        self.assertEqual(filing.step_ids.mapped("state"), ["open"])
        contract.action_seal()
        self.assertEqual(len(contract.filing_ids), 1)

    def test_without_a_rule_nothing_is_filed_nor_blocked(self):
        self.rule.active = False
        contract = self._create_contract(state="active")
        self.assertFalse(contract.filing_ids)
        contract.action_file()
        self.assertFalse(contract.filing_ids.date_due)
        contract.action_file()
        self.assertEqual(len(contract.filing_ids), 1)

    def test_an_unsigned_contract_is_not_filed(self):
        contract = self._create_contract(state="approved")
        with self.assertRaisesRegex(UserError, "is not signed yet"):
            contract.action_file()

    def test_a_rule_counted_from_activation_opens_at_activation(self):
        self.rule.trigger = "active"
        contract = self._create_contract(state="sealed")
        self.assertFalse(contract.filing_ids)
        contract.action_activate(date(2026, 3, 1))
        self.assertEqual(contract.filing_ids.date_due, date(2026, 3, 31))

    def test_the_rule_of_the_project_comes_before_that_of_the_law(self):
        law = self.env.ref("realestate_sales.filing_rule_cn_contract")
        self.project.jurisdiction_id = law.jurisdiction_id
        get = self.env["realestate.filing.rule"]._get_rule
        day = date(2026, 1, 15)
        self.assertEqual(get(self.project, "contract", day), self.rule)
        self.rule.date_from = date(2026, 2, 1)
        self.assertEqual(get(self.project, "contract", day), law)
        self.rule.write({"date_from": False, "date_to": date(2026, 1, 14)})
        self.assertEqual(get(self.project, "contract", day), law)
        self.rule.date_to = day
        self.assertEqual(get(self.project, "contract", day), self.rule)
        self.assertFalse(get(self.project, "change", day))
        self.assertFalse(
            get(self._create_project(code="X"), "contract", day), "no jurisdiction"
        )

    def test_before_a_contract_is_chosen_no_law_is_named(self):
        nothing = self.env["realestate.project"]
        found = self.rule._get_rule(nothing, self.rule.kind, date(2026, 1, 15))
        self.assertFalse(found)
        self.assertFalse(self.env["realestate.filing"].new({}).rule_id)

    def test_a_new_law_leaves_the_deadlines_of_before(self):
        filing = self._file()
        self.rule.term_length = 10
        self.env.flush_all()
        filing.invalidate_recordset()
        self.assertEqual(filing.date_due, date(2026, 2, 14))

    def test_a_filing_goes_out_comes_back_and_goes_out_again(self):
        filing = self._file(state="rejected")
        self.assertEqual(filing.reject_reason, "The seal is not legible")
        filing.action_prepare(date(2026, 1, 29))
        filing.action_submit(date(2026, 1, 30), " NO-7 ")
        filing.action_accept(date(2026, 2, 2))
        self.assertRecordValues(
            filing,
            [{"state": "accepted", "number": "NO-7", "rejection_count": 1}],
        )
        self.assertEqual(
            filing.step_ids.sorted("id").mapped("state"),
            ["open", "prepared", "submitted", "rejected"]
            + ["prepared", "submitted", "accepted"],
        )
        self.assertEqual(filing.contract_id.filing_number, "NO-7")

    def test_a_replay_changes_nothing(self):
        filing = self._file(state="accepted")
        before = filing.step_ids
        filing.action_accept(date(2026, 1, 30), "OTHER")
        self.assertEqual((filing.number, filing.step_ids), ("BA-1", before))

    def test_steps_come_in_their_order_and_not_ahead(self):
        filing = self._file()
        for action in ("submit", "accept"):
            with self.subTest(action=action), self.assertRaisesRegex(UserError, "only"):
                getattr(filing, f"action_{action}")(number="1")
        filing.action_prepare(date(2026, 1, 20))
        with self.assertRaisesRegex(UserError, "is before 2026-01-15"):
            filing.action_submit(date(2026, 1, 14))
        with self.assertRaisesRegex(UserError, "in the future"):
            filing.action_submit(date(2999, 1, 1))
        with self.assertRaisesRegex(UserError, "is no date"):
            filing.action_submit("soon")
        filing.action_submit(date(2026, 1, 21))
        with self.assertRaisesRegex(UserError, "is before 2026-01-21"):
            filing.action_accept(date(2026, 1, 20), "1")
        with self.assertRaisesRegex(UserError, "enter the number"):
            filing.action_accept(date(2026, 1, 22), "  ")
        for reason in (None, " ", 7, []):
            with self.subTest(reason=reason), self.assertRaisesRegex(UserError, "why"):
                filing.action_reject(reason)

    def test_the_number_is_of_one_contract_only(self):
        self._file(state="accepted")
        second = self._file(self._sign(self.units[1]), state="submitted")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            second.action_accept(date(2026, 1, 29), "BA-1")
            self.env.flush_all()

    def test_a_contract_has_one_filing(self):
        contract = self._sign()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["realestate.filing"].create({"contract_id": contract.id})
        contract.filing_ids.action_cancel("Filed on paper")
        again = self.env["realestate.filing"].create({"contract_id": contract.id})
        self.assertEqual(again.date_due, date(2026, 2, 14))

    def test_overdue_and_due_soon_go_by_the_day(self):
        filing = self._file()
        filings = self.env["realestate.filing"]
        # Remind from 7 to 14 February.
        for day, soon, late in (
            ("2026-02-06", False, False),
            ("2026-02-07", True, False),
            ("2026-02-14", True, False),
            ("2026-02-15", False, True),
        ):
            with self.subTest(day=day), freeze_time(day):
                filing.invalidate_recordset()
                self.assertEqual((filing.is_due_soon, filing.is_overdue), (soon, late))
                for field, wanted in (("is_due_soon", soon), ("is_overdue", late)):
                    for value in (True, False):
                        found = filings.search(
                            [("id", "=", filing.id), (field, "=", value)]
                        )
                        self.assertEqual(bool(found), value == wanted)
        with freeze_time("2026-03-01"):
            filing.action_prepare()
            filing.action_submit()
            self.assertFalse(filing.is_overdue)
            self.assertTrue(filing.was_late)
            self.assertFalse(filings.search([("is_overdue", "=", True)]) & filing)

    def _run_job(self, day):
        self.env.flush_all()
        with freeze_time(day), self.enter_registry_test_mode():
            job = self.env.ref("realestate_sales.ir_cron_remind_filings")
            job.method_direct_trigger()
        self.env.invalidate_all()

    def test_the_job_reminds_once_each(self):
        self.project.user_id = self.supervisor
        filing = self._file()
        self._run_job("2026-02-06")
        self.assertFalse(filing.activity_ids)
        for _twice in range(2):
            self._run_job("2026-02-08")
            self.assertEqual(filing.activity_ids.user_id, self.clerk)
            self.assertEqual(len(filing.activity_ids), 1)
        for _twice in range(2):
            self._run_job("2026-02-20")
            self.assertEqual(len(filing.activity_ids), 2)
        self.assertEqual(filing.activity_ids.user_id, self.clerk | self.supervisor)
        deadlines = set(filing.activity_ids.mapped("date_deadline"))
        self.assertEqual(deadlines, {filing.date_due})
        filing.action_prepare()
        filing.action_submit()
        self.assertFalse(filing.activity_ids)

    def test_a_change_is_tied_to_the_filing_it_changes(self):
        filed = self._file(state="accepted")
        contract = filed.contract_id
        self._create_rule(kind="change", term_length=10)
        change = contract._open_filing("change", date=date(2026, 2, 1), what="buyer")
        self.assertRecordValues(
            change,
            [{"filed_id": filed.id, "origin": contract, "date_due": date(2026, 2, 11)}],
        )
        self.assertEqual(filed.change_ids, change)
        other = self._file(self._sign(self.units[1]), state="accepted", number="BA-2")
        for vals, message in (
            ({"filed_id": other.id}, "has to be the filing of contract"),
            ({"filed_id": False}, "Say which filing"),
            (
                {
                    "filed_id": filed.id,
                    "origin": f"realestate.contract,{other.contract_id.id}",
                },
                "another contract",
            ),
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaisesRegex(ValidationError, message),
            ):
                change.write(vals)

    def test_what_was_never_filed_is_not_changed(self):
        contract = self._sign()
        self.assertFalse(contract._open_filing("change"))
        with self.assertRaisesRegex(ValidationError, "not accepted yet"):
            self.env["realestate.filing"].create(
                {
                    "contract_id": contract.id,
                    "kind": "change",
                    "filed_id": contract.filing_ids.id,
                }
            )

    def test_cancelling_a_filed_contract_opens_the_termination(self):
        filed = self._file(state="accepted")
        contract = filed.contract_id
        contract.action_cancel("The loan was refused")
        end = contract.filing_ids - filed
        self.assertRecordValues(
            end,
            [
                {
                    "kind": "termination",
                    "filed_id": filed.id,
                    "origin": contract,
                    "change_note": "The loan was refused",
                    "state": "open",
                }
            ],
        )
        self.assertFalse(filed.is_ended)
        for action in ("prepare", "submit"):
            getattr(end, f"action_{action}")()
        end.action_accept(number="END-1")
        self.assertTrue(filed.is_ended)

    def test_cancelling_a_contract_not_filed_yet_ends_its_filing(self):
        filing = self._file(state="prepared")
        filing.contract_id.action_cancel("The loan was refused")
        self.assertRecordValues(
            filing, [{"state": "cancelled", "cancel_reason": "The loan was refused"}]
        )
        self.assertEqual(filing.contract_id.filing_ids, filing)

    def test_stamps_are_asked_for_where_the_rule_says_so(self):
        self.rule.needs_stamp = True
        filing = self._file(state="prepared")
        with self.assertRaisesRegex(UserError, "No tax stamp is recorded"):
            filing.action_submit()
        stamp = self._stamp(filing)
        filing.action_submit()
        self.assertEqual(filing.stamp_amount, 125.5)
        stamp.action_void("Spoilt")
        self.assertEqual(filing.stamp_amount, 0)

    def _stamp(self, filing, **values):
        return self.env["realestate.tax.stamp"].create(
            {"filing_id": filing.id, "number": "TS-9", "amount": 125.5, **values}
        )

    def test_a_stamp_is_recorded_once_and_stays(self):
        filing = self._file()
        stamp = self._stamp(filing)
        for vals in ({"amount": 1}, {"number": "X"}, {"state": "void"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                stamp.write(vals)
        with self.assertRaises(UserError):
            stamp.unlink()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._stamp(filing)
        stamp.action_void("Spoilt")
        self.assertTrue(self._stamp(filing))
        for values in ({"amount": 0}, {"amount": -1}):
            with (
                self.subTest(values=values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
            ):
                self._stamp(filing, number="TS-10", **values)
        with self.assertRaisesRegex(UserError, "in the future"):
            self._stamp(filing, number="TS-11", date=date(2999, 1, 1))

    def test_papers_of_what_was_filed_stay(self):
        filing = self._file(state="prepared")
        paper = self.env["realestate.filing.file"].create(
            {"filing_id": filing.id, "name": "Form", "file": b"UERG"}
        )
        paper.copy().unlink()
        filing.action_submit()
        with self.assertRaisesRegex(UserError, "part of what was filed"):
            paper.unlink()
        with self.assertRaisesRegex(UserError, "part of what was filed"):
            paper.file = b"WFla"
