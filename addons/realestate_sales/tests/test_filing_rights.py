from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .filing_common import FilingCase


@tagged("post_install", "-at_install")
class TestFilingRights(FilingCase):
    def test_the_filing_officer_files_and_changes_no_contract(self):
        filing = self._file().with_user(self.clerk)
        filing.action_prepare(date(2026, 1, 20))
        filing.action_submit(date(2026, 1, 21))
        filing.action_accept(date(2026, 1, 22), "BA-1")
        self.assertEqual(filing.step_ids.sorted("id")[-1].user_id, self.clerk)
        contract = filing.contract_id
        self.assertTrue(contract.unit_names)
        with self.assertRaises(AccessError):
            contract.write({"date_contract": "2026-01-01"})
        with self.assertRaises(AccessError):
            filing.rule_id.write({"term_length": 99})

    def test_the_contract_desk_reads_what_is_filed(self):
        filing = self._file()
        for user in (self.officer, self.supervisor, self.lawyer, self.leader):
            with self.subTest(user=user.login):
                self.assertTrue(filing.with_user(user).name)
                with self.assertRaises(AccessError):
                    filing.with_user(user).action_prepare()
                with self.assertRaises(AccessError):
                    filing.with_user(user).action_cancel("Mine")
                with self.assertRaises(AccessError):
                    filing.contract_id.with_user(user).action_file()
        with self.assertRaises(AccessError):
            filing.with_user(self.agent).read(["name"])

    def test_the_desk_of_another_project_sees_nothing(self):
        filing = self._file()
        self.project.member_ids = self.supervisor
        filings = self.env["realestate.filing"].with_user(self.officer)
        self.assertFalse(filings.search([("id", "=", filing.id)]))
        with self.assertRaises(AccessError):
            filing.with_user(self.officer).read(["number"])

    def test_facts_are_not_forged(self):
        filing = self._file()
        forged = [
            {"state": "accepted"},
            {"number": "1"},
            {"date_due": "2030-01-01"},
            {"date_submitted": "2026-01-16"},
            {"rule_id": False},
            {"was_late": False},
            {"date_event": "2026-06-01"},
        ]
        for user in (self.clerk, self.manager):
            for vals in forged:
                with self.subTest(user=user.login, vals=vals):
                    with self.assertRaises(UserError):
                        filing.with_user(user).write(vals)
            with self.assertRaises(UserError):
                filing.with_user(user).create(
                    {"contract_id": filing.contract_id.id, "number": "9"}
                )
            with self.assertRaises(UserError):
                filing.with_user(user).unlink()
            with self.assertRaises(AccessError):
                filing.step_ids.with_user(user).unlink()

    def test_two_companies_never_mix(self):
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign", "realestate_sales.group_filing_officer", company=other
        )
        filing = self._file(state="prepared")
        stamp = self.env["realestate.tax.stamp"].create(
            {"filing_id": filing.id, "number": "TS-9", "amount": 1}
        )
        paper = self.env["realestate.filing.file"].create(
            {"filing_id": filing.id, "name": "Form", "file": b"UERG"}
        )
        for records in (filing, filing.step_ids, stamp, paper, self.rule):
            with self.subTest(model=records._name):
                seen = records.with_user(foreign).with_context(
                    allowed_company_ids=other.ids
                )
                self.assertFalse(seen.search([("id", "in", records.ids)]))
                with self.assertRaises(AccessError):
                    seen.read(["display_name"])
        with self.assertRaises(AccessError):
            filing.with_user(foreign).action_submit()
        with self.assertRaises(AccessError):
            self.env["realestate.filing"].with_user(foreign).create(
                {"contract_id": self._sign(self.units[1]).id, "kind": "change"}
            )

    def test_the_wizard_records_for_all_or_for_none(self):
        first = self._file(state="prepared")
        second = self._file(self._sign(self.units[1]))
        wizard = (
            self.env["realestate.filing.decide"]
            .with_user(self.clerk)
            .create(
                {
                    "filing_ids": (first + second).ids,
                    "step": "submit",
                    "date": "2026-01-22",
                }
            )
        )
        with self.assertRaisesRegex(UserError, "cannot become"):
            wizard.action_record()
        self.assertEqual(first.state, "prepared")
        second.action_prepare(date(2026, 1, 21))
        wizard.action_record()
        self.assertEqual((first + second).mapped("state"), ["submitted"] * 2)
        wizard = wizard.create(
            {"filing_ids": first.ids, "step": "accept", "number": "BA-3"}
        )
        wizard.action_record()
        self.assertEqual(first.number, "BA-3")
