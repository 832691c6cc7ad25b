from odoo import models


class PaperBatchLine(models.Model):
    """Papers drawn by the queue."""

    _inherit = "paper.batch.line"

    def _draw_in_job(self):
        """Draw those of these papers that wait, unless the job was stopped."""
        if self.batch_id.state == "running":
            self.filtered(lambda line: line.state == "waiting")._draw()
