from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.approval import SummaryRow
from .collision import collide


class RealestateContractReviewLine(models.Model):
    """One item of a contract's review: open, right, or wrong with a remark.

    Made when the contract is handed in, anew each time; decided by somebody else than
    who handed it in. Nobody has the right to write one: its own methods do.
    """

    _name = "realestate.contract.review"
    _description = "Contract Review"
    _inherit = ["realestate.state.mixin"]
    _order = "contract_id desc, sequence, id"
    _rec_name = "item_id"

    _fact_fields = frozenset(
        {"user_id", "date_checked", "remark", "remark_before", "round"}
    )
    _state_moves = {
        "open": {"ok", "wrong"},
        "ok": {"open", "wrong"},
        "wrong": {"open", "ok"},
    }

    contract_id = fields.Many2one(
        "realestate.contract",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True)
    project_id = fields.Many2one(
        related="contract_id.project_id", store=True, index=True
    )
    partner_id = fields.Many2one(related="contract_id.partner_id")
    user_submitted_id = fields.Many2one(related="contract_id.user_submitted_id")
    item_id = fields.Many2one(
        "realestate.review.item", required=True, readonly=True, ondelete="restrict"
    )
    kind = fields.Selection(related="item_id.kind")
    instruction = fields.Text(related="item_id.instruction")
    sequence = fields.Integer(related="item_id.sequence", store=True)
    state = fields.Selection(
        [("open", "To Check"), ("ok", "Right"), ("wrong", "Wrong")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    user_id = fields.Many2one("res.users", string="Checked by", readonly=True)
    date_checked = fields.Datetime(string="Checked on", readonly=True)
    remark = fields.Text(readonly=True)
    remark_before = fields.Text(
        string="Remark of the Last Time",
        readonly=True,
        help="What was wrong when the contract was handed in before.",
    )
    round = fields.Integer(default=1, readonly=True)
    facts = fields.Html(compute="_compute_facts", sanitize=False)
    is_mine = fields.Boolean(
        string="Mine to Check", compute="_compute_is_mine", search="_search_is_mine"
    )

    _item_unique = models.Constraint(
        "UNIQUE (contract_id, item_id)", "A contract's review has each item once."
    )

    @api.depends("contract_id", "item_id.kind")
    @api.depends_context("lang")
    def _compute_facts(self):
        for review in self:
            # Who checks sees the facts, whoever may read every model behind them.
            facts = review.sudo().contract_id._get_review_facts(review.kind)
            rows = [
                SummaryRow(str(number), label, text or "—")
                for number, (label, text) in enumerate(facts)
            ]
            review.facts = self.env["ir.qweb"]._render(
                "realestate_sales.approval_summary", {"rows": rows}
            )

    @api.depends("state", "contract_id.state", "contract_id.user_submitted_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        may = self._is_reviewer(self.env.user)
        for review in self:
            contract = review.contract_id
            review.is_mine = (
                may
                and contract.state == "review"
                and contract.user_submitted_id != self.env.user
            )

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        if not self._is_reviewer(self.env.user):
            return [(0, "=", 1)] if True in value else []
        mine = [
            ("contract_id.state", "=", "review"),
            ("contract_id.user_submitted_id", "!=", self.env.uid),
        ]
        return mine if True in value else ["!", "&", *mine]

    # === ACTIONS === #

    def action_ok(self):
        """Write down that the item was found right."""
        for review in self:
            review._check_reviewable()
            review._decide("ok", False)
        return True

    def action_wrong(self, remark=None):
        """Write down what is wrong with the item.

        :param remark: text for who prepared the contract; required
        """
        for review in self:
            review._check_reviewable()
            if not isinstance(remark, str) or not remark.strip():
                raise UserError(
                    self.env._(
                        "Say what is wrong with “%(item)s”: the officer reads it.",
                        item=review.item_id.name,
                    )
                )
            review._decide("wrong", remark.strip())
        return True

    # === BUSINESS === #

    @api.model
    def _is_reviewer(self, user):
        return user.has_group("realestate_sales.group_officer") or user.has_group(
            "realestate_sales.group_lawyer"
        )

    def _check_reviewable(self):
        self.ensure_one()
        self.check_access("read")
        contract = self.contract_id
        contract.check_access("read")
        if not self._is_reviewer(self.env.user):
            raise AccessError(
                self.env._("Contracts are reviewed by the contract desk or a lawyer.")
            )
        if contract.user_submitted_id == self.env.user:
            raise AccessError(
                self.env._(
                    "Contract %(contract)s: who hands it in does not review it. A "
                    "second person does.",
                    contract=contract.name,
                )
            )
        if contract.state != "review":
            raise UserError(
                self.env._(
                    "Contract %(contract)s is “%(state)s” and not in review.",
                    contract=contract.name,
                    state=contract._state_label(contract.state),
                )
            )

    def _decide(self, state, remark):
        # Checks are written by nobody's hand: this method is the door.
        own = self.sudo()
        # The contract may be approved at this moment: one of both comes second.
        collide(own.contract_id)
        values = {
            "user_id": self.env.uid,
            "date_checked": fields.Datetime.now(),
            "remark": remark,
        }
        if not own._update_state(state, **values):
            own._write_facts(**values)

    def _reopen(self):
        """Ask for the check once more, remembering what was wrong."""
        for review in self:
            values = {
                "user_id": False,
                "date_checked": False,
                "remark": False,
                "remark_before": review.remark,
                "round": review.round + 1,
            }
            if not review._update_state("open", **values):
                review._write_facts(**values)
