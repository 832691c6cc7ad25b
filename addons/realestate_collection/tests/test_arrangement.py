from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import TODAY
from .debt_common import DebtCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestArrangement(DebtCommon):
    """New dates for arrears: laid out, approved, offered."""

    # === TERMS === #

    def test_the_parts_come_to_what_is_overdue(self):
        arrangement = self._draft(part_count=3)
        self.assertEqual(arrangement.amount, 200000)
        lines = arrangement.line_ids
        self.assertEqual(lines.mapped("amount"), [66666.66, 66666.66, 66666.68])
        self.assertEqual(
            lines.mapped("date"),
            [date(2026, 3, 20), date(2026, 4, 20), date(2026, 5, 20)],
        )
        self.assertEqual(arrangement.amount_lines, 200000)
        self.assertEqual(arrangement.date_last, date(2026, 5, 20))
        self.assertRegex(arrangement.name, r"^ARR/\d{4}/\d{5}$")

    def test_a_month_of_31_days_keeps_the_last_day(self):
        arrangement = self._draft(date_first=date(2026, 3, 31), part_count=3)
        self.assertEqual(
            arrangement.line_ids.mapped("date"),
            [date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)],
        )

    def test_weeks_and_a_down_payment(self):
        arrangement = self._draft(
            interval="week",
            part_count=2,
            amount_down=50000,
            date_down=date(2026, 3, 12),
        )
        lines = arrangement.line_ids
        self.assertEqual(lines.mapped("amount"), [50000, 75000, 75000])
        self.assertEqual(lines.mapped("is_down"), [True, False, False])
        self.assertEqual(lines[2].date, date(2026, 3, 27))

    def test_credit_of_the_buyer_lowers_the_arrears(self):
        other = self._create_billed(self.units[3])
        self._pay(other, 30000)
        self.assertEqual(self._draft(other).amount, 170000)

    def test_currencies_without_and_with_three_decimals_sum_exactly(self):
        for name, decimals, price in (("VND", 0, 1000001), ("KWD", 3, 1000.001)):
            with self.subTest(currency=name):
                currency = self._activate_currency(name)
                project = self._create_project(
                    currency_id=currency.id, code=f"A{decimals}"
                )
                unit = self._create_units(
                    1, self._create_building(project), price_list=price
                )
                contract = self._create_billed(unit)
                arrangement = self._draft(contract, part_count=7)
                self.assertEqual(arrangement.amount_lines, arrangement.amount)
                self.assertEqual(arrangement._get_problems(), [])

    def test_terms_that_do_not_work_say_why(self):
        for values, text in (
            ({"amount_down": 200000, "date_down": date(2026, 3, 11)}, "less than"),
            ({"amount_down": 5}, "has a day"),
            ({"amount_down": 5, "date_down": date(2026, 4, 1)}, "no later than"),
        ):
            with self.subTest(values=values):
                arrangement = self._draft(**values)
                self.assertIn(text, arrangement.terms_problem)
                self.assertFalse(arrangement.line_ids)
        paid = self._create_billed(self.units[2])
        self._pay(paid, 200000)
        self.assertIn("Nothing is overdue", self._draft(paid).terms_problem)

    def test_the_form_lays_the_parts_out_as_one_types(self):
        form = Form(self.env["realestate.arrangement"].with_user(self.collector))
        form.contract_id = self.contract
        self.assertEqual(form.amount, 200000)
        form.part_count = 2
        self.assertEqual(form.amount_lines, 200000)
        self.assertIn("To pay", str(form.simulation))
        arrangement = form.save()
        self.assertEqual(len(arrangement.line_ids), 2)

    def test_parts_may_be_written_one_by_one(self):
        arrangement = self._draft(part_count=2)
        first, second = arrangement.line_ids
        first.amount = 150000
        self.assertIn("come to", " ".join(arrangement._get_problems()))
        second.amount = 50000
        self.assertEqual(arrangement._get_problems(), [])

    def test_what_falls_due_besides_is_simulated(self):
        months = self._draft()._simulate()
        self.assertEqual(
            [(str(m.date), int(m.arranged), int(m.besides)) for m in months],
            [
                ("2026-03-01", 50000, 0),
                ("2026-04-01", 50000, 100000),
                ("2026-05-01", 50000, 100000),
                ("2026-06-01", 50000, 100000),
            ],
        )

    def test_a_draft_is_proposed_by_one_call(self):
        contract = self.contract.with_user(self.collector)
        number = contract.propose_arrangement(
            2, "2026-04-01", amount_down=20000, date_down="2026-03-15"
        )
        arrangement = self.env["realestate.arrangement"].browse(number)
        self.assertEqual(arrangement.line_ids.mapped("amount"), [20000, 90000, 90000])
        with self.assertSays(UserError, "no terms interest"):
            contract.propose_arrangement(2, "2026-04-01", interest=5)
        with self.assertSays(UserError, "less than the arrears"):
            contract.propose_arrangement(
                2, "2026-04-01", amount_down=200000, date_down="2026-03-15"
            )

    # === SUBMITTING AND APPROVAL === #

    def test_who_asks_does_not_approve(self):
        arrangement = self._draft().with_user(self.collection_manager)
        arrangement.action_submit("Lost the job")
        with self.assertRaises(AccessError):
            arrangement.action_approve()
        with self.assertRaises(AccessError):
            arrangement.with_user(self.collector).action_approve()
        arrangement.with_user(self.colleague).action_approve("Fair")
        self.assertEqual(arrangement.state, "approved")
        self.assertTrue(arrangement.activity_ids, "the officer is told")

    def test_tiers_decide_where_they_are_set_up(self):
        leader = self._create_user("chief", "realestate_sales.group_leader")
        self.env["realestate.approval.tier"].create(
            {
                "name": "Chief",
                "kind": "arrangement",
                "company_id": self.company.id,
                "amount_from": 100000,
                "user_ids": leader.ids,
            }
        )
        arrangement = self._draft()
        arrangement.with_user(self.collector).action_submit()
        approval = arrangement.approval_ids
        self.assertEqual(approval.step, "Chief")
        self.assertEqual(approval.amount, 200000)

    def test_refused_it_is_a_draft_again(self):
        arrangement = self._draft()
        arrangement.with_user(self.collector).action_submit()
        wizard = self.env["realestate.debt.refuse"].with_user(self.collection_manager)
        wizard.with_context(
            active_model=arrangement._name, active_id=arrangement.id
        ).create({"reason": "Too long"}).action_refuse()
        self.assertEqual(arrangement.state, "draft")
        self.assertIn("Too long", str(arrangement.activity_ids.mapped("note")))

    def test_an_approved_arrangement_keeps_its_terms(self):
        arrangement = self._approve(self._draft())
        for values in ({"part_count": 2}, {"amount_down": 5}, {"line_ids": []}):
            with self.subTest(values=values), self.assertSays(UserError, "terms stay"):
                arrangement.write(values)
        line = arrangement.line_ids[0]
        with self.assertSays(UserError, "terms stay"):
            line.amount = 1
        with self.assertSays(UserError, "terms stay"):
            line.copy()
        with self.assertSays(UserError, "terms stay"):
            line.unlink()
        with self.assertSays(UserError, "terms stay"):
            arrangement.unlink()

    def test_a_draft_whose_arrears_changed_is_not_submitted(self):
        arrangement = self._draft()
        self._pay(self.contract, 50000)
        with self.assertSays(UserError, "changed since"):
            arrangement.action_submit()
        arrangement.action_refresh()
        self.assertEqual(arrangement.amount, 150000)
        self.assertEqual(arrangement.amount_lines, 150000)
        arrangement.action_submit()

    def test_dates_of_the_past_are_refused(self):
        with self.assertSays(UserError, "first part is due today or later"):
            self._draft(date_first=date(2026, 3, 9)).action_submit()
        with self.assertSays(UserError, "today or earlier"):
            self._draft(date=date(2026, 3, 11)).action_submit()

    def test_one_arrangement_at_a_time(self):
        first, second = self._draft(), self._draft()
        first.action_submit()
        with self.assertSays(UserError, f"has the arrangement {first.name}"):
            second.action_submit()

    def test_nobody_writes_what_happened(self):
        arrangement = self._draft().with_user(self.collection_manager)
        for values in (
            {"state": "accepted"},
            {"amount_received": 5},
            {"accepted_by_id": self.env.uid},
            {"date_expiry": "2027-01-01"},
            {"amount": 1},
            {"name": "X"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                arrangement.write(values)
        with self.assertRaises(UserError):
            arrangement.create({"contract_id": self.contract.id, "state": "accepted"})

    # === OFFER === #

    def test_the_offer_is_mailed_with_the_agreement_and_holds_the_dunning(self):
        arrangement = self._approve(self._draft())
        with self.mock_mail_gateway():
            arrangement.with_user(self.collector).action_offer()
        self.assertEqual(arrangement.state, "offered")
        self.assertEqual(arrangement.date_expiry, date(2026, 3, 20), "the first part")
        mail = self._new_mails
        self.assertEqual(mail.partner_ids, self.buyer)
        self.assertIn(f"/my/contracts/{self.contract.id}/arrangement", mail.body_html)
        self.assertEqual(len(mail.attachment_ids), 1)
        self.assertEqual(mail.model, "realestate.contract", "so that answers are seen")
        self.assertEqual(mail.res_id, self.contract.id)
        self.assertTrue(self._is_held())
        self.assertFalse(self._run().notice_ids)

    def test_an_offer_of_old_terms_is_refused(self):
        arrangement = self._approve(self._draft())
        with freeze_time("2026-03-21 04:00:00"):
            with self.assertSays(UserError, "due before today"):
                arrangement.action_offer()
        draft = self._draft()
        with self.assertSays(UserError, "possible only from"):
            draft.action_offer()

    def test_a_buyer_without_mail_is_told_by_hand(self):
        self.buyer.email = False
        arrangement = self._offer()
        summaries = arrangement.activity_ids.mapped("summary")
        self.assertIn("Hand over", " ".join(filter(None, summaries)))

    def test_no_answer_ends_the_offer_and_the_hold(self):
        arrangement = self._offer(date_first=date(2026, 5, 1))
        self.assertEqual(arrangement.date_expiry, date(2026, 3, 24))
        with freeze_time("2026-03-24 04:00:00"), self._without_commit():
            self.env["realestate.arrangement"]._cron_follow()
            self.assertEqual(arrangement.state, "offered")
        with freeze_time("2026-03-25 04:00:00"), self._without_commit():
            self.env["realestate.arrangement"]._cron_follow()
            self.assertEqual(arrangement.state, "expired")
            self.assertFalse(self._is_held())
            with self.assertSays(UserError, "stands no longer"):
                arrangement.action_accept_on_paper()

    def test_withdrawn_to_draft_it_holds_nothing(self):
        arrangement = self._offer()
        arrangement.with_user(self.collector).action_draft()
        self.assertEqual(arrangement.state, "draft")
        self.assertFalse(arrangement.date_expiry)
        self.assertFalse(self._is_held())
        self.assertFalse(arrangement._is_approved("arrangement"))

    # === PAPER === #

    def test_papers_bear_the_day_of_the_company(self):
        self.company.partner_id.tz = "Asia/Manila"
        with freeze_time("2026-03-10 23:00:00"):
            arrangement = self._offer()
            report = self.env["report.realestate_collection.report_arrangement"]
            sheet = report._get_sheet(arrangement)
            self.assertEqual(sheet["date"], date(2026, 3, 11))
            self.assertFalse(
                arrangement.activity_ids, "that it was approved is old news"
            )

    def test_the_agreement_is_in_the_buyers_language(self):
        arrangement = self._offer(note="Call us")
        report = self.env["report.realestate_collection.report_arrangement"]
        sheet = report._get_sheet(arrangement)
        self.assertEqual([row["rest"] for row in sheet["rows"]][-1], 0)
        self.assertEqual(len(sheet["besides"]), 3)
        html = str(
            self.env["ir.actions.report"]._render_qweb_html(
                "realestate_collection.report_arrangement", arrangement.ids
            )[0]
        )
        for text in ("Call us", "What falls due besides", arrangement.name):
            self.assertIn(text, html)
