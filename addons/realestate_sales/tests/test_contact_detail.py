from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .document_common import DocumentCommon


@tagged("post_install", "-at_install")
class TestContactDetail(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer.write({"phone": "+63 917 111 1111", "email": "maria@example.com"})
        cls.buyer.realestate_detail_ids.unlink()
        cls.today = fields.Date.today()

    def _history(self, kind, partner=None):
        details = (partner or self.buyer).realestate_detail_ids
        details = details.filtered(lambda one: one.kind == kind)
        return [(one.value, one.source, one.is_current) for one in details.sorted("id")]

    def test_what_was_before_stays_with_its_days(self):
        self.buyer.with_user(self.manager).sudo().phone = "+63 917 222 2222"
        self.assertEqual(
            self._history("phone"),
            [
                ("+63 917 111 1111", "before", False),
                ("+63 917 222 2222", "staff", True),
            ],
        )
        before, now = self.buyer.realestate_detail_ids.sorted("id")
        self.assertEqual((before.valid_from, before.valid_to), (False, self.today))
        self.assertEqual((now.valid_from, now.valid_to), (self.today, False))
        self.assertEqual(now.user_id, self.manager)
        self.assertFalse(self._history("email"))

    def test_a_buyer_in_the_portal_is_the_source(self):
        portal = new_test_user(
            self.env,
            login="detail_portal",
            groups="base.group_portal",
            partner_id=self.buyer.id,
        )
        self.buyer.realestate_detail_ids.unlink()
        self.buyer.with_user(portal).sudo().write({"email": "new@example.com"})
        self.assertEqual(
            self._history("email")[-1], ("new@example.com", "portal", True)
        )
        self.assertEqual(self.buyer.realestate_detail_ids.user_id, portal)

    def test_an_address_is_one_detail(self):
        country = self.env.ref("base.ph")
        self.buyer.write(
            {"street": "1 Main Street", "city": "Manila", "country_id": country.id}
        )
        self.buyer.city = "Makati"
        self.assertEqual(
            self._history("address"),
            [
                ("1 Main Street, Manila, Philippines", "staff", False),
                ("1 Main Street, Makati, Philippines", "staff", True),
            ],
        )

    def test_what_is_removed_is_told_and_the_same_is_not(self):
        self.buyer.phone = "+63 917 111 1111"
        self.assertFalse(self.buyer.realestate_detail_ids)
        self.buyer.phone = False
        self.assertEqual(self._history("phone")[-1], ("", "staff", True))
        self.buyer.phone = "+63 917 333 3333"
        self.assertEqual(len(self._history("phone")), 3)
        current = self.buyer.realestate_detail_ids.filtered("is_current")
        self.assertEqual(current.mapped("value"), ["+63 917 333 3333"])

    def test_contacts_who_do_not_buy_have_no_history(self):
        other = self._create_partner(name="Supplier", phone="1")
        other.phone = "2"
        self.assertFalse(other.realestate_detail_ids)

    def test_many_at_once_have_their_own(self):
        second = self._create_partner(name="Second", phone="0")
        self._create_shared_contract(self.units[1], self.buyer, second)
        (self.buyer | second).phone = "+63 2 8888"
        self.assertEqual(self._history("phone", second)[0], ("0", "before", False))
        self.assertEqual(self._history("phone", second)[-1], self._history("phone")[-1])

    def test_staff_reads_and_nobody_writes_the_history(self):
        self.buyer.phone = "+63 917 222 2222"
        detail = self.buyer.realestate_detail_ids[0]
        for user in (self.officer, self.lawyer, self.manager):
            self.assertTrue(detail.with_user(user).read(["value"]))
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                detail.with_user(user).value = "forged"
        for user in (self.plain, self.agent):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                detail.with_user(user).read(["value"])
        with self.assertRaises(AccessError):
            self.buyer.with_user(self.plain).read(["realestate_detail_ids"])

    def test_the_buyer_s_file_counts_and_opens(self):
        buyer = self.buyer.with_user(self.officer)
        self.assertEqual(
            (buyer.realestate_contract_count, buyer.realestate_document_count), (1, 2)
        )
        for action, records in (
            (buyer.action_realestate_contracts(), self.contract),
            (buyer.action_realestate_documents(), self.contract.document_ids),
        ):
            found = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(found, records)
