from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class RealestatePromise(models.Model):
    """What a buyer promised to pay, and by when; kept or broken by the money that came
    in, see :mod:`..tools.promise`. Made by ``contract.log_contact``."""

    _name = "realestate.promise"
    _description = "Promise to Pay"
    _inherit = ["realestate.case.mixin", "realestate.state.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    # Kept and broken follow from money, and money may be taken back.
    _state_moves = {
        "open": {"kept", "broken"},
        "kept": {"open", "broken"},
        "broken": {"open", "kept"},
        "cancelled": {"open"},
    }

    event_id = fields.Many2one(
        "realestate.collection.event",
        string="Contact",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Taken by", readonly=True, index="btree_not_null"
    )
    amount = fields.Monetary(required=True, readonly=True, aggregator=None)
    date = fields.Date(string="By", required=True, readonly=True, index=True)
    date_limit = fields.Date(
        string="In Time until",
        required=True,
        readonly=True,
        help="The promised day and the company's days of grace.",
    )
    date_made = fields.Datetime(required=True, readonly=True)
    amount_received = fields.Monetary(
        string="Received",
        readonly=True,
        aggregator=None,
        help="What came in after it was made and in time; several promises share the "
        "money, the first takes first.",
    )
    state = fields.Selection(
        [
            ("open", "Open"),
            ("kept", "Honoured"),
            ("broken", "Broken"),
            ("cancelled", "Withdrawn"),
        ],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    date_decided = fields.Date(string="Decided on", readonly=True)
    cancel_reason = fields.Char(string="Why Withdrawn", readonly=True)

    _open_by_day = models.Index("(date_limit) WHERE state = 'open'")
    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "A promise is of an amount above zero."
    )

    @api.depends("contract_id.name", "date", "amount")
    def _compute_display_name(self):
        for promise in self:
            promise.display_name = (
                f"{promise.contract_id.name} · "
                f"{promise.currency_id.format(promise.amount)} · {promise.date}"
            )

    # === ACTIONS === #

    def action_cancel(self, reason=None):
        """Withdraw open promises: made by mistake, or replaced by another one."""
        self.check_access("read")
        self.env["realestate.contract"]._check_may_log()
        for promise in self:
            if promise.state != "open":
                raise UserError(
                    self.env._(
                        "Promise %(promise)s has been decided by what was paid; only "
                        "an open one can be withdrawn.",
                        promise=promise.display_name,
                    )
                )
        # Facts that follow from what the caller may do; nobody writes them.
        promises = self.sudo()
        promises._set_decided("cancelled", cancel_reason=str(reason or "").strip())
        promises.contract_id._refresh_cases()
        return True

    # === BUSINESS === #

    @api.model
    def _make(self, contract, amount, day, event):
        """Write down what was promised on ``contract``."""
        grace = contract.company_id.realestate_promise_grace
        promise = self.create(
            {
                **contract._prepare_happened_values(),
                "case_id": event.case_id.id,
                "event_id": event.id,
                "currency_id": contract.currency_id.id,
                "user_id": self.env.uid,
                "amount": amount,
                "date": day,
                "date_limit": day + timedelta(days=grace),
                "date_made": event.date,
            }
        )
        contract._hold_dunning(
            "promise",
            self.env._(
                "Promised %(amount)s by %(date)s",
                amount=promise.currency_id.format(amount),
                date=format_date(self.env, day),
            ),
            date_to=promise.date_limit,
            origin=promise,
            date_from=promise._get_day_made(),
        )
        return promise
