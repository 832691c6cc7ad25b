"""What the buttons of the desk open."""

from ast import literal_eval

from odoo import api, models
from odoo.exceptions import UserError


class RealestateCollectionDesk(models.AbstractModel):
    # A file for each concern keeps them short.
    _inherit = "realestate.collection.desk"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def get_action(self, contract_id, kind):
        """Return the action of a button for one account, with the contract filled in.

        :param kind: see :meth:`_get_action_names`, or ``contract``
        """
        contract = self._get_contract(contract_id)
        if kind == "contract":
            return {
                "type": "ir.actions.act_window",
                "res_model": "realestate.contract",
                "res_id": contract.id,
                "views": [(False, "form")],
            }
        names = self._get_action_names()
        name = names.get(kind) if isinstance(kind, str) else None
        if not name:
            raise UserError(
                self.env._(
                    "The desk has no button “%(kind)s”. Load it anew.", kind=kind
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"realestate_collection.{name}"
        )
        ids = [contract.id]
        action["context"] = {
            **literal_eval(action["context"] or "{}"),
            # What is opened from the desk goes back to it.
            "from_desk": True,
            "default_contract_id": contract.id,
            "default_contract_ids": ids,
            "active_model": contract._name,
            "active_id": contract.id,
            "active_ids": ids,
        }
        # A list of such records is nothing to fill in.
        action.update(views=[(False, "form")], target="new")
        return action

    @api.model
    def _get_action_names(self):
        """Buttons and the window actions they open."""
        return {
            "payment": "realestate_contract_payment_action",
            "statement": "realestate_contract_statement_action",
            "visit": "realestate_contract_contact_action",
            "stop": "realestate_dunning_hold_stop_action",
            "resume": "realestate_dunning_hold_resume_action",
            "dispute": "realestate_contract_dispute_action",
            "arrangement": "realestate_arrangement_action",
        }

    @api.model
    def _tell_actions(self, contract, holds):
        """The buttons that mean something for the account now."""
        names = set(self._get_action_names())
        is_stopped = any(hold["kind"] == "stop" for hold in holds)
        names.discard("stop" if is_stopped else "resume")
        return sorted(names)

    @api.model
    def get_payment_link(self, contract_id):
        """Return the address where the buyer pays online, to send in any chat.

        :raises UserError: nothing can be paid now
        """
        contract = self._get_contract(contract_id)
        if not contract._get_online_choices():
            raise UserError(
                self.env._(
                    "Contract %(contract)s: there is nothing to pay online.",
                    contract=contract.name,
                )
            )
        # The token is the buyer's; who collects hands it over.
        path = contract.sudo().get_portal_url(suffix="/pay")
        return contract.get_base_url() + path
