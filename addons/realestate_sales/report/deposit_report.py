from odoo import models
from odoo.tools import is_html_empty


class DepositReport(models.AbstractModel):
    """The deposit agreement as a paper, in the buyer's language."""

    _name = "report.realestate_sales.report_deposit"
    _description = "Deposit Agreement Paper"
    _inherit = ["realestate.clause.paper"]

    _paper_model = "realestate.deposit"
    _paper_kind = "deposit"

    def _get_contract(self, deposit):
        return deposit.contract_id

    def _prepare_body(self, deposit):
        reservation = deposit.reservation_id
        return {
            "title": self.env._("Deposit Agreement"),
            "subtitle": deposit.project_id.name,
            "watermark": self._get_watermark(deposit),
            "date": deposit.date_deposit,
            "parties": [
                self._prepare_seller(deposit.company_id),
                self._prepare_buyer(deposit.partner_id, self.env._("Buyer")),
            ],
            "facts": self._prepare_facts(deposit),
            "units": [
                self._prepare_unit_row(reservation.unit_id, reservation.price),
                *(
                    self._prepare_unit_row(unit, unit.price_list)
                    for unit in reservation.attached_ids
                ),
            ],
            "amounts": self._prepare_amounts(deposit),
            "total": (self.env._("Deposit"), self._money(deposit, deposit.amount)),
            "words": self._amount_in_words(deposit.amount, deposit.currency_id),
            "note": "" if is_html_empty(deposit.note) else deposit.note,
            "signatures": self._prepare_both_signatures(
                deposit.partner_id, deposit.company_id, deposit.date_signed
            ),
        }

    def _get_watermark(self, deposit):
        """Text across the pages once, or until, the paper binds nobody. A draft is
        what the parties sign."""
        if deposit.state in ("cancelled", "forfeited"):
            return self.env._("CANCELLED")
        return False

    def _prepare_facts(self, deposit):
        facts = [
            (self.env._("Project"), deposit.project_id.name),
            (self.env._("Reservation"), deposit.reservation_id.name),
            (
                self.env._("Contract to be signed by"),
                self._format_date(deposit.date_sign_by),
            ),
        ]
        return [fact for fact in facts if fact[1]]

    def _prepare_amounts(self, deposit):
        """How the deposit is made up; nothing to say without a fee."""
        if deposit.currency_id.is_zero(deposit.fee):
            return []
        return [
            (self.env._("Price"), self._money(deposit, deposit.price)),
            (self.env._("Reservation fee"), self._money(deposit, deposit.fee)),
            (
                self.env._("Paid with this agreement"),
                self._money(deposit, deposit.amount_rest),
            ),
        ]

    def _money(self, deposit, amount):
        return self._format_amount(amount, deposit.currency_id)

    def _prepare_values(self, deposit, sheet):
        reservation = deposit.reservation_id
        units = reservation.unit_id | reservation.attached_ids
        return {
            **self._prepare_sale_values(
                deposit.project_id, units, deposit.price, deposit.fee
            ),
            "reservation.number": reservation.name,
            "plan.name": reservation.plan_id.name,
            "deposit.amount": deposit.amount,
            "deposit.words": deposit.amount,
            "deposit.sign_by": deposit.date_sign_by,
            "units.table": self._draw("realestate_sales.paper_units", sheet),
        }
