from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.realestate_detail_request import OPEN

#: States of contracts whose buyers are asked: those that they see in the portal.
ASKED = ("approved", "signed", "sealed", "active")


class RealestateDetailAsk(models.TransientModel):
    _name = "realestate.detail.ask"
    _description = "Ask to Confirm Details"

    project_id = fields.Many2one("realestate.project")
    contract_ids = fields.Many2many("realestate.contract")
    date_deadline = fields.Date(
        string="Answer until",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=14),
    )

    def action_ask(self):
        """Make and send a request for each buyer who is not being asked already."""
        self.ensure_one()
        requests = self.env["realestate.detail.request"]
        requests = requests.create(self._prepare_requests())
        if not requests:
            raise UserError(
                self.env._(
                    "Nobody is to be asked: the contracts have to be approved and not "
                    "ended, and their buyers not be asked already."
                )
            )
        requests.action_send()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Detail Confirmations"),
            "res_model": requests._name,
            "view_mode": "list,form",
            "domain": [("id", "in", requests.ids)],
        }

    def _prepare_requests(self):
        contracts = self.contract_ids
        if not contracts:
            contracts = contracts.search([("project_id", "=", self.project_id.id)])
        contracts = contracts.filtered(lambda contract: contract.state in ASKED)
        asked = self.env["realestate.detail.request"].search(
            [("contract_id", "in", contracts.ids), ("state", "in", OPEN)]
        )
        values, known = [], asked.partner_id
        for contract in contracts:
            for partner in contract.buyer_ids.partner_id - known:
                values.append(
                    {
                        "contract_id": contract.id,
                        "partner_id": partner.id,
                        "date_deadline": self.date_deadline,
                    }
                )
                # Who buys twice is asked once.
                known |= partner
        return values
