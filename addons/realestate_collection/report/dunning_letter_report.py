from odoo import models


class DunningLetterReport(models.AbstractModel):
    """A notice as a letter, in the buyer's language."""

    _name = "report.realestate_collection.report_dunning_letter"
    _description = "Dunning Letter"
    _inherit = ["realestate.paper"]

    _paper_model = "realestate.dunning.notice"

    def _prepare_sheet(self, notice):
        contract = notice.contract_id
        together = notice._get_joint()
        parts = [self._prepare_part(one) for one in together]
        rows = [row for part in parts for row in part["rows"]]
        amount = notice.currency_id.round(sum(together.mapped("amount")))
        return {
            "title": notice.level_id.name,
            "number": ", ".join(together.contract_id.mapped("name")),
            "date": notice.date_sent or notice.company_id._realestate_today(),
            "address": self._prepare_address(notice.partner_id),
            "facts": self._prepare_facts(together),
            "note": notice.level_id.note,
            "is_reminder": notice.kind == "reminder",
            "parts": parts,
            "is_joint": len(parts) > 1,
            "amounts": self._prepare_amounts(together, rows, amount),
            "total": (self._get_total_label(notice), amount),
            "words": self._amount_in_words(amount, notice.currency_id),
            "fee": notice._get_fee_amount(),
            "bank": self._prepare_bank(contract),
        }

    def _prepare_part(self, notice):
        """What is open on one of the contracts the letter is about."""
        contract = notice.contract_id
        return {
            "name": f"{contract.name} · {contract.unit_names or ''}".rstrip(" ·"),
            "rows": [
                {**row, "due": self._format_date(row["date_due"])}
                for row in notice._get_open_items()
            ],
        }

    def _prepare_facts(self, together):
        contracts = together.contract_id
        units = ", ".join(filter(None, contracts.mapped("unit_names")))
        label = self.env._("Contract")
        if len(contracts) > 1:
            label = self.env._("Contracts")
        return [
            (label, ", ".join(contracts.mapped("name"))),
            (self.env._("Units"), units),
            (self.env._("Project"), ", ".join(contracts.project_id.mapped("name"))),
        ]

    def _prepare_address(self, partner):
        lines = self._prepare_address_lines(partner)
        return [partner.name or partner.display_name, *lines]

    def _prepare_amounts(self, together, rows, amount):
        """What leads from the items to the total: the buyer's credit, and what the
        bank of a loan is to pay, if any."""
        currency = together.currency_id
        total = currency.round(sum(row["residual"] for row in rows))
        less = currency.round(total - amount)
        if currency.compare_amounts(less, 0) <= 0:
            return []
        credit = min(less, sum(together.contract_id.mapped("amount_credit")))
        bank = currency.round(less - credit)
        lines = [(self.env._("Open items"), total)]
        if not currency.is_zero(credit):
            lines.append((self.env._("Your credit"), -credit))
        if not currency.is_zero(bank):
            lines.append((self.env._("To be paid by your bank"), -bank))
        return lines

    def _get_total_label(self, notice):
        if notice.kind == "reminder":
            return self.env._("Falls due")
        return self.env._("Overdue")

    def _prepare_bank(self, contract):
        """Where to pay: the account of the journal money is received in."""
        # The letter shows the account; its sender need not read journals.
        project = contract.project_id.sudo()
        journal = (
            project.bank_journal_id or project.company_id.realestate_bank_journal_id
        )
        account = journal.bank_account_id
        if not account:
            return []
        return [
            (self.env._("Account"), account.acc_number),
            (self.env._("Bank"), account.bank_name or ""),
            (self.env._("Reference"), contract.name),
        ]
