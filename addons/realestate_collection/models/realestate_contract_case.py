from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.realestate_sales.models.collision import collide


class RealestateContract(models.Model):
    """The collection case of a contract."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    case_ids = fields.One2many(
        "realestate.collection.case",
        "contract_id",
        string="Collection Cases",
        groups="realestate_collection.group_officer",
    )
    event_ids = fields.One2many(
        "realestate.collection.event",
        "contract_id",
        string="Collection Contacts",
        groups="realestate_collection.group_officer",
    )
    case_days_late = fields.Integer(
        string="Days Late of Case",
        compute="_compute_case_days_late",
        groups="realestate_collection.group_officer",
    )

    def _compute_case_days_late(self):
        # How late it is, is no secret to whoever collects.
        cases = self.sudo()._get_case()
        days = {case.contract_id.id: case.days_late for case in cases}
        for contract in self:
            contract.case_days_late = days.get(contract.id, 0)

    # === ACTIONS === #

    def action_open_case(self):
        """Open the open case of this contract, or the last one."""
        self.ensure_one()
        cases = self.case_ids.sorted("id", reverse=True)
        case = cases.filtered(lambda one: one.state == "open") or cases
        return case[:1]._get_records_action()

    # === BUSINESS === #

    def _get_case(self):
        """The open cases of these contracts, as the user sees them."""
        return self.env["realestate.collection.case"].search(
            [("contract_id", "in", self.ids), ("state", "=", "open")]
        )

    def _open_case(self, reason):
        """The open case of each contract; who has none gets one, whatever is late.

        :param reason: sentence that says why it is opened
        :return: the cases
        """
        # Facts that follow from what the caller may do; nobody writes them.
        cases = self.env["realestate.collection.case"].sudo()
        # Facts that follow from what the caller may do; nobody writes them.
        opened = self.sudo()._get_case()
        # Facts that follow from what the caller may do; nobody writes them.
        missing = self.sudo() - opened.contract_id
        for company, contracts in missing.grouped("company_id").items():
            opened |= cases._open_by_hand(company, contracts, reason)
        return opened.with_env(self.env)

    def _refresh_cases(self):
        """Bring the cases of these contracts up to date now."""
        # Facts that follow from what the caller may do; nobody writes them.
        cases = self.env["realestate.collection.case"].sudo()
        # One who ends a dispute while another opens one changes no common row.
        collide(self.sudo()._get_case())
        for company, contracts in self.sudo().grouped("company_id").items():
            cases._refresh(company, contracts=contracts)

    def _hold_dunning(self, *args, **kwargs):
        """What holds the dunning is the stage of the case."""
        holds = super()._hold_dunning(*args, **kwargs)
        # Facts that follow from what the caller may do; nobody writes them.
        self.sudo()._get_case().contract_id._refresh_cases()
        return holds

    def _follow_money(self, may_open=False):
        """Let promises and cases follow money that has just moved.

        :param may_open: money went away: a case may have to be opened
        """
        if not self:
            return
        # A case that is being opened at the same time is not to be missed.
        collide(self)
        promises = self.env["realestate.promise"].sudo()
        promises._follow_money(self)
        concerned = self if may_open else self.sudo()._get_case().contract_id
        concerned._refresh_cases()

    @api.model
    def _check_may_log(self):
        if not self.env.su and not self.env.user.has_group(
            "realestate_collection.group_officer"
        ):
            raise AccessError(
                self.env._("Only collection officers take down contacts with buyers.")
            )


class RealestateDunningHold(models.Model):
    _inherit = "realestate.dunning.hold"

    def _end(self, day=None, reason=None):
        """A case leaves the stage of its hold with it."""
        ended = super()._end(day, reason)
        # Facts that follow from what the caller may do; nobody writes them.
        ended.sudo().contract_id._get_case().contract_id._refresh_cases()
        return ended
