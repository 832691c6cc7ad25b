from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.report_weasyprint.tests.common import pdf_text

from .signature_common import SignatureCommon, drawn


@tagged("post_install", "-at_install")
class TestSignatureOnline(SignatureCommon):
    def test_two_buyers_sign_and_the_contract_is_signed(self):
        first, second = self._ask()
        self.assertEqual(
            [mail[0] for mail in self.mails],
            [
                "buyer@example.com",
                "second@example.com",
            ],
        )
        self.assertIn(f"/my/contracts/{self.contract.id}/sign", self._body(0))
        self.assertFalse(self._send_code(first))
        self.assertEqual(first.sent_to, "b••••@example.com")
        self.assertIn(self.code, self._body(-1))
        self.assertFalse(self._sign(first, tz="Asia/Manila"))
        self.assertEqual(self.contract.state, "approved")
        self.assertEqual(self.contract.signature_summary, "1 of 2 buyers")
        self.assertFalse(self._send_code(second))
        self.assertFalse(self._sign(second, name="Ben Second"))
        self.assertEqual(self.contract.state, "signed")
        self.assertEqual(self.contract.date_signed, date.today())
        self.assertRecordValues(
            first,
            [
                {
                    "state": "signed",
                    "method": "portal",
                    "signed_name": "Maria Buyer",
                    "ip": "203.0.113.7",
                    "user_agent": "Browser 1.0",
                    "tz": "Asia/Manila",
                    "text_sha256": self.contract.paper_sha256,
                }
            ],
        )
        self.assertTrue(first.drawing)
        self.assertIn(self.officer, self.contract.activity_ids.user_id)

    def _body(self, index):
        return self.mails[index][2]

    def _finish(self, **proof):
        for signature in self._ask():
            self._send_code(signature)
            self.assertFalse(self._sign(signature, **proof))
        return self.contract.document_ids.filtered(
            lambda one: one.type_id.code == "SIGNATURE"
        )

    def test_the_record_says_who_signed_what_when_and_from_where(self):
        proof = self._finish(tz="Asia/Manila", user_agent="Browser 1.0")
        self.assertTrue(proof.is_kept)
        text = " ".join(pdf_text(proof._read_file()).split())
        for part in (
            "Maria Buyer",
            "Ben Second",
            "203.0.113.7",
            "Browser 1.0",
            "b••••@example.com",
            "UTC",
            "Asia/Manila +0800",
            self.contract.paper_sha256[:20],
        ):
            with self.subTest(part=part):
                self.assertIn(part, text)

    def test_a_wrong_code_is_counted_and_the_fifth_is_the_last(self):
        first, _second = self._ask()
        self._send_code(first)
        for left in (4, 3, 2, 1):
            self.assertIn(f"{left} tries left", self._sign(first, code="999999"))
        self.assertIn("too many wrong tries", self._sign(first, code="999999"))
        self.assertIn("too many wrong tries", self._sign(first))
        self.assertEqual(first.state, "open")
        self._later(first, minutes=2)
        self.code = "111111"
        self.assertFalse(self._send_code(first))
        self.assertFalse(self._sign(first))

    def test_codes_of_wrong_types_are_wrong(self):
        first, _second = self._ask()
        self._send_code(first)
        for code in (None, 42042, ["042042"], {"a": 1}, "", False):
            own = first.sudo()
            message = own._sign_online(code, "Maria", drawn())
            with self.subTest(code=code):
                self.assertTrue(message)
                self.assertEqual(first.state, "open")
                self._later(first, minutes=2)
                self._send_code(first)

    def test_an_expired_code_does_not_sign(self):
        first, _second = self._ask()
        self._send_code(first)
        self._later(first, minutes=10)
        self.assertIn("expired", self._sign(first))
        self.assertEqual(first.state, "open")

    def test_without_a_code_nothing_is_signed(self):
        first, second = self._ask()
        self.assertIn("Ask for a code first", self._sign(first))
        self._send_code(second)
        self.assertIn("Ask for a code first", self._sign(first))

    def test_the_code_of_one_is_not_the_code_of_another(self):
        first, second = self._ask()
        self._send_code(first)
        self.code = "555555"
        self._send_code(second)
        self.assertIn("not the code", self._sign(second, code="042042"))
        other = self._create_shared(self.units[1])
        third, _fourth = self._ask(other)
        own = first.sudo()
        third.sudo()._write_code_record(own._get_code_record())
        self.assertIn("not the code", self._sign(third, code="042042"))

    def test_codes_are_sent_once_a_minute_and_five_an_hour(self):
        first, _second = self._ask()
        before = len(self.mails)
        self.assertFalse(self._send_code(first))
        self.assertIn("just now", self._send_code(first))
        for _ in range(4):
            own = first.sudo()
            own._write_facts(code_sent_at=own.code_sent_at - timedelta(minutes=2))
            self.assertFalse(self._send_code(first))
        own = first.sudo()
        own._write_facts(code_sent_at=own.code_sent_at - timedelta(minutes=2))
        self.assertIn("Too many codes", self._send_code(first))
        self.assertEqual(len(self.mails) - before, 5)

    def test_the_code_goes_to_the_address_of_the_invitation(self):
        first, _second = self._ask()
        self.buyer.email = "thief@example.com"
        self._send_code(first)
        self.assertEqual(self.mails[-1][0], "buyer@example.com")

    def test_the_code_is_not_kept_in_the_clear(self):
        first, _second = self._ask()
        self._send_code(first)
        own = first.sudo()
        self.assertNotIn(self.code, own.code_digest)
        mails = self.env["mail.mail"].search([("body_html", "ilike", self.code)])
        self.assertFalse(mails)
        messages = self.env["mail.message"].search([("body", "ilike", self.code)])
        self.assertFalse(messages)
        for user in (self.manager, self.officer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                first.with_user(user).read(["code_digest"])

    def test_without_an_address_no_code_is_sent(self):
        self.buyer.email = False
        first, _second = self._ask()
        self.assertIn("no e-mail address", self._send_code(first))

    def test_what_is_typed_and_drawn_is_checked_before_the_code(self):
        first, _second = self._ask()
        self._send_code(first)
        for name in ("", "  ", None, 5, "x" * 121):
            with self.subTest(name=name):
                self.assertIn("Type your name", self._sign(first, name=name))
        for image in ("", "x", "bm90IGEgcGljdHVyZQ=="):
            with self.subTest(image=image):
                self.assertIn("raw", self._sign(first, image=image))
        self.assertFalse(self._sign(first))

    def test_an_expired_invitation_does_not_sign_until_it_is_sent_again(self):
        first, _second = self._ask()
        self._send_code(first)
        yesterday = fields.Datetime.now() - timedelta(days=1)
        first.sudo()._write_facts(date_expiry=yesterday)
        self.assertTrue(first.is_expired)
        self.assertIn("invitation has expired", self._sign(first))
        self.assertIn("invitation has expired", self._send_code(first))
        first.with_user(self.officer).action_send_again()
        self.assertFalse(self._sign(first))

    def test_a_contract_cancelled_meanwhile_is_not_signed(self):
        first, second = self._ask()
        self._send_code(first)
        self._send_code(second)
        self._sign(first)
        self.contract.action_cancel("The bank refused")
        self.assertEqual((first.state, second.state), ("signed", "void"))
        with self.assertRaisesRegex(UserError, "sign what is approved"):
            second.with_user(self.officer).action_send_again()
        self.assertEqual(len(self.contract.signature_ids), 2)
        self.assertIn("not open for signature", self._sign(second))
        self.assertEqual(self.contract.state, "cancelled")

    def test_a_text_that_has_changed_is_not_signed(self):
        first, _second = self._ask()
        self._send_code(first)
        self.contract._write_facts(paper_sha256="0" * 64)
        self.assertIn("text of the contract has changed", self._sign(first))

    def test_signing_twice_is_signing_once(self):
        first, _second = self._ask()
        self._send_code(first)
        self.assertFalse(self._sign(first))
        moment = first.date_signed
        self.assertIn("have signed this contract already", self._sign(first))
        self.assertEqual(first.date_signed, moment)

    def test_a_refusal_stops_the_signing_until_it_is_settled(self):
        first, second = self._ask()
        own = first.sudo()
        self.assertIn("Say what keeps you", own._refuse_online(" "))
        self.assertFalse(own._refuse_online("The price is wrong."))
        self.assertEqual(first.state, "refused")
        self.assertIn(self.officer, self.contract.activity_ids.user_id)
        self.assertIn("not ready to be signed", self._send_code(second))
        with self.assertRaisesRegex(UserError, "The price is wrong"):
            self.contract.action_sign()
        self.assertEqual(self._ask()[0], first)
        first.with_user(self.officer).action_send_again()
        again, _second = self._signatures()
        self.assertEqual((first.state, again.state), ("void", "open"))
        self.assertFalse(self._send_code(second))

    def test_asking_twice_asks_once(self):
        signatures = self._ask()
        self.assertEqual(self._ask(), signatures)
        self.assertEqual(len(self.contract.signature_ids), 2)

    def test_only_approved_contracts_are_issued_and_only_by_the_desk(self):
        draft = self._create_contract(self.units[1])
        with self.assertRaisesRegex(UserError, "sign what is approved"):
            draft.with_user(self.officer).action_ask_signatures()
        for user in (self.agent, self.lawyer, self.buyer_user, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.contract.with_user(user).action_ask_signatures()
        signature, _second = self._ask()
        for user in (self.lawyer, self.buyer_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                signature.with_user(user).action_send_again()

    def test_nobody_writes_a_signature(self):
        first, _second = self._ask()
        for vals in (
            {"state": "signed"},
            {"signed_name": "Maria"},
            {"method": "paper"},
            {"email": "thief@example.com"},
            {"code_tries": 0},
        ):
            for user in (self.manager, self.buyer_user):
                with self.subTest(vals=vals, user=user.login):
                    with self.assertRaises(UserError):
                        first.with_user(user).write(vals)
            with self.assertRaises(UserError):
                first.write(vals)
        with self.assertRaises(AccessError):
            first.with_user(self.manager).unlink()
        with self.assertRaises(AccessError):
            first.with_user(self.manager).copy()


@tagged("post_install", "-at_install")
class TestSignatureOnPaper(SignatureCommon):
    def _scan(self, buyers, content=b"%PDF-1.7 scan", **values):
        return self.contract.with_user(self.officer).action_sign_on_paper(
            buyers, content, "scan.pdf", **values
        )

    def test_signing_without_a_scan_records_every_buyer(self):
        self.contract.with_user(self.officer).action_sign("2026-02-03")
        signatures = self.contract.signature_ids
        self.assertEqual(signatures.partner_id, self.buyer | self.second)
        self.assertEqual(set(signatures.mapped("state")), {"signed"})
        self.assertEqual(set(signatures.mapped("method")), {"paper"})
        self.assertEqual(signatures.user_id, self.officer)
        self.assertEqual(
            {moment.date() for moment in signatures.mapped("date_signed")},
            {date(2026, 2, 3)},
        )
        self.contract.with_user(self.officer).action_sign()
        self.assertEqual(len(self.contract.signature_ids), 2)

    def test_scans_are_matched_buyer_by_buyer(self):
        parties = self.contract.buyer_ids
        scan = self._scan(parties[:1], date="2026-02-02")
        self.assertEqual(self.contract.state, "approved")
        first, second = self._signatures()
        self.assertEqual((first.state, second.state), ("signed", "open"))
        self.assertEqual(first.document_id, scan)
        self.assertTrue(scan.is_kept)
        self.assertEqual(scan._read_file(), b"%PDF-1.7 scan")
        self._scan(parties[1:], date="2026-02-03")
        self.assertEqual(self.contract.state, "signed")
        self.assertEqual(self.contract.date_signed, date(2026, 2, 3))

    def test_one_signs_online_and_the_other_on_paper(self):
        first, second = self._ask()
        self._send_code(first)
        self._sign(first)
        self._scan(second.buyer_id)
        self.assertEqual(self.contract.state, "signed")
        self.assertEqual((first.method, second.method), ("portal", "paper"))
        self.assertEqual(second.text_sha256, self.contract.paper_sha256)

    def test_parties_are_given_by_their_ids_as_well(self):
        parties = self.contract.buyer_ids
        for buyers in (None, "x", {}, True, -1, 999999999, [parties[0].id, None]):
            with self.subTest(buyers=buyers):
                with self.assertRaisesRegex(UserError, "Say which buyers"):
                    self._scan(buyers)
        for content in (None, 5, [], {}, True):
            with self.subTest(content=content), self.assertRaises(UserError):
                self._scan(parties.ids, content)
        self._scan(parties.ids)
        self.assertEqual(self.contract.state, "signed")

    def test_scans_that_are_none_are_refused(self):
        parties = self.contract.buyer_ids
        for content in (b"", b"<html>", "not base64!", b"MZ\x90"):
            with self.subTest(content=content), self.assertRaises(UserError):
                self._scan(parties, content)
        other = self._create_contract(self.units[1], state="approved")
        for buyers in (other.buyer_ids, parties.browse()):
            with self.assertRaisesRegex(UserError, "Say which buyers"):
                self._scan(buyers)
        with self.assertRaisesRegex(UserError, "future"):
            self._scan(parties, date=date.today() + timedelta(days=2))
        self.assertEqual(self.contract.state, "approved")
        with self.assertRaises(AccessError):
            self.contract.with_user(self.lawyer).action_sign_on_paper(parties, b"%PDF-")

    def test_the_wizard_names_who_has_not_signed_yet(self):
        first, second = self._ask()
        self._send_code(first)
        self._sign(first)
        wizard = (
            self.env["realestate.contract.sign"]
            .with_user(self.officer)
            .create({"contract_id": self.contract.id, "scan": "JVBERi0xLjc="})
        )
        self.assertEqual(wizard.buyer_ids, second.buyer_id)
        wizard.action_sign()
        self.assertEqual(self.contract.state, "signed")
