from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..models.placeholder_labels import LABELS
from ..models.realestate_clause import PAPER_KINDS
from ..tools.placeholder_names import CATALOGUE, PAPERS
from .common import RealestateSalesCommon


class ClauseCase(RealestateSalesCommon):
    """Clauses and templates of the library."""

    @classmethod
    def _create_clause(cls, code="NOISE", kind="contract", **values):
        return cls.env["realestate.clause"].create(
            {"name": code.title(), "code": code, "kind": kind, **values}
        )

    @classmethod
    def _create_version(cls, clause, body="<p>No noise.</p>", approved=True, **values):
        version = cls.env["realestate.clause.version"].create(
            {"clause_id": clause.id, "lang": "en_US", "body": body, **values}
        )
        if approved:
            version.action_approve()
        return version

    @classmethod
    def _create_template(cls, clauses, approved=True, **values):
        template = cls.env["realestate.paper.template"].create(
            {
                "name": "Test Contract",
                "code": "TEST",
                "kind": "contract",
                "line_ids": [
                    Command.create({"clause_id": clause.id, "sequence": number})
                    for number, clause in enumerate(clauses)
                ],
                **values,
            }
        )
        if approved:
            template.action_approve()
        return template

    def _choose(self, lang="en_US", kind="contract", project=None):
        project = project or self.project
        return self.env["realestate.paper.template"]._choose(
            kind, project.company_id, project, lang
        )


@tagged("post_install", "-at_install")
class TestClause(ClauseCase):
    def test_a_plain_database_has_wording_in_four_languages(self):
        for kind in ("contract", "deposit", "liquidation"):
            template = self._choose(kind=kind)
            self.assertEqual((template.kind, template.state), (kind, "approved"))
            for clause in template.line_ids.clause_id:
                with self.subTest(clause=clause.code):
                    self.assertEqual(
                        clause._get_versions().keys(),
                        {"en_US", "zh_CN", "zh_TW", "vi_VN"},
                    )

    def test_kinds_and_labels_are_those_of_the_catalogue(self):
        self.assertEqual(dict(PAPER_KINDS), PAPERS)
        self.assertEqual(
            {name: one.label for name, one in CATALOGUE.items()},
            {name: label._source for name, label in LABELS.items()},
        )

    def test_a_broken_placeholder_is_refused_when_it_is_written(self):
        clause = self._create_clause()
        for body, pattern in (
            (
                "<p>{{ buyer.nmae }}</p>",
                "(?s)Clause Noise in English.*“buyer.nmae” is no placeholder. "
                "Did you mean “buyer.name”",
            ),
            ("<p>{{ buyer.name</p>", "“{{ buyer.name” is opened with {{ and never"),
            ("<p>buyer.name }}</p>", "never opened"),
            ("<p>{{ buyer.<b>name</b> }}</p>", "formatted inside its braces"),
            ("<p>{{ price.amount | long }}</p>", "“price.amount | long” is a way"),
            ("<p>{{ deposit.amount }}</p>", "does not exist on this paper"),
            ("<p>｛｛buyer.name｝｝</p>", "wide braces"),
            ("<p>{{ }}</p>", "names no placeholder"),
            ('<p><a href="{{ buyer.email }}">x</a></p>', "only text takes"),
        ):
            with (
                self.subTest(body=body),
                self.assertRaisesRegex(ValidationError, pattern),
            ):
                self._create_version(clause, body, approved=False)
        with self.assertRaisesRegex(ValidationError, "“nobody” is no placeholder"):
            self._create_version(clause, title="{{ nobody }}", approved=False)

    def test_a_clause_for_every_paper_uses_what_all_papers_know(self):
        clause = self._create_clause(kind=False)
        self._create_version(clause, "<p>{{ buyer.name }}</p>")
        with self.assertRaisesRegex(ValidationError, "does not exist on this paper"):
            self._create_version(clause, "<p>{{ price.amount }}</p>", approved=False)

    def test_a_clause_does_not_move_to_a_paper_that_lacks_its_placeholders(self):
        clause = self._create_clause()
        self._create_version(clause, "<p>{{ schedule.table }}</p>", approved=False)
        with self.assertRaisesRegex(ValidationError, "“schedule.table” does not exist"):
            clause.kind = "receipt"
        clause.kind = "cost_list"

    def test_scripts_are_taken_out_of_the_text(self):
        version = self._create_version(
            self._create_clause(), "<p onclick='x()'>A<script>alert(1)</script></p>"
        )
        self.assertNotIn("script", version.body)
        self.assertNotIn("onclick", version.body)

    def test_versions_are_counted_in_each_language(self):
        clause = self._create_clause()
        first = self._create_version(clause)
        second, third, other = self.env["realestate.clause.version"].create(
            [
                {"clause_id": clause.id, "lang": lang, "body": "<p>x</p>", "number": 9}
                for lang in ("en_US", "en_US", "vi_VN")
            ]
        )
        numbers = [version.number for version in (first, second, third, other)]
        self.assertEqual(numbers, [1, 2, 3, 1])
        with self.assertRaisesRegex(UserError, "cannot be set by hand"):
            second.number = 7

    def test_an_approved_text_stays(self):
        version = self._create_version(self._create_clause())
        for values in (
            {"body": "<p>Noise.</p>"},
            {"title": "Other"},
            {"lang": "vi_VN"},
            {"clause_id": self._create_clause("OTHER").id},
            {"date_effective": "2030-01-01"},
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(UserError, "is approved and stays as it is"),
            ):
                version.write(values)
        with self.assertRaisesRegex(UserError, "it stays as the record"):
            version.unlink()

    def test_a_clause_with_approved_versions_is_not_deleted_with_them(self):
        clause = self._create_clause()
        self._create_version(clause)
        with self.assertRaises(AccessError):
            clause.with_user(self.manager).unlink()

    def test_the_next_version_replaces_the_earlier_one(self):
        clause = self._create_clause()
        first = self._create_version(clause)
        second = self.env["realestate.clause.version"].browse(
            first.action_new_version()["res_id"]
        )
        self.assertEqual((second.number, second.state), (2, "draft"))
        self.assertEqual(clause._get_version("en_US"), first)
        second.body = "<p>Some noise.</p>"
        second.action_approve()
        self.assertEqual((first.state, second.state), ("superseded", "approved"))
        self.assertEqual(clause._get_version("en_US"), second)
        self.assertEqual(clause.version_summary, "en_US v2")
        self.assertTrue(second.date_approved)
        self.assertEqual(second.user_approved_id, self.env.user)

    def test_a_version_of_the_future_waits_for_its_day(self):
        clause = self._create_clause()
        first = self._create_version(clause)
        day = fields.Date.today() + timedelta(days=10)
        second = self._create_version(clause, date_effective=day)
        self.assertEqual(first.state, "approved")
        self.assertEqual(clause._get_version("en_US"), first)
        with freeze_time(day):
            self.assertEqual(clause._get_version("en_US"), second)
            self.env["realestate.clause.version"]._cron_supersede()
        self.assertEqual((first.state, second.state), ("superseded", "approved"))
        third = self._create_version(clause, approved=False)
        with self.assertRaisesRegex(UserError, "Give it a later date"):
            third.action_approve()

    def test_the_nearest_language_is_read(self):
        clause = self._create_clause()
        english = self._create_version(clause)
        chinese = self._create_version(clause, lang="zh_CN")
        self.assertEqual(clause._get_version("zh_CN"), chinese)
        self.assertEqual(clause._get_version("vi_VN"), english)
        self.assertEqual(clause._get_version("en_GB"), english)
        self.assertFalse(self._create_clause("MUTE")._get_version("en_US"))

    def test_an_empty_text_is_not_approved(self):
        version = self._create_version(
            self._create_clause(), "<p><br></p>", approved=False
        )
        with self.assertRaisesRegex(UserError, "has no text yet"):
            version.action_approve()

    def test_placeholders_are_shown_where_texts_are_written(self):
        version = self._create_version(self._create_clause())
        self.assertIn("{{ schedule.table }}", version.placeholder_help)
        self.assertNotIn("deposit.amount", version.placeholder_help)
        self.assertEqual(version.body_text, "No noise.")


@tagged("post_install", "-at_install")
class TestClauseRights(ClauseCase):
    def test_lawyers_and_managers_write_and_approve(self):
        for user in (self.lawyer, self.manager):
            clause = self._create_clause(user.login).with_user(user)
            version = self.env["realestate.clause.version"].with_user(user)
            version = version.create(
                {"clause_id": clause.id, "lang": "en_US", "body": "<p>x</p>"}
            )
            version.action_approve()
            self.assertEqual(version.user_approved_id, user)

    def test_nobody_else_does(self):
        clause = self._create_clause()
        version = self._create_version(clause, approved=False)
        template = self._create_template(clause, approved=False)
        for user in (self.agent, self.officer, self.supervisor, self.leader):
            for record in (version, template):
                own = record.with_user(user)
                with self.subTest(user=user.login, model=record._name):
                    with self.assertRaises(AccessError):
                        own.action_approve()
                    with self.assertRaises(AccessError):
                        own.write({"date_effective": "2030-01-01"})
                    with self.assertRaises(AccessError):
                        own.copy()
        with self.assertRaises(AccessError):
            version.with_user(self.plain).read(["body"])

    def test_states_and_approvers_are_not_forged(self):
        clause = self._create_clause()
        version = self._create_version(clause, approved=False)
        template = self._create_template(clause, approved=False)
        for user in (self.lawyer, self.manager):
            for record in (version, template):
                own = record.with_user(user)
                for values in (
                    {"state": "approved"},
                    {"user_approved_id": user.id},
                    {"date_approved": "2026-01-01"},
                    {"number": 5},
                ):
                    with self.subTest(values=values), self.assertRaises(UserError):
                        own.write(values)
            with self.assertRaises(UserError):
                version.with_user(user).create(
                    {
                        "clause_id": clause.id,
                        "lang": "en_US",
                        "body": "<p>x</p>",
                        "state": "approved",
                    }
                )
            made = version.with_user(user).with_context(default_state="approved")
            made = made.create({"clause_id": clause.id, "body": "<p>x</p>"})
            self.assertEqual(made.state, "draft")

    def test_another_company_s_texts_are_not_seen(self):
        clause = self._create_clause(company_id=self.company.id)
        version = self._create_version(clause)
        template = self._create_template(clause, company_id=self.company.id)
        other = self._create_company("Other Developer", self.currency)
        stranger = self._create_user(
            "stranger", "realestate_sales.group_manager", other
        )
        for record in (clause, version, template, template.line_ids):
            own = record.with_user(stranger).with_context(allowed_company_ids=other.ids)
            with self.subTest(model=record._name):
                self.assertFalse(own.search([("id", "in", record.ids)]))
                with self.assertRaises(AccessError):
                    own.read(["display_name"])
        project = self._create_project(code="OTH", company_id=other.id)
        chosen = self._choose(project=project)
        self.assertEqual(
            chosen, self.env.ref("realestate_sales.paper_template_contract")
        )
        self.assertEqual(self._choose(), template)


@tagged("post_install", "-at_install")
class TestPaperTemplate(ClauseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.standard = cls.env.ref("realestate_sales.paper_template_contract")

    def setUp(self):
        super().setUp()
        self.clause = self._create_clause()
        self._create_version(self.clause)

    def test_the_nearest_template_is_chosen(self):
        self.assertEqual(self._choose(), self.standard)
        company = self._create_template(self.clause, company_id=self.company.id)
        self.assertEqual(self._choose(), company)
        project = self._create_template(
            self.clause, code="EAST", project_ids=self.project.ids
        )
        self.assertEqual(project.company_id, self.company)
        self.assertEqual(self._choose(), project)
        self.env["res.lang"]._activate_lang("vi_VN")
        viet = self._create_template(
            self.clause, code="VI", project_ids=self.project.ids, lang="vi_VN"
        )
        self.assertEqual(self._choose("vi_VN"), viet)
        self.assertEqual(self._choose("en_US"), project)
        west = self._create_project(code="WEST")
        self.assertEqual(self._choose(project=west), company)

    def test_drafts_and_the_future_are_not_chosen(self):
        day = fields.Date.today() + timedelta(days=5)
        template = self._create_template(self.clause, approved=False)
        self.assertEqual(self._choose(), self.standard)
        template.date_effective = day
        template.action_approve()
        self.assertEqual(self._choose(), self.standard)
        with freeze_time(day):
            self.assertEqual(self._choose(), template)
        template.action_withdraw()
        with freeze_time(day):
            self.assertEqual(self._choose(), self.standard)

    def test_the_next_version_has_the_same_clauses(self):
        first = self._create_template(self.clause)
        second = first.browse(first.action_new_version()["res_id"])
        self.assertEqual(second.line_ids.clause_id, self.clause)
        self.assertEqual((second.number, second.state), (2, "draft"))
        second.line_ids.condition = "several_buyers"
        second.action_approve()
        self.assertEqual(first.state, "superseded")
        self.assertEqual(first.line_ids.condition, "always")

    def test_approved_templates_stay(self):
        template = self._create_template(self.clause)
        for change in (
            lambda: template.write({"lang": "en_US"}),
            lambda: template.write({"line_ids": [Command.clear()]}),
            lambda: template.line_ids.write({"condition": "fee"}),
            template.line_ids.unlink,
            lambda: template.line_ids.create(
                {
                    "template_id": template.id,
                    "clause_id": self._create_clause("MORE").id,
                }
            ),
        ):
            with self.assertRaisesRegex(UserError, "is approved and stays as it is"):
                change()
        template.name = "A name is no text"

    def test_what_cannot_be_printed_is_not_approved(self):
        template = self._create_template([], approved=False)
        with self.assertRaisesRegex(UserError, "has no clauses"):
            template.action_approve()
        mute = self._create_clause("MUTE")
        template.line_ids = [Command.create({"clause_id": mute.id})]
        with self.assertRaisesRegex(UserError, "clause Mute has no version in force"):
            template.action_approve()

    def test_clauses_of_another_paper_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "written for another paper"):
            self._create_template(self._create_clause("R", "receipt"), approved=False)

    def test_two_languages_are_two(self):
        with self.assertRaisesRegex(ValidationError, "needs two different ones"):
            self._create_template(
                self.clause, approved=False, lang="en_US", lang2="en_US"
            )
