from odoo import models


class RealestateContractBuyer(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.contract.buyer"  # pylint: disable=consider-merging-classes-inherited

    def _get_filing_identities(self):
        """The paper of each buyer whose number goes to the authority: the ID card,
        else the passport, else the registration of a company."""
        found = self.env["realestate.partner.identity"]
        for buyer in self:
            papers = buyer.partner_id.realestate_identity_ids.filtered(
                lambda one, own=buyer: one.company_id == own.contract_id.company_id
            )
            for kind in ("id_card", "passport", "registration"):
                paper = papers.filtered(lambda one, kind=kind: one.kind == kind)[:1]
                if paper:
                    found |= paper
                    break
        return found

    def _get_filing_identity(self):
        """The ID number in full, or masked while a file is only looked at. Who may
        read numbers was asked before, and the look is recorded."""
        paper = self._get_filing_identities()
        if self.env.context.get("realestate_identity_masked"):
            return paper.number_masked
        # Nobody reads the number as a field.
        return paper.sudo().number
