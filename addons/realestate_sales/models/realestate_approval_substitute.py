from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class RealestateApprovalSubstitute(models.Model):
    """Who decides for whom while they are away.

    Named by the approvers themselves and by managers: see the record rules.
    """

    _name = "realestate.approval.substitute"
    _description = "Approval Substitute"
    _order = "date_from desc, id desc"
    _rec_name = "substitute_id"

    user_id = fields.Many2one(
        "res.users",
        string="Approver",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    substitute_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        domain="[('share', '=', False), ('id', '!=', user_id)]",
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Until", required=True, help="This day included.")
    reason = fields.Char()

    _in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "A substitution ends after it has begun."
    )
    _another = models.Constraint(
        "CHECK (user_id != substitute_id)", "Nobody stands in for themselves."
    )

    @api.constrains("user_id", "substitute_id")
    def _check_users(self):
        for substitution in self:
            if (substitution.user_id | substitution.substitute_id).filtered("share"):
                raise ValidationError(
                    self.env._("Buyers in the portal do not approve: choose staff.")
                )

    def write(self, vals):
        # The rules see the record as it was: it must not become another's.
        if any(one.user_id.id != vals.get("user_id", one.user_id.id) for one in self):
            raise UserError(
                self.env._("Name a substitute for another approver in a new line.")
            )
        return super().write(vals)


class ResUsers(models.Model):
    _inherit = "res.users"

    approval_substitute_ids = fields.One2many(
        "realestate.approval.substitute",
        "user_id",
        groups="realestate_sales.group_agent",
    )

    def _get_approval_substitutes(self):
        """Who stands in for these users today; substitutes of substitutes do not."""
        today = fields.Date.context_today(self)
        # Anybody may be told who decides; substitutions of others are not theirs.
        substitutions = self.env["realestate.approval.substitute"].sudo()
        found = substitutions.search(
            [
                ("user_id", "in", self.ids),
                ("date_from", "<=", today),
                ("date_to", ">=", today),
                ("substitute_id.active", "=", True),
            ]
        )
        return found.substitute_id.sudo(False)
