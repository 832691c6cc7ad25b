from odoo import api, fields, models
from odoo.exceptions import ValidationError

SEAL_KINDS = [
    ("company", "Company Seal"),
    ("contract", "Contract Seal"),
    ("finance", "Finance Seal"),
    ("representative", "Legal Representative's Seal"),
    ("other", "Other Seal"),
]

#: Seals that make a contract a sealed one; the others stand beside them.
SEALING_KINDS = ("company", "contract")


class RealestateSeal(models.Model):
    """A seal of the company: stamped on request only, by who keeps it."""

    _name = "realestate.seal"
    _description = "Seal"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(SEAL_KINDS, required=True, default="contract")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    keeper_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        check_company=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Stamps what is approved and counts the copies.",
    )
    place = fields.Char(help="Where it is kept, such as the safe of the legal office.")
    note = fields.Text()
    request_ids = fields.One2many("realestate.seal.request", "seal_id")
    stamped_count = fields.Integer(
        string="Stamped Copies", compute="_compute_stamped_count"
    )

    @api.depends("request_ids.stamped_copies")
    def _compute_stamped_count(self):
        stamped = dict(
            self.env["realestate.seal.request"]._read_group(
                [("seal_id", "in", self.ids), ("state", "=", "stamped")],
                ["seal_id"],
                ["stamped_copies:sum"],
            )
        )
        for seal in self:
            seal.stamped_count = stamped.get(seal._origin, 0)

    @api.constrains("keeper_id")
    def _check_keeper(self):
        for seal in self:
            # Whom a group belongs to is not everybody's to read.
            keeper = seal.keeper_id.sudo()
            if keeper.share or not keeper.has_groups(
                "realestate_sales.group_officer,realestate_sales.group_reader"
            ):
                raise ValidationError(
                    self.env._(
                        "%(seal)s: %(keeper)s does not see seal requests and cannot "
                        "keep a seal. Give them a role at the contract desk, the legal "
                        "office, the leadership or the archive, or name somebody else.",
                        seal=seal.name,
                        keeper=keeper.name,
                    )
                )

    # === ACTIONS === #

    def action_open_register(self):
        """Show what this seal was stamped on: when, by whom, how many copies."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_seal_register_action"
        )
        action["domain"] = [("seal_id", "=", self.id), ("state", "=", "stamped")]
        action["context"] = {}
        return action
