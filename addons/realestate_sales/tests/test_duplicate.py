from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .document_common import JPEG, DocumentCommon


class DuplicateCase(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer.write({"phone": "+63 917 123 4567", "email": "maria@example.com"})
        cls.twin = cls._create_partner(name="Maria B.", phone="0917-123-4567")

    @classmethod
    def _identify(cls, partner, number="P1234567", **values):
        return cls.env["realestate.partner.identity"].create(
            {
                "partner_id": partner.id,
                "kind": "passport",
                "number_shown": number,
                "company_id": cls.company.id,
                **values,
            }
        )

    def _found(self, user=None):
        self.env.flush_all()
        duplicates = self.env["realestate.duplicate"].with_user(user or self.supervisor)
        both = (self.buyer | self.twin).ids
        found = duplicates.search([("partner_id", "in", both)])
        return {(row.kind, row.partner_id.id, row.other_id.id) for row in found}

    def _merge(self, keep=None, other=None, user=None):
        wizard = self.env["realestate.buyer.merge"].with_user(user or self.supervisor)
        wizard = wizard.create(
            {"keep_id": (keep or self.buyer).id, "other_id": (other or self.twin).id}
        )
        wizard.action_merge()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestDuplicate(DuplicateCase):
    def test_telephones_are_found_however_typed(self):
        self.assertEqual(self._found(), {("phone", self.buyer.id, self.twin.id)})
        self.twin.phone = "12 34"
        self.assertFalse(self._found())

    def test_addresses_and_id_numbers_are_found(self):
        self.twin.write({"phone": False, "email": "Maria@Example.com "})
        self.assertEqual(self._found(), {("email", self.buyer.id, self.twin.id)})
        self.twin.email = False
        self._identify(self.buyer)
        self._identify(self.twin, "p-123 4567", kind="id_card")
        self.assertEqual(self._found(), {("identity", self.buyer.id, self.twin.id)})

    def test_numbers_known_to_two_companies_are_not_compared(self):
        self.twin.phone = False
        company = self._create_company("Rival", self.currency)
        self._identify(self.buyer)
        self._identify(self.twin, company_id=company.id)
        self.assertFalse(self._found())

    def test_another_company_does_not_learn_who_buys(self):
        company = self._create_company("Rival", self.currency)
        rival = self._create_user(
            "rival", "realestate_sales.group_supervisor", company=company
        )
        self.env.flush_all()
        duplicates = self.env["realestate.duplicate"].with_user(rival)
        duplicates = duplicates.with_context(allowed_company_ids=company.ids)
        both = (self.buyer | self.twin).ids
        self.assertFalse(duplicates.search([("partner_id", "in", both)]))

    def test_contacts_who_buy_nothing_are_not_listed(self):
        one = self._create_partner(name="A", phone="+63 2 555 0001")
        two = self._create_partner(name="B", phone="+63 2 555 0001")
        self.env.flush_all()
        found = self.env["realestate.duplicate"].search(
            [("partner_id", "in", (one | two).ids)]
        )
        self.assertFalse(found)

    def test_archived_contacts_and_parts_of_a_company_are_not_listed(self):
        self.twin.active = False
        self.assertFalse(self._found())
        self.twin.write({"active": True, "parent_id": self.buyer.id})
        self.assertFalse(self._found())

    def test_supervisors_see_the_list(self):
        self.assertTrue(self._found(self.manager))
        for user in (self.officer, self.lawyer, self.agent, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._found(user)

    def test_a_row_opens_the_merge_of_both(self):
        self.env.flush_all()
        row = self.env["realestate.duplicate"].with_user(self.supervisor)
        row = row.search([("partner_id", "=", self.buyer.id)])
        context = row.action_merge()["context"]
        wizard = self.env["realestate.buyer.merge"].with_user(self.supervisor)
        wizard = wizard.with_context(**context).create({})
        self.assertIn(self.contract.name, wizard.keep_summary)
        self.assertIn("0917-123-4567", wizard.other_summary)
        wizard.action_swap()
        self.assertEqual(wizard.keep_id, self.twin)


@tagged("post_install", "-at_install")
class TestBuyerMerge(DuplicateCase):
    def test_contracts_past_the_draft_follow_and_go_on(self):
        contract = self._create_contract(
            self.units[1], partner_id=self.twin.id, state="approved"
        )
        reservation = self.units[2].action_reserve(self.twin, self.plan, 0)
        self._merge()
        self.assertFalse(self.twin.exists())
        self.assertEqual(contract.partner_id, self.buyer)
        self.assertEqual(contract.buyer_ids.partner_id, self.buyer)
        self.assertEqual(set(contract.installment_ids.partner_id), set(self.buyer))
        self.assertEqual(reservation.partner_id, self.buyer)
        self.assertEqual(self.units[1].live_claim_id.partner_id, self.buyer)
        self.assertEqual(contract.document_ids.partner_id, self.buyer)
        for action in ("sign", "seal", "activate"):
            getattr(contract, f"action_{action}")()
        self.assertEqual(contract.state, "active")
        self.assertIn("Maria B.", "".join(contract.message_ids.mapped("body")))

    def test_shares_in_the_same_contract_add_up(self):
        third = self._create_partner(name="Third")
        contract = self._create_shared_contract(
            self.units[1], self.twin, self.buyer, third, state="draft"
        )
        shares = dict(zip(contract.buyer_ids, (20, 30, 50), strict=True))
        for row, share in shares.items():
            row.share = share
        self._walk(contract, "approved")
        self._merge()
        rows = contract.buyer_ids
        self.assertEqual(
            {row.partner_id: row.share for row in rows}, {self.buyer: 50, third: 50}
        )
        self.assertEqual(rows.filtered("is_main").partner_id, self.buyer)
        self.assertEqual(contract.partner_id, self.buyer)
        self.assertFalse(contract._get_problems())
        contract.action_sign()

    def test_odoo_s_own_merge_loses_no_contract_either(self):
        shared = self._create_shared_contract(
            self.units[1], self.buyer, self.twin, state="approved"
        )
        own = self._create_contract(
            self.units[2], partner_id=self.twin.id, state="approved"
        )
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.buyer | self.twin).ids, self.buyer, extra_checks=False)
        self.env.invalidate_all()
        self.assertEqual(shared.buyer_ids.share, 100)
        self.assertEqual(own.buyer_ids.partner_id, self.buyer)
        self.assertEqual(own.buyer_ids.share, 100)

    def test_of_equal_papers_what_was_handed_in_stays(self):
        contract = self._create_shared_contract(self.units[1], self.buyer, self.twin)
        mine = self._get_paper(contract, self.buyer, self.tax)
        theirs = self._get_paper(contract, self.twin, self.tax)
        self._hand_in(theirs, JPEG)
        both = [
            self._get_paper(contract, partner, self.identity)
            for partner in (self.buyer, self.twin)
        ]
        for paper in both:
            self._hand_in(paper)
        self._merge()
        self.assertFalse(mine.exists())
        self.assertEqual((theirs.partner_id, theirs.state), (self.buyer, "received"))
        papers = contract.document_ids.filtered(lambda d: d.type_id == self.identity)
        self.assertEqual(len(papers), 2)
        self.assertEqual(sorted(papers.mapped("is_automatic")), [False, True])
        contract._sync_documents()
        self.assertEqual(len(contract.document_ids), 3)

    def test_identities_and_looks_follow(self):
        mine, theirs = self._identify(self.buyer), self._identify(self.twin)
        other = self._identify(self.twin, "X99999", kind="id_card")
        look = theirs._record_look("number", "Called")
        self._merge()
        self.assertEqual(self.buyer.realestate_identity_ids, mine | other)
        self.assertEqual((look.partner_id, look.identity_id), (self.buyer, mine))

    def test_the_history_of_both_is_one(self):
        self._create_contract(self.units[1], partner_id=self.twin.id)
        self.buyer.phone = "+63 917 000 0001"
        self.twin.phone = "+63 917 000 0002"
        self.twin.email = "twin@example.com"
        self._merge()
        current = self.buyer.realestate_detail_ids.filtered("is_current")
        self.assertEqual(
            sorted(current.mapped("value")), ["+63 917 000 0001", "maria@example.com"]
        )
        told = self.buyer.realestate_detail_ids.mapped("value")
        for value in ("0917-123-4567", "+63 917 000 0002", "twin@example.com"):
            self.assertIn(value, told)

    def test_what_only_the_other_had_stays_current(self):
        self.buyer.email = False
        self._create_contract(self.units[1], partner_id=self.twin.id)
        self.twin.email = "twin@example.com"
        self._merge()
        self.assertEqual(self.buyer.email, "twin@example.com")
        current = self.buyer.realestate_detail_ids.filtered("is_current")
        current = current.filtered(lambda detail: detail.kind == "email")
        self.assertEqual(current.value, "twin@example.com")

    def test_the_login_follows(self):
        user = new_test_user(
            self.env,
            login="twin_portal",
            groups="base.group_portal",
            partner_id=self.twin.id,
        )
        self._merge()
        self.assertEqual(user.partner_id, self.buyer)

    def test_two_logins_are_refused_with_a_way_out(self):
        for partner in (self.buyer, self.twin):
            user = new_test_user(
                self.env,
                login=f"login_{partner.id}",
                groups="base.group_portal",
                partner_id=partner.id,
            )
        user.active = False
        with self.assertRaisesRegex(UserError, "administrator to delete"):
            self._merge()
        self.assertTrue(self.twin.exists())

    def test_staff_and_companies_are_not_merged(self):
        for partner in (self.officer.partner_id, self.company.partner_id):
            with self.subTest(partner=partner.name):
                with self.assertRaisesRegex(UserError, "staff or a company"):
                    self._merge(other=partner)

    def test_only_a_supervisor_merges(self):
        for user in (self.officer, self.lawyer, self.agent, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._merge(user=user)
        with self.assertRaises(AccessError):
            self.buyer.with_user(self.officer)._merge_buyer(self.twin)
        self.assertTrue(self.twin.exists())

    def test_a_contact_is_not_merged_with_itself(self):
        with self.assertRaisesRegex(UserError, "different"):
            self._merge(other=self.buyer)

    def test_what_is_merged_already_is_not_merged_again(self):
        keep = self.buyer.with_user(self.supervisor)
        other = self.twin.with_user(self.supervisor)
        keep._merge_buyer(other)
        self.env.invalidate_all()
        for one, two in ((keep, other), (other, keep)):
            with self.assertRaisesRegex(UserError, "merged it meanwhile"):
                one._merge_buyer(two)

    def test_buyers_of_another_company_are_left_to_it(self):
        company = self._create_company("Rival", self.currency)
        identity = self._identify(self.twin, company_id=company.id)
        with self.assertRaisesRegex(UserError, "company that you have not"):
            self._merge()
        identity.unlink()
        self.twin.company_id = company
        with self.assertRaises(AccessError):
            self._merge()
        self.assertTrue(self.twin.exists())

    def test_husband_and_wife_merged_by_mistake_are_nobody_s_spouse(self):
        self.buyer.realestate_spouse_id = self.twin
        self._merge()
        self.assertFalse(self.buyer.realestate_spouse_id)
        self.assertFalse(self.buyer.realestate_spouse_of_ids)
