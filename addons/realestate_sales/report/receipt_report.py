from odoo import models
from odoo.exceptions import UserError


class ReceiptReport(models.AbstractModel):
    """The receipt of a buyer's payment, with what it was for."""

    _name = "report.realestate_sales.report_receipt"
    _description = "Receipt Paper"
    _inherit = ["realestate.clause.paper"]

    _paper_model = "account.payment"
    _paper_kind = "receipt"
    _has_notes = True

    def _get_project(self, payment):
        sale = self._get_contract(payment) or self._get_reservation(payment)
        return sale.project_id

    def _get_sheet(self, payment):
        """The sheet of a receipt. Only money that came in has one."""
        if payment.payment_type != "inbound" or payment.partner_type != "customer":
            raise UserError(
                self.env._(
                    "Payment %(payment)s was not received from a buyer: it has no "
                    "receipt.",
                    payment=payment.display_name,
                )
            )
        return super()._get_sheet(payment)

    def _prepare_body(self, payment):
        contract = self._get_contract(payment)
        reservation = self._get_reservation(payment)
        return {
            "title": self.env._("Receipt"),
            "subtitle": (contract or reservation).project_id.name,
            "watermark": self._get_watermark(payment),
            "date": payment.date,
            "facts": self._prepare_facts(payment, contract, reservation),
            "tables": self._prepare_tables(payment),
            "total": (
                self.env._("Amount received"),
                self._format_amount(payment.amount, payment.currency_id),
            ),
            "words": self._amount_in_words(payment.amount, payment.currency_id),
            "signatures": [
                {
                    "role": self.env._("Received by"),
                    "name": payment.company_id.name,
                    "seal": True,
                }
            ],
        }

    def _get_watermark(self, payment):
        if payment.state == "draft":
            return self.env._("DRAFT")
        if payment.state in ("canceled", "rejected"):
            return self.env._("CANCELLED")
        return False

    # === WHAT IT WAS FOR === #

    def _get_invoices(self, payment):
        # Sales staff print receipts; they need not read invoices.
        own = payment.sudo()
        return own.reconciled_invoice_ids | own.invoice_ids

    def _get_contract(self, payment):
        """The contract that was paid, where it is one; downstream addons know more."""
        contracts = self._get_invoices(payment).realestate_contract_id
        return contracts if len(contracts) == 1 else contracts.browse()

    def _get_reservation(self, payment):
        reservations = self._get_invoices(payment).realestate_reservation_id
        return reservations if len(reservations) == 1 else reservations.browse()

    def _prepare_facts(self, payment, contract, reservation):
        payer = payment.partner_id
        vat_label = payer.country_id.vat_label or self.env._("Tax ID")
        # A receipt is one page: its letterhead says who received.
        facts = [
            (self.env._("Received from"), payer.name),
            (vat_label, payer.vat),
            (self.env._("Project"), (contract or reservation).project_id.name),
            (self.env._("Contract"), contract.name),
            (self.env._("Reservation"), not contract and reservation.name),
            (self.env._("Units"), contract.unit_names or reservation.unit_id.name),
            (self.env._("Received on"), self._format_date(payment.date)),
            # A receipt names the journal to who may not read it.
            (self.env._("How it was paid"), payment.sudo().journal_id.name),
            (self.env._("Reference"), payment.memo),
        ]
        return [fact for fact in facts if fact[1]]

    def _prepare_tables(self, payment):
        rows = [
            [
                line["label"],
                line["number"],
                self._format_figure(line["amount"], payment.currency_id),
            ]
            for line in self._get_paid_lines(payment)
        ]
        if not rows:
            return []
        amount = self._prepare_labels()["amount"]
        return [
            self._prepare_table(
                self.env._("Paid by it"),
                [
                    (self.env._("Instalment"), False),
                    (self.env._("Invoice"), False),
                    (f"{amount} ({payment.currency_id.name})", True),
                ],
                rows,
            )
        ]

    def _get_paid_lines(self, payment):
        """What each invoice took of the payment, in the payment's currency."""
        lines = []
        # Sales staff print receipts; they need not read entries.
        own = payment.sudo()
        receivable = own.move_id.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        for part in receivable.matched_debit_ids:
            move = part.debit_move_id.move_id
            label = move.invoice_line_ids[:1].name or move.name
            lines.append(
                {
                    "label": label,
                    "number": move.name,
                    "amount": part.credit_amount_currency,
                }
            )
        return lines

    def _prepare_values(self, payment, sheet):
        contract, reservation = (
            self._get_contract(payment),
            self._get_reservation(payment),
        )
        return {
            "project.name": (contract or reservation).project_id.name,
            "units.names": contract.unit_names or reservation.unit_id.name,
            "payment.amount": payment.amount,
            "payment.words": payment.amount,
            "payment.date": payment.date,
            # A receipt names the journal to who may not read it.
            "payment.method": payment.sudo().journal_id.name,
            "payment.payer": payment.partner_id.name,
        }
