from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDunningSending(DunningCommon):
    def test_a_notice_goes_by_e_mail_with_the_letter(self):
        notice = self._create_notice()
        (mail,) = self._send()
        self.assertEqual(notice.state, "sent")
        self.assertTrue(notice.date_sent)
        self.assertEqual(notice.delivery_ids.address, "maria@example.com")
        self.assertEqual(mail, notice.delivery_ids.mail_mail_id)
        self.assertIn(notice.contract_id.name, mail.subject)
        self.assertIn("200,000.00", mail.body_html)
        self.assertEqual(mail.attachment_ids, notice.attachment_id)
        self.assertEqual(mail.recipient_ids, self.buyer)

    def test_the_mail_stands_in_the_contract_s_history(self):
        notice = self._create_notice()
        self._send()
        self.assertIn(
            notice.delivery_ids.mail_mail_id.mail_message_id,
            notice.contract_id.message_ids,
        )

    def test_the_letter_is_a_pdf_that_lists_what_is_open(self):
        notice = self._create_notice()
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        name = "realestate_collection.report_dunning_letter"
        html, _type = report._render_qweb_html(name, notice.ids)
        text = html.decode()
        for item in notice.contract_id.installment_ids[:2]:
            self.assertIn(item.name, text)
        for part in ("First notice", "200,000.00", "33", "Maria Buyer"):
            self.assertIn(part, text)
        action = "realestate_collection.action_report_dunning_letter"
        pdf, _type = report._render_qweb_pdf(action, notice.ids)
        self.assertTrue(pdf.startswith(b"%PDF"))

    def test_the_letter_names_the_account_to_pay_to(self):
        bank = self.env["res.partner.bank"].create(
            {"acc_number": "PH-1234567", "partner_id": self.company.partner_id.id}
        )
        self.bank.bank_account_id = bank
        notice = self._create_notice()
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "realestate_collection.report_dunning_letter", notice.ids
        )
        self.assertIn("PH-1234567", html.decode())

    def test_mail_and_letter_are_in_the_buyer_s_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.buyer.lang = "fr_FR"
        self.levels[5].with_context(lang="fr_FR").name = "Premier rappel"
        notice = self._create_notice()
        (mail,) = self._send()
        self.assertIn("Premier rappel", mail.subject)
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "realestate_collection.report_dunning_letter", notice.ids
        )
        self.assertIn("Premier rappel", html.decode())
        self.assertIn('lang="fr-FR"', html.decode())

    def test_a_reminder_names_what_falls_due(self):
        with freeze_time("2026-03-01 04:00:00"):
            contract = self._create_billed()
            self._pay(contract, 100000)
            notice = self._run().notice_ids
            self.assertEqual(notice.kind, "reminder")
            self.assertEqual(
                [r["name"] for r in notice._get_open_items()],
                contract.installment_ids[1].mapped("name"),
            )
            self.assertEqual(len(self._send()), 1)

    # === THE LAST LOOK === #

    def test_nobody_who_has_paid_meanwhile_hears_from_us(self):
        notice = self._create_notice()
        self._pay(notice.contract_id, 200000)
        self.assertEqual(self._send(), [])
        self.assertEqual(notice.state, "cancelled")
        self.assertTrue(notice.failure_reason)
        self.assertFalse(notice.contract_id.activity_ids)

    def test_who_pays_between_letter_and_mail_server_hears_nothing_either(self):
        notice = self._create_notice()
        notice._prepare_sending()
        mail = notice.delivery_ids.mail_mail_id
        self.assertEqual((notice.state, mail.state), ("queued", "outgoing"))
        self.assertGreater(mail.scheduled_date.year, 2030, "not for Odoo's own queue")
        self._pay(notice.contract_id, 200000)
        self.assertEqual(self._send(), [])
        self.assertEqual((notice.state, mail.state), ("cancelled", "cancel"))

    def test_a_part_payment_changes_the_amount_asked_for(self):
        notice = self._create_notice()
        self._pay(notice.contract_id, 50000)
        (mail,) = self._send()
        self.assertEqual(notice.amount, 150000)
        self.assertIn("150,000.00", mail.body_html)

    def test_a_contract_that_ended_meanwhile_is_left_alone(self):
        notice = self._create_notice()
        notice.contract_id._update_state("completed")
        self.assertEqual(self._send(), [])
        self.assertEqual(notice.state, "cancelled")
        self.assertIn("no longer active", notice.failure_reason)

    def test_another_level_that_follows_now_replaces_the_notice(self):
        notice = self._create_notice()
        self.levels[5].active = False
        self.assertEqual(self._send(), [])
        self.assertEqual(notice.state, "cancelled")
        self.assertIn("Second notice", notice.failure_reason)
        self.assertEqual(self._run().notice_ids.level_id, self.levels[15])

    def test_a_notice_called_off_by_a_payment_does_not_count(self):
        notice = self._create_notice()
        payment = self._pay(notice.contract_id, 200000)
        self._send()
        payment.action_cancel()
        again = self._run().notice_ids
        self.assertEqual(again.level_id, self.levels[5])
        self.assertEqual(len(self._send()), 1)

    def test_days_later_it_still_goes_out_if_it_is_still_due(self):
        notice = self._create_notice()
        with freeze_time("2026-03-13 04:00:00"):
            self.assertEqual(len(self._send()), 1)
        self.assertEqual((notice.state, notice.days), ("sent", 36))

    # === ACTIVITIES === #

    def test_a_level_may_ask_for_a_task_beside_the_letter(self):
        self.levels[5].write(
            {
                "create_activity": True,
                "activity_type_id": self.env.ref(
                    "realestate_collection.mail_activity_type_call"
                ).id,
            }
        )
        notice = self._create_notice()
        self.assertEqual(len(self._send()), 1)
        activity = notice.contract_id.activity_ids
        self.assertEqual(activity.user_id, self.collector)
        self.assertIn("200,000.00", activity.note)

    def test_a_level_may_be_a_task_only(self):
        self.buyer.email = False
        self.levels[5].write(
            {
                "send_email": False,
                "create_activity": True,
                "activity_type_id": self.env.ref(
                    "realestate_collection.mail_activity_type_call"
                ).id,
            }
        )
        notice = self._create_notice()
        self.assertEqual(self._send(), [])
        self.assertFalse(notice.delivery_ids)
        self.assertEqual(notice.state, "sent")
        self.assertEqual(len(notice.contract_id.activity_ids), 1)

    def test_the_contract_s_own_officer_gets_its_activities(self):
        own = self._create_user("own", "realestate_collection.group_officer")
        self.buyer.email = False
        notice = self._create_notice()
        notice.contract_id.collector_id = own
        self._send()
        self.assertEqual(notice.contract_id.activity_ids.user_id, own)

    # === KILLED AND TRIED AGAIN === #

    def test_killed_after_the_mail_went_out_it_is_not_sent_again(self):
        notice = self._create_notice()
        notice._prepare_sending()
        notice.delivery_ids.mail_mail_id.state = "sent"
        with self._without_commit(), self.mock_mail_gateway():
            self.notices._cron_send()
            self.assertFalse(self._mails)
        self.assertEqual(notice.state, "sent")

    def test_killed_before_the_mail_went_out_it_is_sent_once(self):
        notice = self._create_notice()
        notice._prepare_sending()
        mail = notice.delivery_ids.mail_mail_id
        with self._without_commit(), self.mock_mail_gateway():
            self.notices._cron_send()
            self.assertFalse(self._new_mails, "the mail that was made is used")
            self.assertEqual(len(self._mails), 1)
        self.assertEqual((notice.state, mail.state), ("sent", "sent"))

    def test_more_than_a_batch_is_sent_batch_by_batch(self):
        self._create_many(5)
        self.installments.bill_due()
        notices = self._run().notice_ids
        module = "odoo.addons.realestate_collection.models.realestate_dunning_sending"
        with patch(f"{module}.BATCH", 2):
            self.assertEqual(len(self._send()), 5)
        self.assertEqual(set(notices.mapped("state")), {"sent"})

    # === CALLED OFF === #

    def test_a_notice_can_be_called_off(self):
        notice = self._create_notice()
        notice.with_user(self.collector).action_cancel()
        self.assertEqual(notice.state, "cancelled")
        self.assertEqual(self._send(), [])
        with self.assertRaisesRegex(UserError, "cannot become"):
            notice.with_user(self.collector).action_send_again()

    def test_a_notice_that_was_sent_stays(self):
        notice = self._create_notice()
        self._send()
        with self.assertRaisesRegex(UserError, "cannot become"):
            notice.action_cancel()

    def test_its_state_is_written_by_nobody_s_hand(self):
        notice = self._create_notice()
        with self.assertRaisesRegex(UserError, "cannot be set"):
            notice.write({"state": "sent"})
