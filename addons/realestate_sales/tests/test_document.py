import hashlib
from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..tools import upload
from .document_common import JPEG, PDF, DocumentCommon


@tagged("post_install", "-at_install")
class TestDocumentFlow(DocumentCommon):
    def test_what_is_handed_in_is_kept_with_its_hash(self):
        self._hand_in(self.paper, PDF, "../tax.pdf", self.officer)
        paper = self.paper
        self.assertEqual(
            (paper.state, paper.filename, paper.mimetype, paper.file_size),
            ("received", "tax.pdf", "application/pdf", len(PDF)),
        )
        self.assertEqual(paper.sha256, hashlib.sha256(PDF).hexdigest())
        self.assertEqual(paper.user_received_id, self.officer)
        self.assertEqual(paper.read_file()["content"], self._encode(PDF))

    def test_base64_text_is_taken_and_nonsense_is_not(self):
        self._hand_in(self.paper, self._encode(JPEG), "scan.png")
        self.assertEqual(self.paper.filename, "scan.png.jpg")
        for nonsense in ("no base64 at all", "AAA", 12, None, [1]):
            with self.subTest(nonsense=nonsense), self.assertRaises(UserError):
                self._hand_in(self.passport, nonsense)
        self.assertEqual(self.passport.state, "missing")

    def test_only_papers_of_known_kinds_and_sizes_are_taken(self):
        for content, words in (
            (b"", "empty"),
            (b"<html>", "kind"),
            (PDF + bytes(upload.MAX_BYTES), "10.0 MB"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self._hand_in(self.paper, content)
        self.assertEqual(self.paper.state, "missing")

    def test_a_colleague_accepts_and_not_who_brought_it(self):
        self._hand_in(self.paper, user=self.officer)
        with self.assertRaisesRegex(AccessError, "colleague"):
            self.paper.with_user(self.officer).action_accept()
        with self.assertRaisesRegex(AccessError, "colleague"):
            self.paper.with_user(self.officer).action_refuse("Mine")
        self.paper.with_user(self.supervisor).action_accept()
        self.assertEqual(self.paper.state, "accepted")
        self.assertEqual(self.paper.user_decided_id, self.supervisor)

    def test_a_refused_paper_is_handed_in_again(self):
        self._hand_in(self.paper)
        paper = self.paper.with_user(self.supervisor)
        with self.assertRaisesRegex(UserError, "Say why"):
            paper.action_refuse("  ")
        paper.action_refuse("Page 2 is missing")
        self.assertEqual(
            (self.paper.state, self.paper.refuse_reason),
            ("refused", "Page 2 is missing"),
        )
        self.assertTrue(self.paper.is_owed)
        self._hand_in(self.paper, JPEG)
        self.assertFalse(self.paper.date_decided)
        self.assertIn(
            hashlib.sha256(PDF).hexdigest(),
            "".join(self.paper.message_ids.mapped("body")),
        )
        paper.action_accept()
        self.assertFalse(self.paper.refuse_reason)

    def test_a_file_to_check_is_replaced(self):
        self._hand_in(self.paper, PDF)
        self._hand_in(self.paper, JPEG, user=self.supervisor)
        self.assertEqual(self.paper.state, "received")
        self.assertEqual(self.paper.user_received_id, self.supervisor)
        self.assertEqual(self.paper.mimetype, "image/jpeg")

    def test_an_accepted_paper_is_not_replaced_but_refused_first(self):
        self._accept(self.paper)
        with self.assertRaisesRegex(UserError, "Accepted"):
            self._hand_in(self.paper, JPEG)
        self.paper.with_user(self.supervisor).action_refuse("Forged")
        self._hand_in(self.paper, JPEG)
        self.assertEqual(self.paper.state, "received")

    def test_supervisors_waive_with_a_reason_and_ask_again(self):
        with self.assertRaises(AccessError):
            self.paper.with_user(self.officer).action_waive("No need")
        paper = self.paper.with_user(self.supervisor)
        with self.assertRaisesRegex(UserError, "Say why"):
            paper.action_waive()
        paper.action_waive("Known for years")
        self.assertEqual(self.paper.state, "waived")
        self.assertFalse(self.paper.is_owed)
        paper.action_require()
        self.assertEqual(
            (self.paper.state, self.paper.waive_reason), ("missing", False)
        )

    def test_an_accepted_paper_is_not_waived(self):
        self._accept(self.paper)
        with self.assertRaisesRegex(UserError, "cannot become"):
            self.paper.with_user(self.supervisor).action_waive("No need")

    def test_used_documents_keep_whose_they_are_and_stay(self):
        other = self._create_partner(name="Other")
        self._hand_in(self.paper)
        paper = self.paper.with_user(self.officer)
        for values in (
            {"partner_id": other.id},
            {"type_id": self.identity.id},
            {"contract_id": self.contract.id},
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(UserError, "stays"),
            ):
                paper.write(values)
        with self.assertRaisesRegex(UserError, "waive it"):
            paper.unlink()
        paper.note = "Original seen"
        self.assertTrue(self.paper.exists())

    def test_a_document_is_of_a_buyer_of_the_contract(self):
        documents = self.env["realestate.document"].with_user(self.officer)
        values = {"contract_id": self.contract.id, "type_id": self.tax.id}
        with self.assertRaisesRegex(UserError, "which buyer"):
            documents.create(values)
        other = self._create_partner(name="Other")
        with self.assertRaisesRegex(UserError, "does not buy"):
            documents.create({**values, "partner_id": other.id})
        made = documents.create({**values, "partner_id": self.buyer.id})
        self.assertEqual(made.display_name, "Tax – Maria Buyer")
        self.assertFalse(made.is_automatic)


@tagged("post_install", "-at_install")
class TestDocumentExpiry(DocumentCommon):
    def test_a_paper_that_bears_a_date_is_accepted_with_it(self):
        self.identity.has_expiry = True
        self._hand_in(self.passport)
        with self.assertRaisesRegex(UserError, "enter the date"):
            self.passport.with_user(self.supervisor).action_accept()
        self.passport.date_expiry = fields.Date.today() - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "expired on"):
            self.passport.with_user(self.supervisor).action_accept()
        self.passport.date_expiry = fields.Date.today()
        self.passport.with_user(self.supervisor).action_accept()
        self.assertFalse(self.passport.is_owed)

    def test_the_months_of_its_type_run_from_the_day_it_comes(self):
        self.tax.months_valid = 6
        with freeze_time("2026-08-31 05:00:00"):
            self._hand_in(self.paper)
        self.assertEqual(self.paper.date_expiry, date(2027, 2, 28))

    def test_what_has_run_out_is_owed_before_any_job_has_seen_it(self):
        self._hand_in(self.paper)
        self.paper.date_expiry = date(2028, 2, 29)
        self.paper.with_user(self.supervisor).action_accept()
        documents = self.env["realestate.document"]
        here = [("id", "=", self.paper.id)]
        for day, owed in (("2028-02-29", False), ("2028-03-01", True)):
            with self.subTest(day=day), freeze_time(f"{day} 05:00:00"):
                self.paper.invalidate_recordset(["is_owed"])
                self.assertEqual(self.paper.is_owed, owed)
                found = documents.search([*here, ("is_owed", "=", True)])
                self.assertEqual(bool(found), owed)
                rest = documents.search([*here, ("is_owed", "=", False)])
                self.assertEqual(bool(rest), not owed)

    def test_the_expiry_of_an_accepted_paper_stays(self):
        self._accept(self.paper)
        with self.assertRaisesRegex(UserError, "expiry was checked"):
            self.paper.with_user(self.officer).date_expiry = date(2099, 1, 1)

    def test_late_is_what_is_owed_past_its_day(self):
        yesterday = fields.Date.today() - timedelta(days=1)
        self.paper.date_due = yesterday
        documents = self.env["realestate.document"]
        here = [("id", "in", self.contract.document_ids.ids)]
        self.assertTrue(self.paper.is_late)
        self.assertEqual(documents.search([*here, ("is_late", "=", True)]), self.paper)
        self.assertNotIn(self.paper, documents.search([*here, ("is_late", "=", False)]))
        self._accept(self.paper)
        self.assertFalse(self.paper.is_late)
        self.assertFalse(documents.search([*here, ("is_late", "=", True)]))
