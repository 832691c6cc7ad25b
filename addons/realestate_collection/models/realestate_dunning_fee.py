from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.realestate_sales.tools import fee


class RealestateDunningLevel(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.level"  # pylint: disable=consider-merging-classes-inherited

    fee_type_id = fields.Many2one(
        "realestate.fee.type",
        string="Fee",
        check_company=True,
        domain="[('company_id', '=', company_id), ('ownership', '=', 'own'),"
        " ('is_automatic', '=', False), ('in_price', '=', False)]",
        help="Charged once for each notice of this level that was delivered.",
    )

    @api.constrains("fee_type_id")
    def _check_fee_type(self):
        for level in self:
            # Managers of the collection need not be shown the terms of fees.
            kind = level.sudo().fee_type_id
            wrong = kind.is_automatic or kind.in_price or kind.ownership != "own"
            if kind and wrong:
                raise UserError(
                    self.env._(
                        "Level %(level)s: %(fee)s is no fee for notices. Choose one "
                        "that is income of the company, beside the price, and not "
                        "added to contracts by itself.",
                        level=level.name,
                        fee=kind.name,
                    )
                )


class RealestateContractFee(models.Model):
    """The fee of a notice: one each, however often a contract is dunned."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract.fee"  # pylint: disable=consider-merging-classes-inherited

    notice_id = fields.Many2one(
        "realestate.dunning.notice",
        string="For the Notice",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="realestate_collection.group_officer",
    )

    _once = models.UniqueIndex(
        "(contract_id, type_id) WHERE is_void IS NOT TRUE AND notice_id IS NULL",
        "The contract has this fee already.",
    )
    _once_a_notice = models.UniqueIndex(
        "(notice_id) WHERE is_void IS NOT TRUE AND notice_id IS NOT NULL",
        "This notice has a fee already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get("notice_id") for vals in vals_list):
            raise UserError(self._fact_refused_message({"notice_id"}))
        return super().create(vals_list)

    def write(self, vals):
        if "notice_id" in vals:
            raise UserError(self._fact_refused_message({"notice_id"}))
        return super().write(vals)


class RealestateDunningNotice(models.Model):
    """A notice that was delivered costs what its level says, once."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.notice"  # pylint: disable=consider-merging-classes-inherited

    fee_ids = fields.One2many("realestate.contract.fee", "notice_id", readonly=True)

    def _action_sent(self):
        result = super()._action_sent()
        for notice in self.filtered(lambda one: one.level_id.fee_type_id):
            notice._charge_fee()
        return result

    def _action_not_given(self):
        """A notice that came back was none: its fee falls."""
        result = super()._action_not_given()
        for notice in self:
            # Fees are written by nobody's hand.
            fees = notice.sudo().fee_ids.filtered(lambda one: not one.is_void)
            fees._write_facts(is_void=True)
            fees._take_back(self.env._("%(notice)s came back", notice=notice.name))
        return result

    def _charge_fee(self):
        """Add the fee and invoice it. What keeps it from being charged is told to the
        officer and holds up no notice."""
        self.ensure_one()
        # Facts that follow from what the caller may do; nobody writes them.
        if self.sudo().fee_ids.filtered(lambda one: not one.is_void):
            return
        # Facts that follow from what the caller may do; nobody writes them.
        fees = self.env["realestate.contract.fee"].sudo()
        try:
            with self.env.cr.savepoint():
                charged = fees.create(
                    {
                        "contract_id": self.contract_id.id,
                        "type_id": self.level_id.fee_type_id.id,
                        "notice_id": self.id,
                    }
                )
                charged.date_due = self.company_id._realestate_today()
        except UserError as error:
            self._tell_fee_problem(str(error))
            return
        charged._charge_each()
        if charged.problem:
            self._tell_fee_problem(charged.problem)

    def _tell_fee_problem(self, problem):
        self.contract_id._schedule_once(
            "realestate_collection.mail_activity_type_billing",
            note=self.env._(
                "The fee of %(notice)s was not charged: %(problem)s",
                notice=self.name,
                problem=problem,
            ),
        )

    def _get_fee_amount(self):
        """What this notice costs the buyer, as far as it can be said before it is
        charged: fixed fees in the contract's currency. 0 for none."""
        self.ensure_one()
        # Facts that follow from what the caller may do; nobody writes them.
        charged = self.sudo().fee_ids.filtered(lambda one: not one.is_void)
        if charged:
            return charged.amount
        # Read on behalf of who sees the record, and not shown.
        kind = self.level_id.sudo().fee_type_id
        if kind.formula != fee.FIXED or kind.currency_id != self.currency_id:
            return 0.0
        return self.currency_id.round(kind.rate)
