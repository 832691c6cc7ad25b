from odoo import fields, models
from odoo.fields import Domain

from .realestate_signing import STANDING


class RealestateContract(models.Model):
    """The appointment at which a contract is signed."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    signing_ids = fields.Many2many("realestate.signing", groups="base.group_user")
    signing_id = fields.Many2one(
        "realestate.signing",
        string="Appointment",
        compute="_compute_signing_id",
        groups="base.group_user",
        help="The one that stands, else the last one.",
    )
    date_signing = fields.Datetime(
        string="Appointment on",
        compute="_compute_signing_id",
        groups="base.group_user",
    )
    has_appointment = fields.Boolean(
        compute="_compute_signing_id",
        search="_search_has_appointment",
        groups="base.group_user",
    )

    def _compute_signing_id(self):
        for contract in self:
            signings = contract.signing_ids.sorted("id")
            standing = signings.filtered(lambda one: one.state in STANDING)
            signing = (standing or signings)[-1:]
            contract.signing_id = signing
            contract.date_signing = signing.date_start
            contract.has_appointment = bool(standing)

    def _search_has_appointment(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain("signing_ids", "any", Domain("state", "in", STANDING))
        return domain if True in value else ~domain

    # === ACTIONS === #

    def action_open_signing(self):
        """Open the appointment, or a new one to fill in."""
        self.ensure_one()
        signing = self.signing_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Signing Appointment"),
            "res_model": "realestate.signing",
            "res_id": signing.id if signing.state != "cancelled" else False,
            "view_mode": "form",
            "context": self._prepare_signing_context(),
        }

    def _prepare_signing_context(self):
        desks = self.env["realestate.signing.desk"].search(
            [("company_id", "=", self.company_id.id)]
        )
        own = desks.filtered(lambda desk: self.project_id in desk.project_ids)
        free = desks.filtered(lambda desk: not desk.project_ids)
        desk = (own or free)[:1]
        return {
            "default_contract_ids": self.ids,
            "default_desk_id": desk.id,
            "default_date_start": desk and desk._get_next_time(),
            "default_user_id": self.user_id.id or self.env.uid,
        }

    # === BUSINESS === #

    def _update_state(self, target, **values):
        moved = super()._update_state(target, **values)
        if target in ("signed", "cancelled"):
            # Appointments follow whoever takes the step.
            moved.sudo().signing_ids._follow_contracts()
        return moved
