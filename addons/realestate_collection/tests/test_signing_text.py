from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.realestate_sales.tests.signing_common import SigningCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestSigningText(SigningCommon):
    """Invitations to sign by text message, where the company wants them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("vi_VN")
        cls.buyer.write({"email": "maria@example.com", "phone": "+63 917 555 0101"})
        cls.signing = cls._create_signing()

    def _choose_template(self):
        self.company.realestate_signing_sms_id = self.env.ref(
            "realestate_collection.sms_template_signing"
        )

    def _texts(self, signing=None):
        signing = signing or self.signing
        messages = self.env["mail.message"].search(
            [("model", "=", signing._name), ("res_id", "=", signing.id)]
        )
        return self.env["sms.sms"].search([("mail_message_id", "in", messages.ids)])

    def test_without_a_template_only_mails_are_sent(self):
        self.signing.with_user(self.officer).action_invite()
        self.assertFalse(self._texts())

    def test_the_buyer_is_invited_by_text_too(self):
        self._choose_template()
        self.signing.with_user(self.officer).action_invite()
        text = self._texts()
        self.assertEqual(text.partner_id, self.buyer)
        self.assertEqual(text.number.replace(" ", ""), "+639175550101")
        for part in ("T1-101", "March 4, 2026", "Main Desk"):
            with self.subTest(part=part):
                self.assertIn(part, text.body)

    def test_each_buyer_reads_the_own_language(self):
        self._choose_template()
        self.buyer.lang = "vi_VN"
        self.signing.action_invite()
        self.assertIn("tháng 3", self._texts().body)

    def test_the_reminder_is_a_text_too(self):
        self._choose_template()
        self.signing.action_invite()
        cron = self.env.ref("realestate_sales.ir_cron_signing_remind")
        with freeze_time("2026-03-03 01:00:00"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(len(self._texts()), 2)

    def test_buyers_without_a_number_are_named_to_the_officer(self):
        self._choose_template()
        cobuyer = self._create_partner(name="Jose Cobuyer", email="jose@example.com")
        contract = self._create_contract(
            self.units[1],
            state="approved",
            buyer_ids=[
                Command.create(
                    {"partner_id": self.buyer.id, "share": 50, "is_main": True}
                ),
                Command.create({"partner_id": cobuyer.id, "share": 50}),
            ],
        )
        signing = self._create_signing(contract, start="2026-03-05 01:00:00")
        signing.with_user(self.officer).action_invite()
        self.assertEqual(self._texts(signing).partner_id, self.buyer)
        [activity] = signing.activity_ids
        self.assertEqual(activity.user_id, self.officer)
        self.assertIn("Jose Cobuyer", activity.summary)
