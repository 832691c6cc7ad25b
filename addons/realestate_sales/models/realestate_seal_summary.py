from odoo import models


class RealestateSealRequest(models.Model):
    """A seal request as its approvers are shown it."""

    # A file for each concern keeps them short.
    _inherit = "realestate.seal.request"  # pylint: disable=consider-merging-classes-inherited

    def _get_approval_summary(self, kind):
        if kind != "seal":
            return super()._get_approval_summary(kind)
        papers = self._get_paper_names()
        rows = [
            ("seal", self.env._("Seal"), self.seal_id.name),
            ("purpose", self.env._("Purpose"), self.purpose),
            *self._get_contract_summary(),
            ("papers", self.env._("Other papers"), "\n".join(papers)),
            ("copies", self.env._("Copies of Each"), str(self.copies)),
            ("total", self.env._("Copies to Stamp"), str(self.copies_total)),
        ]
        return [row for row in rows if row[2]]

    def _get_contract_summary(self):
        """A row for each contract: who buys what at which price."""
        # Who approves the seal is shown what is stamped, whoever sees the contracts.
        return [
            (
                f"contract {contract.id}",
                contract.name,
                self.env._(
                    "%(buyers)s, %(units)s, %(price)s",
                    buyers=", ".join(contract.buyer_ids.partner_id.mapped("name")),
                    units=contract.unit_names,
                    price=contract.currency_id.format(contract.amount_total),
                ),
            )
            for contract in self.sudo().contract_ids
        ]
