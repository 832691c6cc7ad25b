from datetime import date, datetime

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .case_common import CaseCommon
from .common import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestTimeline(CaseCommon):
    """One list of everything that happened, newest first."""

    def _timeline(self, user=None, **values):
        contract = self.contract.with_user(user or self.collector)
        return contract._get_timeline(**values)

    def _kinds(self, **values):
        return [entry["kind"] for entry in self._timeline(**values)]

    def test_everything_is_told_newest_first(self):
        self._open()
        self._run()
        self._send()
        with self._on("2026-03-11"):
            self._promise()
        with self._on("2026-03-12"):
            self.contract._hold_dunning("stop", "Ill")
            category = self.env["realestate.dispute.category"].create(
                {"name": "Roof", "user_id": self.manager.id}
            )
            self.contract.open_dispute(category, "Not built")
        with self._on("2026-03-13"):
            self._pay(self.contract, 50000, memo="Half a month")
        with self._on("2026-03-14"):
            self.contract.message_post(
                body="I paid some",
                author_id=self.buyer.id,
                message_type="email",
                subtype_xmlid="mail.mt_comment",
            )
        entries = self._timeline()
        dates = [entry["date"] for entry in entries]
        self.assertEqual(dates, sorted(dates, reverse=True))
        kinds = [entry["kind"] for entry in entries]
        self.assertEqual(kinds[0], "reply")
        self.assertEqual(kinds[1], "payment")
        self.assertEqual(
            set(kinds),
            {
                *("reply", "payment", "dispute", "hold", "promise", "call"),
                *("notice", "case", "invoice"),
            },
        )
        self.assertEqual(kinds.count("hold"), 1, "those of promises are not told twice")
        payment = entries[1]
        self.assertEqual(
            (payment["amount"], payment["detail"]), (50000, "Half a month")
        )

    def test_entry_says_where_it_comes_from(self):
        payment = self._pay(self.contract, 1000)
        entry = next(e for e in self._timeline() if e["kind"] == "payment")
        self.assertEqual(
            (entry["res_model"], entry["res_id"]), (payment._name, payment.id)
        )
        self.assertEqual(entry["currency_id"], self.currency.id)
        self.assertTrue(entry["is_day"])
        self.assertIsInstance(entry["date"], datetime)
        self.assertEqual(entry["day"], payment.date, "in whatever zone it is read")

    def test_arrangement_is_told_with_its_state(self):
        self.contract.propose_arrangement(2, date(2026, 3, 20))
        entry = next(e for e in self._timeline() if e["kind"] == "arrangement")
        self.assertEqual(entry["title"], "Arrangement · Draft")
        self.assertEqual(entry["amount"], 200000)

    def test_bad_debt_proposal_is_told_with_its_way_and_reason(self):
        proposal = (
            self.env["realestate.debt.proposal"]
            .with_user(self.collector)
            .create(
                {
                    "contract_id": self.contract.id,
                    "kind": "legal",
                    "reason": "Left the country",
                }
            )
        )
        entry = next(e for e in self._timeline() if e["kind"] == "proposal")
        self.assertEqual(entry["title"], "Bad-debt proposal · Draft")
        self.assertEqual(entry["detail"], "Legal Action: Left the country")
        self.assertEqual((entry["amount"], entry["res_id"]), (200000, proposal.id))
        proposal.action_submit()
        proposal.with_user(self.collection_manager).action_approve()
        with self._on("2026-03-12"):
            proposal.action_execute()
        entry = next(e for e in self._timeline() if e["kind"] == "proposal")
        self.assertEqual(entry["title"], "Bad-debt proposal · Carried Out")
        self.assertEqual(entry["user"], self.collector.name)
        self.assertNotIn("hold", self._kinds(), "its hold is not told twice")

    def test_cancellation_package_is_told_with_what_is_missing(self):
        package = (
            self.env["realestate.cancellation.package"]
            .with_user(self.collector)
            .create({"contract_id": self.contract.id, "note": "Lives abroad"})
        )
        self.env["realestate.cancellation.item"].create(
            {"package_id": package.id, "kind": "notice", "problem": "no_notice"}
        )
        entry = next(e for e in self._timeline() if e["kind"] == "package")
        self.assertEqual(entry["title"], "Cancellation package · Draft")
        self.assertEqual(entry["detail"], "Lives abroad. Missing: 1")
        self.assertEqual(entry["res_id"], package.id)

    def test_decisions_of_another_team_are_left_out(self):
        self._create_team(member_ids=[Command.set(self.collector.ids)])
        self._open()
        self.contract.with_user(self.collector).propose_arrangement(
            2, date(2026, 3, 20)
        )
        self.assertIn("arrangement", self._kinds(user=self.collector))
        self.assertIn("arrangement", self._kinds(user=self.accountant))
        self.assertNotIn("arrangement", self._kinds(user=self.colleague))

    def test_limit_keeps_the_newest(self):
        self._pay(self.contract, 1000)
        self.assertEqual(self._kinds(limit=1), ["payment"])

    def test_calendar_day_begins_where_the_company_is(self):
        self.company.partner_id.tz = "Asia/Manila"
        self._pay(self.contract, 1000)
        entry = self._timeline(limit=1)[0]
        self.assertEqual(entry["date"], datetime(2026, 3, 9, 16))

    def test_reader_sees_what_the_own_rights_allow(self):
        self._open()
        self._run()
        self.contract.with_user(self.collector).log_contact("call", "reached")
        self.assertNotIn("notice", self._kinds(user=self.accountant))
        self.assertIn("call", self._kinds(user=self.accountant))
        self._create_team(member_ids=[Command.set(self.collector.ids)])
        self._refresh()
        self.assertNotIn("call", self._kinds(user=self.colleague))
        with self.assertRaises(AccessError):
            self._timeline(user=self.plain)

    def test_form_of_the_case_draws_it(self):
        case = self._open().with_user(self.collector)
        self.contract.with_user(self.collector).log_contact(
            "call", "reached", "<b>bold</b>"
        )
        drawn = str(case.timeline)
        self.assertIn("Spoken to", drawn)
        self.assertIn("&lt;b&gt;bold", drawn, "what was typed is no markup")
        self.assertIn("Case opened", drawn)
