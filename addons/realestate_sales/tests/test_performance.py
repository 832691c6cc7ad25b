from odoo.fields import Command
from odoo.tests import tagged

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestPerformance(RealestateSalesCommon):
    """The cost of reading does not grow with the records: 2 against 22 of them."""

    def _count_queries(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        return self.env.cr.sql_log_count - before

    def _assert_flat(self, call_on, records):
        call_on(records[:1])
        few = self._count_queries(lambda: call_on(records[:2]))
        many = self._count_queries(lambda: call_on(records[:22]))
        self.assertLessEqual(many, few)

    def _create_drafts(self, units):
        return self.env["realestate.contract"].create(
            [
                {
                    "project_id": self.project.id,
                    "partner_id": self.buyer.id,
                    "plan_id": self.plan.id,
                    "line_ids": [Command.create({"unit_id": unit.id})],
                }
                for unit in units
            ]
        )

    def test_unit_list_reads_flat(self):
        units = self._create_units(22, first=500)
        for unit in units[:10]:
            unit.action_hold()
        self._assert_flat(
            lambda some: some.read(["name", "state", "partner_id", "price_list"]), units
        )

    def test_contract_list_reads_flat(self):
        units = self._create_units(22, first=500)
        contracts = self._create_drafts(units)
        self._assert_flat(
            lambda some: some.read(
                ["name", "unit_names", "amount_total", "amount_paid", "amount_overdue"]
            ),
            # Record rules are checked for a user only.
            contracts.with_user(self.officer),
        )

    def test_schedule_of_120_instalments_costs_few_queries(self):
        plan = self._create_plan(
            [{"name": "Month", "amount_type": "balance", "count": 120}]
        )
        short = self._create_plan(
            [{"name": "Month", "amount_type": "balance", "count": 12}]
        )
        self._create_contract(self.units[0], plan_id=short.id)
        few = self._count_queries(
            lambda: self._create_contract(self.units[1], plan_id=short.id)
        )
        many = self._count_queries(
            lambda: self._create_contract(self.units[2], plan_id=plan.id)
        )
        self.assertLessEqual(many, few)

    def test_contracts_are_submitted_together(self):
        units = self._create_units(22, first=500)
        contracts = self._create_drafts(units)
        few = self._count_queries(contracts[:2].action_submit)
        many = self._count_queries(contracts[2:].action_submit)
        self.assertLess(many - few, 18, "less than a query for each contract more")
        self.assertEqual(len(contracts.installment_ids), 22 * 16)
        self.assertTrue(all(c._is_schedule_exact() for c in contracts))
