import base64
import io

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools.pdf import PdfFileReader

from .common import TODAY
from .debt_common import DebtCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestCancellationPackage(DebtCommon):
    """What the manager sees before the last notice, and that it waits for it."""

    def _package(self, contract=None):
        contract = (contract or self.contract).with_user(self.collector)
        number = contract.prepare_cancellation()
        return self.env["realestate.cancellation.package"].browse(number)

    def _problems(self, package):
        return {(item.kind, item.problem) for item in package.item_ids if item.problem}

    def _send_notice(self):
        """A first notice that went out by e-mail."""
        notice = self._run().notice_ids
        self._send()
        self.assertEqual(notice.state, "sent")
        return notice

    def _pages(self, package):
        content = base64.b64decode(package.with_context(bin_size=False).file)
        return PdfFileReader(io.BytesIO(content), strict=False).getNumPages()

    # === PUT TOGETHER === #

    def test_one_call_collects_everything_and_says_what_is_missing(self):
        package = self._package()
        self.assertEqual(package.amount_overdue, 200000)
        self.assertEqual(str(package.date_oldest), "2026-02-05")
        self.assertEqual(package.days_late, 33)
        self.assertIn(("notice", "no_notice"), self._problems(package))
        there = package.item_ids.filtered("is_there").mapped("kind")
        self.assertIn("contract", there)
        self.assertIn("statement", there)
        self.assertEqual(self._pages(package), package.page_count)
        papers = sum(package.item_ids.mapped("page_count"))
        self.assertGreater(package.page_count, papers, "the cover comes before")
        self.assertEqual(len(package.sha256), 64)

    def test_a_notice_without_proof_of_receipt_is_missing_its_proof(self):
        notice = self._send_notice()
        package = self._package()
        problems = self._problems(package)
        self.assertIn(("proof", "no_proof"), problems)
        self.assertNotIn(("notice", "no_notice"), problems)
        letter = package.item_ids.filtered(lambda item: item.kind == "notice")
        self.assertIn(notice.name, letter.subject)

    def test_a_scanned_proof_becomes_a_page(self):
        notice = self._send_notice()
        picture = io.BytesIO()
        Image.new("RGBA", (3000, 200), "white").save(picture, format="PNG")
        notice.delivery_ids[:1]._write_facts(
            proof=base64.b64encode(picture.getvalue()),
            proof_name="receipt.png",
            date_received="2026-03-10",
            received_by="Maria",
        )
        package = self._package()
        proof = package.item_ids.filtered(lambda item: item.kind == "proof")
        self.assertFalse(proof.problem)
        self.assertEqual(proof.page_count, 1)
        self.assertIn("Maria", proof.subject)

    def test_a_broken_file_is_said_and_stops_nothing(self):
        notice = self._send_notice()
        notice.delivery_ids[:1]._write_facts(
            proof=base64.b64encode(b"%PDF-1.4 no pdf at all"),
            date_received="2026-03-10",
        )
        package = self._package()
        self.assertIn(("proof", "unreadable"), self._problems(package))
        self.assertTrue(package.sha256)

    def test_a_hold_and_a_missing_address_are_named(self):
        self.contract._hold_dunning("stop", "Court order")
        self.buyer.write({"street": False, "city": False})
        problems = self._problems(self._package())
        self.assertIn(("hold", "held"), problems)
        self.assertIn(("address", "no_address"), problems)

    def test_the_cover_shows_arrears_and_history(self):
        self._send_notice()
        package = self._package()
        html = str(
            self.env["ir.actions.report"]._render_qweb_html(
                "realestate_collection.report_cancellation", package.ids
            )[0]
        )
        for text in ("Missing:", "History", self.contract.name, "200,000.00"):
            self.assertIn(text, html)

    def test_asked_again_it_is_the_same_package(self):
        package = self._package()
        self.assertEqual(self._package(), package)
        package.with_user(self.collector).action_cancel()
        self.assertNotEqual(self._package(), package)

    # === APPROVAL === #

    def test_approved_it_is_kept_with_the_contract(self):
        package = self._approve(self._package())
        self.assertEqual(package.state, "approved")
        document = package.document_id
        self.assertEqual(document.type_id.code, "CANCELLATION")
        self.assertEqual(document.sha256, package.sha256)
        self.assertTrue(document.is_kept)
        with self.assertSays(UserError, "terms stay"):
            package.with_user(self.collector).action_collect()

    def test_who_puts_it_together_does_not_approve_it(self):
        package = self._package().with_user(self.collection_manager)
        package.action_submit()
        with self.assertRaises(AccessError):
            package.action_approve()

    def test_an_empty_package_is_not_submitted(self):
        package = self.env["realestate.cancellation.package"].create(
            {"contract_id": self.contract.id}
        )
        with self.assertSays(UserError, "Put the package together first"):
            package.action_submit()
        with self.assertSays(UserError, "put it together first"):
            package.action_open_file()

    def test_arrears_that_changed_make_it_outdated(self):
        package = self._approve(self._package())
        self.assertFalse(self.contract._get_package_problem())
        self._pay(self.contract, 100000)
        package.invalidate_recordset()
        self.assertTrue(package.is_outdated)
        self.assertIn("other arrears", self.contract._get_package_problem())

    def test_nobody_writes_the_file(self):
        package = self._package().with_user(self.collection_manager)
        for values in (
            {"file": base64.b64encode(b"x")},
            {"sha256": "x"},
            {"state": "approved"},
            {"date_oldest": "2020-01-01"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                package.write(values)
        with self.assertRaises(AccessError):
            package.item_ids[0].with_user(self.collection_manager).problem = False

    def test_who_does_not_collect_prepares_nothing(self):
        for user in (self.plain, self.agent, self.officer, self.accountant):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.contract.with_user(user).prepare_cancellation()

    # === THE LAST NOTICE === #

    def _final_notice(self):
        """A notice of a level that needs a package, made today."""
        level = self.levels[1] if 1 in self.levels else self.ladder.level_ids[-1]
        self.ladder.level_ids.filtered(
            lambda one: one.kind != "reminder"
        ).needs_package = True
        self.assertTrue(level)
        return self._run().notice_ids

    def test_the_last_notice_waits_for_the_package(self):
        notice = self._final_notice()
        self.assertFalse(self._send(), "nothing goes out")
        self.assertEqual(notice.state, "queued")
        self.assertIn("No cancellation package", notice._get_send_problem())
        kind = self.env.ref("realestate_collection.mail_activity_type_package")
        self.assertIn(kind, self.contract.activity_ids.activity_type_id)
        package = self._package()
        self.assertIn("not approved", notice._get_send_problem())
        self._approve(package)
        self.assertFalse(notice._get_send_problem())
        self.assertEqual(len(self._send()), 1)
        self.assertEqual(notice.state, "sent")

    def test_other_levels_wait_for_nothing(self):
        notice = self._run().notice_ids
        self.assertFalse(notice._get_send_problem())

    def test_a_payment_stops_the_notice_in_spite_of_the_package(self):
        notice = self._final_notice()
        self._approve(self._package())
        self._pay(self.contract, 200000)
        self.assertFalse(self._send())
        self.assertEqual(notice.state, "cancelled")
