from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .case_common import CaseCommon
from .common import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDispute(CaseCommon):
    """Another department answers; the dunning waits until it has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.env["realestate.dispute.category"].create(
            {
                "name": "Progress",
                "department": "technical",
                "user_id": cls.manager.id,
                "days": 5,
            }
        )

    def _dispute(self, by=None, **values):
        contract = self.contract.with_user(by or self.collector)
        values = {"category": self.category, "text": "The roof is not built", **values}
        return self.env["realestate.dispute"].browse(contract.open_dispute(**values))

    def _activity(self, record, name):
        kind = self.env.ref(f"realestate_collection.mail_activity_type_{name}")
        return record.activity_ids.filtered(lambda one: one.activity_type_id == kind)

    def test_dispute_holds_the_dunning_and_asks_its_owner(self):
        case = self._open()
        dispute = self._dispute()
        self.assertEqual((dispute.state, dispute.amount), ("open", 200000))
        self.assertEqual(dispute.department, "technical")
        self.assertEqual(str(dispute.date_limit), "2026-03-15")
        self.assertEqual(len(dispute.installment_ids), 2)
        self.assertEqual(dispute.case_id, case)
        self.assertEqual(case.stage, "disputed")
        decision = self._decision(self._run(), self.contract)
        self.assertEqual(decision.reason_code, "held")
        self.assertIn("The roof is not built", decision.reason)
        activity = self._activity(dispute, "dispute")
        self.assertEqual(activity.user_id, self.manager)
        self.assertEqual(str(activity.date_deadline), "2026-03-15")

    def test_dispute_opens_a_case_where_the_rule_has_none(self):
        self.company.realestate_case_days = 90
        self.assertFalse(self._open())
        dispute = self._dispute()
        self.assertEqual(dispute.sudo().case_id, self.contract._get_case())

    def test_answer_lets_the_dunning_go_on_and_tells_the_officer(self):
        case = self._open()
        dispute = self._dispute().with_user(self.manager)
        dispute.action_decide("rejected", "The roof is due in May")
        self.assertEqual((dispute.state, dispute.decision), ("decided", "rejected"))
        self.assertEqual(dispute.user_decided_id, self.manager)
        self.assertFalse(self.contract.is_dunning_held)
        self.assertEqual(case.stage, "new")
        self.assertFalse(self._activity(dispute.sudo(), "dispute"))
        told = self._activity(self.contract, "dispute_decided")
        self.assertEqual(told.user_id, self.collector)
        self.assertIn("The roof is due in May", told.note)
        self.assertIn(dispute.display_name, told.note)
        self.assertFalse(told.summary, "the type says what it is")
        with self.assertSays(UserError, "cannot become"):
            dispute.action_withdraw("Again")

    def test_answer_needs_a_decision_and_words(self):
        dispute = self._dispute()
        for decision, note in (("rejected", " "), (None, "Sorry"), ("maybe", "Sorry")):
            with (
                self.subTest(decision=decision),
                self.assertSays(UserError, "decision"),
            ):
                dispute.action_decide(decision, note)
        with self.assertSays(UserError, "why"):
            dispute.action_withdraw("")

    def test_only_its_owner_and_collection_answer(self):
        dispute = self._dispute()
        for user in (self.agent, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                dispute.with_user(user).action_decide("accepted", "Yes")
        with self.assertRaises(AccessError):
            dispute.with_user(self.accountant).action_decide("accepted", "Yes")
        dispute.with_user(self.collector).action_decide("accepted", "Yes")
        self.assertEqual(dispute.state, "decided")

    def test_owner_sees_and_opens_the_own_dispute_only(self):
        dispute = self._dispute()
        theirs = dispute.with_user(self.manager)
        self.assertTrue(theirs.has_access("read"))
        form = Form(theirs)
        self.assertEqual(form.contract_id, self.contract.with_user(self.manager))
        self.assertFalse(dispute.with_user(self.lawyer).has_access("read"))
        dispute.action_hand_over(self.lawyer)
        self.assertTrue(dispute.with_user(self.lawyer).has_access("read"))
        self.assertFalse(theirs.has_access("read"))
        self.assertEqual(self._activity(dispute, "dispute").user_id, self.lawyer)

    def test_owner_must_be_able_to_read_the_contract(self):
        ours = self.contract.with_user(self.collector)
        for user in (self.plain, self.agent):
            with self.subTest(user=user.login), self.assertSays(UserError, "may not"):
                ours.open_dispute(self.category, "Text", user=user)

    def test_category_of_many_companies_names_nobody_of_another_one(self):
        other = self._create_company("Other Developer", self.currency)
        stranger = self._create_user(
            "stranger", "realestate_sales.group_manager", company=other
        )
        self.category.user_id = stranger
        self.contract.user_id = self.officer
        self.assertEqual(self._dispute().user_id, self.officer)
        with self.assertSays(UserError, "may not"):
            self._dispute(user=stranger)

    def test_officer_of_another_team_sees_it_not(self):
        self._create_team(member_ids=[Command.set(self.collector.ids)])
        self._open()
        dispute = self._dispute()
        self.assertTrue(dispute.with_user(self.collector).has_access("read"))
        self.assertFalse(dispute.with_user(self.colleague).has_access("read"))

    def test_only_collection_officers_open_disputes(self):
        for user in (self.plain, self.agent, self.manager, self.accountant):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._dispute(by=user)

    def test_what_makes_no_sense_is_refused(self):
        other = self._create_many(1).installment_ids[0]
        for values, text in (
            ({"text": " "}, "what the buyer says"),
            ({"category": 0}, "category"),
            ({"category": "roof"}, "roof"),
            ({"installments": other}, "not its instalments"),
            ({"date_limit": "2026-03-01"}, "past"),
            ({"date_limit": "soon"}, "no date"),
            ({"user": "me"}, "me"),
        ):
            with self.subTest(values=values), self.assertSays(UserError, text):
                self._dispute(**values)
        self.assertFalse(self.contract.dispute_ids)

    def test_dispute_is_neither_made_nor_decided_by_hand(self):
        dispute = self._dispute().with_user(self.collection_manager)
        with self.assertRaises(UserError):
            dispute.write({"state": "decided"})
        with self.assertRaises(AccessError):
            dispute.write({"decision": "accepted"})
        with self.assertRaises(AccessError):
            dispute.create({"contract_id": self.contract.id})

    def test_late_answer_goes_up_once(self):
        leader = self.colleague
        self._create_team(
            user_id=leader.id, member_ids=[Command.set(self.collector.ids)]
        )
        self._open()
        dispute = self._dispute()
        chase = self.env["realestate.dispute"]._chase
        with self._on("2026-03-15"):
            self.assertFalse(chase(self.company))
        with self._on("2026-03-16"):
            self.assertEqual(chase(self.company), dispute)
            self.assertFalse(chase(self.company))
        self.assertEqual(str(dispute.date_escalated), "2026-03-16")
        self.assertEqual(self._activity(dispute, "dispute_late").user_id, leader)

    def test_form_opens_a_dispute_of_some_instalments(self):
        disputes = self.env["realestate.contract.dispute"].with_user(self.collector)
        form = Form(disputes.with_context(default_contract_id=self.contract.id))
        form.category_id = self.category
        self.assertEqual(form.user_id, self.manager)
        self.assertEqual(str(form.date_limit), "2026-03-15")
        form.text = "Not mine"
        form.installment_ids.add(self.contract.installment_ids[1])
        form.save().action_open()
        self.assertEqual(self.contract.dispute_ids.amount, 100000)

    def _decide(self, dispute, *args, **values):
        """Answer as the one whose dispute it is; return the new mails."""
        with self.mock_mail_gateway():
            dispute.with_user(self.manager).action_decide(*args, **values)
        return self._new_mails

    def _ask_to_tell(self):
        todo = self.env.ref("mail.mail_activity_data_todo")
        return self.contract.activity_ids.filtered(
            lambda one: one.activity_type_id == todo
        )

    def test_answer_is_mailed_to_the_buyer(self):
        mail = self._decide(self._dispute(), "rejected", "The roof\nis due in May")
        self.assertEqual(mail.recipient_ids | mail.partner_ids, self.buyer)
        self.assertIn(self.contract.name, mail.subject)
        for text in ("cannot agree", "The roof\nis due in May", "Progress"):
            self.assertIn(text, mail.body_html)
        self.assertNotIn("you are right", mail.body_html)
        self.assertEqual(
            (mail.model, mail.res_id), (self.contract._name, self.contract.id)
        )
        self.assertFalse(self._ask_to_tell())

    def test_mail_says_what_was_decided(self):
        for decision, text in (
            ("accepted", "you are right"),
            ("partly", "you are partly right"),
        ):
            with self.subTest(decision=decision):
                mail = self._decide(self._dispute(), decision, "Sorry")
                self.assertIn(text, mail.body_html)

    def test_answer_speaks_the_language_of_the_buyer(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.buyer.lang = "vi_VN"
        template = self.env.ref("realestate_collection.mail_template_dispute_answer")
        template.with_context(lang="vi_VN").subject = "Trả lời {{ object.id }}"
        dispute = self._dispute()
        mail = self._decide(dispute, "partly", "Một nửa")
        self.assertEqual(mail.subject, f"Trả lời {dispute.id}")

    def test_answer_typed_as_markup_stays_text(self):
        mail = self._decide(self._dispute(), "rejected", "<b>No</b>")
        self.assertIn("&lt;b&gt;No", mail.body_html)

    def test_nothing_is_mailed_without_an_address_and_the_officer_is_told(self):
        self.buyer.email = False
        self.assertFalse(self._decide(self._dispute(), "rejected", "In <May>"))
        activity = self._ask_to_tell()
        self.assertEqual(activity.user_id, self.collector)
        self.assertIn("no e-mail", activity.summary)
        self.assertIn("In &lt;May&gt;", activity.note)

    def test_nothing_is_mailed_where_that_is_not_wanted(self):
        self.assertFalse(
            self._decide(self._dispute(), "rejected", "In May", is_mailed=False)
        )
        self.assertFalse(self._ask_to_tell())

    def test_what_is_withdrawn_is_not_mailed(self):
        dispute = self._dispute().with_user(self.manager)
        with self.mock_mail_gateway():
            dispute.action_withdraw("Opened by mistake")
        self.assertFalse(self._new_mails)

    def test_form_answers_by_mail_unless_asked_not_to(self):
        answers = self.env["realestate.dispute.decide"].with_user(self.manager)
        for is_mailed in (True, False):
            dispute = self._dispute()
            form = Form(answers.with_context(default_dispute_id=dispute.id))
            self.assertTrue(form.is_mailed)
            self.assertEqual(form.email, "maria@example.com")
            form.decision = "partly"
            form.note = "Half of it"
            form.is_mailed = is_mailed
            with self.subTest(is_mailed=is_mailed), self.mock_mail_gateway():
                form.save().action_apply()
            self.assertEqual(len(self._new_mails), int(is_mailed))

    def test_form_answers_a_dispute(self):
        dispute = self._dispute()
        answers = self.env["realestate.dispute.decide"].with_user(self.manager)
        form = Form(answers.with_context(default_dispute_id=dispute.id))
        form.decision = "partly"
        form.note = "Half of it"
        form.save().action_apply()
        self.assertEqual(dispute.decision, "partly")
