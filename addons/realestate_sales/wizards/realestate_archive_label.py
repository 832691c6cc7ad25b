from odoo import fields, models


class RealestateArchiveLabel(models.TransientModel):
    """Which labels of archive boxes are printed, and on which sheet."""

    _name = "realestate.archive.label"
    _description = "Labels of Archive Boxes"

    box_ids = fields.Many2many(
        "realestate.archive.box",
        string="Boxes",
        required=True,
        default=lambda self: self._default_box_ids(),
    )
    copies = fields.Integer(
        string="Labels of Each",
        required=True,
        default=1,
        help="One for the front and one for the lid, if you like.",
    )
    used_count = fields.Integer(
        string="Used on the Sheet",
        help="Labels that are gone from the first sheet: it is printed on from there.",
    )

    _copies_sensible = models.Constraint(
        "CHECK (copies BETWEEN 1 AND 8)", "Print 1 to 8 labels of each box."
    )
    _used_sensible = models.Constraint(
        "CHECK (used_count BETWEEN 0 AND 7)",
        "A sheet has 8 labels: 0 to 7 of them can be used already.",
    )

    def _default_box_ids(self):
        if self.env.context.get("active_model") != "realestate.archive.box":
            return self.env["realestate.archive.box"]
        return self.env.context.get("active_ids")

    def action_print(self):
        """Print the labels."""
        self.ensure_one()
        self.box_ids.check_access("read")
        report = self.env.ref("realestate_sales.action_report_archive_label")
        return report.report_action(self)
