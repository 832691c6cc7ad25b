import base64

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .fee_common import FeeCommon
from .test_portal import PortalCase

PDF = base64.b64encode(b"%PDF-1.4 receipt of one fee")


@tagged("post_install", "-at_install")
class TestFeeRights(FeeCommon):
    def test_agents_see_fees_of_their_buyers_and_the_desk_its_projects(self):
        contract = self._create_contract(user_id=self.officer.id)
        record = contract.fee_ids
        self.assertFalse(record.with_user(self.agent).search([("id", "=", record.id)]))
        for user in (self.officer, self.manager, self.lawyer, self.accountant):
            with self.subTest(user=user.login):
                seen = record.with_user(user)
                self.assertEqual(seen.search([("id", "=", record.id)]), record)
                self.assertEqual(seen.amount, 20000)
                self.assertFalse(seen.receipt_number)
        self.project.member_ids = contract.user_id = self.supervisor
        self.assertFalse(
            record.with_user(self.officer).search([("id", "=", record.id)])
        )
        contract.user_id = self.agent
        self.assertTrue(record.with_user(self.agent).amount)

    def test_companies_never_mix(self):
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign",
            "realestate_sales.group_manager,account.group_account_invoice",
            company=other,
        )
        contract = self._create_signed()
        self._pay(contract.fee_ids.move_id)
        payout = self._create_payout(contract.fee_ids)
        self.env.flush_all()
        account = self.env["realestate.fee.account"].search(
            [("company_id", "=", self.company.id)]
        )
        for records in (self.deed, contract.fee_ids, payout, payout.line_ids, account):
            with self.subTest(model=records._name):
                self.assertTrue(records)
                seen = records.with_user(foreign).with_context(
                    allowed_company_ids=other.ids
                )
                self.assertFalse(seen.search([("id", "in", records.ids)]))
                with self.assertRaises(AccessError):
                    seen.read(["display_name"])

    def test_a_payout_does_not_pay_fees_of_another_company(self):
        other = self._create_company("Other Developer", self.currency)
        contract = self._create_signed()
        self._pay(contract.fee_ids.move_id)
        payout = self.env["realestate.fee.payout"].create(
            {
                "company_id": other.id,
                "currency_id": self.currency.id,
                "partner_id": self.city.id,
                "line_ids": [Command.create({"fee_id": contract.fee_ids.id})],
            }
        )
        with self.assertRaisesRegex(Exception, "of another company"):
            payout.action_pay()

    def test_only_the_desk_and_accounting_invoice_fees(self):
        self.deed.due_rule = "handover"
        contract = self._create_signed(user_id=self.agent.id)
        for user in (self.agent, self.lawyer, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                contract.fee_ids.with_user(user).action_invoice()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                contract.with_user(user).action_sync_fees()
        contract.fee_ids.with_user(self.accountant).action_invoice()
        self.assertEqual(contract.fee_ids.state, "billed")

    def test_an_officer_is_told_of_payouts_and_does_not_read_them(self):
        contract = self._create_signed()
        self._pay(contract.fee_ids.move_id)
        payout = self._create_payout(contract.fee_ids)
        payout.action_pay()
        payout.receipt_number = "OR-7"
        seen = contract.fee_ids.with_user(self.officer)
        self.assertEqual(seen.receipt_number, "OR-7")
        with self.assertRaises(AccessError):
            payout.with_user(self.officer).read(["name"])

    def test_setting_up_and_changing_is_the_manager_s(self):
        record = self._create_contract().fee_ids
        for model, vals in (
            ("realestate.fee.setup", {"project_id": self.project.id}),
            ("realestate.contract.fee.change", {"fee_id": record.id, "reason": "x"}),
            ("realestate.fee.type", {"name": "X", "code": "X"}),
        ):
            for user in (self.supervisor, self.accountant, self.plain):
                with self.subTest(model=model, user=user.login):
                    with self.assertRaises(AccessError):
                        self.env[model].with_user(user).create(vals)


@tagged("post_install", "-at_install")
class TestFeePortal(PortalCase, FeeCommon):
    """Fees on the buyer's page; nobody else's receipt."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._pay(cls.contract.fee_ids.move_id)
        cls.other = cls._create_signed(
            cls.units[1], partner_id=cls.stranger.partner_id.id
        )
        cls._pay(cls.other.fee_ids.move_id)
        fees = cls.contract.fee_ids | cls.other.fee_ids
        cls.payout = cls._create_payout(fees)
        cls.payout.action_pay()
        cls.payout.write({"receipt_number": "OR-2026-9", "receipt_file": PDF})
        lines = cls.payout.line_ids
        cls.line = lines.filtered(lambda line: line.contract_id == cls.contract)
        cls.foreign = lines - cls.line
        cls.line.write({"receipt_file": PDF, "receipt_filename": "deed.pdf"})
        cls.foreign.write({"receipt_file": PDF})

    def test_the_buyer_sees_fees_and_what_became_of_them(self):
        self._login(self.buyer_user)
        page = self._get(self.url).text
        for part in ("Fees and taxes", "Deed Tax", "2 % of", "20,000.00", "OR-2026-9"):
            with self.subTest(part=part):
                self.assertIn(part, page)
        self.assertIn(f"{self.url}/fees/{self.line.id}/receipt", page)
        self.assertNotIn(f"/fees/{self.foreign.id}/receipt", page)

    def test_a_buyer_without_fees_sees_no_table(self):
        self.contract.fee_ids._write_facts(is_void=True)
        self._login(self.buyer_user)
        self.assertNotIn("Fees and taxes", self._get(self.url).text)

    def test_the_receipt_is_the_buyer_s_own(self):
        path = f"{self.url}/fees/{self.line.id}/receipt"
        self._login(self.buyer_user)
        answer = self._get(path)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(answer.content, base64.b64decode(PDF))
        foreign = self._get(f"{self.url}/fees/{self.foreign.id}/receipt")
        self.assertEqual(foreign.status_code, 303)
        self._login(self.stranger)
        self._assert_sent_home(path)
        self.authenticate(None, None)
        self._assert_sent_home(path)

    def test_a_script_in_a_receipt_is_not_run(self):
        self.line.receipt_file = base64.b64encode(b"<html><script>1</script></html>")
        self._login(self.buyer_user)
        answer = self._get(f"{self.url}/fees/{self.line.id}/receipt")
        self.assertEqual(answer.headers["Content-Type"], "application/octet-stream")
        self.assertIn("attachment", answer.headers["Content-Disposition"])

    def test_portal_users_read_no_fees_by_rpc(self):
        for model in ("contract.fee", "fee.type", "fee.payout", "fee.payout.line"):
            records = self.env[f"realestate.{model}"].with_user(self.buyer_user)
            with self.subTest(model=model), self.assertRaises(AccessError):
                records.search([])
        with self.assertRaises(AccessError):
            self.contract.with_user(self.buyer_user).read(["fee_ids"])
