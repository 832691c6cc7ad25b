from odoo import models
from odoo.tools import is_html_empty

#: States in which the wording may still change.
UNSETTLED = ("draft", "review")

#: Rows from which a schedule is set more tightly.
LONG_SCHEDULE = 24


class ContractReport(models.AbstractModel):
    """The sales contract as a paper, in the main buyer's language."""

    _name = "report.realestate_sales.report_contract"
    _description = "Sales Contract Paper"
    _inherit = ["realestate.paper"]

    _paper_model = "realestate.contract"

    def _prepare_sheet(self, contract):
        currency = contract.currency_id
        rows = self._prepare_schedule_rows(contract)
        sheet = {
            "title": self.env._("Sales Contract"),
            "watermark": self._get_watermark(contract),
            "status": self._get_status_text(contract),
            "date": contract.date_contract,
            "parties": self._prepare_parties(contract),
            "buyers": self._prepare_buyers(contract),
            "facts": self._prepare_facts(contract),
            "units": self._prepare_units(contract),
            "standards": self._prepare_standards(contract),
            "price_label": self.env._("Price"),
            "words": self._amount_in_words(contract.amount_total, currency),
            "rows": self._with_rest(rows, contract.amount_total, currency),
            "is_long": len(rows) > LONG_SCHEDULE,
            "totals": self._prepare_schedule_totals(
                rows, contract.amount_total, currency
            ),
            "signatures": self._prepare_signatures(contract),
            "disclaimer": contract.project_id.jurisdiction_id.disclaimer or "",
        }
        return {**sheet, **self._prepare_text(contract, sheet)}

    # === STATE === #

    def _get_watermark(self, contract):
        """Text across the pages. A contract to be signed is a clean copy: that it is
        not sealed yet is said under its number, see :meth:`_get_status_text`."""
        if contract.state in UNSETTLED or self._get_preview_template():
            return self.env._("DRAFT")
        if contract.state == "cancelled":
            return self.env._("CANCELLED")
        return False

    def _get_status_text(self, contract):
        if contract.state in ("approved", "signed"):
            return self.env._("For signature")
        if contract.date_sealed and contract.state != "cancelled":
            return self.env._(
                "Sealed on %(date)s", date=self._format_date(contract.date_sealed)
            )
        return ""

    # === PEOPLE === #

    def _prepare_parties(self, contract):
        return [
            self._prepare_seller(contract.company_id),
            self._prepare_buyer(
                contract.partner_id,
                self.env._("Main buyer")
                if len(contract.buyer_ids) > 1
                else self.env._("Buyer"),
            ),
        ]

    def _prepare_buyers(self, contract):
        """Rows of the buyers and their shares; none for a single buyer."""
        if len(contract.buyer_ids) < 2:
            return []
        return [
            {
                "name": buyer.partner_id.name,
                "registration": self._get_registration(buyer.partner_id),
                "address": ", ".join(self._prepare_address_lines(buyer.partner_id)),
                "phone": buyer.partner_id.phone or "",
                "email": buyer.partner_id.email or "",
                "share": self._format_percent(buyer.share),
            }
            for buyer in contract.buyer_ids
        ]

    def _get_buyer_role(self, buyer):
        if len(buyer.contract_id.buyer_ids) < 2:
            return self.env._("Buyer")
        share = self._format_percent(buyer.share)
        if buyer.is_main:
            return self.env._("Main buyer, share %(share)s", share=share)
        return self.env._("Buyer, share %(share)s", share=share)

    def _prepare_signatures(self, contract):
        signatures = [
            {
                "role": self._get_buyer_role(buyer),
                "name": buyer.partner_id.name,
                "date": contract.date_signed,
            }
            for buyer in contract.buyer_ids
        ]
        signatures.append(
            {
                "role": self.env._("For the seller"),
                "name": contract.company_id.name,
                "lines": [self.env._("Name and position of the signatory:")],
                "date": contract.date_sealed,
                "seal": True,
            }
        )
        return signatures

    # === TERMS === #

    def _prepare_facts(self, contract):
        project = contract.project_id
        facts = [
            (self.env._("Project"), project.name),
            (
                self.env._("Planned completion"),
                self._format_date(project.date_completion),
            ),
            (self.env._("Jurisdiction"), project.jurisdiction_id.name),
            (self.env._("Payment plan"), contract.plan_id.name),
            (self.env._("Plan starts on"), self._format_date(contract.date_start)),
            (self.env._("Reservation"), contract.reservation_id.name),
        ]
        return [fact for fact in facts if fact[1]]

    def _prepare_units(self, contract):
        return [
            self._prepare_unit_row(line.unit_id, line.price, line.description)
            for line in contract.line_ids
        ]

    def _prepare_standards(self, contract):
        """The delivery standards, each with its units."""
        units = contract.line_ids.unit_id.filtered(
            lambda unit: not is_html_empty(unit.delivery_description)
        )
        return [
            {
                "name": standard.name,
                "units": ", ".join(found.mapped("name")),
                "rich": standard.description,
            }
            for standard, found in units.grouped("delivery_standard_id").items()
        ]

    # === SCHEDULE === #

    def _prepare_schedule_rows(self, contract):
        """Rows of the instalments that stand; those of a cancelled contract all."""
        installments = contract.installment_ids
        if contract.state != "cancelled":
            installments = installments.filtered(lambda i: not i.is_void)
        kinds = dict(installments._fields["kind"]._description_selection(self.env))
        return [
            {
                "number": installment.sequence,
                "name": installment.name,
                "kind": kinds[installment.kind],
                "date": installment.date_due,
                "due": self._get_due_text(
                    installment, installment.date_due, installment.milestone_id
                ),
                "amount": installment.amount,
                "interest": installment.amount_interest,
            }
            for installment in installments
        ]
