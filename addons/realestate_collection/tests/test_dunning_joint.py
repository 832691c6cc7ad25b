from odoo.tests import freeze_time, tagged
from odoo.tools import convert_file

from .common import TODAY
from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDunningJoint(DunningCommon):
    """One letter for several contracts of a buyer, where that is wished."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # As shipped, whatever the database has made of it.
        file = "data/mail_template_data.xml"
        convert_file(cls.env, "realestate_collection", file, {}, mode="init")
        cls.company.realestate_join_notices = True
        cls.buyer.write(
            {
                "street": "1 Bay Road",
                "city": "Manila",
                "country_id": cls.env.ref("base.ph").id,
            }
        )

    def _two(self):
        """Notices of two contracts of the buyer."""
        self._create_billed()
        self._create_billed(self.units[1])
        notices = self._run().notice_ids.sorted("id")
        self.assertEqual(len(notices), 2)
        return notices

    def _letter(self, notice):
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "realestate_collection.report_dunning_letter", notice.ids
        )
        return html.decode()

    def test_one_mail_goes_out_for_both_contracts(self):
        notices = self._two()
        (mail,) = self._send()
        self.assertEqual(notices.mapped("state"), ["sent", "sent"])
        for contract in notices.contract_id:
            self.assertIn(contract.name, mail.subject)
        self.assertIn("400,000.00", mail.body_html)
        deliveries = notices.delivery_ids
        self.assertEqual(len(deliveries), 2, "each contract has its own record")
        self.assertEqual(set(deliveries.mapped("address")), {"maria@example.com"})
        self.assertEqual(len(notices.attachment_id), 1)

    def test_the_letter_lists_both_and_sums_them(self):
        notices = self._two()
        notices._prepare_sending()
        lead = notices.delivery_ids.joint_id.notice_id
        text = self._letter(lead)
        for contract in notices.contract_id:
            self.assertIn(contract.name, text)
        self.assertIn("400,000.00", text)

    def test_without_the_wish_each_contract_has_its_own(self):
        self.company.realestate_join_notices = False
        self._two()
        self.assertEqual(len(self._send()), 2)

    def test_the_buyer_s_wish_comes_first(self):
        self.buyer.realestate_join_notices = "no"
        self._two()
        self.assertEqual(len(self._send()), 2)

    def test_the_buyer_may_wish_it_alone(self):
        self.company.realestate_join_notices = False
        self.buyer.realestate_join_notices = "yes"
        self._two()
        self.assertEqual(len(self._send()), 1)

    def test_different_levels_go_by_themselves(self):
        notices = self._two()
        notices[1].level_id = self.levels[15]
        notices._make_deliveries()
        self.assertFalse(notices.delivery_ids.joint_id)

    def test_who_pays_one_contract_meanwhile_is_asked_for_the_other_alone(self):
        for paid in (0, 1):
            with self.subTest(paid=paid), self.cr.savepoint() as savepoint:
                notices = self._two()
                notices._prepare_sending()
                self._pay(notices[paid].contract_id, 200000)
                (mail,) = self._send()
                self.assertNotIn(notices[paid].contract_id.name, mail.subject)
                self.assertIn(notices[1 - paid].contract_id.name, mail.subject)
                self.assertIn("200,000.00", mail.body_html)
                self.assertEqual(notices[paid].state, "cancelled")
                self.assertEqual(notices[1 - paid].state, "sent")
                savepoint.close(rollback=True)

    def test_a_mail_that_comes_back_fails_both(self):
        notices = self._two()
        self._send()
        lead = notices.delivery_ids.joint_id.notice_id
        lead.contract_id._message_receive_bounce("maria@example.com", self.buyer)
        self.assertEqual(notices.mapped("state"), ["failed", "failed"])
        for contract in notices.contract_id:
            self.assertTrue(contract.activity_ids)

    def test_one_message_costs_one_fee(self):
        self.levels[5].fee_type_id = self.env["realestate.fee.type"].create(
            {
                "name": "Dunning fee",
                "code": "DUN",
                "company_id": self.company.id,
                "ownership": "own",
                "formula": "fixed",
                "rate": 500,
                "currency_id": self.currency.id,
                "is_automatic": False,
            }
        )
        notices = self._two()
        self._send()
        self.assertEqual(len(notices.fee_ids), 1)

    def test_one_letter_goes_to_the_post_and_its_receipt_proves_both(self):
        self.levels[5].write({"send_email": False, "send_letter": True})
        notices = self._two()
        self._send()
        batch = self.env["realestate.post.batch"].collect()
        self.assertEqual(batch.letter_count, 1)
        letter = batch.delivery_ids
        letter.registered_number = "RR 1"
        batch.action_post()
        self.assertEqual(notices.mapped("state"), ["sent", "sent"])
        letter._record_receipt(self.company._realestate_today(), received_by="Ana")
        deliveries = notices.delivery_ids
        self.assertEqual(set(deliveries.mapped("registered_number")), {"RR 1"})
        self.assertEqual(set(deliveries.mapped("received_by")), {"Ana"})
        self.assertEqual(set(deliveries.mapped("state")), {"delivered"})

    def test_a_printed_letter_that_names_a_paid_contract_is_printed_anew(self):
        self.levels[5].write({"send_email": False, "send_letter": True})
        notices = self._two()
        self._send()
        batch = self.env["realestate.post.batch"].collect()
        joined = batch.delivery_ids.joined_ids
        self._pay(joined.contract_id, 200000)
        answer = batch.action_post()
        self.assertIn("Take these letters out", answer["params"]["message"])
        self.assertEqual((batch.state, batch.letter_count), ("open", 0))
        again = self.env["realestate.post.batch"].collect()
        self.assertEqual(again.letter_count, 1)
        self.assertNotIn(joined.contract_id.name, self._letter(notices[0]))
