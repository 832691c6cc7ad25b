from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged

from .common import TODAY, RealestateCollectionCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestAccessRecords(RealestateCollectionCommon):
    """Which records a role sees: its company's, a buyer's own, a contract's entries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Other Developer", cls.currency)
        project = cls._create_project(company_id=cls.other.id, code="WEST")
        building = cls._create_building(project)
        cls.stranger = cls._create_partner(name="Stranger", email="s@example.com")
        cls.theirs = cls._create_active(
            cls._create_units(1, building, price_list=1200000),
            partner_id=cls.stranger.id,
        ).with_context(allowed_company_ids=cls.other.ids)
        cls.ours = cls._create_active()
        both = (cls.company | cls.other).ids
        env = cls.env(context={**cls.env.context, "allowed_company_ids": both})
        env["realestate.installment"].bill_due()
        env["realestate.dunning.ladder"].run()
        cls._pay(cls.ours, 100)
        cls._pay(cls.theirs, 100)

    def _everything(self, model, contract):
        field = "contract_id" if model.startswith("realestate") else None
        field = field or "realestate_contract_id"
        return self.env[model].sudo().search([(field, "=", contract.id)])

    def _models(self):
        return (
            "realestate.installment",
            "realestate.statement.line",
            "realestate.dunning.notice",
            "realestate.dunning.decision",
            "account.move",
            "account.move.line",
            "account.payment",
        )

    def test_an_officer_sees_the_own_company_only(self):
        for model in self._models():
            with self.subTest(model=model):
                ours = self._everything(model, self.ours).with_user(self.collector)
                theirs = self._everything(model, self.theirs).with_user(self.collector)
                self.assertTrue(ours)
                self.assertTrue(theirs)
                self.assertEqual(ours._filtered_access("read"), ours)
                self.assertFalse(theirs._filtered_access("read"))
                found = theirs.with_context(allowed_company_ids=self.company.ids)
                self.assertFalse(found.search([("id", "in", theirs.ids)]))

    def test_an_officer_bills_books_and_duns_the_own_company_only(self):
        collector = self.collector
        self.assertEqual(self.installments.with_user(collector).bill_due(), 0)
        with self.assertRaises(AccessError):
            self._pay(self.theirs.with_user(collector), 100)
        run = self.env["realestate.dunning.ladder"].with_user(collector).run()
        self.assertEqual(run.company_id, self.company)
        self.assertEqual(run.decision_ids.contract_id, self.ours)
        with self.assertRaises(AccessError):
            self.theirs.with_user(collector)._get_statement()

    def test_runs_and_ladders_are_the_company_s(self):
        for model in ("realestate.dunning.run", "realestate.dunning.ladder"):
            records = self.env[model].with_user(self.collector).search([])
            self.assertEqual(records.company_id, self.company)

    def test_an_officer_sees_no_accounting_beside_contracts(self):
        move = self.env["account.move"].create(
            {"move_type": "entry", "journal_id": self.bank.id}
        )
        payment = self.env["account.payment"].create(
            {"amount": 5, "journal_id": self.bank.id, "partner_id": self.stranger.id}
        )
        for record in (move, payment):
            self.assertFalse(record.with_user(self.collector).has_access("read"))
            self.assertTrue(record.with_user(self.accountant).has_access("read"))

    def test_an_accountant_who_also_collects_loses_nothing(self):
        both = self._create_user(
            "both",
            "account.group_account_invoice,realestate_collection.group_officer",
        )
        payment = self.env["account.payment"].create(
            {"amount": 5, "journal_id": self.bank.id, "partner_id": self.stranger.id}
        )
        journals = self.env["account.journal"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertTrue(payment.with_user(both).has_access("read"))
        seen = journals.with_user(both)._filtered_access("read")
        self.assertEqual(seen, journals)

    def test_an_officer_sees_the_journals_money_comes_in_by(self):
        journals = self.env["account.journal"].search(
            [("company_id", "=", self.company.id)]
        )
        seen = journals.with_user(self.collector)._filtered_access("read")
        self.assertLessEqual(set(seen.mapped("type")), {"bank", "cash", "sale"})
        self.assertIn(self.bank, seen)

    # === BUYERS === #

    def _create_portal_user(self, partner, login):
        return new_test_user(
            self.env, login=login, groups="base.group_portal", partner_id=partner.id
        )

    def test_a_buyer_reads_the_own_statement_only(self):
        buyer = self._create_portal_user(self.buyer, "portal_own")
        lines = self.env["realestate.statement.line"].with_user(buyer)
        found = lines.search([])
        self.assertEqual(found.contract_id, self.ours.with_user(buyer))
        self.assertEqual(found.mapped("balance"), [100000, 200000, 199900])
        theirs = self._everything("realestate.statement.line", self.theirs)
        self.assertFalse(theirs.with_user(buyer)._filtered_access("read"))
        self.assertEqual(self.ours.with_user(buyer)._get_statement()["closing"], 199900)
        with self.assertRaises(AccessError):
            self.theirs.with_user(buyer)._get_statement()

    def test_a_co_buyer_reads_the_shared_statement(self):
        partner = self._create_partner(name="Co-buyer")
        unit = self.units[1]
        shared = self._create_billed(
            unit,
            buyer_ids=[
                Command.create(
                    {"partner_id": self.buyer.id, "share": 60, "is_main": True}
                ),
                Command.create({"partner_id": partner.id, "share": 40}),
            ],
        )
        buyer = self._create_portal_user(partner, "portal_shared")
        lines = self.env["realestate.statement.line"].with_user(buyer).search([])
        self.assertEqual(lines.contract_id.ids, shared.ids)

    def test_a_buyer_reads_no_notice_and_no_payment(self):
        buyer = self._create_portal_user(self.buyer, "portal_none")
        for model in (
            "realestate.dunning.notice",
            "realestate.dunning.decision",
            "account.payment",
        ):
            records = self._everything(model, self.ours).with_user(buyer)
            with self.subTest(model=model), self.assertRaises(AccessError):
                records.check_access("read")

    def test_a_stranger_prints_nothing_of_a_buyer(self):
        stranger = self._create_portal_user(self.stranger, "portal_stranger")
        notice = self._everything("realestate.dunning.notice", self.ours)
        report = self.env["ir.actions.report"].with_user(stranger)
        report = report.with_context(force_report_rendering=True)
        for name, record in (
            ("realestate_collection.action_report_statement", self.ours),
            ("realestate_collection.action_report_dunning_letter", notice),
        ):
            with self.subTest(report=name), self.assertRaises(AccessError):
                report._render_qweb_pdf(name, record.ids)

    def test_a_letter_is_as_secret_as_its_contract(self):
        notice = self._everything("realestate.dunning.notice", self.ours)
        attachment = notice._create_letter()
        stranger = self._create_portal_user(self.stranger, "portal_letter")
        for user in (stranger, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                attachment.with_user(user).check_access("read")
        self.assertTrue(attachment.with_user(self.collector).has_access("read"))
