from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.base.models.res_partner import _tz_get

from ..tools import slots


class RealestateSigningDesk(models.Model):
    """Where buyers sign: its hours, and how many it can receive at the same time."""

    _name = "realestate.signing.desk"
    _description = "Signing Desk"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    project_ids = fields.Many2many(
        "realestate.project",
        string="Projects",
        check_company=True,
        domain="[('company_id', '=', company_id)]",
        help="Empty: contracts of every project of the company are signed here.",
    )
    address = fields.Text(
        translate=True, help="As the buyer finds it. Empty: the company's address."
    )
    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        required=True,
        default=lambda self: self.env.user.tz or "UTC",
        help="Opening hours and invitations are by this clock.",
    )
    capacity = fields.Integer(
        required=True, default=1, help="Appointments at the same time."
    )
    minutes = fields.Integer(
        string="Minutes per Appointment", required=True, default=60
    )
    notice_hours = fields.Integer(
        string="Buyer's Notice (hours)",
        default=24,
        help="Until so long before, buyers choose another time by themselves.",
    )
    hours_ids = fields.One2many("realestate.signing.desk.hours", "desk_id", copy=True)
    closed_ids = fields.One2many("realestate.signing.desk.closed", "desk_id")
    signing_ids = fields.One2many("realestate.signing", "desk_id")
    today_count = fields.Integer(string="Today", compute="_compute_today_count")

    _name_unique = models.Constraint(
        "UNIQUE (company_id, name)", "The company has a desk of this name."
    )
    _capacity_positive = models.Constraint(
        "CHECK (capacity > 0)", "A desk receives at least one buyer at a time."
    )
    _minutes_range = models.Constraint(
        "CHECK (minutes BETWEEN 5 AND 480)",
        "An appointment takes from 5 minutes to 8 hours.",
    )
    _notice_positive = models.Constraint(
        "CHECK (notice_hours >= 0)", "The notice cannot be negative."
    )

    def _compute_today_count(self):
        for desk in self:
            day = slots.local_day(fields.Datetime.now(), desk.tz or "UTC")
            desk.today_count = self.env["realestate.signing"].search_count(
                desk._get_day_domain(day)
            )

    @api.constrains("hours_ids")
    def _check_hours(self):
        for desk in self:
            if slots.overlaps([line._to_opening() for line in desk.hours_ids]):
                raise ValidationError(
                    self.env._(
                        "Desk %(desk)s: two of its opening hours overlap. Make them "
                        "follow each other.",
                        desk=desk.name,
                    )
                )

    # === ACTIONS === #

    def action_open_signings(self):
        """Open the appointments of this desk."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_signing_action"
        )
        action["domain"] = [("desk_id", "=", self.id)]
        action["context"] = {"default_desk_id": self.id}
        return action

    def get_free_slots(self, date_from, date_to, **options):
        """The times into which another appointment fits.

        :param date_from: first calendar day, by the clock of the desk
        :param date_to: last day, at most 92 days after the first
        :param options: ``earliest`` (UTC datetime): nothing that begins before
        :return: list of dicts ``start``, ``stop`` (UTC datetimes) and ``left``
        """
        self.ensure_one()
        self.check_access("read")
        first, last = self._read_days(date_from, date_to)
        earliest = options.get("earliest")
        if earliest:
            earliest = self.env["realestate.signing"]._read_moment(earliest)
        return [
            {"start": slot.start, "stop": slot.stop, "left": slot.left}
            for slot in self._get_free_slots(first, last, earliest or None)
        ]

    # === BUSINESS === #

    def _read_days(self, date_from, date_to):
        try:
            first = fields.Date.to_date(date_from)
            last = fields.Date.to_date(date_to)
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "“%(first)s” to “%(last)s” are no dates. Write them as 2026-12-31.",
                    first=date_from,
                    last=date_to,
                )
            ) from error
        if not first or not last or not first <= last <= first + timedelta(days=92):
            raise UserError(
                self.env._("Ask for 1 to 93 days: a first day and a last one after it.")
            )
        return first, last

    def _to_desk(self, first, last):
        """This desk as the pure arithmetic takes it, for these days."""
        self.ensure_one()
        closed = {
            first + timedelta(days=number)
            for number in range((last - first).days + 1)
            if self._is_closed_on(first + timedelta(days=number))
        }
        return slots.Desk(
            zone=self.tz,
            minutes=self.minutes,
            capacity=self.capacity,
            openings=tuple(line._to_opening() for line in self.hours_ids),
            closed=frozenset(closed),
        )

    def _is_closed_on(self, day):
        return any(one.date_from <= day <= one.date_to for one in self.closed_ids)

    def _get_free_slots(self, first, last, earliest=None, without=None):
        """Free slots as :class:`..tools.slots.Slot` objects.

        :param without: `realestate.signing` records that do not count
        """
        start = slots.day_span(first, self.tz).start
        stop = slots.day_span(last, self.tz).stop
        booked = self._get_booked(slots.Span(start, stop), without)
        return slots.free_slots(
            self._to_desk(first, last), first, last, booked, earliest
        )

    def _get_next_time(self):
        """When the next appointment may be made, with the notice that buyers get."""
        self.ensure_one()
        earliest = fields.Datetime.now() + timedelta(hours=self.notice_hours)
        first = slots.local_day(earliest, self.tz)
        free = self._get_free_slots(first, first + timedelta(days=14), earliest)
        return free[0].start if free else False

    def _get_booked(self, span, without=None):
        """The appointments that stand and meet ``span``, as spans."""
        # Whoever books sees that a chair is taken, not by whom.
        standing = self.env["realestate.signing"].sudo()
        found = standing.search(standing._get_standing_domain(self, span))
        return [
            slots.Span(one.date_start, one.date_stop)
            for one in found - (without or standing)
        ]

    def _has_room(self, span, without=None):
        """Whether another appointment fits into ``span``."""
        self.ensure_one()
        return slots.peak(span, self._get_booked(span, without)) < self.capacity

    def _is_open(self, span):
        """Whether the desk is open during the whole of ``span``."""
        self.ensure_one()
        first = slots.local_day(span.start, self.tz)
        last = max(first, slots.local_day(span.stop, self.tz)) + timedelta(days=1)
        return slots.is_open(self._to_desk(first, last), span)

    def _get_day_domain(self, day):
        """Appointments of these desks on a day, those that were cancelled left out."""
        self.ensure_one()
        span = slots.day_span(day, self.tz or "UTC")
        return [
            ("desk_id", "=", self._origin.id),
            ("date_start", ">=", span.start),
            ("date_start", "<", span.stop),
            ("state", "!=", "cancelled"),
        ]

    def _get_address(self):
        """Where the desk is, in one line."""
        self.ensure_one()
        # Buyers read it; the company's partner is not theirs to read.
        company = self.sudo().company_id.partner_id
        text = self.address or company._display_address(without_company=True)
        return ", ".join(line.strip() for line in text.splitlines() if line.strip())


class RealestateSigningDeskHours(models.Model):
    """Hours of a desk on one weekday; a pause at noon makes it two lines."""

    _name = "realestate.signing.desk.hours"
    _description = "Opening Hours of a Signing Desk"
    _order = "desk_id, weekday, hour_from, id"

    desk_id = fields.Many2one(
        "realestate.signing.desk", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="desk_id.company_id", store=True)
    weekday = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ],
        required=True,
        default="0",
    )
    hour_from = fields.Float(string="From", required=True, default=9)
    hour_to = fields.Float(string="To", required=True, default=17)

    _hours_in_order = models.Constraint(
        "CHECK (hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24)",
        "Opening hours begin before they end, between 0:00 and 24:00.",
    )

    def _to_opening(self):
        self.ensure_one()
        return slots.Opening(
            weekday=int(self.weekday),
            start=round(self.hour_from * 60),
            stop=round(self.hour_to * 60),
        )


class RealestateSigningDeskClosed(models.Model):
    """Days on which nobody is at a desk: holidays, works."""

    _name = "realestate.signing.desk.closed"
    _description = "Closed Days of a Signing Desk"
    _order = "desk_id, date_from, id"
    _rec_name = "reason"

    desk_id = fields.Many2one(
        "realestate.signing.desk", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="desk_id.company_id", store=True)
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="To", required=True, default=fields.Date.context_today)
    reason = fields.Char(required=True)

    _days_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "The last closed day is not before the first."
    )
