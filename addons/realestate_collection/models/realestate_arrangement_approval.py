from odoo import fields, models


class RealestateApprovalTier(models.Model):
    # Each kind in the file of its concern.
    _inherit = "realestate.approval.tier"  # pylint: disable=consider-merging-classes-inherited

    kind = fields.Selection(
        selection_add=[("arrangement", "Arrangement")],
        ondelete={"arrangement": "cascade"},
    )


class RealestateArrangement(models.Model):
    """What is approved of an arrangement: its parts, to the day and the cent."""

    # A file for each concern keeps them short.
    _inherit = "realestate.arrangement"  # pylint: disable=consider-merging-classes-inherited

    def _get_approval_facts(self, kind):
        if kind != "arrangement":
            return super()._get_approval_facts(kind)
        return {
            "contract": self.contract_id.id,
            "amount": self.amount,
            "note": self.note or "",
            "parts": [[line.date, line.amount] for line in self.line_ids],
        }

    def _get_approval_measure(self, kind):
        if kind != "arrangement":
            return super()._get_approval_measure(kind)
        return self.amount, 0.0

    def _get_approval_summary(self, kind):
        if kind != "arrangement":
            return super()._get_approval_summary(kind)
        money = self.currency_id.format
        rows = [
            ("contract", self.env._("Contract"), self.contract_id.name),
            ("buyer", self.env._("Buyer"), self.partner_id.name),
            ("amount", self.env._("Arrears"), money(self.amount)),
        ]
        for number, line in enumerate(self.line_ids, 1):
            label = self.env._("Part %(number)s", number=number)
            day = self._summary_date(line.date)
            rows.append((f"part {number}", label, f"{day}: {money(line.amount)}"))
        if self.reason:
            rows.append(("reason", self.env._("Reason"), self.reason))
        return rows
