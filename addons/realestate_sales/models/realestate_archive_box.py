from odoo import api, fields, models
from odoo.exceptions import UserError


class RealestateArchiveBox(models.Model):
    """A box of originals, and where it stands."""

    _name = "realestate.archive.box"
    _description = "Archive Box"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(string="Code", required=True, copy=False, index="trigram")
    place = fields.Char(
        required=True, help="Where it stands: room, shelf, place on the shelf."
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    project_id = fields.Many2one(
        "realestate.project",
        check_company=True,
        help="Of which it holds originals; empty: of any.",
    )
    active = fields.Boolean(default=True)
    note = fields.Text()
    document_ids = fields.One2many(
        "realestate.document", "archive_box_id", string="Originals"
    )
    document_count = fields.Integer(
        string="Originals in the Box", compute="_compute_document_count"
    )
    lent_count = fields.Integer(string="Lent", compute="_compute_document_count")

    _name_unique = models.Constraint(
        "UNIQUE (company_id, name)", "There is a box with this code already."
    )

    @api.depends("document_ids.loan_ids.state")
    def _compute_document_count(self):
        counts = dict(
            self.env["realestate.document"]._read_group(
                [("archive_box_id", "in", self.ids)], ["archive_box_id"], ["__count"]
            )
        )
        lent = dict(
            self.env["realestate.document.loan"]._read_group(
                [("box_id", "in", self.ids), ("state", "=", "out")],
                ["box_id"],
                ["__count"],
            )
        )
        for box in self:
            box.document_count = counts.get(box._origin, 0)
            box.lent_count = lent.get(box._origin, 0)

    @api.depends("name", "place")
    def _compute_display_name(self):
        for box in self:
            box.display_name = f"{box.name} ({box.place})" if box.place else box.name

    def write(self, vals):
        # Originals of contracts the archivist does not see count too.
        if "company_id" in vals and self.sudo().document_ids:
            raise UserError(
                self.env._("A box with originals in it stays with its company.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_filled(self):
        # Originals of other projects count as well.
        for box in self.sudo().filtered("document_ids"):
            raise UserError(
                self.env._(
                    "Box %(box)s holds %(count)s originals: put them into another one "
                    "first.",
                    box=box.name,
                    count=len(box.document_ids),
                )
            )

    # === ACTIONS === #

    def action_open_documents(self):
        """Show what lies in the box."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_original_action"
        )
        return action | {
            "domain": [("archive_box_id", "=", self.id)],
            "context": {},
        }
