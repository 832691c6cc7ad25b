from odoo import fields
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """What the installation built holds together."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.projects = cls.env["realestate.project"].search([])
        cls.contracts = cls.env["realestate.contract"].search([])

    def test_three_projects_in_two_companies_and_three_currencies(self):
        self.assertEqual(len(self.projects), 3)
        self.assertEqual(len(self.projects.company_id), 2)
        self.assertEqual(
            set(self.projects.currency_id.mapped("name")), {"PHP", "AED", "VND"}
        )

    def test_150_contracts_in_every_state_and_one_that_its_buyer_signs(self):
        self.assertEqual(len(self.contracts), 151)
        states = dict(self.contracts._fields["state"].selection)
        self.assertEqual(set(self.contracts.mapped("state")), set(states))

    def test_every_unit_state_but_handed_over_is_there(self):
        states = {
            state
            for state, _count in self.env["realestate.unit"]._read_group(
                [], ["state"], ["__count"]
            )
        }
        self.assertEqual(
            states, {"unreleased", "available", "held", "reserved", "contracted"}
        )

    def test_every_unit_is_in_a_phase(self):
        units = self.projects.unit_ids
        self.assertEqual(units.phase_id.project_id, self.projects)
        self.assertFalse(units.filtered(lambda unit: not unit.phase_id))

    def test_some_homes_of_each_project_are_measured(self):
        measures = self.env["realestate.unit.measure"].search([])
        self.assertEqual(measures.project_id, self.projects)
        self.assertEqual(set(measures.mapped("kind")), {"predicted", "measured"})
        measured = measures.filtered(lambda measure: measure.kind == "measured")
        self.assertEqual(measured.mapped("area"), [m.unit_id.area for m in measured])

    def test_parking_is_sold_with_some_homes(self):
        attached = self.projects.unit_ids.filtered("main_unit_id")
        self.assertGreater(len(attached), 40)
        sold = attached.filtered(lambda unit: unit.state == "contracted")
        self.assertTrue(sold)
        self.assertEqual(set(sold.main_unit_id.mapped("state")), {"contracted"})
        self.assertLessEqual(sold, self.contracts.line_ids.unit_id)

    def test_every_home_has_a_delivery_standard(self):
        homes = self.projects.unit_ids.filtered(lambda unit: unit.kind == "home")
        self.assertFalse(homes.filtered(lambda unit: not unit.delivery_standard_id))
        standards = homes.delivery_standard_id
        self.assertEqual(standards.project_id, self.projects)
        for lang, word in (("en_US", "oak floors"), ("vi_VN", "Sàn gỗ")):
            text = standards[0].with_context(lang=lang).description
            self.assertIn(word, text)

    def test_instalments_come_to_the_price_of_each_contract(self):
        for contract in self.contracts.filtered(lambda c: c.state != "cancelled"):
            self.assertTrue(contract._is_schedule_exact(), contract.name)

    def test_ledger_of_each_contract_is_that_of_accounting(self):
        for contract in self.contracts:
            self.assertEqual(contract._get_ledger_difference(), 0, contract.name)

    def test_nothing_due_is_left_unbilled(self):
        left = self.env["realestate.installment"].search_count(
            [
                ("contract_id.state", "=", "active"),
                ("date_due", "<=", fields.Date.today()),
                ("state", "=", "planned"),
            ]
        )
        self.assertEqual(left, 0)

    def test_there_are_payers_and_late_ones(self):
        active = self.contracts.filtered(lambda c: c.state == "active")
        late = active.filtered("amount_overdue")
        self.assertGreater(len(late), 10)
        self.assertGreater(len(active - late), 50)

    def test_a_mortgage_waits_in_every_stage(self):
        mortgages = self.env["realestate.mortgage"].search([])
        stages = dict(mortgages._fields["stage"].selection)
        self.assertEqual(set(mortgages.mapped("stage")), set(stages) - {"cancelled"})
        self.assertTrue(mortgages.filtered("is_late"))
        self.assertTrue(self.env["realestate.mortgage.release"].search_count([]))

    def test_large_amounts_of_every_kind_are_to_come(self):
        amounts = self.env["realestate.maturing"]
        kinds = {
            company: set(found)
            for company, found in amounts._read_group(
                [], ["company_id"], ["kind:array_agg"]
            )
        }
        every = set(dict(amounts._fields["kind"].selection))
        home = self.env.ref("base.main_company")
        self.assertEqual(kinds[home], every)
        self.assertEqual(set(kinds), set(self.projects.company_id))
        soon = amounts.search([("company_id", "=", home.id), ("days_ahead", "<", 90)])
        self.assertIn("retention", soon.mapped("kind"))

    def test_nothing_is_dated_in_the_future(self):
        # The staff's day, which begins before the server's.
        today = fields.Date.context_today(self.projects.with_context(tz="Asia/Manila"))
        for model, field in (
            ("account.move", "date"),
            ("account.payment", "date"),
            ("realestate.contract", "date_contract"),
        ):
            late = self.env[model].search_count([(field, ">", today)])
            self.assertEqual(late, 0, model)

    def test_each_role_has_a_login(self):
        for login in ("agent", "officer", "supervisor", "manager", "collector"):
            user = self.env.ref(f"realestate_demo.user_{login}")
            self.assertEqual(user.login, login)
        for login in ("buyer", "cobuyer"):
            user = self.env.ref(f"realestate_demo.user_{login}")
            seen = self.env["realestate.contract"].with_user(user).search([])
            self.assertTrue(seen)
            self.assertIn(user.partner_id, seen[0].buyer_ids.partner_id)

    def test_each_agent_has_buyers_and_waits_for_units(self):
        for login in ("agent", "broker"):
            user = self.env.ref(f"realestate_demo.user_{login}")
            for model in ("contract", "reservation", "unit.claim", "unit.queue"):
                records = self.env[f"realestate.{model}"]
                own = records.with_user(user).search_count([])
                with self.subTest(login=login, model=model):
                    self.assertGreater(own, 0)
                    self.assertLess(own, records.search_count([]))

    def test_fees_of_failed_reservations_are_kept_or_given_back(self):
        failed = self.env["realestate.reservation"].search(
            [("state", "=", "cancelled"), ("move_id", "!=", False)]
        )
        self.assertTrue(failed.forfeit_move_id)
        self.assertTrue(failed.refund_payment_id)
        self.assertEqual(set(failed.mapped("fee_credit")), {0})

    def test_contracts_in_review_wait_for_approvers(self):
        for login in ("supervisor", "manager"):
            user = self.env.ref(f"realestate_demo.user_{login}")
            approvals = self.env["realestate.approval"].with_user(user)
            with self.subTest(login=login):
                self.assertTrue(approvals.search([("is_mine", "=", True)]))

    def test_papers_are_in_the_buyer_s_language(self):
        dong = self.contracts.filtered(lambda c: c.currency_id.name == "VND")
        self.assertEqual(set(dong.partner_id.mapped("lang")), {"vi_VN"})
        report = self.env["ir.actions.report"].with_context(lang="vi_VN")
        html = report._render_qweb_html("realestate_sales.report_contract", dong[0].ids)
        self.assertIn("Tiến độ thanh toán", html[0].decode())

    def test_people_of_each_role_did_the_work(self):
        approved = self.contracts.filtered("user_approved_id")
        root = self.env.ref("base.user_root")
        self.assertGreater(len(approved), 100)
        self.assertNotIn(root, self.contracts.user_id | approved.user_approved_id)
        reservations = self.env["realestate.reservation"].search([])
        self.assertNotIn(root, reservations.user_id)

    def test_there_is_a_line_and_an_offer(self):
        places = self.env["realestate.unit.queue"].search([])
        self.assertEqual(len(places.company_id), 2)
        self.assertLessEqual({"waiting", "offered"}, set(places.mapped("state")))

    def test_each_type_of_homes_has_a_plan_and_a_photo(self):
        types = self.projects.unit_ids.unit_type_id.filtered(lambda t: t.kind == "home")
        self.assertTrue(types)
        for unit_type in types:
            self.assertEqual(unit_type.image_ids.mapped("kind"), ["plan", "photo"])

    def test_most_buyer_files_are_complete_and_some_are_chased(self):
        documents = self.env["realestate.document"].search([])
        self.assertEqual(len(documents.company_id), 2)
        states = documents.grouped("state")
        self.assertLessEqual({"missing", "received", "refused"}, set(states))
        self.assertGreater(len(states["accepted"]), len(documents) * 0.7)
        for document in states["accepted"]:
            self.assertNotEqual(document.user_received_id, document.user_decided_id)
        self.assertTrue(documents.filtered("is_late"))
        for model in (
            "document.reminder",
            "missing",
            "partner.identity",
            "identity.look",
            "contact.detail",
            "duplicate",
        ):
            with self.subTest(model=model):
                self.assertTrue(self.env[f"realestate.{model}"].search([]))

    def test_a_buyer_is_asked_for_details_and_one_has_answered(self):
        requests = self.env["realestate.detail.request"].search([])
        self.assertLessEqual({"sent", "answered"}, set(requests.mapped("state")))
        buyer = self.env.ref("realestate_demo.user_buyer")
        self.assertIn(buyer.partner_id, requests.partner_id)

    def test_each_project_has_a_season_to_come(self):
        for project in self.projects:
            releases = self.env["realestate.release"].search(
                [("project_id", "=", project.id)]
            )
            kinds = set(releases.mapped(lambda release: (release.kind, release.state)))
            self.assertLessEqual(
                {("release", "approved"), ("release", "done"), ("withdrawal", "done")},
                kinds,
            )
            planned = releases.filtered(lambda release: release.state == "approved")
            self.assertTrue(planned.unit_count)
            self.assertFalse(planned.problem)
            self.assertGreater(planned.date_planned, fields.Date.today())

    def test_deposits_stand_in_every_state(self):
        deposits = self.env["realestate.deposit"].search([])
        states = dict(deposits._fields["state"].selection)
        self.assertEqual(set(deposits.mapped("state")), set(states))
        self.assertTrue(deposits.filtered("is_eligible"))
        for deposit in deposits.contract_id:
            self.assertEqual(deposit.reservation_fee, deposit._get_deposit().amount)

    def test_each_company_has_a_desk_with_appointments_in_every_state(self):
        signings = self.env["realestate.signing"].search([])
        self.assertEqual(len(signings.desk_id), 2)
        self.assertEqual(signings.desk_id.company_id, self.projects.company_id)
        states = dict(signings._fields["state"].selection)
        self.assertEqual(set(signings.mapped("state")), set(states))
        self.assertTrue(signings.move_ids)

    def test_some_contracts_are_ready_to_sign_and_some_are_not(self):
        waiting = [("state", "in", ("review", "approved"))]
        for value in (True, False):
            found = self.env["realestate.contract"].search(
                [*waiting, ("is_ready_to_sign", "=", value)]
            )
            self.assertTrue(found, value)

    def test_wording_is_changed_for_some_buyers_and_waits_for_the_lawyer(self):
        changed = self.contracts.filtered("has_changed_terms")
        self.assertGreaterEqual(len(changed), 2)
        waiting = changed.filtered(lambda one: one.state == "review")
        self.assertTrue(waiting)
        for contract in waiting:
            self.assertTrue(contract._get_approvals("terms"))
        bilingual = self.env["realestate.paper.template"].search(
            [("lang2", "!=", False), ("state", "=", "approved")]
        )
        self.assertTrue(bilingual.project_ids)

    def test_fees_are_held_paid_out_and_proven_in_each_project(self):
        fees = self.env["realestate.contract.fee"].search([])
        self.assertEqual(fees.project_id, self.projects)
        states = {"planned", "included", "billed", "collected", "paid_out", "seller"}
        self.assertLessEqual(states, set(fees.mapped("state")))
        self.assertFalse(fees.filtered("problem"))
        payouts = self.env["realestate.fee.payout"].search([])
        self.assertEqual(set(payouts.mapped("state")), {"draft", "paid"})
        self.assertTrue(payouts.filtered("receipt_number"))
        for row in self.env["realestate.fee.account"].search([]):
            self.assertFalse(row.amount_difference, row.account_id.display_name)
        buyer = self.env.ref("realestate_demo.user_buyer").partner_id
        self.assertIn(buyer, fees.contract_id.buyer_ids.partner_id)
