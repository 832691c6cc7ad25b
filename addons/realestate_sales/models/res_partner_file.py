from odoo import fields, models

STAFF = "realestate_sales.group_agent,realestate_sales.group_reader"


class ResPartner(models.Model):
    """The file of a buyer: contracts, documents, identity."""

    # A file for each concern keeps them short.
    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    realestate_buyer_ids = fields.One2many(
        "realestate.contract.buyer", "partner_id", groups=STAFF
    )
    realestate_identity_ids = fields.One2many(
        "realestate.partner.identity", "partner_id", string="Identity", groups=STAFF
    )
    realestate_contract_count = fields.Integer(
        compute="_compute_realestate_counts", groups=STAFF
    )
    realestate_document_count = fields.Integer(
        compute="_compute_realestate_counts", groups=STAFF
    )

    def _compute_realestate_counts(self):
        here = [("partner_id", "in", self.ids)]

        def count(model):
            groups = self.env[model]._read_group(here, ["partner_id"], ["__count"])
            return dict(groups)

        contracts = count("realestate.contract.buyer")
        documents = count("realestate.document")
        for partner in self:
            partner.realestate_contract_count = contracts.get(partner._origin, 0)
            partner.realestate_document_count = documents.get(partner._origin, 0)

    # === ACTIONS === #

    def action_realestate_contracts(self):
        """The contracts by which the contact buys."""
        return self._open_realestate(
            "realestate_sales.realestate_contract_action",
            [("buyer_ids.partner_id", "in", self.ids)],
        )

    def action_realestate_documents(self):
        """The documents of the contact, owed or not."""
        return self._open_realestate(
            "realestate_sales.realestate_document_action",
            [("partner_id", "in", self.ids)],
        )

    def _open_realestate(self, xmlid, domain):
        self.ensure_one()
        # Actions are for administrators to read.
        action = self.env["ir.actions.actions"]._for_xml_id(xmlid)
        return {**action, "domain": domain, "context": {}}
