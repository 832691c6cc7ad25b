from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RealestateSalesCommon


class SealCase(RealestateSalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._create_user("keeper", "realestate_sales.group_archivist")
        cls.seal = cls.env["realestate.seal"].create(
            {"name": "Contract seal", "keeper_id": cls.keeper.id}
        )
        cls.contract = cls._create_contract(state="signed")

    def _request(self, contracts=None, state="draft", **values):
        """A request of the officer, walked to ``state``."""
        contracts = self.contract if contracts is None else contracts
        request = (
            self.env["realestate.seal.request"]
            .with_user(self.officer)
            .create(
                {
                    "seal_id": self.seal.id,
                    "contract_ids": [Command.set(contracts.ids)],
                    "purpose": "Signed today",
                    **values,
                }
            )
        )
        if state != "draft":
            request.action_submit()
        if state in ("approved", "stamped"):
            request.with_user(self.leader).action_approve()
        if state == "stamped":
            request.with_user(self.keeper).action_stamp()
        return request


@tagged("post_install", "-at_install")
class TestSealRequest(SealCase):
    def test_approvers_read_what_is_to_be_stamped(self):
        self.env["realestate.approval.tier"].create(
            {
                "name": "Seals",
                "kind": "seal",
                "company_id": self.company.id,
                "user_ids": [Command.set(self.manager.ids)],
            }
        )
        request = self._request(
            state="submitted", papers="Power of attorney\nAnnex", copies=3
        )
        rows = {row.label: row.text for row in request.approval_ids._get_summary_rows()}
        self.assertEqual(rows["Seal"], "Contract seal")
        self.assertEqual(rows["Purpose"], "Signed today")
        contract = rows[self.contract.name]
        for part in ("Maria Buyer", "T1-101", "1,000,000.00"):
            self.assertIn(part, contract)
        self.assertEqual(rows["Other papers"], "Power of attorney\nAnnex")
        # One contract and two papers, three copies of each.
        self.assertEqual(rows["Copies to Stamp"], "9")

    def test_leader_approves_keeper_stamps_and_contracts_are_sealed(self):
        other = self._create_contract(self.units[1], state="signed")
        request = self._request(self.contract | other, copies=3)
        self.assertRegex(request.name, r"^SEAL/\d{4}/\d{5}$")
        self.assertEqual(request.copies_total, 6)
        self.assertEqual(request.amount_total, 2000000)
        self.assertEqual(request.project_id, self.project)
        request.action_submit()
        self.assertIn(self.leader, request.activity_ids.user_id)
        request.with_user(self.leader).action_approve()
        self.assertEqual(request.activity_ids.user_id, self.keeper)
        request.with_user(self.keeper).action_stamp()
        self.assertFalse(request.activity_ids)
        self.assertRecordValues(
            request,
            [
                {
                    "state": "stamped",
                    "user_id": self.officer.id,
                    "user_approved_id": self.leader.id,
                    "user_stamped_id": self.keeper.id,
                    "stamped_copies": 6,
                }
            ],
        )
        self.assertEqual((self.contract | other).mapped("state"), ["sealed"] * 2)
        self.assertTrue(self.contract.date_sealed)
        self.assertEqual(self.seal.stamped_count, 6)

    def test_stamping_twice_is_stamping_once(self):
        request = self._request(state="stamped")
        stamped = request.date_stamped
        request.with_user(self.keeper).action_stamp(1, "again")
        self.assertEqual(request.stamped_copies, 2)
        self.assertEqual(request.date_stamped, stamped)

    def test_only_leaders_who_did_not_ask_approve(self):
        request = self._request(state="submitted")
        for user in (self.officer, self.manager, self.keeper, self.lawyer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                request.with_user(user).action_approve()
        self.officer.group_ids += self.env.ref("realestate_sales.group_leader")
        with self.assertRaisesRegex(AccessError, "who asks for a seal"):
            request.with_user(self.officer).action_approve()
        self.assertFalse(request.with_user(self.officer).is_mine_to_decide)
        self.assertTrue(request.with_user(self.leader).is_mine_to_decide)
        self.assertEqual(request.state, "submitted")

    def test_only_the_keeper_stamps_and_only_what_is_approved(self):
        request = self._request(state="submitted")
        with self.assertRaisesRegex(UserError, "possible only from Approved"):
            request.with_user(self.keeper).action_stamp()
        request.with_user(self.leader).action_approve()
        for user in (self.officer, self.manager, self.leader):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                request.with_user(user).action_stamp()
        self.assertEqual(self.contract.state, "signed")

    def test_the_count_of_copies_is_checked(self):
        request = self._request(state="approved")
        stamp = request.with_user(self.keeper).action_stamp
        for copies in (0, -1, 3, 1.5, "2", True):
            with self.subTest(copies=copies), self.assertRaises(UserError):
                stamp(copies)
        with self.assertRaisesRegex(UserError, "say why not all"):
            stamp(1)
        stamp(1, "One copy was torn")
        self.assertEqual(request.stamped_copies, 1)
        self.assertEqual(request.stamp_note, "One copy was torn")

    def test_a_refusal_keeps_its_reason_and_may_be_taken_up_again(self):
        request = self._request(state="submitted")
        with self.assertRaisesRegex(UserError, "Say why"):
            request.with_user(self.leader).action_refuse(" ")
        request.with_user(self.leader).action_refuse("Wrong seal")
        self.assertEqual(
            (request.state, request.refuse_reason), ("refused", "Wrong seal")
        )
        request.with_user(self.officer).action_draft()
        request.with_user(self.officer).action_submit()
        self.assertFalse(request.refuse_reason)

    def test_what_was_asked_for_stays(self):
        request = self._request(state="submitted")
        other = self._create_contract(self.units[1], state="signed")
        for vals in (
            {"copies": 9},
            {"contract_ids": [Command.link(other.id)]},
            {"papers": "Blank sheet"},
            {"purpose": "Another"},
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "stays as"):
                request.write(vals)
        with self.assertRaises(UserError):
            request.unlink()
        request.with_user(self.officer).action_draft()
        request.write({"copies": 9})
        self.assertEqual(request.copies_total, 9)

    def test_facts_are_not_forged(self):
        request = self._request()
        for vals in (
            {"state": "approved"},
            {"stamped_copies": 2},
            {"user_approved_id": self.leader.id},
            {"user_id": self.agent.id},
            {"name": "SEAL/1"},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                request.with_user(self.manager).write(vals)
            with self.subTest(created=vals), self.assertRaises(UserError):
                request.with_user(self.manager).create(
                    {"seal_id": self.seal.id, "purpose": "Forged", **vals}
                )

    def test_contracts_that_are_not_signed_are_named(self):
        draft = self._create_contract(self.units[1])
        request = self._request(self.contract | draft)
        with self.assertRaisesRegex(UserError, draft.name):
            request.action_submit()
        with self.assertRaisesRegex(UserError, "Name the contracts or the papers"):
            self._request(self.env["realestate.contract"]).action_submit()

    def test_one_contract_is_not_asked_for_twice(self):
        first = self._request(state="submitted")
        with self.assertRaisesRegex(UserError, first.name):
            self._request().action_submit()
        first.with_user(self.officer).action_cancel()
        self._request().action_submit()

    def test_a_contract_cancelled_meanwhile_is_not_stamped(self):
        request = self._request(state="approved")
        self.contract.action_cancel("The buyer left")
        with self.assertRaisesRegex(UserError, "Cancelled"):
            request.with_user(self.keeper).action_stamp()
        self.assertEqual(request.state, "approved")

    def test_other_papers_are_stamped_without_contracts(self):
        request = self._request(
            self.env["realestate.contract"],
            papers="Letter of authority\n\nPower of attorney",
            copies=1,
            state="stamped",
        )
        self.assertEqual(request.stamped_copies, 2)

    def test_a_finance_seal_seals_no_contract(self):
        self.seal.kind = "finance"
        self._request(state="stamped")
        self.assertEqual(self.contract.state, "signed")

    def test_tiers_approve_in_the_place_of_the_leader(self):
        self.env["realestate.approval.tier"].create(
            {
                "name": "Legal",
                "kind": "seal",
                "company_id": self.company.id,
                "user_ids": [Command.set(self.lawyer.ids)],
            }
        )
        request = self._request(state="submitted")
        with self.assertRaises(AccessError):
            request.with_user(self.leader).action_approve()
        self.assertTrue(request.with_user(self.lawyer).is_mine_to_decide)
        request.with_user(self.lawyer).action_approve()
        self.assertEqual(request.state, "approved")
        self.assertEqual(request.user_approved_id, self.lawyer)
        request._write_facts(purpose="Something else")
        with self.assertRaisesRegex(UserError, "changed since it was approved"):
            request.with_user(self.keeper).action_stamp()

    def test_a_tier_refuses_with_its_reason(self):
        self.env["realestate.approval.tier"].create(
            {
                "name": "Legal",
                "kind": "seal",
                "company_id": self.company.id,
                "user_ids": [Command.set(self.lawyer.ids)],
            }
        )
        request = self._request(state="submitted")
        request.with_user(self.lawyer).action_refuse("Not on this paper")
        self.assertEqual(request.state, "refused")
        self.assertEqual(request.refuse_reason, "Not on this paper")

    def test_keepers_are_those_who_see_requests(self):
        for user in (self.plain, self.agent):
            with self.subTest(user=user.login), self.assertRaises(ValidationError):
                self.seal.keeper_id = user

    def test_the_contract_asks_for_its_seal(self):
        action = self.contract.with_user(self.officer).action_request_seal()
        request = self.env["realestate.seal.request"].browse(action["res_id"])
        self.assertEqual(request.contract_ids, self.contract)
        self.assertEqual(request.seal_id, self.seal)
        self.assertEqual(self.contract.seal_request_count, 1)


@tagged("post_install", "-at_install")
class TestSealByRequest(SealCase):
    def test_without_the_setting_the_button_seals(self):
        self.contract.with_user(self.officer).action_seal()
        self.assertEqual(self.contract.state, "sealed")

    def test_with_the_setting_only_a_stamped_request_seals(self):
        self.company.realestate_seal_by_request = True
        request = self._request(state="approved")
        with self.assertRaisesRegex(UserError, "stamped on request only"):
            self.contract.with_user(self.manager).action_seal()
        request.with_user(self.keeper).action_stamp()
        self.assertEqual(self.contract.state, "sealed")

    def test_the_officer_of_another_project_sees_no_request(self):
        request = self._request()
        self.project.member_ids = self.supervisor
        request._write_facts(user_id=self.supervisor.id)
        requests = self.env["realestate.seal.request"]
        for user, seen in ((self.officer, False), (self.supervisor, True)):
            with self.subTest(user=user.login):
                found = requests.with_user(user).search([("id", "=", request.id)])
                self.assertEqual(bool(found), seen)

    def test_another_company_sees_neither_seal_nor_request(self):
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign", "realestate_sales.group_manager", company=other
        )
        request = self._request()
        for record in (request, self.seal):
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(foreign).with_context(
                    allowed_company_ids=other.ids
                ).read(["display_name"])
