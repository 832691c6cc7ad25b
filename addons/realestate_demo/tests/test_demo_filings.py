from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDemoFilings(TransactionCase):
    """The filing desk of the demo has something of everything."""

    def test_filings_stand_in_every_stage_and_kind(self):
        filings = self.env["realestate.filing"].search([])
        self.assertLessEqual(
            {"open", "prepared", "submitted", "rejected", "accepted"},
            set(filings.mapped("state")),
        )
        self.assertLessEqual({"contract", "change"}, set(filings.mapped("kind")))
        self.assertEqual(len(filings.company_id), 2)
        self.assertTrue(
            filings.filtered("is_overdue") | filings.filtered("is_due_soon")
        )
        for filing in filings.filtered(lambda one: one.state == "accepted"):
            self.assertTrue(filing.number)

    def test_files_went_out_and_answers_came_in(self):
        exchanges = self.env["realestate.filing.exchange"].search([])
        for direction in ("out", "in"):
            own = exchanges.filtered(lambda one, way=direction: one.direction == way)
            self.assertEqual(set(own.mapped("state")), {"draft", "done"})
        self.assertTrue(exchanges.filtered("problem_count"))

    def test_permits_cover_what_is_sold(self):
        permits = self.env["realestate.project.permit"].search([])
        self.assertEqual(set(permits.mapped("state")), {"granted", "revoked"})
        self.assertTrue(permits.filtered("is_ending"))
        asked = permits.project_id.filtered("permit_required")
        self.assertTrue(asked)
        self.assertFalse(asked.unit_ids.filtered(lambda unit: not unit.is_permitted))

    def test_stamps_are_affixed_and_one_is_void(self):
        stamps = self.env["realestate.tax.stamp"].search([])
        self.assertEqual(set(stamps.mapped("state")), {"affixed", "void"})

    def test_each_project_has_a_plan_and_something_done(self):
        projects = self.env["realestate.project"].search([])
        plans = self.env["realestate.progress.plan"].search([])
        self.assertEqual(plans.project_id, projects)
        self.assertEqual(set(plans.mapped("state")), {"draft", "fixed"})
        rows = self.env["realestate.progress"].search([])
        self.assertTrue(sum(rows.mapped("planned_count")))
        self.assertTrue(sum(rows.mapped("done_count")))
