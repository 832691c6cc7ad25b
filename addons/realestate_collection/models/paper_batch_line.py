import base64

from odoo import models


class PaperBatchLine(models.Model):
    """Letters of a post batch are kept exactly as they were printed."""

    _inherit = "paper.batch.line"

    def _keep(self, pdf):
        result = super()._keep(pdf)
        if self.batch_id.report_id.model == "realestate.dunning.notice":
            self._keep_letter(pdf)
        return result

    def _keep_letter(self, pdf):
        deliveries = self.env["realestate.dunning.delivery"]
        letter = deliveries.search(
            [
                ("notice_id", "=", self.res_id),
                ("post_batch_id.paper_batch_id", "=", self.batch_id.id),
            ],
            limit=1,
        )
        if letter:
            letter._keep_printed(base64.b64encode(pdf))
