from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .case_common import CaseCommon
from .common import TODAY

NOTHING = (
    None,
    False,
    "",
    [],
    {},
    "x",
    0,
    -5,
    1.5,
    True,
    10**30,
    [None],
    {"officer": "me"},
)


@freeze_time(TODAY)
class DeskCommon(CaseCommon):
    """Three late contracts, a case each, of the collector."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contracts = cls.contract | cls._create_many(2)
        cls.installments.bill_due()
        cls.cases._refresh(cls.company)
        cls.desk = cls.env["realestate.collection.desk"].with_user(cls.collector)

    def _case(self, contract):
        return contract._get_case()

    def _rows(self, tab, user=None, **filters):
        desk = self.desk.with_user(user or self.collector)
        return desk.get_queue(tab, filters)["rows"]

    def _contracts(self, tab, **values):
        ids = [row["id"] for row in self._rows(tab, **values)]
        return self.env["realestate.contract"].browse(ids)

    def _count(self, tab, user=None, **filters):
        return self.desk.with_user(user or self.collector).get_counts(filters)[tab]

    def _plan(self, contract, day, action="call"):
        self._case(contract).write({"date_next": day, "next_action": action})


@tagged("post_install", "-at_install")
class TestDeskQueue(DeskCommon):
    """Who is on which list of the desk, and in which order."""

    def test_my_day_is_what_was_due_then_today_then_the_unplanned(self):
        first, second, third = self.contracts
        self._plan(first, "2026-03-10")
        self._plan(second, "2026-03-09", "visit")
        self._plan(third, False, False)
        rows = self._rows("my_day", officer=self.collector.id)
        self.assertEqual([row["id"] for row in rows], [second.id, first.id, third.id])
        self.assertEqual([row["bucket"] for row in rows], [0, 1, 2])
        self.assertEqual([row["note"] for row in rows], ["Visit", "Call", ""])

    def test_what_is_planned_for_later_is_not_of_today(self):
        self._plan(self.contract, "2026-03-11")
        self.assertNotIn(self.contract, self._contracts("my_day"))
        self.assertIn(self.contract, self._contracts("all"))
        self.assertEqual(self._rows("all")[-1]["bucket"], 3)

    def test_the_riskier_comes_first(self):
        for contract, risk in zip(self.contracts, (10, 90, 50), strict=True):
            self._case(contract)._write_facts(risk=risk)
            self._plan(contract, "2026-03-10")
        found = self._contracts("my_day")
        self.assertEqual(found.ids, [self.contracts[i].id for i in (1, 2, 0)])

    def test_a_row_tells_the_buyer_and_what_is_late(self):
        self._plan(self.contract, "2026-03-10")
        [row] = [r for r in self._rows("my_day") if r["id"] == self.contract.id]
        self.assertEqual(row["name"], self.buyer.name)
        self.assertEqual(row["contract"], self.contract.name)
        self.assertEqual(row["units"], self.contract.unit_names)
        self.assertEqual(row["overdue"], 200000)
        self.assertEqual(row["days"], 33)
        self.assertEqual(row["currency"], self.contract.currency_id.id)
        self.assertEqual(row["date"], fields.Date.to_date("2026-03-10"))

    def test_pages_follow_each_other_without_gap_or_repetition(self):
        for tab in ("my_day", "all"):
            whole = [row["key"] for row in self._rows(tab)]
            pages, after = [], None
            for _page in range(4):
                page = self.desk.get_queue(tab, {}, after, 1)
                pages += [row["key"] for row in page["rows"]]
                after = page["after"]
                if not after:
                    break
            self.assertEqual(pages, whole)
            self.assertEqual(len(whole), 3)

    def test_counts_are_those_of_the_lists(self):
        self._promise(contract=self.contract)
        self.contracts[1].with_user(self.collector).log_contact("reply", note="Why?")
        with self._on("2026-03-25"):
            for filters in ({}, {"officer": self.collector.id}, {"project": -1}):
                counts = self.desk.get_counts(filters)
                for tab, count in counts.items():
                    rows = self.desk.get_queue(tab, filters, None, 200)["rows"]
                    self.assertEqual(count, len(rows), (tab, filters))

    def test_filters_are_by_officer_and_project(self):
        self._case(self.contract).action_assign(self.colleague)
        self.assertEqual(
            self._contracts("all", officer=self.colleague.id), self.contract
        )
        self.assertNotIn(
            self.contract, self._contracts("all", officer=self.collector.id)
        )
        other = self._create_project(name="Other", code="OTHER")
        self.assertFalse(self._rows("all", project=other.id))
        self.assertEqual(self._count("all", project=self.project.id), 3)

    def test_nobodys_cases_can_be_asked_for(self):
        self._case(self.contract)._write_facts(user_id=False)
        self.assertEqual(self._contracts("all", officer=-1), self.contract)

    def test_money_takes_an_account_off_the_desk(self):
        self._pay(self.contract, 200000)
        self.assertNotIn(self.contract, self._contracts("all"))
        self.assertEqual(self._count("all"), 2)

    # === OTHER LISTS === #

    def test_promise_is_there_on_its_day_with_what_is_missing(self):
        self._promise(150000, "2026-03-12")
        self.assertFalse(self._rows("promises"))
        with self._on("2026-03-12"):
            self._pay(self.contract, 50000)
            [row] = self._rows("promises")
            self.assertEqual((row["id"], row["amount"]), (self.contract.id, 100000))
            self.assertEqual(row["note"], "Open")

    def test_broken_promise_stays_until_the_buyer_is_spoken_to(self):
        self._promise(150000, "2026-03-12")
        with self._on("2026-03-20"):
            self._refresh()
            self.env["realestate.promise"]._follow_money(self.contract)
            [row] = self._rows("promises")
            self.assertEqual(row["note"], "Broken")
            self.contract.with_user(self.collector).log_contact("call", "no_answer")
            self.assertFalse(self._rows("promises"))

    def test_reply_is_there_until_it_is_answered(self):
        contract = self.contract.with_user(self.collector)
        contract.log_contact("reply", note="I have paid.")
        self.assertEqual(self._contracts("replies"), self.contract)
        contract.log_contact("email", "reached", "Thank you.")
        self.assertFalse(self._rows("replies"))

    def test_balloon_is_there_two_months_ahead(self):
        last = self.contract.installment_ids.sorted("sequence")[-1]
        self.assertEqual(str(last.date_due), "2027-01-05")
        key = f"item{last.id}"
        self.assertFalse(self._rows("maturing"))
        with self._on("2026-11-06"):
            rows = [row for row in self._rows("maturing") if row["key"] == key]
            self.assertEqual([row["amount"] for row in rows], [100000])
        with self._on("2026-11-05"):
            self.assertFalse(self._rows("maturing"))

    def test_notice_that_failed_is_there(self):
        self.buyer.email = False
        self._run()
        self._send()
        [row] = self._rows("failed")
        self.assertEqual((row["id"], row["note"]), (self.contract.id, "E-mail"))

    def test_buyer_who_calls_is_found_whoever_collects(self):
        self.buyer.write({"name": "María Santos", "phone": "+63 917 555 0199"})
        self._pay(self.contract, 200000)
        unit = self.contract.unit_ids.name
        for text in ("santos", self.contract.name, unit, "0917 555 0199", "5550199"):
            found = self._contracts("search", text=text, officer=self.colleague.id)
            self.assertIn(self.contract, found, text)
        for text in ("nobody of this name", "\0nobody", "x" * 500, "\\"):
            self.assertFalse(self._rows("search", text=text))
        # A pattern is no name.
        self.assertFalse(self._rows("search", text="%antos_"))

    # === RIGHTS === #

    def test_officer_sees_the_cases_of_his_team_only(self):
        team = self._create_team(member_ids=[Command.link(self.colleague.id)])
        self.cases._refresh(self.company)
        self.cases.search([])._write_facts(team_id=team.id, user_id=self.colleague.id)
        self.assertEqual(self._count("all", user=self.colleague), 3)
        self.assertEqual(self._count("all"), 0)
        self.assertFalse(self._rows("my_day"))
        self.assertEqual(self._count("all", user=self.collection_manager), 3)

    def test_desk_is_for_collection_only(self):
        bare = self._create_user("bare", "base.group_user")
        for user in (bare, self.agent, self.accountant):
            desk = self.desk.with_user(user)
            for method, *args in (
                ("open_desk",),
                ("get_queue", "all"),
                ("get_counts",),
                ("get_filters",),
                ("get_account", self.contract.id),
                ("get_panel", self.contract.id, "ledger"),
                ("get_action", self.contract.id, "contract"),
                ("get_payment_link", self.contract.id),
                ("log_contact", self.contract.id, "call", "reached"),
                ("get_team",),
                ("reassign", self.cases.search([]).ids, self.colleague.id),
            ):
                with self.subTest(user=user.login, method=method):
                    with self.assertRaises(AccessError):
                        getattr(desk, method)(*args)

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Other"})
        stranger = self._create_user(
            "stranger",
            "realestate_collection.group_manager",
            company=company,
        )
        desk = self.desk.with_user(stranger).with_context(
            allowed_company_ids=company.ids
        )
        self.assertEqual(set(desk.get_counts().values()), {0})
        self.assertFalse(desk.get_queue("search", {"text": "a"})["rows"])
        self.assertFalse(desk.get_team()["officers"])
        with self.assertSays(AccessError, "another company"):
            desk.get_account(self.contract.id)
        self.assertFalse(desk.reassign(self.cases.search([]).ids, stranger.id))

    def test_what_makes_no_sense_breaks_nothing(self):
        for value in NOTHING:
            with self.subTest(value=value):
                self.desk.get_queue(value, value, value, value)
                self.desk.get_counts(value)
                self.desk.open_desk(value, value)
                self.desk.get_panel(self.contract.id, str(value))
                with self.assertRaises(AccessError):
                    self.desk.get_account(value)
        with self.assertSays(UserError, "no button"):
            self.desk.get_action(self.contract.id, "explode")

    def test_desk_opens_in_one_call(self):
        opened = self.desk.open_desk({"officer": self.collector.id})
        self.assertEqual(len(opened["queue"]["rows"]), 3)
        self.assertEqual(opened["counts"]["my_day"], 3)
        self.assertEqual(str(opened["today"]), "2026-03-10")
        self.assertIn(
            self.collector.id, [officer["id"] for officer in opened["officers"]]
        )
        self.assertNotIn("keys", opened["queue"]["rows"][0])

    def test_queries_do_not_grow_with_the_queue(self):
        def count(limit):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows = self.desk.get_queue("all", {}, None, limit)["rows"]
            self.assertEqual(len(rows), limit)
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(1), count(3))

    def test_today_is_the_companys(self):
        self._plan(self.contract, "2026-03-11")
        self.company.partner_id.tz = "Asia/Manila"
        late = fields.Datetime.to_datetime("2026-03-10 17:00:00")
        with freeze_time(late):
            self.assertIn(self.contract, self._contracts("my_day"))
        with freeze_time(late - timedelta(hours=2)):
            self.assertNotIn(self.contract, self._contracts("my_day"))
