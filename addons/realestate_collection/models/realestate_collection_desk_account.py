"""One buyer on the desk: the head of the account, and its panels one by one."""

from odoo import api, models
from odoo.exceptions import AccessError

#: Notices of one account that are shown, the newest.
NOTICES = 60


class RealestateCollectionDesk(models.AbstractModel):
    # A file for each concern keeps them short.
    _inherit = "realestate.collection.desk"  # pylint: disable=consider-merging-classes-inherited

    # === PUBLIC === #

    @api.model
    @api.readonly
    def get_account(self, contract_id):
        """Return what is shown of one account before a panel is opened.

        :return: dict of ``contract``, ``buyers``, ``amounts``, ``case``, ``holds``,
            ``warnings`` (see :meth:`get_contact_warnings`) and ``actions`` (the
            buttons)
        :raises AccessError: when the contract is not the user's to read
        """
        contract = self._get_contract(contract_id)
        holds = self._tell_holds(contract)
        return {
            "contract": self._tell_contract(contract),
            "buyers": self._tell_buyers(contract),
            "amounts": self._tell_amounts(contract),
            "case": self._tell_case(contract),
            "holds": holds,
            "warnings": contract._get_contact_warnings(),
            "actions": self._tell_actions(contract, holds),
        }

    @api.model
    @api.readonly
    def get_panel(self, contract_id, panel):
        """Return one panel of an account as a list of rows.

        :param panel: timeline, schedule, ledger, notices or agreements
        """
        contract = self._get_contract(contract_id)
        panels = self._get_panels()
        tell = panels.get(panel) if isinstance(panel, str) else None
        return tell(contract) if tell else []

    @api.model
    @api.readonly
    def get_contact_warnings(self, contract_id):
        """Return what speaks against contacting the buyer at this moment: sentences by
        call, visit, email and sms; what is free is left out."""
        return self._get_contract(contract_id)._get_contact_warnings()

    # === BUSINESS === #

    @api.model
    def _get_contract(self, contract_id):
        """The contract, read with its rights."""
        self._check_collector()
        contract = self.env["realestate.contract"].search(
            [("id", "=", self._to_id(contract_id))]
        )
        if not contract:
            raise AccessError(
                self.env._(
                    "Contract %(contract)s is not there, or belongs to another "
                    "company. Choose another one in the queue.",
                    contract=contract_id,
                )
            )
        return contract

    @api.model
    def _get_panels(self):
        return {
            "schedule": self._tell_schedule,
            "ledger": self._tell_ledger,
            "notices": self._tell_notices,
            "agreements": self._tell_agreements,
            "timeline": self._tell_timeline,
        }

    @api.model
    def _tell_contract(self, contract):
        return {
            "id": contract.id,
            "name": contract.name,
            "units": contract.unit_names,
            "project": contract.project_id.name,
            "currency": contract.currency_id.id,
            "state": self._get_label(contract, "state"),
            # Names and companies of people and banks, for who sees the record.
            "collector": contract._get_collector().sudo().name,
            "date": contract.date_contract,
        }

    @api.model
    def _tell_buyers(self, contract):
        """The main buyer first; with the ways to reach each."""
        partners = contract.partner_id | contract.buyer_ids.partner_id
        shares = {one.partner_id: one.share for one in contract.buyer_ids}
        # Whoever reads the contract calls its buyers.
        return [
            {
                "id": partner.id,
                "name": partner.name,
                "phone": partner.phone or "",
                "email": partner.email or "",
                "language": partner.lang or "",
                "share": shares.get(partner, 0),
            }
            # Names and companies of people and banks, for who sees the record.
            for partner in partners.sudo()
        ]

    @api.model
    def _tell_amounts(self, contract):
        """Amounts of the account, in the contract's currency."""
        late = contract._get_overdue_items()
        return {
            "total": contract.amount_total,
            "paid": contract.amount_paid,
            "receivable": contract.amount_receivable,
            "credit": contract.amount_credit,
            "overdue": contract.currency_id._realestate_round(
                sum(late.mapped("amount_residual"))
            ),
            "unbilled": contract.amount_unbilled,
            "oldest": min(late.mapped("date_due"), default=False),
            "days": contract._get_days_late(),
        }

    @api.model
    def _get_label(self, record, name):
        labels = dict(record._fields[name]._description_selection(self.env))
        return labels.get(record[name], "")

    # === PANELS === #

    @api.model
    def _tell_schedule(self, contract):
        today = contract.company_id._realestate_today()
        items = contract.installment_ids.filtered(lambda one: not one.is_void)
        return [
            {
                "id": item.id,
                "number": item.sequence,
                "name": item.name,
                "date": item.date_due,
                "amount": item.amount_billed or item.amount_due,
                "paid": item.amount_paid,
                "open": item.amount_residual,
                "state": item.state,
                "label": self._get_label(item, "state"),
                "days": max((today - item.date_due).days, 0)
                if item.amount_residual and item.date_due
                else 0,
            }
            for item in items.sorted("sequence")
        ]

    @api.model
    def _tell_ledger(self, contract):
        """The statement of account, the newest first."""
        return [
            {
                "id": number,
                "date": line["date"],
                "due": line["date_due"] or False,
                "kind": line["kind"],
                "label": line["kind_label"],
                "number": line["number"],
                "text": line["description"],
                "debit": line["debit"],
                "credit": line["credit"],
                "balance": line["balance"],
            }
            for number, line in enumerate(contract._get_statement()["lines"])
        ][::-1]

    @api.model
    def _tell_notices(self, contract):
        """The notices, the newest first, each with its fate on every channel."""
        notices = self.env["realestate.dunning.notice"].search(
            [("contract_id", "=", contract.id)], limit=NOTICES
        )
        return [
            {
                "id": notice.id,
                "model": notice._name,
                "date": notice.date,
                "level": notice.level_id.name,
                "amount": notice.amount,
                "state": notice.state,
                "label": self._get_label(notice, "state"),
                "deliveries": [
                    self._tell_delivery(delivery)
                    for delivery in notice.delivery_ids.sorted("id")
                ],
            }
            for notice in notices
        ]

    @api.model
    def _tell_delivery(self, delivery):
        return {
            "id": delivery.id,
            "channel": delivery.channel,
            "name": self._get_label(delivery, "channel"),
            "state": delivery.state,
            "label": self._get_label(delivery, "state"),
            "sent": delivery.date_sent,
            "to": delivery.address or "",
            "reason": delivery.failure_reason or "",
            "received": delivery.date_received,
        }
