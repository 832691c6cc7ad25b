from odoo import fields, models
from odoo.fields import Domain

from .realestate_seal import SEALING_KINDS


class RealestateContract(models.Model):
    """The seal of a contract, asked for by a request."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    seal_request_count = fields.Integer(
        string="Seal Requests",
        compute="_compute_seal_request_count",
        groups="base.group_user",
    )

    def _compute_seal_request_count(self):
        for contract in self:
            contract.seal_request_count = len(contract._get_seal_requests())

    # === ACTIONS === #

    def action_request_seal(self):
        """Make one seal request for these contracts and open it."""
        self.company_id.ensure_one()
        requests = self.env["realestate.seal.request"]
        request = requests.with_company(self.company_id).create(
            {
                "company_id": self.company_id.id,
                "contract_ids": self.ids,
                "purpose": self.env._("Sales contracts signed by their buyers"),
            }
        )
        action = self._get_seal_request_action()
        return action | {"res_id": request.id, "views": [(False, "form")]}

    def action_open_seal_requests(self):
        """Show the seal requests for this contract."""
        self.ensure_one()
        return self._get_seal_request_action() | {
            "domain": [("contract_ids", "in", self.ids)],
            "context": {"default_contract_ids": self.ids},
        }

    def _get_seal_request_action(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_seal_request_action"
        )

    # === BUSINESS === #

    def _get_seal_requests(self):
        """All requests for the seal of this contract, whosever they are."""
        # Whoever may see the contract may know whether its seal was asked for.
        requests = self.env["realestate.seal.request"].sudo()
        return requests.search([("contract_ids", "in", self.ids)])

    def _get_step_problems(self, step):
        problems = super()._get_step_problems(step)
        if step != "seal" or not self.company_id.realestate_seal_by_request:
            return problems
        stamped = self._get_seal_requests().filtered_domain(
            Domain("state", "=", "stamped")
            & Domain("seal_id.kind", "in", SEALING_KINDS)
        )
        if not stamped:
            problems.append(
                self.env._(
                    "The seal is stamped on request only: make a seal request, have it "
                    "approved and stamped. The contract is sealed by it."
                )
            )
        return problems
