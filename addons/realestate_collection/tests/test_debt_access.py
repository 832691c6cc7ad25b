from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .case_common import CaseCommon
from .common import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestDebtAccess(CaseCommon):
    """Decisions about a debt are those of the team that has the contract's case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls._create_team(member_ids=[Command.set(cls.collector.ids)])

    def _decide(self):
        """An arrangement, a proposal and a package of the collector, and what each
        consists of: by model."""
        values = {"contract_id": self.contract.id}
        env = self.env(user=self.collector)
        arrangement = env["realestate.arrangement"].create(
            {**values, "part_count": 2, "date_first": date(2026, 3, 20)}
        )
        proposal = env["realestate.debt.proposal"].create(values)
        package = env["realestate.cancellation.package"].create(values)
        items = self.env["realestate.cancellation.item"].create(
            {"package_id": package.id, "kind": "notice"}
        )
        found = [
            *(arrangement, arrangement.line_ids),
            *(proposal, proposal.option_ids),
            *(package, items),
        ]
        self.assertTrue(all(found))
        return found

    def _assert_seen(self, records, user, seen=True):
        for some in records:
            theirs = some.with_user(user)
            with self.subTest(model=some._name, user=user.login):
                found = theirs.search([("id", "in", some.ids)])
                self.assertEqual(len(found), len(some) if seen else 0)
                self.assertEqual(theirs.has_access("read"), seen)

    def test_officer_of_another_team_sees_none(self):
        self._open()
        records = self._decide()
        for user in (self.collector, self.collection_manager, self.accountant):
            self._assert_seen(records, user)
        self._assert_seen(records, self.colleague, seen=False)

    def test_officer_of_another_team_changes_none(self):
        self._open()
        for some in self._decide():
            theirs = some.with_user(self.colleague)
            for operation in ("write", "unlink"):
                with self.subTest(model=some._name, operation=operation):
                    self.assertFalse(theirs.has_access(operation))
        arrangement = self.contract.with_user(self.collector).arrangement_ids
        with self.assertRaises(AccessError):
            arrangement.with_user(self.colleague).action_submit()
        with self.assertRaises(AccessError):
            arrangement.line_ids.create(
                {
                    "arrangement_id": arrangement.id,
                    "date": date(2026, 4, 1),
                    "amount": 1,
                }
            ).with_user(self.colleague).unlink()

    def test_accounting_reads_and_changes_none(self):
        self._open()
        for some in self._decide():
            with self.subTest(model=some._name):
                self.assertFalse(some.with_user(self.accountant).has_access("write"))

    def test_leader_and_owner_of_the_case_see_them(self):
        case = self._open()
        records = self._decide()
        self.team.user_id = self.colleague
        self._assert_seen(records, self.colleague)
        self.team.user_id = False
        self._assert_seen(records, self.colleague, seen=False)
        case._write_facts(user_id=self.colleague.id)
        self._assert_seen(records, self.colleague)

    def test_who_is_responsible_sees_the_own_one(self):
        self._open()
        records = self._decide()
        arrangement, lines = records[:2]
        arrangement.user_id = self.colleague
        self._assert_seen([arrangement, lines], self.colleague)
        self._assert_seen(records[2:], self.colleague, seen=False)

    def test_without_a_case_or_a_team_everybody_who_collects_sees_them(self):
        self.company.realestate_case_days = 90
        self.assertFalse(self._open())
        records = self._decide()
        self._assert_seen(records, self.colleague)
        self.company.realestate_case_days = 10
        case = self._open()
        self._assert_seen(records, self.colleague, seen=False)
        case._write_facts(team_id=False)
        self._assert_seen(records, self.colleague)

    def test_second_arrangement_is_refused_by_name_though_not_seen(self):
        self._open()
        first = self._decide()[0]
        first.action_submit()
        second = (
            self.env["realestate.arrangement"]
            .with_user(self.colleague)
            .create(
                {
                    "contract_id": self.contract.id,
                    "part_count": 1,
                    "date_first": date(2026, 3, 20),
                }
            )
        )
        with self.assertSays(UserError, first.name):
            second.action_submit()

    def test_count_on_the_contract_is_that_of_what_is_seen(self):
        self._open()
        self._decide()
        count = "arrangement_count"
        self.assertEqual(self.contract.with_user(self.collector)[count], 1)
        self.assertEqual(self.contract.with_user(self.colleague)[count], 0)
