from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RealestateSalesCommon


class ReviewCase(RealestateSalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.checker = cls._create_user("checker", "realestate_sales.group_officer")
        cls.items = cls._create_items("area", "price", "terms")

    @classmethod
    def _create_items(cls, *kinds, **values):
        return cls.env["realestate.review.item"].create(
            [
                {
                    "name": kind.title(),
                    "kind": kind,
                    "company_id": cls.company.id,
                    **values,
                }
                for kind in kinds
            ]
        )

    def _submit(self, **values):
        contract = self._create_contract(**values)
        contract.with_user(self.officer).action_submit()
        return contract


@tagged("post_install", "-at_install")
class TestReview(ReviewCase):
    def test_each_configured_item_is_asked_for(self):
        other = self._create_project(name="West", code="WEST")
        self._create_items("plan", project_ids=[Command.set(other.ids)])
        company = self._create_company("Other Developer", self.currency)
        self._create_items("parties", company_id=company.id)
        own = self._create_items("parties", project_ids=[Command.set(self.project.ids)])
        contract = self._submit()
        self.assertEqual(contract.review_ids.item_id, self.items | own)
        self.assertEqual(set(contract.review_ids.mapped("state")), {"open"})
        self.assertEqual(contract.user_submitted_id, self.officer)
        self.assertEqual(contract.review_state, "open")

    def test_nothing_is_approved_before_everything_was_found_right(self):
        contract = self._submit()
        with self.assertRaisesRegex(UserError, "“Area” is “To Check” in the review"):
            contract.with_user(self.supervisor).action_approve()
        first, *_rest = contract.review_ids.with_user(self.checker)
        first.action_ok()
        self.assertEqual((first.user_id, first.state), (self.checker, "ok"))
        with self.assertRaisesRegex(UserError, "“Price” is “To Check”"):
            contract.with_user(self.supervisor).action_approve()
        contract.with_user(self.checker).action_review_ok()
        self.assertEqual(contract.review_state, "ok")
        contract.with_user(self.supervisor).action_approve()
        self.assertEqual(contract.state, "approved")

    def test_without_items_the_supervisor_approves_as_before(self):
        self.items.active = False
        contract = self._submit()
        self.assertFalse(contract.review_ids)
        contract.with_user(self.supervisor).action_approve()
        self.assertEqual(contract.state, "approved")

    def test_the_last_tier_waits_for_the_review_as_well(self):
        self.env["realestate.approval.tier"].create(
            {
                "name": "Leader",
                "kind": "contract",
                "company_id": self.company.id,
                "user_ids": [Command.set(self.leader.ids)],
            }
        )
        contract = self._submit()
        # Undone by the savepoint of this assertion, as the request would be.
        with self.assertRaises(UserError) as refusal:
            contract.with_user(self.leader).action_approve()
        self.assertIn("a second person has to find it right", str(refusal.exception))
        self.assertEqual(contract.approval_ids.state, "pending")
        contract.with_user(self.checker).action_review_ok()
        contract.with_user(self.leader).action_approve()
        self.assertEqual(contract.state, "approved")

    def test_what_is_wrong_goes_back_with_the_remarks(self):
        contract = self._submit()
        area, price, _terms = contract.review_ids.with_user(self.checker)
        for remark in (None, " ", 3):
            with self.assertRaisesRegex(UserError, "Say what is wrong with “Area”"):
                area.action_wrong(remark)
        with self.assertRaisesRegex(UserError, "nothing was found wrong yet"):
            contract.with_user(self.checker).action_send_back()
        area.action_wrong("It is 52 m²")
        price.action_ok()
        with self.assertRaisesRegex(UserError, "“Area” is “Wrong”"):
            contract.with_user(self.supervisor).action_approve()
        contract.with_user(self.checker).action_send_back()
        self.assertEqual(contract.state, "draft")
        self.assertIn("It is 52 m²", contract.message_ids[0].body)
        self.assertEqual(contract.activity_ids.user_id, self.officer)
        contract.with_user(self.officer).action_submit()
        self.assertRecordValues(
            contract.review_ids,
            [
                {"state": "open", "remark_before": "It is 52 m²", "round": 2},
                {"state": "open", "remark_before": False, "round": 2},
                {"state": "open", "remark_before": False, "round": 2},
            ],
        )

    def test_found_right_after_all(self):
        review = self._submit().review_ids[0].with_user(self.checker)
        review.action_wrong("Hm")
        review.action_ok()
        self.assertEqual((review.state, review.remark), ("ok", False))
        review.action_wrong("No")
        review.action_wrong("No, still not")
        self.assertEqual(review.remark, "No, still not")

    def test_items_that_are_gone_are_not_asked_for_again(self):
        contract = self._submit()
        contract.with_user(self.officer).action_draft()
        self.items[0].active = False
        contract.with_user(self.officer).action_submit()
        self.assertEqual(contract.review_ids.item_id, self.items[1:])

    def test_facts_are_shown_beside(self):
        self._create_items("parties", "plan")
        reason = self.env["realestate.discount.reason"].create({"name": "Staff"})
        self.unit.area_predicted = 51.5
        contract = self._create_contract(note="<p>A garden</p>")
        contract.line_ids.write(
            {"discount_percent": 10, "discount_reason_id": reason.id}
        )
        contract.with_user(self.officer).action_submit()
        facts = {
            review.kind: str(review.with_user(self.checker).facts)
            for review in contract.review_ids
        }
        for kind, text in (
            ("area", "51.50 m² by the plans"),
            ("price", "1,000,000.00"),
            ("price", "Staff"),
            ("terms", "A garden"),
            ("parties", "Maria Buyer"),
            ("plan", self.plan.name),
        ):
            with self.subTest(kind=kind):
                self.assertIn(text, facts[kind])

    def test_a_copy_was_not_handed_in(self):
        contract = self._submit()
        self.assertNotIn("user_submitted_id", contract.copy_data()[0])


@tagged("post_install", "-at_install")
class TestReviewRights(ReviewCase):
    def setUp(self):
        super().setUp()
        self.contract = self._submit()
        self.review = self.contract.review_ids[0]
        self.portal = self._create_user(
            "portal", "base.group_portal", partner_id=self.buyer.id
        )

    def test_who_handed_it_in_does_not_review_it(self):
        with self.assertRaisesRegex(AccessError, "A second person does"):
            self.review.with_user(self.officer).action_ok()
        with self.assertRaisesRegex(AccessError, "A second person does"):
            self.review.with_user(self.officer).action_wrong("x")
        self.assertFalse(self.review.with_user(self.officer).is_mine)

    def test_a_manager_who_handed_it_in_does_not_either(self):
        contract = self._create_contract(self.units[1])
        contract.with_user(self.manager).action_submit()
        with self.assertRaises(AccessError):
            contract.with_user(self.manager).action_review_ok()
        # Handing in anew under another name does not make the first one a reviewer.
        contract.with_user(self.officer).action_draft()
        contract.with_user(self.officer).action_submit()
        contract.with_user(self.manager).action_review_ok()

    def test_lawyers_and_the_desk_review(self):
        for user in (self.lawyer, self.supervisor, self.manager, self.checker):
            with self.subTest(user=user.login):
                self.assertTrue(self.review.with_user(user).is_mine)
                self.review.with_user(user).action_ok()
                self.assertEqual(self.review.user_id, user)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_others_do_not(self):
        for user in (
            self.agent,
            self.leader,
            self.archivist,
            self.plain,
            self.portal,
        ):
            review = self.review.with_user(user)
            for attack in (
                lambda r=review: r.action_ok(),
                lambda r=review: r.action_wrong("x"),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    attack()
        self.assertEqual(self.review.state, "open")

    def test_a_lawyer_sends_back_without_writing_contracts(self):
        self.review.with_user(self.lawyer).action_wrong("Not our clause")
        self.contract.with_user(self.lawyer).action_send_back()
        self.assertEqual(self.contract.state, "draft")
        author = self.contract.message_ids[0].author_id
        self.assertEqual(author, self.lawyer.partner_id)

    def test_after_the_approval_nothing_is_reviewed(self):
        self.contract.with_user(self.checker).action_review_ok()
        self.contract.with_user(self.supervisor).action_approve()
        with self.assertRaisesRegex(UserError, "not in review"):
            self.review.with_user(self.checker).action_wrong("Too late")

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_reviews_are_not_forged(self):
        forged = {"default_state": "ok", "default_user_id": self.manager.id}
        for user in (self.plain, self.agent, self.officer, self.manager, self.portal):
            review = self.review.with_user(user).with_context(**forged)
            contract = self.contract.with_user(user).with_context(**forged)
            for attack in (
                lambda r=review: r.write({"state": "ok"}),
                lambda r=review: r.write({"user_id": self.manager.id}),
                lambda r=review: r.unlink(),
                lambda r=review: r.create(
                    {
                        "contract_id": self.contract.id,
                        "item_id": self.items[0].id,
                        "state": "ok",
                    }
                ),
                lambda c=contract: c.write({"user_submitted_id": False}),
                lambda c=contract: c.write({"review_ids": [Command.clear()]}),
                lambda c=contract: c.write(
                    {"review_ids": [Command.update(self.review.id, {"state": "ok"})]}
                ),
            ):
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    attack()
        self.assertEqual(self.review.exists().state, "open")
        self.assertEqual(self.contract.user_submitted_id, self.officer)

    def test_my_reviews_are_what_others_handed_in(self):
        reviews = self.env["realestate.contract.review"]
        mine = [("is_mine", "=", True)]
        for user, count in (
            (self.officer, 0),
            (self.checker, 3),
            (self.lawyer, 3),
            (self.leader, 0),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(reviews.with_user(user).search_count(mine), count)
        self.assertEqual(
            reviews.with_user(self.officer).search_count([("is_mine", "=", False)]), 3
        )

    def test_other_companies_and_desks_see_nothing(self):
        other = self._create_company("Other Developer", self.currency)
        stranger = self._create_user("strange", "realestate_sales.group_manager", other)
        reviews = self.env["realestate.contract.review"].with_context(
            allowed_company_ids=other.ids
        )
        self.assertFalse(reviews.with_user(stranger).search([]))
        self.project.member_ids = self.officer
        with self.assertRaises(AccessError):
            self.review.with_user(self.checker).action_ok()
