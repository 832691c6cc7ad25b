from odoo import api, fields, models
from odoo.exceptions import UserError

from .realestate_filing import OURS

#: The date of a contract that a rule may count from, by the step that sets it.
EVENTS = {"signed": "date_signed", "sealed": "date_sealed", "active": "date_active"}


class RealestateContract(models.Model):
    """What the authority is told of the contract."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    filing_ids = fields.One2many(
        "realestate.filing",
        "contract_id",
        string="Filings",
        groups="realestate_sales.group_officer,realestate_sales.group_reader",
    )
    filing_number = fields.Char(
        compute="_compute_filing_number",
        groups="base.group_user",
        help="The authority's number of the contract's accepted filing.",
    )
    filing_count = fields.Integer(
        compute="_compute_filing_number", groups="base.group_user"
    )

    @api.depends("filing_ids.state", "filing_ids.number")
    def _compute_filing_number(self):
        # Whoever may see the contract may know under which number it is filed.
        filings = self.env["realestate.filing"].sudo()
        found = filings.search([("contract_id", "in", self.ids)]).grouped("contract_id")
        for contract in self:
            own = found.get(contract.sudo(), filings)
            accepted = own.filtered(
                lambda one: one.kind == "contract" and one.state == "accepted"
            )
            contract.filing_number = accepted.number
            contract.filing_count = len(own)

    # === ACTIONS === #

    def action_file(self):
        """Open the filing of signed contracts that have none; show their filings."""
        filings = self.env["realestate.filing"]
        filings.check_access("create")
        for contract in self:
            if not contract.date_signed:
                raise UserError(
                    self.env._(
                        "Contract %(contract)s is not signed yet: there is nothing to "
                        "file.",
                        contract=contract.name,
                    )
                )
            contract._open_contract_filing()
        return self.action_open_filings()

    def action_open_filings(self):
        """Show the filings of these contracts."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_filing_action"
        )
        action["domain"] = [("contract_id", "in", self.ids)]
        action["context"] = {
            "default_contract_id": self.id if len(self) == 1 else False
        }
        return action

    # === TRANSITIONS === #

    def _update_state(self, target, **values):
        """As before; the filing that the law wants of the step is opened."""
        moved = super()._update_state(target, **values)
        if target in EVENTS:
            for contract in moved:
                if contract._get_filing_rule().trigger == target:
                    contract._open_contract_filing()
        return moved

    def _action_cancel(self):
        """As before; what is filed has to be ended, the rest is not filed any more."""
        result = super()._action_cancel()
        for contract in self:
            contract._end_filings()
        return result

    # === BUSINESS === #

    def _get_filing_rule(self):
        rules = self.env["realestate.filing.rule"]
        day = self.date_signed or fields.Date.context_today(self)
        return rules._get_rule(self.project_id, "contract", day)

    def _get_filing_event(self):
        """The day from which the time to file the contract counts."""
        field = EVENTS[self._get_filing_rule().trigger or "signed"]
        return self[field] or self.date_signed

    def _get_filings(self):
        # Filings follow the contract, whoever moves it.
        return (
            self.env["realestate.filing"]
            .sudo()
            .search([("contract_id", "in", self.ids), ("state", "!=", "cancelled")])
        )

    def _open_contract_filing(self):
        """The filing of the contract, opened if there is none."""
        self.ensure_one()
        filing = self._get_filings().filtered(lambda one: one.kind == "contract")
        # Filings follow the contract, whoever moves it.
        return filing or self.env["realestate.filing"].sudo().create(
            {"contract_id": self.id}
        )

    def _open_filing(self, kind, origin=None, date=None, **values):
        """Open the filing that follows a change or the end of a filed contract.

        :param kind: "change" or "termination"
        :param origin: the record that made it; default the contract itself
        :param date: calendar date it took effect, default today
        :param values: ``what`` and ``change_note`` of the filing
        :return: the filing; none where the contract was never filed
        """
        self.ensure_one()
        filings = self._get_filings()
        filed = filings.filtered(
            lambda one: one.kind == "contract" and one.state == "accepted"
        )
        ending = filings.filtered(lambda one: one.kind == "termination")
        if not filed or ending:
            return ending
        origin = origin or self
        return filings.create(
            {
                "contract_id": self.id,
                "kind": kind,
                "filed_id": filed.id,
                "origin": f"{origin._name},{origin.id}",
                "date_event": date or fields.Date.context_today(self),
                **values,
            }
        )

    def _end_filings(self):
        reason = self.sudo().cancel_reason
        pending = self._get_filings().filtered(lambda one: one.state in OURS)
        pending._update_state("cancelled", cancel_reason=reason)
        pending._log_step("cancelled", note=reason)
        self._open_filing("termination", date=self.date_cancelled, change_note=reason)


class RealestateProject(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.project"  # pylint: disable=consider-merging-classes-inherited

    filing_user_id = fields.Many2one(
        "res.users",
        string="Filing Officer",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Is given the filings of this project.",
    )
