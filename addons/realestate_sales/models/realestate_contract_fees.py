from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.checklist import buyer_kinds

#: States in which nobody has agreed to the fees yet.
OPEN = ("draft", "review")


class RealestateContract(models.Model):
    """What a contract costs beside and inside its price."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    fee_ids = fields.One2many(
        "realestate.contract.fee",
        "contract_id",
        string="Fees",
        groups="base.group_user",
    )
    amount_fees = fields.Monetary(
        string="Fees beside the Price", compute="_compute_amount_fees"
    )
    amount_fees_included = fields.Monetary(
        string="Fees inside the Price", compute="_compute_amount_fees"
    )
    amount_cost = fields.Monetary(
        string="Price and Fees",
        compute="_compute_amount_fees",
        help="What the buyer pays in all, without the interest of the plan.",
    )

    @api.depends(
        "amount_total",
        "fee_ids.amount",
        "fee_ids.in_price",
        "fee_ids.is_void",
        "fee_ids.payer",
    )
    def _compute_amount_fees(self):
        # What a contract costs is its readers' to see.
        groups = self.env["realestate.contract.fee"].sudo()
        groups = groups._read_group(
            [
                ("contract_id", "in", self.ids),
                ("is_void", "=", False),
                ("payer", "=", "buyer"),
            ],
            ["contract_id", "in_price"],
            ["amount:sum"],
        )
        sums = {(contract.id, inside): amount for contract, inside, amount in groups}
        for contract in self:
            key = contract._origin.id
            contract.amount_fees = sums.get((key, False), 0)
            contract.amount_fees_included = sums.get((key, True), 0)
            contract.amount_cost = contract.amount_total + contract.amount_fees

    # === ACTIONS === #

    def action_sign(self, date=None):
        """Record the buyer's signature, and charge the fees that are due by it."""
        unsigned = self.filtered(lambda contract: contract.state == "approved")
        result = super().action_sign(date)
        unsigned._charge_due_fees()
        return result

    def action_sync_fees(self):
        """Add the fees that apply, and compute those again that are not invoiced."""
        self.check_access("write")
        self._sync_fees(add=True)
        return True

    def action_charge_fees(self):
        """Invoice the fees that are due, from the form of the contract."""
        self.sudo(False).fee_ids._check_may_bill()
        self._charge_due_fees()
        return True

    def action_open_fees(self):
        """Open the fees of this contract."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_contract_fee_action"
        )
        action["domain"] = [("contract_id", "=", self.id)]
        action["context"] = {"default_contract_id": self.id}
        return action

    # === BUSINESS === #

    def _refresh_schedule(self):
        result = super()._refresh_schedule()
        self.filtered(lambda contract: contract.state == "draft")._sync_fees()
        return result

    def _sync_fees(self, add=None):
        """Bring the fees in line with the contracts as they are: those that apply are
        added, those that apply no longer go, amounts are computed again.

        What is invoiced or changed by a manager stays.

        :param add: also to contracts that are agreed; their fees never go by themselves
        """
        # Fees are written by nobody's hand.
        contracts = self.sudo()
        types = self.env["realestate.fee.type"].sudo()
        types = types.search([("company_id", "in", contracts.company_id.ids)])
        values = []
        for contract in contracts:
            if contract.fee_ids or types:
                wanted = contract._get_applying_fees(types)
                values += contract._align_fees(wanted, add)
        made = self.env["realestate.contract.fee"].sudo().create(values)
        made._write_facts(is_automatic=True)
        return made

    def _align_fees(self, wanted, add):
        """Remove and compute again; return the values of the fees to add."""
        self.ensure_one()
        is_open = self.state in OPEN
        fees = self.fee_ids.filtered(
            lambda one: not one.is_void and not one._has_standing_move()
        )
        if is_open:
            gone = fees.filtered(
                lambda one: (
                    one.is_automatic
                    and one.type_id not in wanted
                    and not one.user_override_id
                )
            )
            fees -= gone
            gone.unlink()
        for record in fees:
            record._take_terms()
        known = self.fee_ids.filtered(lambda one: not one.is_void).type_id
        if not is_open and not add:
            return []
        return [{"contract_id": self.id, "type_id": kind.id} for kind in wanted - known]

    def _get_applying_fees(self, types):
        """Those of ``types`` that this contract bears by itself."""
        self.ensure_one()
        kinds = self._get_buyer_kinds() if types else frozenset()
        return types.filtered(
            lambda kind: (
                kind.is_automatic
                and kind.company_id == self.company_id
                and kind._applies_to(self, kinds)
            )
        )

    def _get_buyer_kinds(self):
        """Every kind that one of the buyers is of."""
        buyers = self.buyer_ids.partner_id._prepare_checklist_buyers()
        country = self._get_project_country().code or ""
        today = fields.Date.context_today(self)
        return frozenset().union(
            *(buyer_kinds(buyer, country, today) for buyer in buyers)
        )

    def _charge_due_fees(self):
        """Charge what is due; what fails is written beside the fee."""
        fees = self.env["realestate.contract.fee"].sudo()
        today = fields.Date.context_today(self)
        due = fees._get_due_domain(today) & Domain("contract_id", "in", self.ids)
        fees.search(due)._charge_each()

    def _read_fee_reason(self, reason):
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(
                self.env._("Say why the fee is changed: the reason is kept.")
            )
        return reason.strip()

    # === HOOKS === #

    def _action_cancel(self):
        result = super()._action_cancel()
        for contract in self.sudo():
            contract._end_fees()
        return result

    def _end_fees(self):
        """Take fees back with the contract. What is paid out to an authority stays with
        its invoice: the refund is between buyer and authority."""
        # Paid out fees are the authority's by now.
        ended = self.fee_ids.filtered(
            lambda one: one.currency_id.is_zero(one.amount_paid_out)
        )
        ended._write_facts(is_void=True)
        ended._take_back(self.cancel_reason)
