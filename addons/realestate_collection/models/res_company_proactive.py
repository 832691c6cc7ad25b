from odoo import api, models

from .realestate_proactive_rule import STANDARD


class ResCompany(models.Model):
    """Every developer announces large amounts from the first day on."""

    # A file for each concern keeps them short.
    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    def action_realestate_setup(self):
        """Also give a company without proactive rules the standard ones."""
        result = super().action_realestate_setup()
        self._realestate_set_up_proactive()
        return result

    @api.model
    def _realestate_set_up_all_proactive(self):
        """At installation: every company gets the standard rules."""
        # Rules bind everybody; only managers read them.
        rules = self.env["realestate.proactive.rule"].sudo()
        known = rules.with_context(active_test=False)._read_group([], ["company_id"])
        ids = [company.id for (company,) in known]
        self.search([("id", "not in", ids)])._realestate_set_up_proactive()

    def _realestate_set_up_proactive(self):
        # Whoever sets up a company need not be a collection manager.
        rules = self.env["realestate.proactive.rule"].sudo()
        known = rules.with_context(active_test=False)
        known = known.search([("company_id", "in", self.ids)]).company_id
        rules.create(
            [
                {"company_id": company.id, "kind": kind, "days": days}
                for company in self - known
                for kind, days in STANDARD
            ]
        )
