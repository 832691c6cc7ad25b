from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..tools import slots
from .collision import collide

#: Appointments that take a chair.
STANDING = ("planned", "invited", "confirmed")
#: When and where it is.
PLACE = {"date_start", "date_stop", "desk_id"}


class RealestateSigning(models.Model):
    """An appointment at which buyers sign one or more contracts.

    It takes a chair of its desk from the moment it is written down: never more
    appointments stand at once than the desk can receive, whoever books.
    """

    _name = "realestate.signing"
    _description = "Signing Appointment"
    _inherit = ["realestate.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_start, id"
    _check_company_auto = True

    _fact_fields = frozenset(
        {
            "cancel_reason",
            "contract_id",
            "date_confirmed",
            "date_invited",
            "date_reminded",
            "move_ids",
            "no_show_count",
        }
    )
    _state_moves = {
        "planned": {"invited", "confirmed", "no_show"},
        "invited": {"planned"},
        "confirmed": {"planned", "invited"},
        "done": {"planned", "invited", "confirmed", "no_show"},
        "no_show": {"planned", "invited", "confirmed"},
        "cancelled": {"planned", "invited", "confirmed", "no_show"},
    }

    contract_ids = fields.Many2many(
        "realestate.contract",
        string="Contracts",
        check_company=True,
        domain="[('state', 'in', ('draft', 'review', 'approved'))]",
        help="All are of the same buyers, who sign them together.",
    )
    contract_id = fields.Many2one(
        "realestate.contract",
        string="First Contract",
        compute="_compute_contract_id",
        store=True,
        index=True,
    )
    project_id = fields.Many2one(
        related="contract_id.project_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        related="contract_id.partner_id", string="Main Buyer", store=True, index=True
    )
    unit_names = fields.Char(string="Units", compute="_compute_unit_names")
    desk_id = fields.Many2one(
        "realestate.signing.desk",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        default=lambda self: self._default_desk(),
    )
    company_id = fields.Many2one(related="desk_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        string="Officer",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
        index=True,
        help="Who receives the buyers.",
    )
    date_start = fields.Datetime(
        string="Begins", required=True, index=True, tracking=True
    )
    date_stop = fields.Datetime(
        string="Ends",
        compute="_compute_date_stop",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    note = fields.Text(help="For the desk; buyers do not see it.")

    # Facts.
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("invited", "Invited"),
            ("confirmed", "Confirmed"),
            ("done", "Done"),
            ("no_show", "Did Not Come"),
            ("cancelled", "Cancelled"),
        ],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
    )
    date_invited = fields.Datetime(string="Invited on", readonly=True, copy=False)
    date_confirmed = fields.Datetime(string="Confirmed on", readonly=True, copy=False)
    date_reminded = fields.Datetime(string="Reminded on", readonly=True, copy=False)
    cancel_reason = fields.Text(readonly=True, copy=False)
    no_show_count = fields.Integer(
        string="Missed", readonly=True, copy=False, help="Times nobody came."
    )
    move_ids = fields.One2many(
        "realestate.signing.move", "signing_id", string="Moved", readonly=True
    )
    move_count = fields.Integer(string="Times Moved", compute="_compute_move_count")

    _times_in_order = models.Constraint(
        "CHECK (date_start < date_stop)", "An appointment ends after it begins."
    )
    # Who is at a desk at a time: free slots, capacity, the day's plan.
    _standing_by_desk = models.Index(
        "(desk_id, date_start) WHERE state IN ('planned', 'invited', 'confirmed')"
    )

    def _default_desk(self):
        return self.env["realestate.signing.desk"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )

    @api.depends("contract_ids")
    def _compute_contract_id(self):
        for signing in self:
            signing.contract_id = signing.contract_ids.sorted("id")[:1]

    @api.depends("contract_ids.line_ids.unit_id")
    def _compute_unit_names(self):
        for signing in self:
            names = signing.contract_ids.sorted("id").mapped("unit_names")
            signing.unit_names = ", ".join(filter(None, names))

    @api.depends("date_start", "desk_id")
    def _compute_date_stop(self):
        for signing in self.filtered("date_start"):
            minutes = signing.desk_id.minutes or 60
            signing.date_stop = signing.date_start + timedelta(minutes=minutes)

    @api.depends("move_ids")
    def _compute_move_count(self):
        for signing in self:
            signing.move_count = len(signing.move_ids)

    @api.depends("partner_id.name", "unit_names")
    def _compute_display_name(self):
        for signing in self:
            # Who may see the appointment may know whom it is with.
            parts = (signing.sudo().partner_id.name, signing.unit_names)
            signing.display_name = " · ".join(filter(None, parts)) or self.env._("New")

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            # One contract is named as its field says, several by theirs.
            contract = vals.pop("contract_id", None)
            if contract and not vals.get("contract_ids"):
                vals["contract_ids"] = [Command.set([contract])]
        signings = super().create(vals_list)
        for signing in signings:
            signing._check_contracts_live()
            signing._take_place()
        return signings

    def write(self, vals):
        place = {name: vals[name] for name in PLACE & vals.keys()}
        others = {name: vals[name] for name in vals.keys() - PLACE}
        if others or not place:
            self._check_contracts_stay(others)
            super().write(others)
        # A move in the calendar is a move: checked, counted, told.
        for signing in self if place else ():
            signing._move(place)
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_planned(self):
        for signing in self.filtered(lambda one: one.state != "planned"):
            raise UserError(
                self.env._(
                    "The appointment of %(signing)s is “%(state)s”: cancel it, so that "
                    "its history stays.",
                    signing=signing.display_name,
                    state=signing._state_label(signing.state),
                )
            )

    # === BUSINESS === #

    @api.model
    def _get_standing_domain(self, desk, span):
        """Appointments of ``desk`` that stand and have a moment of ``span``."""
        return (
            Domain("desk_id", "=", desk._origin.id)
            & Domain("state", "in", STANDING)
            & Domain("date_start", "<", span.stop)
            & Domain("date_stop", ">", span.start)
        )

    def _take_place(self):
        """Make sure that the appointment fits: its desk is open and has a chair, its
        contracts have no other one.

        Two who book at once both write the desk's row, so one is tried again and sees
        the other.
        """
        self.ensure_one()
        self.flush_recordset()
        # The desk is written to by whoever books there.
        collide(self.desk_id.sudo())
        span = slots.Span(self.date_start, self.date_stop)
        problem = self._get_place_problem(self.desk_id.sudo(), span)
        if problem:
            raise UserError(problem)

    def _get_place_problem(self, desk, span):
        when = self._format_when(span.start, desk)
        if not desk._is_open(span):
            return self.env._(
                "Desk %(desk)s is closed at %(when)s. Choose a time within its hours.",
                desk=desk.name,
                when=when,
            )
        # A desk is full whoever sees the appointments.
        if not desk._has_room(span, without=self.sudo()):
            return self.env._(
                "Desk %(desk)s is fully booked at %(when)s: it receives %(count)s at a "
                "time. Choose another time.",
                desk=desk.name,
                when=when,
                count=desk.capacity,
            )
        return ""

    def _format_when(self, moment, desk):
        """``moment`` by the clock of the desk, as staff read it."""
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=desk.tz or "UTC"), moment
        )
        return local.strftime("%Y-%m-%d %H:%M")
