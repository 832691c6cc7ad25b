from odoo import models


class LiquidationPaper(models.AbstractModel):
    """Minutes of the end of a sale: what was paid, what is paid back or kept, and that
    the parties release each other."""

    _name = "realestate.liquidation.paper"
    _description = "Liquidation Minutes"
    _inherit = ["realestate.clause.paper"]

    _paper_kind = "liquidation"

    def _prepare_body(self, record):
        money = record._get_liquidation()
        currency = record.currency_id

        def write(amount):
            return self._format_amount(amount, currency)

        return {
            "title": self.env._("Liquidation Minutes"),
            "subtitle": record.project_id.name,
            "watermark": self.env._("DRAFT") if money["open"] else False,
            "date": money["date"],
            "parties": [
                self._prepare_seller(record.company_id),
                self._prepare_buyer(record.partner_id, self.env._("Buyer")),
            ],
            "facts": self._prepare_facts(record, money),
            "amounts": [
                (self.env._("Paid"), write(money["paid"])),
                (self.env._("Kept by the seller"), write(money["kept"])),
            ],
            "total": (self.env._("Paid back"), write(money["refund"])),
            "words": self._amount_in_words(money["refund"], currency),
            "signatures": self._prepare_end_signatures(record),
        }

    def _prepare_facts(self, record, money):
        labels = {
            "realestate.contract": self.env._("Contract"),
            "realestate.reservation": self.env._("Reservation"),
        }
        facts = [
            (self.env._("Project"), record.project_id.name),
            (self.env._("Units"), ", ".join(money["units"].mapped("name"))),
            (labels[record._name], record.name),
            (self.env._("Ended on"), self._format_date(money["date"])),
        ]
        return [fact for fact in facts if fact[1]]

    def _prepare_end_signatures(self, record):
        return self._prepare_both_signatures(record.partner_id, record.company_id)

    def _prepare_values(self, record, sheet):
        money = record._get_liquidation()
        price = money["price"]
        return {
            **self._prepare_sale_values(
                record.project_id, money["units"], price, money["fee"]
            ),
            "reservation.number": money["reservation"],
            "plan.name": record.plan_id.name,
            "ended.number": record.name,
            "ended.date": money["date"],
            "ended.reason": money["reason"],
            "paid.amount": money["paid"],
            "paid.words": money["paid"],
            "refund.amount": money["refund"],
            "refund.words": money["refund"],
            "kept.amount": money["kept"],
            "kept.words": money["kept"],
        }


class ContractLiquidationReport(models.AbstractModel):
    _name = "report.realestate_sales.report_contract_liquidation"
    _description = "Liquidation Minutes of a Contract"
    _inherit = ["realestate.liquidation.paper"]

    _paper_model = "realestate.contract"

    def _get_contract(self, contract):
        return contract

    def _prepare_end_signatures(self, contract):
        signatures = self._prepare_both_signatures(
            contract.partner_id, contract.company_id
        )
        return [
            {"role": self.env._("Buyer"), "name": buyer.partner_id.name}
            for buyer in contract.buyer_ids
        ] + signatures[1:]


class ReservationLiquidationReport(models.AbstractModel):
    _name = "report.realestate_sales.report_reservation_liquidation"
    _description = "Liquidation Minutes of a Reservation"
    _inherit = ["realestate.liquidation.paper"]

    _paper_model = "realestate.reservation"

    def _get_contract(self, reservation):
        return reservation.contract_id
