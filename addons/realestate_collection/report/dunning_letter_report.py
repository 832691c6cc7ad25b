from odoo import models


class DunningLetterReport(models.AbstractModel):
    """A notice as a letter, in the buyer's language."""

    _name = "report.realestate_collection.report_dunning_letter"
    _description = "Dunning Letter"
    _inherit = ["realestate.paper"]

    _paper_model = "realestate.dunning.notice"

    def _prepare_sheet(self, notice):
        currency = notice.currency_id
        contract = notice.contract_id
        rows = [
            {**row, "due": self._format_date(row["date_due"])}
            for row in notice._get_open_items()
        ]
        return {
            "title": notice.level_id.name,
            "number": contract.name,
            "date": notice.date_sent or notice.company_id._realestate_today(),
            "address": self._prepare_address(notice.partner_id),
            "facts": [
                (self.env._("Contract"), contract.name),
                (self.env._("Units"), contract.unit_names),
                (self.env._("Project"), contract.project_id.name),
            ],
            "note": notice.level_id.note,
            "is_reminder": notice.kind == "reminder",
            "rows": rows,
            "amounts": self._prepare_amounts(notice, rows),
            "total": (self._get_total_label(notice), notice.amount),
            "words": self._amount_in_words(notice.amount, currency),
            "fee": notice._get_fee_amount(),
            "bank": self._prepare_bank(contract),
        }

    def _prepare_address(self, partner):
        lines = self._prepare_address_lines(partner)
        return [partner.name or partner.display_name, *lines]

    def _prepare_amounts(self, notice, rows):
        """What leads from the items to the total: the buyer's credit, and what the
        bank of a loan is to pay, if any."""
        currency = notice.currency_id
        total = currency.round(sum(row["residual"] for row in rows))
        less = currency.round(total - notice.amount)
        if currency.compare_amounts(less, 0) <= 0:
            return []
        credit = min(less, notice.contract_id.amount_credit)
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
