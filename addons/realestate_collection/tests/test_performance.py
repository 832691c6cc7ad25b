from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .dunning_common import DunningCommon

FEW, MANY = 2, 22


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPerformance(DunningCommon):
    """Queries per record do not grow: 2 against 22 records."""

    def _count(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def assertPerRecord(self, most, few, many):
        """Another record costs at most ``most`` queries."""
        each = (many - few) / (MANY - FEW)
        self.assertLessEqual(each, most, f"{few} for {FEW}, {many} for {MANY}")

    def _measure(self, call):
        """Queries of ``call`` on few contracts, and on many others."""
        call(self._contracts[:1])  # fills the caches of the process
        few, many = self._contracts[1 : FEW + 1], self._contracts[FEW + 1 :]
        return self._count(lambda: call(few)), self._count(lambda: call(many))

    def setUp(self):
        super().setUp()
        self._contracts = self._create_many(1 + FEW + MANY)

    def _keep_only(self, contracts, installments):
        """Leave only ``contracts`` with something to bill."""
        others = self._contracts - contracts
        others.sudo().installment_ids.filtered(
            lambda item: item.state == "planned"
        ).is_void = True
        contracts.sudo().installment_ids.is_void = False

    def test_an_invoice_costs_at_most_twelve_queries(self):
        def bill(contracts):
            self._keep_only(contracts, True)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(self.installments.bill_due(), 2 * len(contracts))
            queries.append(self.env.cr.sql_log_count - before)

        queries = []
        self._measure(bill)
        each = (queries[2] - queries[1]) / (2 * (MANY - FEW))
        self.assertLessEqual(each, 12, queries)

    def test_a_payment_in_a_batch_costs_few_queries(self):
        self.installments.bill_due()

        def pay(contracts):
            contracts._register_payments(
                [{"contract": contract, "amount": 150000} for contract in contracts]
            )

        few, many = self._measure(pay)
        self.assertPerRecord(30, few, many)

    def test_a_decision_costs_no_query_of_its_own(self):
        self.installments.bill_due()
        self._contracts[3:]._update_state("completed")
        few = self._count(self._run)
        self._contracts.notice_ids._update_state("cancelled")
        self._contracts[3:].env.cr.execute(
            "UPDATE realestate_contract SET state = 'active' WHERE id IN %s",
            [tuple(self._contracts[3:].ids)],
        )
        many = self._count(self._run)
        self.assertLessEqual(many - few, 6)

    def test_balances_are_read_by_one_query(self):
        self.installments.bill_due()

        def read(contracts):
            contracts.mapped("amount_receivable")

        few, many = self._measure(read)
        self.assertPerRecord(0, few, many)

    def test_a_statement_looks_into_its_own_ledger_only(self):
        contract = self._create_billed()
        self.env.flush_all()
        self.env.invalidate_all()
        seen = []

        def spy(cursor, query, *args, **kwargs):
            seen.append(str(getattr(query, "code", query)))
            return execute(cursor, query, *args, **kwargs)

        execute = Cursor.execute
        with patch.object(Cursor, "execute", spy):
            self.assertTrue(contract._get_statement()["lines"])
        # Asked for by number, the running balances of all contracts would be made.
        read = [query for query in seen if "OVER in_order" in query]
        self.assertEqual(len(read), 1)
        self.assertIn("contract_id", read[0].rpartition("WHERE")[2])

    def test_a_list_of_notices_is_read_by_few_queries(self):
        self.installments.bill_due()
        notices = self._run().notice_ids

        def read(contracts):
            records = notices.filtered(lambda n: n.contract_id in contracts)
            self.env.invalidate_all()
            records.read(["name", "amount", "failure_reason", "partner_id", "state"])

        few, many = self._measure(read)
        self.assertPerRecord(0, few, many)

    def test_a_list_of_decisions_is_read_by_few_queries(self):
        self.installments.bill_due()
        decisions = self._run().decision_ids

        def read(contracts):
            records = decisions.filtered(lambda d: d.contract_id in contracts)
            self.env.invalidate_all()
            records.read(["contract_id", "reason", "amount", "level_id"])

        few, many = self._measure(read)
        self.assertPerRecord(0, few, many)
