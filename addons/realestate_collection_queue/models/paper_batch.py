from odoo import models
from odoo.tools import split_every

from odoo.addons.queue_job.delay import group

#: Papers of one job: what a stop or a kill costs at most.
PAPERS_A_JOB = 20


class PaperBatch(models.Model):
    """Print jobs by the queue: workers draw, one joins."""

    _inherit = "paper.batch"

    def _run(self):
        """Hand the papers out to the workers; the last of them has them joined."""
        self.ensure_one()
        jobs = self.env["queue.job"]
        key = f"realestate.print:{self.id}"
        if not jobs._realestate_is_under_way(key):
            self._update_state("running")
            waiting = self.line_ids.filtered(lambda line: line.state == "waiting")
            draws = [
                part.delayable(
                    **jobs._realestate_job_values(f"{key}:draw", part, self.name)
                )._draw_in_job()
                for part in split_every(PAPERS_A_JOB, waiting.ids, waiting.browse)
            ]
            values = jobs._realestate_job_values(f"{key}:join", self, self.name)
            join = self.delayable(**values)._join_in_job()
            (group(*draws).on_done(join) if draws else join).delay()
        return True

    def _join_in_job(self):
        """Join what was drawn, unless the job was stopped meanwhile."""
        if self.state == "running":
            self._join()
