from odoo import api, models, tools
from odoo.fields import Domain


class RealestateDocumentType(models.Model):
    """Which types of papers a step of a contract waits for: asked very often, changed
    by hardly anybody.
    """

    # A file for each concern keeps them short.
    _name = "realestate.document.type"
    _inherit = ["realestate.document.type", "realestate.cached.mixin"]
    _cached_fields = frozenset({"blocks", "active", "sequence", "side"})

    @api.model
    def _get_blocking(self, step):
        """The types that ``step`` of a contract waits for."""
        return self.browse(self._get_blocking_ids(step))

    @api.model
    @tools.ormcache("step")
    def _get_blocking_ids(self, step):
        # Asked for every contract of a list, and settings of the company's office.
        return self.sudo().search([("blocks", "=", step)]).ids


class RealestateContract(models.Model):
    """Contracts that lack a paper are left out of the ready ones by the database."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_signing_candidates_domain(self):
        """Contracts with a paper that signing waits for are not asked one by one."""
        domain = super()._get_signing_candidates_domain()
        blocking = self.env["realestate.document.type"].sudo()._get_blocking("sign")
        if not blocking:
            return domain
        settled = Domain("state", "=", "waived") | (
            Domain("state", "=", "accepted") & Domain("is_owed", "=", False)
        )
        settled |= Domain("side", "=", "company") & Domain(
            "state", "in", ("received", "accepted")
        )
        # Whoever asks what is ready need not see the papers.
        waits = self.env["realestate.document"].sudo()
        waits = waits._search(Domain("type_id", "in", blocking.ids) & ~settled)
        return domain & Domain("id", "not in", waits.subselect("contract_id"))
