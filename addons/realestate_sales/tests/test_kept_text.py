import hashlib

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.report_weasyprint.tests.common import pdf_text

from .signature_common import SignatureCommon

REPORT = "realestate_sales.report_contract"


@tagged("post_install", "-at_install")
class TestKeptText(SignatureCommon):
    def _print(self, contracts, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.officer)
        reports = reports.with_context(force_report_rendering=True)
        return reports._render_qweb_pdf(REPORT, contracts.ids)[0]

    def test_the_first_print_of_an_approved_contract_is_every_print(self):
        first = self._print(self.contract)
        document = self.contract.paper_id
        self.assertEqual(document.state, "accepted")
        self.assertEqual(document.type_id.code, "CONTRACT")
        digest = hashlib.sha256(first).hexdigest()
        self.assertEqual(self.contract.paper_sha256, digest)
        self.assertEqual(document.sha256, digest)
        self.buyer.name = "Renamed Later"
        self.project.name = "Another Name"
        for user in (self.officer, self.archivist, self.buyer_user):
            with self.subTest(user=user.login):
                self.assertEqual(self._print(self.contract, user), first)
        self.contract.action_sign()
        self.contract.action_seal()
        self.assertEqual(self._print(self.contract), first)
        self.assertEqual(self.contract._keep_paper(), document)

    def test_a_mail_carries_the_kept_text(self):
        kept = self._print(self.contract)
        template = self.env["mail.template"].create(
            {
                "name": "Contract",
                "model_id": self.env["ir.model"]._get_id("realestate.contract"),
                "subject": "Your contract",
                "report_template_ids": self.env.ref(
                    "realestate_sales.action_report_contract"
                ).ids,
            }
        )
        self.project.name = "Another Name"
        template = template.with_context(force_report_rendering=True)
        mail = template.send_mail(self.contract.id)
        attachment = self.env["mail.mail"].browse(mail).attachment_ids
        self.assertEqual(attachment.raw, kept)

    def test_drafts_are_drawn_afresh_and_never_kept(self):
        draft = self._create_contract(self.units[1])
        self.assertIn("East Residences", pdf_text(self._print(draft)))
        self.project.name = "Another Name"
        self.assertIn("Another Name", pdf_text(self._print(draft)))
        self.assertFalse(draft.paper_id)
        with self.assertRaisesRegex(UserError, "kept once it is approved"):
            draft._keep_paper()

    def test_a_cancelled_contract_is_marked_and_its_text_stays_on_file(self):
        kept = self._print(self.contract)
        self.contract.action_cancel("The buyers left")
        self.assertIn("For signature", pdf_text(kept))
        self.assertNotIn("For signature", pdf_text(self._print(self.contract)))
        self.assertEqual(self.contract.paper_id._read_file(), kept)

    def test_several_are_printed_together_and_twice_is_once(self):
        other = self._create_shared(self.units[1])
        draft = self._create_contract(self.units[2])
        self._print(other)
        both = self.contract | other | draft
        text = pdf_text(self._print(both))
        for contract in both:
            self.assertIn(contract.name, text)
        self.assertTrue(self.contract.paper_id)
        twice = self.env["ir.actions.report"]._render_qweb_pdf_prepare_streams(
            REPORT, {}, self.contract.ids * 2
        )
        self.assertEqual(list(twice), self.contract.ids)
        self.assertEqual(
            twice[self.contract.id]["stream"].read(), self.contract._read_paper()
        )

    def test_a_file_that_is_not_what_was_kept_is_not_printed(self):
        self._print(self.contract)
        self.contract.paper_id.sudo()._write_facts(file="JVBERi0xLjcK")
        with self.assertRaisesRegex(UserError, "is not what was kept"):
            self._print(self.contract)
        self.contract.paper_id.sudo()._write_facts(file=False)
        with self.assertRaisesRegex(UserError, "Nothing is printed"):
            self._print(self.contract)

    def test_nobody_changes_the_kept_text(self):
        self._print(self.contract)
        document = self.contract.paper_id
        for call in (
            lambda own: own.action_receive(b"%PDF-1.7 another", "x.pdf"),
            lambda own: own.action_refuse("Another, please"),
            lambda own: own.action_waive("Not needed"),
            lambda own: own.unlink(),
            lambda own: own.write({"is_kept": False}),
            lambda own: own.write({"sha256": "0" * 64}),
        ):
            with self.assertRaises(UserError):
                call(document.with_user(self.manager))
        for vals in ({"paper_id": False}, {"paper_sha256": "0" * 64}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.contract.with_user(self.manager).write(vals)

    def test_who_may_not_read_the_contract_gets_no_text(self):
        self._print(self.contract)
        for user in (self.plain, self.agent):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._print(self.contract, user)

    def test_an_attachment_of_the_same_name_is_not_taken_for_the_text(self):
        kept = self._print(self.contract)
        self.env["ir.attachment"].with_user(self.officer).create(
            {
                "name": self.contract.paper_id.filename,
                "raw": b"%PDF-1.7 forged",
                "res_model": "realestate.contract",
                "res_id": self.contract.id,
            }
        )
        self.assertEqual(self._print(self.contract), kept)

    def test_the_text_is_drawn_again_with_a_reason_until_it_is_signed(self):
        first, second = self._ask()
        before = self.contract.paper_sha256
        self.assertFalse(self._send_code(first))
        self.assertFalse(self._sign(first))
        self.project.name = "Another Name"
        with self.assertRaises(AccessError):
            self.contract.with_user(self.officer).action_draw_again("Misprint")
        with self.assertRaisesRegex(UserError, "Say why"):
            self.contract.with_user(self.supervisor).action_draw_again(" ")
        self.contract.with_user(self.supervisor).action_draw_again("Misprint")
        self.assertEqual((first | second).mapped("state"), ["void", "void"])
        self.assertEqual(first.reason, "Misprint")
        self.assertFalse(self.contract.paper_id)
        first, second = self._ask()
        self.assertEqual(first.state, "open")
        self.assertNotEqual(self.contract.paper_sha256, before)
        self.contract.action_sign()
        with self.assertRaisesRegex(UserError, "its text stays"):
            self.contract.with_user(self.supervisor).action_draw_again("Misprint")
