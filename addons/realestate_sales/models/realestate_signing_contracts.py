from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from .collision import collide
from .realestate_signing import STANDING


class RealestateSigning(models.Model):
    """Which contracts may be signed at one appointment."""

    # A file for each concern keeps them short.
    _inherit = "realestate.signing"  # pylint: disable=consider-merging-classes-inherited

    @api.constrains("contract_ids", "desk_id")
    def _check_contracts(self):
        # A contract put into two appointments at the same moment meets itself here.
        collide(self.contract_ids)
        for signing in self:
            problem = signing._get_contract_problem()
            if problem:
                raise ValidationError(problem)

    # === BUSINESS === #

    def _get_contract_problem(self):
        contracts = self.contract_ids
        if not contracts:
            return self.env._("An appointment is for a contract: choose one.")
        buyers = contracts.buyer_ids.partner_id
        shared = [one for one in contracts if buyers & one.buyer_ids.partner_id]
        if len(contracts.partner_id) > 1 or len(shared) < len(contracts):
            return self.env._(
                "%(contracts)s have different main buyers: make an appointment for "
                "each buyer.",
                contracts=", ".join(contracts.mapped("name")),
            )
        # A desk may serve projects the officer does not see.
        projects = self.desk_id.sudo().project_ids
        if projects and contracts.project_id - projects:
            return self.env._(
                "Contracts of %(project)s are not signed at desk %(desk)s: choose "
                "another desk.",
                project=(contracts.project_id - projects)[:1].name,
                desk=self.desk_id.name,
            )
        return self._get_double_problem()

    def _get_double_problem(self):
        """A contract is signed once: it has one appointment that stands."""
        for contract in self.contract_ids if self.state in STANDING else []:
            other = (contract.sudo().signing_ids - self.sudo()).filtered(
                lambda one: one.state in STANDING
            )[:1]
            if other:
                return self.env._(
                    "Contract %(contract)s has an appointment on %(when)s already: "
                    "move that one.",
                    contract=contract.name,
                    when=other._format_when(other.date_start, other.desk_id),
                )
        return ""

    def _check_contracts_live(self):
        for contract in self.contract_ids.filtered(lambda c: c.state == "cancelled"):
            raise UserError(
                self.env._(
                    "Contract %(contract)s is cancelled: nobody signs it any more.",
                    contract=contract.name,
                )
            )

    def _check_contracts_stay(self, vals):
        if "contract_ids" not in vals:
            return
        for signing in self.filtered(lambda one: one.state not in STANDING):
            raise UserError(
                self.env._(
                    "The appointment of %(signing)s is “%(state)s”: its contracts "
                    "stay.",
                    signing=signing.display_name,
                    state=signing._state_label(signing.state),
                )
            )
