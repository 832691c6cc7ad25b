from odoo import models


class ContractReport(models.AbstractModel):
    """Who signs in a buyer's place, under the buyer's name."""

    # A file for each concern keeps them short.
    _inherit = "report.realestate_sales.report_contract"  # pylint: disable=consider-merging-classes-inherited

    def _prepare_signatures(self, contract):
        signatures = super()._prepare_signatures(contract)
        # The buyers come first, in their order; the seller signs last.
        for signature, buyer in zip(signatures, contract.buyer_ids, strict=False):
            # A buyer who prints may not read the proxy's contact; a paper names them.
            signature["lines"] = [
                *signature.get("lines", ()),
                *self._prepare_proxy_lines(buyer.sudo()),
            ]
        return signatures

    def _prepare_proxy_lines(self, buyer):
        """Lines that name the proxy and the authority; none where there is none."""
        if not buyer.proxy_id:
            return []
        name = buyer.proxy_id.name
        if buyer.proxy_kind == "guardian":
            lines = [self.env._("by the legal guardian %(name)s", name=name)]
        else:
            lines = [self.env._("by proxy: %(name)s", name=name)]
        authority = buyer.proxy_document or ""
        if buyer.proxy_date:
            date = self._format_date(buyer.proxy_date)
            authority = self.env._(
                "%(authority)s of %(date)s", authority=authority, date=date
            ).strip()
        return [*lines, authority] if authority else lines
