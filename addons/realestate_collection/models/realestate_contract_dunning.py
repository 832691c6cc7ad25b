from odoo import fields, models


class RealestateContract(models.Model):
    """What was written to the buyer of a contract, and what a run would decide."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    notice_ids = fields.One2many(
        "realestate.dunning.notice",
        "contract_id",
        groups="realestate_collection.group_officer",
    )
    notice_count = fields.Integer(
        compute="_compute_notice_count", groups="realestate_collection.group_officer"
    )

    def _compute_notice_count(self):
        groups = self.env["realestate.dunning.notice"]._read_group(
            [("contract_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["contract_id"],
            ["__count"],
        )
        counts = dict(groups)
        for contract in self:
            contract.notice_count = counts.get(contract, 0)

    def action_open_notices(self):
        """Open the notices of this contract."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_collection.realestate_dunning_notice_action"
        )
        action["domain"] = [("contract_id", "=", self.id)]
        return action

    def _message_receive_bounce(self, email, partner):
        """A notice that came back was not delivered."""
        # Bounces come in through the mail gateway, which is nobody.
        deliveries = self.env["realestate.dunning.delivery"].sudo()
        for contract in self:
            deliveries._receive_bounce(contract, email)
        return super()._message_receive_bounce(email, partner)
