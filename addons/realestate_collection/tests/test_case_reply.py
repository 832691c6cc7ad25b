from odoo.tests import freeze_time, tagged

from .case_common import CaseCommon
from .common import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestCaseReply(CaseCommon):
    """Whatever a late buyer writes stays open until somebody answers."""

    def _write(self, author, body="I was in hospital", **values):
        return self.contract.message_post(
            body=body,
            author_id=author.id,
            message_type=values.pop("message_type", "email"),
            subtype_xmlid=values.pop("subtype_xmlid", "mail.mt_comment"),
            **values,
        )

    def test_mail_of_the_buyer_waits_for_an_answer(self):
        case = self._open()
        message = self._write(self.buyer)
        self.assertTrue(case.has_reply)
        self.assertEqual(case.next_action, "answer")
        self.assertEqual(str(case.date_next), "2026-03-10")
        event = case.event_ids
        self.assertEqual((event.kind, event.direction), ("reply", "in"))
        self.assertEqual(event.note, "I was in hospital")
        self.assertEqual(event.message_id, message)
        self.assertFalse(event.user_id)

    def test_reply_of_somebody_late_opens_a_case(self):
        self.company.realestate_case_days = 90
        self.assertFalse(self._open())
        self._write(self.buyer)
        self.assertTrue(self.contract._get_case().has_reply)

    def test_mail_of_a_buyer_who_owes_nothing_is_not_for_collection(self):
        self._pay(self.contract, 200000)
        self._write(self.buyer)
        self.assertFalse(self.contract.case_ids)

    def test_answer_of_staff_clears_it(self):
        case = self._open()
        self._write(self.buyer)
        self._write(
            self.collector.partner_id,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )
        self.assertTrue(case.has_reply, "an internal note is no answer")
        self._write(self.collector.partner_id, message_type="comment")
        self.assertFalse(case.has_reply)

    def test_call_that_reaches_the_buyer_clears_it(self):
        case = self._open()
        self._write(self.buyer)
        contract = self.contract.with_user(self.collector)
        contract.log_contact("call", "no_answer")
        self.assertTrue(case.has_reply)
        contract.log_contact("call", "reached")
        self.assertFalse(case.has_reply)

    def test_stranger_s_mail_is_no_reply_of_the_buyer(self):
        case = self._open()
        self._write(self._create_partner(name="Stranger"))
        self.assertFalse(case.has_reply)

    def test_colleague_of_a_company_buyer_counts(self):
        case = self._open()
        self._write(self._create_partner(name="Secretary", parent_id=self.buyer.id))
        self.assertTrue(case.has_reply)

    def test_closing_by_money_ends_the_waiting(self):
        case = self._open()
        self._write(self.buyer)
        self._pay(self.contract, 200000)
        self.assertFalse(case.has_reply)
