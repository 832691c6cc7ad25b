from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.checklist import is_minor
from ..tools.shares import even_shares
from .collision import collide

#: Who acts for a buyer may still change when the terms do not any more.
PROXY_FIELDS = {
    "proxy_id",
    "proxy_kind",
    "proxy_document",
    "proxy_date",
    "proxy_date_end",
}


class RealestateContractBuyer(models.Model):
    """Who acts for a buyer: somebody with an authority, a minor's guardian."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract.buyer"  # pylint: disable=consider-merging-classes-inherited

    proxy_id = fields.Many2one(
        "res.partner",
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
        help="Signs in the buyer's place.",
    )
    proxy_kind = fields.Selection(
        [("proxy", "By Authority"), ("guardian", "Legal Guardian")],
        string="Acts as",
        default="proxy",
        groups="base.group_user",
    )
    proxy_document = fields.Char(
        string="Authority",
        groups="base.group_user",
        help="What the right to act comes from, as the contract shall name it.",
    )
    proxy_date = fields.Date(string="Authority of", groups="base.group_user")
    proxy_date_end = fields.Date(
        string="Valid Until", groups="base.group_user", help="This day included."
    )
    is_minor = fields.Boolean(
        string="Under Age", compute="_compute_is_minor", groups="base.group_user"
    )

    @api.depends("partner_id.realestate_birth_date", "contract_id.date_contract")
    def _compute_is_minor(self):
        for buyer in self:
            day = buyer.contract_id.date_contract or fields.Date.context_today(buyer)
            # Whoever prepares the contract is told, whoever keeps the birth date.
            born = buyer.partner_id.sudo().realestate_birth_date
            buyer.is_minor = is_minor(born or None, day)

    @api.constrains("proxy_id", "partner_id", "proxy_date", "proxy_date_end")
    def _check_proxy(self):
        for buyer in self.filtered("proxy_id"):
            if buyer.proxy_id == buyer.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(buyer)s cannot be their own proxy: choose somebody else.",
                        buyer=buyer.partner_id.name,
                    )
                )
            start, end = buyer.proxy_date, buyer.proxy_date_end
            if start and end and end < start:
                raise ValidationError(
                    self.env._(
                        "%(buyer)s: the authority of %(proxy)s ends before it begins.",
                        buyer=buyer.partner_id.name,
                        proxy=buyer.proxy_id.name,
                    )
                )

    def write(self, vals):
        if vals and vals.keys() <= PROXY_FIELDS:
            self._check_proxy_open()
            # Terms are locked; who acts for a buyer is none of them.
            return self._write_facts(**vals)
        return super().write(vals)

    # === ACTIONS === #

    def action_open_proxy(self):
        """Show who acts for this buyer."""
        self.ensure_one()
        form = self.env.ref("realestate_sales.realestate_contract_buyer_view_form")
        return {
            "type": "ir.actions.act_window",
            "name": self.partner_id.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(form.id, "form")],
            "target": "new",
        }

    # === BUSINESS === #

    def _check_proxy_open(self):
        for contract in self.contract_id:
            if contract.state not in ("draft", "review", "approved"):
                raise UserError(
                    self.env._(
                        "Contract %(contract)s is “%(state)s”: who signed for its "
                        "buyers stays.",
                        contract=contract.name,
                        state=contract._state_label(contract.state),
                    )
                )
        # A contract signed at this moment was checked without the change to come.
        collide(self.contract_id)

    def _get_problems(self, contract):
        problems = super()._get_problems(contract)
        for buyer in self:
            problems += buyer._get_proxy_problems()
        return problems

    def _get_proxy_problems(self):
        """What is wrong with who acts for this buyer, as sentences."""
        self.ensure_one()
        name = self.partner_id.name
        if not self.proxy_id:
            if not self.is_minor:
                return []
            return [
                self.env._(
                    "%(buyer)s is under age: name the legal guardian as proxy.",
                    buyer=name,
                )
            ]
        problems = []
        proxy = self.proxy_id
        if self.is_minor and self.proxy_kind != "guardian":
            problems.append(
                self.env._(
                    "%(buyer)s is under age: %(proxy)s has to act as legal guardian.",
                    buyer=name,
                    proxy=proxy.name,
                )
            )
        if self.proxy_kind != "guardian" and not self.proxy_document:
            problems.append(
                self.env._(
                    "Say by which authority %(proxy)s acts for %(buyer)s.",
                    buyer=name,
                    proxy=proxy.name,
                )
            )
        return problems + self._get_proxy_time_problems()

    def _get_proxy_time_problems(self):
        """What is wrong with the proxy today: age, contact, time of the authority."""
        self.ensure_one()
        name, proxy = self.partner_id.name, self.proxy_id.sudo()
        today = fields.Date.context_today(self)
        problems = []
        if not proxy.active:
            problems.append(
                self.env._(
                    "%(proxy)s, who acts for %(buyer)s, is archived.",
                    buyer=name,
                    proxy=proxy.name,
                )
            )
        if is_minor(proxy.realestate_birth_date or None, today):
            problems.append(
                self.env._(
                    "%(proxy)s is under age and cannot act for %(buyer)s.",
                    buyer=name,
                    proxy=proxy.name,
                )
            )
        if self.proxy_date and self.proxy_date > today:
            problems.append(
                self.env._(
                    "The authority of %(proxy)s for %(buyer)s begins on %(date)s only.",
                    buyer=name,
                    proxy=proxy.name,
                    date=self.proxy_date,
                )
            )
        if self.proxy_date_end and self.proxy_date_end < today:
            problems.append(
                self.env._(
                    "The authority of %(proxy)s for %(buyer)s ended on %(date)s.",
                    buyer=name,
                    proxy=proxy.name,
                    date=self.proxy_date_end,
                )
            )
        return problems


class RealestateContract(models.Model):
    """Parties of a contract: even shares, who signs for whom."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def action_split_shares(self):
        """Give the buyers of a draft even shares that come to 100 % exactly."""
        self.check_access("write")
        self._check_terms_open()
        for contract in self.filtered("buyer_ids"):
            shares = even_shares(len(contract.buyer_ids))
            for buyer, share in zip(
                contract.buyer_ids.sorted(lambda one: (not one.is_main, one.id)),
                shares,
                strict=True,
            ):
                buyer.share = float(share)
        return True

    def _get_step_problems(self, step):
        problems = super()._get_step_problems(step)
        if step == "sign":
            for buyer in self.buyer_ids.filtered("proxy_id"):
                problems += buyer._get_proxy_time_problems()
        return problems
