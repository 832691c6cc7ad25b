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
            # Names and companies of people and banks, for who sees the record.
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
    def _tell_timeline(self, contract):
        """What happened on the account, the newest first."""
        return contract._get_timeline(EVENTS)

    # === AGREEMENTS === #

    @api.model
    def _tell_agreements(self, contract):
        """What was agreed on beside the contract or is disputed, and the loans."""
        return [
            *self._tell_disputes(contract),
            *self._tell_arrangements(contract),
            *self._tell_promises(contract),
            *self._tell_loans(contract),
        ]

    @api.model
    def _tell_agreement(self, record, kind, title, **values):
        return {
            "id": record.id,
            "model": record._name,
            "kind": kind,
            "title": title,
            "detail": "",
            "state": record.state,
            "label": self._get_label(record, "state"),
            "amount": record.amount,
            "received": 0,
            "date": False,
            "is_ended": False,
            **values,
        }

    @api.model
    def _find(self, model, contract):
        return self.env[model].search([("contract_id", "=", contract.id)], limit=EVENTS)

    @api.model
    def _tell_disputes(self, contract):
        return [
            self._tell_agreement(
                one,
                "dispute",
                self.env._("Dispute: %(category)s", category=one.category_id.name),
                detail=one.text,
                date=one.date_limit,
                is_ended=one.state != "open",
            )
            for one in self._find("realestate.dispute", contract)
        ]

    @api.model
    def _tell_arrangements(self, contract):
        over = ("refused", "expired", "kept", "broken", "cancelled")
        return [
            self._tell_agreement(
                one,
                "arrangement",
                self.env._("Arrangement in %(count)s parts", count=len(one.line_ids)),
                received=one.amount_received,
                date=one.date_last,
                is_ended=one.state in over,
            )
            for one in self._find("realestate.arrangement", contract)
        ]

    @api.model
    def _tell_promises(self, contract):
        return [
            self._tell_agreement(
                one,
                "promise",
                self.env._("Promise to pay"),
                received=one.amount_received,
                date=one.date,
                is_ended=one.state in ("kept", "cancelled"),
            )
            for one in self._find("realestate.promise", contract)
        ]

    @api.model
    def _tell_loans(self, contract):
        """The mortgages of the contract, the live one first."""
        return [
            {
                "id": loan.id,
                "model": loan._name,
                "kind": "loan",
                # Names and companies of people and banks, for who sees the record.
                "title": loan.bank_id.sudo().name or loan.name,
                # Names and companies of people and banks, for who sees the record.
                "detail": loan.programme_id.sudo().display_name or loan.name,
                "state": "late" if loan.is_late else "loan",
                "label": self._get_label(loan, "stage"),
                "amount": loan.amount_approved or loan.amount,
                "received": loan.amount_released,
                "date": loan.date_release_expected or loan.date_limit,
                "is_ended": loan.is_ended,
            }
            for loan in contract.mortgage_ids.sorted(
                lambda one: (one.is_ended, -one.id)
            )
        ]
