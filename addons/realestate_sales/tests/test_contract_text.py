from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .test_clause import ClauseCase


class ContractTextCase(ClauseCase):
    """Contracts with a small text of their own: two clauses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer.lang = "en_US"
        cls.noise = cls._create_clause("NOISE")
        cls.pets = cls._create_clause("PETS")
        cls.noise_text = cls._create_version(
            cls.noise, "<p>The buyer makes no noise.</p>", title="Noise"
        )
        cls.pets_text = cls._create_version(
            cls.pets, "<p>{{ buyer.name }} keeps two dogs.</p>", title="Pets"
        )
        cls.template = cls._create_template(
            cls.noise + cls.pets, company_id=cls.company.id
        )

    def _change(self, contract, body="<p>The buyer makes some noise.</p>"):
        contract.action_load_clauses()
        clause = contract.clause_ids.filtered(lambda one: one.clause_id == self.noise)
        clause.with_user(self.officer).body = body
        return clause

    def _print_text(self, contract):
        sheet = self.env["report.realestate_sales.report_contract"]._get_sheet(contract)
        return [str(clause["text"]) for clause in sheet["clauses"]]


@tagged("post_install", "-at_install")
class TestContractText(ContractTextCase):
    def test_the_text_is_pinned_when_the_contract_is_handed_in(self):
        contract = self._create_contract()
        self.assertFalse(contract.clause_ids)
        contract.action_submit()
        self.assertEqual(
            contract.clause_ids.version_id, self.noise_text + self.pets_text
        )
        self.assertEqual(contract.paper_template_id, self.template)
        self.assertEqual(contract.text_lang, "en_US")
        self.assertFalse(contract.has_changed_terms)
        contract.action_approve()
        self.assertEqual(contract.state, "approved")

    def test_a_later_version_changes_no_contract_in_review(self):
        contract = self._create_contract(state="review")
        self._create_version(self.noise, "<p>Silence.</p>")
        self._create_template(self.pets, company_id=self.company.id)
        self.assertEqual(
            self._print_text(contract),
            ["<p>The buyer makes no noise.</p>", "<p>Maria Buyer keeps two dogs.</p>"],
        )
        contract.action_approve()
        self.assertIn("<p>The buyer makes no noise.</p>", self._print_text(contract))
        contract = self._create_contract(self.units[1])
        self.assertEqual(
            self._print_text(contract), ["<p>Maria Buyer keeps two dogs.</p>"]
        )

    def test_a_draft_sent_back_is_brought_up_to_date(self):
        contract = self._create_contract(state="review")
        newer = self._create_version(self.noise, "<p>Silence.</p>")
        contract.action_draft()
        contract.action_submit()
        self.assertIn(newer, contract.clause_ids.version_id)
        self.assertEqual(len(contract.clause_ids), 2)
        self.assertFalse(contract.has_changed_terms)

    def test_changed_wording_keeps_what_it_was_changed_from(self):
        contract = self._create_contract()
        clause = self._change(contract)
        self._create_version(self.noise, "<p>Silence.</p>")
        contract.action_submit()
        self.assertEqual(clause.version_id, self.noise_text)
        self.assertIn("some noise", clause.body)

    def test_handing_in_twice_changes_nothing(self):
        contract = self._create_contract()
        contract.action_load_clauses()
        before = contract.clause_ids
        contract.action_load_clauses()
        contract.action_submit()
        contract.action_submit()
        self.assertEqual(contract.clause_ids, before)

    def test_clauses_the_template_no_longer_has_go(self):
        contract = self._create_contract()
        contract.with_user(self.officer).action_load_clauses()
        self._create_template(self.pets, company_id=self.company.id)
        contract.with_user(self.officer).action_submit()
        self.assertEqual(contract.clause_ids.clause_id, self.pets)

    def test_the_officer_chooses_a_template(self):
        other = self._create_template(
            self.pets,
            code="OTHER",
            company_id=self.company.id,
            date_effective="2020-01-01",
        )
        contract = self._create_contract(paper_template_id=other.id)
        contract.action_submit()
        self.assertEqual(contract.clause_ids.clause_id, self.pets)
        with self.assertRaisesRegex(UserError, "its parties, units, prices"):
            contract.paper_template_id = self.template

    def test_a_template_withdrawn_is_not_used_any_more(self):
        contract = self._create_contract(paper_template_id=self.template.id)
        self.template.action_withdraw()
        contract.action_submit()
        self.assertEqual(
            contract.paper_template_id,
            self.env.ref("realestate_sales.paper_template_contract"),
        )

    def test_clauses_that_depend_on_facts_stand_only_where_they_hold(self):
        self.template.action_withdraw()
        single = self._create_contract(state="review")
        codes = single.clause_ids.clause_id.mapped("code")
        self.assertEqual(codes, ["CONTRACT-SALE", "CONTRACT-PRICE", "CONTRACT-PAYMENT"])
        second = self._create_partner(name="Second")
        joint = self._create_contract(
            self.units[1],
            buyer_ids=[
                Command.create(
                    {"partner_id": self.buyer.id, "share": 60, "is_main": True}
                ),
                Command.create({"partner_id": second.id, "share": 40}),
            ],
            note="<p>A kitchen.</p>",
            state="review",
        )
        codes = joint.clause_ids.clause_id.mapped("code")
        self.assertIn("CONTRACT-JOINT", codes)
        self.assertIn("CONTRACT-PRECEDENCE", codes)

    def test_only_a_draft_is_changed(self):
        contract = self._create_contract(state="review")
        clause = contract.clause_ids[0]
        for change in (
            lambda: clause.write({"body": "<p>x</p>"}),
            lambda: clause.write({"is_removed": True}),
            clause.unlink,
            lambda: clause.create({"contract_id": contract.id, "body": "<p>x</p>"}),
            lambda: contract.write({"note": "<p>x</p>"}),
            contract.action_load_clauses,
        ):
            with self.assertRaisesRegex(UserError, "is “In Review”"):
                change()

    def test_what_a_clause_was_made_from_is_not_forged(self):
        contract = self._create_contract()
        clause = self._change(contract)
        own = clause.with_user(self.officer)
        for values in (
            {"version_id": self.pets_text.id},
            {"clause_id": self.pets.id},
            {"is_changed": False},
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(UserError, "cannot be set by hand"),
            ):
                own.write(values)
        with self.assertRaisesRegex(UserError, "cannot be set by hand"):
            own.create(
                {
                    "contract_id": contract.id,
                    "body": "<p>Anything</p>",
                    "version_id": self.noise_text.id,
                }
            )
        with self.assertRaisesRegex(UserError, "stays in its contract and language"):
            own.lang = "vi_VN"
        with self.assertRaisesRegex(UserError, "mark it as left out"):
            own.unlink()
        with self.assertRaisesRegex(UserError, "cannot be set by hand"):
            contract.with_user(self.officer).text_lang = "vi_VN"

    def test_broken_placeholders_are_refused_in_a_contract_too(self):
        contract = self._create_contract()
        with self.assertRaisesRegex(ValidationError, "clause Noise.*\n.*buyer.nmae"):
            self._change(contract, "<p>{{ buyer.nmae }}</p>")
        with self.assertRaisesRegex(ValidationError, "Special terms of .*\n.*nothing"):
            contract.note = "<p>{{ nothing }}</p>"

    def test_agents_and_strangers_change_no_wording(self):
        contract = self._create_contract(user_id=self.agent.id)
        clause = self._change(contract)
        self.assertTrue(clause.with_user(self.agent).read(["body"]))
        self.assertTrue(clause.with_user(self.lawyer).read(["body"]))
        for user in (self.agent, self.lawyer, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                clause.with_user(user).write({"body": "<p>x</p>"})
        other_agent = self._create_user("agent2", "realestate_sales.group_agent")
        with self.assertRaises(AccessError):
            clause.with_user(other_agent).read(["body"])

    def test_another_company_does_not_see_the_wording(self):
        contract = self._create_contract(state="review")
        other = self._create_company("Other Developer", self.currency)
        manager = "realestate_sales.group_manager"
        stranger = self._create_user("stranger", manager, other)
        own = contract.clause_ids.with_user(stranger).with_context(
            allowed_company_ids=other.ids
        )
        self.assertFalse(own.search([("id", "in", contract.clause_ids.ids)]))
        with self.assertRaises(AccessError):
            own.read(["body"])


@tagged("post_install", "-at_install")
class TestChangedTerms(ContractTextCase):
    def test_changed_wording_waits_for_a_lawyer(self):
        contract = self._create_contract()
        self._change(contract)
        contract.with_user(self.officer).action_submit()
        self.assertTrue(contract.has_changed_terms)
        activity = self.env["mail.activity"].search(
            [
                ("res_model", "=", "realestate.contract"),
                ("res_id", "=", contract.id),
                ("user_id", "=", self.lawyer.id),
            ]
        )
        self.assertTrue(activity)
        for user in (self.supervisor, self.manager):
            with self.assertRaisesRegex(UserError, "“Noise”.*a lawyer has to approve"):
                contract.with_user(user).action_approve()
        contract.with_user(self.lawyer).action_approve()
        self.assertEqual(contract.state, "review")
        self.assertTrue(contract.is_terms_approved)
        self.assertFalse(activity.exists())
        contract.with_user(self.supervisor).action_approve()
        self.assertEqual(contract.state, "approved")

    def test_who_may_approve_the_wording_sees_the_button(self):
        contract = self._create_contract()
        with self.assertRaisesRegex(UserError, "does not wait for an approval"):
            contract.action_approve_terms()
        self._change(contract)
        contract.with_user(self.officer).action_submit()
        self.assertTrue(contract.with_user(self.lawyer).is_terms_mine)
        self.assertFalse(contract.with_user(self.supervisor).is_terms_mine)
        with self.assertRaises(AccessError):
            contract.with_user(self.plain).action_approve_terms()
        with self.assertRaises(AccessError):
            contract.with_user(self.supervisor).action_approve_terms()
        contract.with_user(self.lawyer).action_approve_terms()
        self.assertTrue(contract.is_terms_approved)

    def test_special_terms_count_as_changed_wording(self):
        contract = self._create_contract(note="<p>A kitchen.</p>")
        contract.action_submit()
        with self.assertRaisesRegex(UserError, "“special terms”"):
            contract.action_approve()
        contract.with_user(self.lawyer).action_approve()
        contract.action_approve()

    def test_an_added_or_missing_clause_counts(self):
        contract = self._create_contract()
        contract.with_user(self.officer).action_load_clauses()
        self.assertFalse(contract.has_changed_terms)
        added = (
            self.env["realestate.contract.clause"]
            .with_user(self.officer)
            .create(
                {
                    "contract_id": contract.id,
                    "title": "Kitchen",
                    "body": "<p>White.</p>",
                }
            )
        )
        self.assertTrue(contract.has_changed_terms)
        added.unlink()
        self.assertFalse(contract.has_changed_terms)
        contract.clause_ids[0].is_removed = True
        self.assertTrue(contract.has_changed_terms)

    def test_formatting_counts_since_it_can_strike_out_a_word(self):
        contract = self._create_contract()
        clause = self._change(contract, "<p>The buyer makes <s>no</s> noise.</p>")
        self.assertTrue(clause.is_changed)
        self.assertIn("Only the formatting", clause.comparison)

    def test_the_standard_comes_back(self):
        contract = self._create_contract()
        clause = self._change(contract)
        clause.with_user(self.officer).action_restore()
        self.assertFalse(clause.is_changed)
        self.assertFalse(contract.has_changed_terms)

    def test_the_approval_is_of_one_wording(self):
        contract = self._create_contract()
        clause = self._change(contract)
        contract.action_submit()
        contract.with_user(self.lawyer).action_approve()
        contract.action_draft()
        clause.body = "<p>The buyer makes all the noise.</p>"
        contract.action_submit()
        self.assertFalse(contract.is_terms_approved)
        with self.assertRaisesRegex(UserError, "a lawyer has to approve"):
            contract.action_approve()

    def test_a_wording_changed_behind_the_approval_is_not_approved(self):
        contract = self._create_contract()
        clause = self._change(contract)
        contract.action_submit()
        contract.with_user(self.lawyer).action_approve()
        self.env.cr.execute(
            "UPDATE realestate_contract_clause SET body = '<p>x</p>' WHERE id = %s",
            [clause.id],
        )
        clause.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "a lawyer has to approve"):
            contract.action_approve()

    def test_a_lawyer_sends_it_back_with_a_reason(self):
        contract = self._create_contract()
        self._change(contract)
        contract.with_user(self.officer).action_submit()
        approval = contract._get_approvals("terms")
        approval.with_user(self.lawyer).action_refuse("No noise at all")
        self.assertEqual(contract.state, "draft")

    def test_who_hands_in_does_not_approve_the_wording(self):
        both = self._create_user(
            "both", "realestate_sales.group_officer,realestate_sales.group_lawyer"
        )
        contract = self._create_contract()
        self._change(contract)
        contract.with_user(both).action_submit()
        with self.assertRaises(AccessError):
            contract._get_approvals("terms").with_user(both).action_approve()

    def test_tiers_come_in_the_lawyer_s_place(self):
        self.env["realestate.approval.tier"].create(
            {
                "name": "Head of legal",
                "kind": "terms",
                "company_id": self.company.id,
                "user_ids": [Command.set(self.leader.ids)],
            }
        )
        contract = self._create_contract(note="<p>A kitchen.</p>")
        contract.action_submit()
        with self.assertRaises(AccessError):
            contract._get_approvals("terms").with_user(self.lawyer).action_approve()
        contract.with_user(self.leader).action_approve()
        self.assertTrue(contract.is_terms_approved)

    def test_changes_are_shown_next_to_the_standard(self):
        contract = self._create_contract()
        clause = self._change(contract)
        self.assertIn(
            '<del class="text-danger">no</del><ins class="text-success">some</ins>',
            clause.comparison,
        )
        html = contract.terms_comparison
        self.assertIn("The buyer makes no noise.", html)
        self.assertIn("As the standard.", html)
        action = contract.action_compare_terms()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (contract._name, contract.id)
        )
        self.assertTrue(contract.with_user(self.lawyer).terms_comparison)

    def test_names_and_texts_are_escaped_in_the_comparison(self):
        contract = self._create_contract()
        clause = self._change(contract, "<p>1 &lt; 2 &lt;script&gt;</p>")
        self.assertNotIn("<script>", clause.comparison)
        self.assertIn("&lt;script&gt;", clause.comparison)

    def test_copies_start_from_the_standard(self):
        contract = self._create_contract()
        self._change(contract)
        self.assertFalse(contract.copy({"line_ids": []}).clause_ids)
