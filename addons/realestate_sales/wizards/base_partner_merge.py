from odoo import models


class BasePartnerMerge(models.TransientModel):
    """Odoo's own merge of contacts deletes rows that collide; those of buyers are
    brought together before, whoever merges.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # Rows of contracts are not the merging user's to write.
        dst_partner.sudo()._absorb_buyers(src_partners.sudo())
        return super()._update_foreign_keys(src_partners, dst_partner)
