from odoo import api, models
from odoo.fields import Domain

#: States in which a job is still to come to its end.
UNDER_WAY = ("wait_dependencies", "pending", "enqueued", "started")
#: Others may hold what a job needs; it waits its turn and is no failure.
TRIES = 50


class QueueJob(models.Model):
    """What the suite's crons ask of the queue."""

    _inherit = "queue.job"

    @api.model
    def _realestate_is_under_way(self, key):
        """Whether jobs whose identity begins with ``key`` are still to be done.

        What they are about is not handed out again meanwhile: each of them looks at
        its records anew, so a second hand-out would do no harm and no good.
        """
        # The queue belongs to the system.
        jobs = self.sudo()
        domain = Domain("state", "in", UNDER_WAY) & Domain(
            "identity_key", "=like", f"{key}:%"
        )
        return bool(jobs.search_count(domain, limit=1))

    @api.model
    def _realestate_job_values(self, key, records, description):
        """Properties of a job on ``records``.

        :param key: with what the job is about, makes the job's identity
        """
        part = f"{records.ids[0]}-{records.ids[-1]}"
        return {
            "channel": "root.realestate",
            "description": description,
            "identity_key": f"{key}:{part}",
            "max_retries": TRIES,
        }
