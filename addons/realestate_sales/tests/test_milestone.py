from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import RealestateSalesCommon

CERTIFICATE = b"JVBERi0xLjQK"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01")
class TestMilestone(RealestateSalesCommon):
    """A stage of construction: reported, certified, reached, taken back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roof_plan = cls._create_plan(
            [
                {"name": "Down", "amount_type": "percent", "value": 20},
                {
                    "name": "Roof",
                    "amount_type": "percent",
                    "value": 50,
                    "trigger": "milestone",
                    "milestone_code": "ROOF",
                },
                {
                    "name": "Roof, later",
                    "amount_type": "balance",
                    "trigger": "milestone",
                    "milestone_code": "ROOF",
                    "offset_days": 30,
                },
            ],
            name="By construction",
        )
        cls.milestone = cls.env["realestate.milestone"].create(
            {"name": "Roof closed", "code": "ROOF", "project_id": cls.project.id}
        )
        cls.buyer.email = "maria@example.com"
        cls.contract = cls._create_contract(
            plan_id=cls.roof_plan.id, state="active", user_id=cls.officer.id
        )
        cls.waiting = cls.contract.installment_ids[1:]

    def _dates(self):
        return self.waiting.mapped("date_due")

    def _send(self):
        crons = self.env.registry["ir.cron"]
        with patch.object(crons, "_commit_progress", lambda *args, **kwargs: 60):
            self.env["realestate.milestone.notice"]._cron_send()

    def _mails(self):
        return self.env["mail.mail"].search(
            [("recipient_ids", "in", self.buyer.ids), ("subject", "like", "Roof")]
        )

    # === REACHED === #

    def test_reaching_dates_the_instalments_with_their_offsets(self):
        self.milestone.with_user(self.supervisor).action_reach("2026-02-20")
        self.assertEqual(self._dates(), [date(2026, 2, 20), date(2026, 3, 22)])
        self.assertEqual(self.milestone.state, "reached")
        self.assertEqual(self.milestone.user_approved_id, self.supervisor)

    def test_buyer_has_the_days_of_notice(self):
        self.project.milestone_notice_days = 15
        self.milestone.action_reach("2026-02-20")
        self.assertEqual(self._dates(), [date(2026, 3, 16), date(2026, 3, 22)])

    def test_reaching_twice_changes_nothing(self):
        self.milestone.action_reach("2026-02-20")
        self.milestone.action_reach("2026-02-25")
        self.assertEqual(self.milestone.date_reached, date(2026, 2, 20))
        self.assertEqual(len(self.milestone.notice_ids), 1)

    def test_officer_reports_and_does_not_approve(self):
        milestone = self.milestone.with_user(self.officer)
        milestone.action_report("2026-02-20")
        self.assertEqual(milestone.state, "reported")
        self.assertEqual(self._dates(), [False, False])
        with self.assertRaises(AccessError):
            milestone.action_reach()
        milestone.with_user(self.supervisor).action_reach()
        self.assertEqual(milestone.date_reached, date(2026, 2, 20))

    def test_agents_do_not_report(self):
        with self.assertRaises(AccessError):
            self.milestone.with_user(self.agent).action_report()

    def test_certificate_is_asked_for_and_approved_by_a_colleague(self):
        self.project.milestone_needs_certificate = True
        milestone = self.milestone.with_user(self.supervisor)
        with self.assertRaisesRegex(UserError, "Roof closed: attach the certificate"):
            milestone.action_report()
        with self.assertRaisesRegex(UserError, "attach the certificate"):
            milestone.action_reach()
        milestone.certificate = CERTIFICATE
        milestone.action_report()
        with self.assertRaisesRegex(AccessError, "a colleague approves"):
            milestone.action_reach()
        milestone.with_user(self.manager).action_reach()
        self.assertEqual(milestone.state, "reached")

    def test_facts_are_not_written_by_hand(self):
        for values in (
            {"date_reached": "2026-02-20"},
            {"date_reported": "2026-02-20"},
            {"user_approved_id": self.supervisor.id},
            {"state": "reached"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.milestone.with_user(self.manager).write(values)

    def test_unreadable_date_is_refused(self):
        with self.assertRaisesRegex(UserError, "2026-12-31"):
            self.milestone.action_reach("soon")

    # === TELLING === #

    def test_buyers_are_told_once_what_and_by_when(self):
        self.milestone.action_reach("2026-02-20")
        notice = self.milestone.notice_ids
        self.assertEqual((notice.contract_id, notice.state), (self.contract, "waiting"))
        total = self.currency.round(sum(self.waiting.mapped("amount")))
        self.assertEqual(notice.amount, total)
        self.assertEqual(notice.date_due, date(2026, 2, 20))
        self._send()
        self._send()
        mail = self._mails()
        self.assertEqual(len(mail), 1)
        self.assertIn(self.contract.name, mail.body_html)
        self.assertEqual(notice.state, "sent")

    def test_drafts_are_dated_and_their_buyers_not_told(self):
        draft = self._create_contract(self.units[1], plan_id=self.roof_plan.id)
        self.milestone.action_reach("2026-02-20")
        self.assertEqual(draft.installment_ids[1].date_due, date(2026, 2, 20))
        self.assertEqual(self.milestone.notice_ids.contract_id, self.contract)

    def test_buyer_without_an_address_becomes_a_task(self):
        self.buyer.email = False
        self.milestone.action_reach("2026-02-20")
        self._send()
        notice = self.milestone.notice_ids
        self.assertEqual(notice.state, "failed")
        activity = self.contract.activity_ids
        self.assertEqual(activity.user_id, self.officer)
        self.assertIn("Roof closed", activity.summary)
        self.buyer.email = "maria@example.com"
        notice.with_user(self.officer).action_send_again()
        self.assertEqual((notice.state, len(self._mails())), ("sent", 1))

    # === TAKEN BACK === #

    def test_taking_back_undates_what_was_planned(self):
        self.milestone.action_reach("2026-02-20")
        self.milestone.with_user(self.supervisor).action_withdraw("Wrong tower")
        self.assertEqual(self._dates(), [False, False])
        self.assertEqual(self.milestone.state, "planned")
        kinds = self.milestone.notice_ids.sorted("id").mapped("kind")
        self.assertEqual(kinds, ["reached", "withdrawn"])
        self._send()
        self.assertIn("Wrong tower", self._mails()[0].body_html)
        self.assertIn("Wrong tower", self.milestone.message_ids[0].body)

    def test_taking_back_and_reaching_again_dates_anew(self):
        self.milestone.action_reach("2026-02-20")
        self.milestone.action_withdraw("Too early")
        self.milestone.action_reach("2026-02-28")
        self.assertEqual(self._dates(), [date(2026, 2, 28), date(2026, 3, 30)])

    def test_reason_is_needed(self):
        self.milestone.action_reach("2026-02-20")
        for reason in (None, " ", 5):
            with self.assertRaisesRegex(UserError, "Say why"):
                self.milestone.action_withdraw(reason)

    def test_officer_does_not_take_back(self):
        self.milestone.action_reach("2026-02-20")
        with self.assertRaises(AccessError):
            self.milestone.with_user(self.officer).action_withdraw("Because")

    def test_many_contracts_cost_as_many_writes_as_offsets(self):
        units = self._create_units(6, first=901)
        for unit in units:
            self._create_contract(unit, plan_id=self.roof_plan.id, state="active")
        other = self.env["realestate.milestone"].create(
            {"name": "Ready", "code": "READY", "project_id": self.project.id}
        )
        self.env.flush_all()
        items = self.env["realestate.installment"]
        writes = []
        write = items.__class__.write

        def count(records, values):
            if "date_due" in values:
                writes.append(len(records))
            return write(records, values)

        with patch.object(items.__class__, "write", count):
            self.milestone.action_reach("2026-02-20")
            other.action_reach("2026-02-20")
        self.assertEqual(sorted(writes), [7, 7])
