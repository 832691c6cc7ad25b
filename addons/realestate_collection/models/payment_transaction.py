from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.payment import utils as payment_utils


class PaymentTransaction(models.Model):
    """Online payments of contracts: booked once, on the contract, oldest due first."""

    _inherit = "payment.transaction"

    realestate_contract_id = fields.Many2one(
        "realestate.contract", readonly=True, copy=False, index="btree_not_null"
    )

    @api.model
    def _compute_reference_prefix(self, separator, **values):
        """Let references of contract payments begin with the contract's number; the
        time keeps them apart from references that people give."""
        contract = self.env["realestate.contract"].browse(
            values.get("realestate_contract_id")
        )
        if contract.exists():
            return payment_utils.singularize_reference_prefix(contract.name)
        return super()._compute_reference_prefix(separator, **values)

    def _get_realestate_contract(self):
        """The contract paid, also of refunds and partial captures."""
        self.ensure_one()
        source = self.source_transaction_id
        return self.realestate_contract_id or source.realestate_contract_id

    def _create_payment(self, **extra_create_values):
        """Book the money on the contract and settle its oldest dues.

        A contract that was cancelled meanwhile gets the money as credit: it has come
        and is to be refunded.
        """
        contract = self._get_realestate_contract()
        if not contract:
            return super()._create_payment(**extra_create_values)
        booked = self._find_realestate_payment(contract)
        if booked:
            self.write({"payment_id": booked.id})
            return booked
        values = self._prepare_realestate_payment_values(contract)
        payment = super()._create_payment(**{**values, **extra_create_values})
        contract._settle_credit()
        return payment

    def _find_realestate_payment(self, contract):
        """The payment that somebody already booked under this reference."""
        payment = self.env["account.payment"].search(
            [
                ("company_id", "=", contract.company_id.id),
                ("realestate_external_ref", "=", self.reference),
                ("state", "!=", "canceled"),
            ]
        )
        if payment and (
            payment.realestate_contract_id != contract
            or payment.currency_id != self.currency_id
            or self.currency_id.compare_amounts(payment.amount, abs(self.amount))
        ):
            raise UserError(
                self.env._(
                    "Online payment %(ref)s: payment %(payment)s bears the same "
                    "external reference and is of another contract or amount. Cancel "
                    "it, then this one is booked.",
                    ref=self.reference,
                    payment=payment.display_name,
                )
            )
        return payment

    def _prepare_realestate_payment_values(self, contract):
        buyer = contract.partner_id
        payer = self.partner_id
        return {
            "partner_id": buyer.commercial_partner_id.id,
            "destination_account_id": contract._get_receivable_account().id,
            "realestate_contract_id": contract.id,
            "realestate_external_ref": self.reference,
            "realestate_payer_id": payer.id if payer != buyer else False,
        }

    def _log_message_on_linked_documents(self, message):
        """Log on the contract, too."""
        result = super()._log_message_on_linked_documents(message)
        contract = self._get_realestate_contract()
        if contract:
            by_system = self.env.uid == SUPERUSER_ID
            by_staff = by_system or self.env.context.get("payment_backend_action")
            author = self.env.user.partner_id if by_staff else self.partner_id
            contract.message_post(body=message, author_id=author.id)
        return result
