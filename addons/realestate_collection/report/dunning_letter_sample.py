from odoo import models


class DunningLetterReport(models.AbstractModel):
    """A letter to look at before a run is released."""

    _inherit = "report.realestate_collection.report_dunning_letter"

    def _prepare_sheet(self, notice):
        sheet = super()._prepare_sheet(notice)
        is_sample = self.env.context.get("realestate_sample")
        # Printed by mistake, it must not be taken for the notice itself.
        return {**sheet, "watermark": is_sample and self.env._("SAMPLE")}
