from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .collision import collide


class RealestateTextVersion(models.AbstractModel):
    """A version of a text: drafted, approved, in force from a date until the next.

    A heir names in :meth:`_get_series` what its versions are versions of, and in
    ``_text_fields`` what stays as it was approved. Whoever may write versions approves
    them; nobody changes an approved one.
    """

    _name = "realestate.text.version"
    _inherit = ["realestate.state.mixin"]
    _description = "Version of a Text"

    _fact_fields = frozenset({"user_approved_id", "date_approved"})
    _state_moves = {"approved": {"draft"}, "superseded": {"approved"}}
    _text_fields = frozenset()

    number = fields.Integer(
        string="Version", readonly=True, copy=False, aggregator=None
    )
    date_effective = fields.Date(
        string="In Force from",
        required=True,
        default=fields.Date.context_today,
        copy=False,
    )
    state = fields.Selection(
        [("draft", "Draft"), ("approved", "Approved"), ("superseded", "Superseded")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    user_approved_id = fields.Many2one(
        "res.users", string="Approved by", readonly=True, copy=False
    )
    date_approved = fields.Datetime(string="Approved on", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [{**vals, "number": 0} for vals in vals_list]
        last = {}
        versions = super().create(vals_list)
        for version in versions:
            series = tuple(version._get_series())
            if series not in last:
                # Numbers follow those of every version, seen or not.
                others = self.sudo().search(
                    Domain.AND(Domain(*term) for term in series)
                    & Domain("id", "not in", versions.ids),
                    order="number desc",
                    limit=1,
                )
                last[series] = others.number
            last[series] += 1
            version._write_facts(number=last[series])
        return versions

    def write(self, vals):
        if "number" in vals:
            raise UserError(self._fact_refused_message({"number"}))
        if (self._text_fields | {"date_effective"}) & vals.keys():
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        for version in self.filtered(lambda one: one.state != "draft"):
            raise UserError(
                self.env._(
                    "%(version)s was approved: it stays as the record of what was "
                    "agreed upon.",
                    version=version.display_name,
                )
            )

    # === ACTIONS === #

    def action_approve(self):
        """Approve drafts: their text stays, and is in force from its date on."""
        self.check_access("write")
        for version in self.filtered(lambda one: one.state == "draft"):
            version._check_approvable()
            # Two versions approved at this moment must not both be the latest.
            collide(version._get_siblings())
            version._update_state(
                "approved",
                user_approved_id=self.env.uid,
                date_approved=fields.Datetime.now(),
            )
            version._supersede_earlier()
        return True

    # === BUSINESS === #

    def _get_series(self):
        """Terms of a domain: the versions of the same text."""
        raise NotImplementedError

    def _get_siblings(self):
        self.ensure_one()
        return self.search(Domain.AND(Domain(*term) for term in self._get_series()))

    def _check_approvable(self):
        """Refuse what cannot be in force; heirs add their own."""
        current = self._get_siblings().filtered(
            lambda one: (
                one.state == "approved" and one.date_effective > self.date_effective
            )
        )
        if current:
            raise UserError(
                self.env._(
                    "%(version)s would be in force from %(date)s, before %(current)s, "
                    "which is approved from %(since)s on. Give it a later date.",
                    version=self.display_name,
                    date=self.date_effective,
                    current=current[0].display_name,
                    since=current[0].date_effective,
                )
            )

    def _check_draft(self):
        for version in self.filtered(lambda one: one.state != "draft"):
            raise UserError(
                self.env._(
                    "%(version)s is approved and stays as it is: make a new version.",
                    version=version.display_name,
                )
            )
        # Approved at this moment, it would change after all.
        collide(self)

    def _supersede_earlier(self):
        """Versions that this one has replaced are history."""
        today = fields.Date.context_today(self)
        for version in self.filtered(lambda one: one.date_effective <= today):
            earlier = version._get_siblings().filtered(
                lambda one, version=version: (
                    one.state == "approved" and one._get_rank() < version._get_rank()
                )
            )
            earlier._update_state("superseded")

    def _get_rank(self):
        """What makes a version later than another."""
        return self.date_effective, self.number

    def _get_latest(self, with_drafts=False):
        """The version of these that is in force today; with drafts: the newest."""
        today = fields.Date.context_today(self)
        standing = self.filtered(
            lambda one: (
                one.state != "superseded"
                if with_drafts
                else one.state == "approved" and one.date_effective <= today
            )
        )
        return max(standing, key=lambda one: one._get_rank(), default=self.browse())

    @api.model
    def _approve_shipped(self):
        """Approve what an addon ships; what a user has drafted stays a draft."""
        shipped = self.env["ir.model.data"].search([("model", "=", self._name)])
        self.search(
            [("id", "in", shipped.mapped("res_id")), ("state", "=", "draft")]
        ).filtered(lambda one: one.number == 1).action_approve()

    # === CRON === #

    @api.model
    def _cron_supersede(self):
        """Approved versions whose date has come replace the earlier ones."""
        today = fields.Date.context_today(self)
        approved = self.search(
            [("state", "=", "approved"), ("date_effective", "<=", today)]
        )
        approved.sorted(lambda one: one._get_rank())._supersede_earlier()
