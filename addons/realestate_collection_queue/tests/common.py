from collections import Counter

from odoo.addons.queue_job.tests.common import trap_jobs
from odoo.addons.realestate_collection.tests.common import RealestateCollectionCommon


class QueueCommon(RealestateCollectionCommon):
    """Jobs are written down, looked at, and performed when the test says so."""

    def _hand_out(self, work):
        """Do ``work`` and return the jobs it asked for, all still to be done."""
        with trap_jobs() as trap, self._without_commit():
            work()
        return trap

    def _count_methods(self, trap):
        """How many jobs of each method were asked for."""
        return Counter(job.method_name for job in trap.enqueued_jobs)

    def _get_invoices(self, contract):
        """What the invoices of ``contract`` say, its own names and numbers left out."""
        return [
            (
                move.state,
                move.invoice_date,
                move.invoice_date_due,
                move.amount_total,
                sorted(
                    (line.account_id.code, line.balance, self._call(line))
                    for line in move.line_ids
                ),
            )
            for move in contract.installment_ids.sorted("sequence").move_id
        ]

    def _call(self, line):
        contract = line.move_id.realestate_contract_id
        name = line.name or ""
        for own in (line.move_id.name, contract.name, contract.unit_names):
            name = name.replace(own, "…")
        return name
