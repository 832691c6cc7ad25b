from odoo import api, models
from odoo.tools import split_every

#: Invoices of one job: some seconds of work, lost at most when a worker is killed.
BILLED_A_JOB = 100


class RealestateInstallment(models.Model):
    """Billing by the queue: the cron hands out, workers bill."""

    _inherit = "realestate.installment"

    @api.model
    def _bill_committing(self, company):
        """Hand what is due out to the workers instead of billing it here."""
        key = f"realestate.bill:{company.id}"
        jobs = self.env["queue.job"]
        if jobs._realestate_is_under_way(key):
            return True
        day = company._realestate_today()
        self._release_undone(company)
        chosen = self._select_to_bill(company, day, None)
        for part in split_every(BILLED_A_JOB, chosen.ids, self.browse):
            label = self.env._(
                "Bill %(count)s instalments of %(company)s",
                count=len(part),
                company=company.name,
            )
            values = jobs._realestate_job_values(key, part, label)
            part.with_delay(**values)._bill_in_job(day)
        return bool(self.env["ir.cron"]._commit_progress(len(chosen)))

    def _bill_in_job(self, date):
        """Bill these instalments, as far as that is still to be done.

        :return: what the job has to say of itself
        """
        billing = self.with_context(**self._quiet())
        done = billing._bill_batch(billing, date)
        return self.env._(
            "%(done)s of %(count)s instalments invoiced.",
            done=len(done),
            count=len(self),
        )
