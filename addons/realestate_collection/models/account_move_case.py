from odoo import models


class AccountMove(models.Model):
    # A file for each concern keeps them short.
    _inherit = "account.move"  # pylint: disable=consider-merging-classes-inherited

    def write(self, vals):
        """Money that is posted, or taken back to draft, moves promises and cases."""
        result = super().write(vals)
        if vals.get("state"):
            self._realestate_follow_money(vals["state"])
        return result

    def _realestate_follow_money(self, state):
        money = self.filtered(lambda move: move.move_type == "entry")
        # Whoever may post may cause what follows from it.
        contracts = money.sudo().realestate_contract_id
        taken_back = state != "posted" or money.reversed_entry_id
        contracts._follow_money(may_open=bool(taken_back))
