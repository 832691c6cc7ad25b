import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.report_weasyprint.tests.common import pdf_text

from .test_papers import PapersCase


class SalePapersCase(PapersCase):
    """Papers beside contract and reservation."""

    def _print_paper(self, paper, record, user=None):
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        return reports.with_user(user or self.env.user)._render_qweb_pdf(
            f"realestate_sales.action_report_{paper}", record.ids
        )[0]

    def _read_paper(self, paper, record):
        pdf = self._print_paper(paper, record)
        return " ".join(pdf_text(pdf).split())

    def _get_paper_sheet(self, paper, record):
        return self.env[f"report.realestate_sales.report_{paper}"]._get_sheet(record)

    def _pay(self, move):
        return (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({})
            ._create_payments()
        )

    def _create_deposit(self, amount=100000, **values):
        return self.env["realestate.deposit"].create(
            {
                "reservation_id": self._create_reservation(fee=20000).id,
                "amount": amount,
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestSalePapers(SalePapersCase):
    def test_the_deposit_agreement_states_deposit_unit_and_day(self):
        deposit = self._create_deposit(
            date_deposit="2026-03-01",
            date_sign_by="2026-03-31",
            note="<p>A kitchen.</p>",
        )
        text = self._read_paper("deposit", deposit)
        for part in (
            "Deposit Agreement",
            deposit.name,
            "Maria Buyer",
            "T1-101",
            "100,000.00",
            "One Hundred Thousand",
            "20,000.00",
            "80,000.00",
            "by Mar 31, 2026 at the latest",
            "A kitchen.",
            "For the seller",
        ):
            self.assertIn(part, text)

    def test_the_deposit_agreement_speaks_the_buyer_s_language(self):
        for lang, words in (
            ("vi_VN", "Một trăm nghìn peso Philippines"),
            ("zh_CN", "菲律宾比索壹拾万元整"),
        ):
            self.env["res.lang"]._activate_lang(lang)
            self.buyer.lang = lang
            unit = self.units[1 if lang == "vi_VN" else 2]
            deposit = self.env["realestate.deposit"].create(
                {
                    "reservation_id": self._create_reservation(unit).id,
                    "amount": 100000,
                }
            )
            text = self._read_paper("deposit", deposit).replace(" ", "")
            self.assertIn(words.replace(" ", ""), text)

    def test_the_cost_list_has_discounts_and_every_instalment(self):
        contract = self._create_contract()
        contract.line_ids.price = 950000
        text = self._read_paper("cost_list", contract)
        for part in (
            "Detailed Cost List",
            "1,000,000.00",
            "50,000.00 (5%)",
            "950,000.00",
            "19,000.00",
            "Down payment 4/4",
            "Instalment 12/12",
        ):
            self.assertIn(part, text)
        self.assertEqual(
            self._get_paper_sheet("cost_list", contract)["watermark"], "DRAFT"
        )

    def test_a_price_above_the_list_is_no_discount(self):
        contract = self._create_contract()
        contract.line_ids.price = 1100000
        table = self._get_paper_sheet("cost_list", contract)["tables"][0]
        self.assertEqual([row[3] for row in table["rows"]], ["—"])

    def test_the_minutes_of_a_contract_state_what_is_paid_back_and_kept(self):
        reservation = self._create_reservation(fee=20000)
        self._pay(reservation.move_id)
        contract = reservation.action_convert()
        self._walk(contract, "approved")
        with self.assertRaisesRegex(UserError, "has not ended"):
            self._get_paper_sheet("contract_liquidation", contract)
        contract.action_cancel("Loan refused")
        self.assertEqual(contract.amount_paid_ended, 20000)
        contract.with_user(self.supervisor).liquidation_kept = 5000
        text = self._read_paper("contract_liquidation", contract)
        for part in (
            "Liquidation Minutes",
            "Loan refused",
            "the buyer has paid",
            "Twenty Thousand",
            "Fifteen Thousand",
            "Five Thousand",
            "neither party has any claim left",
        ):
            self.assertIn(part, text)

    def test_without_money_the_minutes_speak_of_none(self):
        contract = self._create_contract(state="approved")
        contract.action_cancel("Changed their mind")
        text = self._read_paper("contract_liquidation", contract)
        self.assertNotIn("the buyer has paid", text)
        self.assertIn("neither party has any claim left", text)

    def test_what_is_kept_is_a_supervisor_s_decision_within_what_was_paid(self):
        reservation = self._create_reservation(fee=20000)
        self._pay(reservation.move_id)
        contract = reservation.action_convert()
        with self.assertRaisesRegex(UserError, "between 0 and the"):
            contract.liquidation_kept = 10
        contract.action_cancel("Loan refused")
        for amount in (-1, 20001):
            with self.assertRaisesRegex(UserError, "between 0 and the"):
                contract.liquidation_kept = amount
        with self.assertRaises(AccessError):
            contract.with_user(self.officer).liquidation_kept = 10
        with self.assertRaisesRegex(UserError, "cannot be set by hand"):
            contract.amount_paid_ended = 5
        made = self._create_contract(self.units[1], liquidation_kept=7)
        self.assertEqual(made.liquidation_kept, 0)

    def test_the_minutes_of_a_reservation_wait_for_the_money(self):
        reservation = self._create_reservation(fee=20000)
        self._pay(reservation.move_id)
        with self.assertRaisesRegex(UserError, "has not ended"):
            self._get_paper_sheet("reservation_liquidation", reservation)
        reservation.action_cancel("Found another home")
        sheet = self._get_paper_sheet("reservation_liquidation", reservation)
        self.assertEqual(sheet["watermark"], "DRAFT")
        reservation.with_user(self.supervisor).action_forfeit("By the agreement")
        sheet = self._get_paper_sheet("reservation_liquidation", reservation)
        self.assertFalse(sheet["watermark"])
        text = self._read_paper("reservation_liquidation", reservation)
        self.assertIn("the seller keeps", text)
        self.assertIn("Twenty Thousand", text)
        self.assertNotIn("the seller pays back", text)

    def test_the_seal_request_lists_what_is_stamped(self):
        contract = self._create_contract(state="signed")
        seal = self.env["realestate.seal"].create(
            {
                "name": "Contract Seal",
                "company_id": self.company.id,
                "keeper_id": self.manager.id,
            }
        )
        request = self.env["realestate.seal.request"].create(
            {
                "company_id": self.company.id,
                "seal_id": seal.id,
                "contract_ids": contract.ids,
                "papers": "Power of attorney",
                "purpose": "Contracts of this week",
                "copies": 3,
            }
        )
        text = self._read_paper("seal_request", request)
        for part in (
            request.name,
            contract.name,
            "Power of attorney",
            "Contracts of this week",
            "Contract Seal",
            "Approved by",
        ):
            self.assertIn(part, text)
        sheet = self._get_paper_sheet("seal_request", request)
        self.assertEqual(sheet["tables"][0]["total"][-1], "6")
        self.assertEqual(sheet["watermark"], "DRAFT")

    def test_the_receipt_says_what_was_paid_for_what(self):
        reservation = self._create_reservation(fee=20000)
        payment = self._pay(reservation.move_id)
        text = self._read_paper("receipt", payment)
        for part in (
            "Receipt",
            "Maria Buyer",
            "20,000.00",
            "Twenty Thousand",
            reservation.name,
            reservation.move_id.name,
            "T1-101",
        ):
            self.assertIn(part, text)

    def test_money_paid_out_has_no_receipt(self):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "outbound",
                "partner_type": "customer",
                "partner_id": self.buyer.id,
                "amount": 10,
            }
        )
        with self.assertRaisesRegex(UserError, "it has no receipt"):
            self._get_paper_sheet("receipt", payment)

    def test_nobody_prints_what_they_may_not_read(self):
        contract = self._create_contract()
        reservation = self._create_reservation(self.units[1])
        deposit = self.env["realestate.deposit"].create(
            {"reservation_id": reservation.id, "amount": 50000}
        )
        for paper, record in (("cost_list", contract), ("deposit", deposit)):
            with self.subTest(paper=paper), self.assertRaises(AccessError):
                self._print_paper(paper, record, self.plain)


@tagged("post_install", "-at_install")
class TestPaperPreview(SalePapersCase):
    def _preview(self, kind, user):
        template = self.env.ref(f"realestate_sales.paper_template_{kind}")
        action = template.with_user(user).action_preview()
        preview = self.env["realestate.paper.preview"].with_user(user)
        return preview.with_context(**action["context"]).create({})

    def test_a_lawyer_tries_a_template_out_on_the_latest_contract(self):
        contract = self._create_contract()
        preview = self._preview("contract", self.lawyer)
        self.assertEqual(preview.contract_id, contract)
        preview.action_show()
        text = pdf_text(base64.b64decode(preview.pdf))
        self.assertIn(contract.name, text)
        self.assertIn("The seller sells", text)

    def test_drafts_of_clauses_are_tried_out_too(self):
        self._create_contract()
        template = self.env.ref("realestate_sales.paper_template_contract")
        version = template.line_ids.clause_id[0]._get_version("en_US")
        draft = version.browse(version.action_new_version()["res_id"])
        draft.body = "<p>A new way to sell.</p>"
        preview = self._preview("contract", self.lawyer)
        preview.action_show()
        self.assertIn("A new way to sell.", pdf_text(base64.b64decode(preview.pdf)))

    def test_a_preview_is_never_the_text_of_a_contract(self):
        contract = self._create_contract(state="approved")
        template = self.env.ref("realestate_sales.paper_template_contract")
        version = template.line_ids.clause_id[0]._get_version("en_US")
        draft = version.browse(version.action_new_version()["res_id"])
        draft.body = "<p>A new way to sell.</p>"
        preview = self._preview("contract", self.manager)
        preview.action_show()
        self.assertIn("A new way to sell.", pdf_text(base64.b64decode(preview.pdf)))
        self.assertFalse(contract.paper_id)
        self.assertNotIn("A new way to sell.", self._read(contract))
        preview.action_show()
        self.assertIn("A new way to sell.", pdf_text(base64.b64decode(preview.pdf)))

    def test_without_a_record_there_is_nothing_to_show(self):
        preview = self._preview("deposit", self.manager)
        with self.assertRaisesRegex(UserError, "Choose a record"):
            preview.action_show()

    def test_officers_have_no_preview_of_templates(self):
        with self.assertRaises(AccessError):
            self._preview("contract", self.officer)
