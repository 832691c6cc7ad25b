from odoo import fields, models


class RealestateCollectionCase(models.Model):
    """The timeline, drawn for the form of a case."""

    # A file for each concern keeps them short.
    _inherit = "realestate.collection.case"  # pylint: disable=consider-merging-classes-inherited

    timeline = fields.Html(compute="_compute_timeline", sanitize=False)

    def _compute_timeline(self):
        for case in self:
            contract = case.contract_id
            entries = contract._get_timeline() if contract else []
            case.timeline = self.env["ir.qweb"]._render(
                "realestate_collection.collection_timeline",
                {
                    "entries": entries,
                    "currency": case.currency_id,
                    "zone": case.company_id._realestate_zone().key,
                },
            )
