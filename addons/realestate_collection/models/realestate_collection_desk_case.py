"""The case of an account on the desk: risk, holds, promises, and what is logged."""

from odoo import api, models

#: What happened on an account that is shown, the newest.
EVENTS = 100


class RealestateCollectionDesk(models.AbstractModel):
    # A file for each concern keeps them short.
    _inherit = "realestate.collection.desk"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def log_contact(self, contract_id, kind, outcome=None, **values):
        """Take down what came of a contact, as ``contract.log_contact`` does.

        :return: id of the event
        """
        contract = self._get_contract(contract_id)
        return contract.log_contact(kind, outcome, **values)

    # === TELLING === #

    @api.model
    def _tell_case(self, contract):
        """The open case, as the user sees it; False where there is none."""
        case = contract._get_case()
        return case and {
            "id": case.id,
            "stage": case.stage,
            "label": self._get_label(case, "stage"),
            "risk": case.risk,
            "risk_band": case.risk_band or "low",
            "why": self._tell_risk(case),
            "next_action": self._get_label(case, "next_action"),
            "date_next": case.date_next,
            "owner": case.user_id.sudo().name or "",
            "has_reply": case.has_reply,
            "escalation": case.escalation,
            "last_contact": case.date_last_contact,
        }

    @api.model
    def _tell_risk(self, case):
        """What the risk is made of, the weightiest first, without the points."""
        lines = (case.risk_explanation or "").splitlines()
        return [line.partition("  ")[2] or line for line in lines]

    @api.model
    def _tell_holds(self, contract):
        """Why the buyer is not dunned now, the longest hold first."""
        holds = self.env["realestate.dunning.hold"].search(
            [("contract_id", "=", contract.id), ("is_live", "=", True)]
        )
        return [
            {
                "id": hold.id,
                "kind": hold.kind,
                "label": self._get_label(hold, "kind"),
                "reason": hold.reason,
                "until": hold.date_to,
            }
            for hold in holds.sorted(lambda one: (bool(one.date_to), one.date_to))
        ]

    @api.model
    def _tell_promises(self, contract):
        promises = self.env["realestate.promise"].search(
            [("contract_id", "=", contract.id)], limit=EVENTS
        )
        return [
            {
                "id": promise.id,
                "kind": "promise",
                "title": self.env._("Promise to pay"),
                "state": promise.state,
                "label": self._get_label(promise, "state"),
                "amount": promise.amount,
                "received": promise.amount_received,
                "date": promise.date,
                "model": promise._name,
            }
            for promise in promises
        ]

    @api.model
    def _tell_timeline(self, contract):
        """What happened on the account, the newest first."""
        events = self.env["realestate.collection.event"].search(
            [("contract_id", "=", contract.id)], limit=EVENTS
        )
        return [
            {
                "date": event.date,
                "kind": event.kind,
                "title": event.display_name,
                "detail": event.note or "",
                "amount": 0,
                "res_model": event._name,
                "res_id": event.id,
                "icon": "fa-phone",
            }
            for event in events
        ]
