from odoo import fields, models


class RealestateContractFee(models.Model):
    """A fee that is written off was not collected."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract.fee"  # pylint: disable=consider-merging-classes-inherited

    state = fields.Selection(
        selection_add=[("written_off", "Written Off"), ("void",)],
        ondelete={"written_off": "set null"},
    )

    def _get_accounting_facts(self):
        facts = super()._get_accounting_facts()
        if not facts["amount_collected"]:
            return facts
        written = self.move_id._realestate_sum_written_off().get(self.move_id.id, 0)
        collected = self.currency_id._realestate_round(
            facts["amount_collected"] - written
        )
        return {**facts, "amount_collected": collected}

    def _get_money_state(self, facts):
        state = super()._get_money_state(facts)
        left = facts["amount_billed"] - facts["amount_collected"]
        if state == "collected" and not self.currency_id.is_zero(left):
            return "written_off"
        return state
