from odoo import fields, models
from odoo.exceptions import UserError

from .past_day import past_day, said

FILING_ACTIVITIES = [
    "realestate_sales.mail_activity_filing",
    "realestate_sales.mail_activity_filing_late",
]


class RealestateFiling(models.Model):
    """The way of a filing to the authority and back. Each step leaves an entry."""

    # A file for each concern keeps them short.
    _inherit = "realestate.filing"  # pylint: disable=consider-merging-classes-inherited

    step_ids = fields.One2many("realestate.filing.step", "filing_id")
    rejection_count = fields.Integer(
        string="Times Rejected", compute="_compute_rejection_count"
    )

    def _compute_rejection_count(self):
        groups = self.env["realestate.filing.step"]._read_group(
            [("filing_id", "in", self.ids), ("state", "=", "rejected")],
            ["filing_id"],
            ["__count"],
        )
        counts = dict(groups)
        for filing in self:
            filing.rejection_count = counts.get(filing._origin, 0)

    # === ACTIONS === #

    def action_prepare(self, date=None):
        """The papers of the filing are complete.

        :param date: calendar date, default today
        """
        self.check_access("write")
        for filing in self.filtered(lambda one: one.state in ("open", "rejected")):
            filing._check_nothing("prepare")
        return self._take_step("prepared", "date_prepared", date)

    def action_submit(self, date=None, number=None):
        """The filing was handed in.

        :param date: calendar date, default today
        :param number: the authority's number, where it gives one at once
        """
        self.check_access("write")
        for filing in self.filtered(lambda one: one.state == "prepared"):
            filing._check_nothing("submit")
            filing._check_order("date_submitted", date, filing.date_event)
        return self._take_step("submitted", "date_submitted", date, number=number)

    def action_accept(self, date=None, number=None):
        """The authority has accepted the filing.

        :param date: calendar date of its answer, default today
        :param number: its number; may be left out where it gave one before
        """
        self.check_access("write")
        for filing in self.filtered(lambda one: one.state == "submitted"):
            filing._check_order("date_accepted", date, filing.date_submitted)
            if not said(number) and not filing.number:
                raise UserError(
                    self.env._(
                        "%(filing)s: enter the number that the authority gave.",
                        filing=filing.name,
                    )
                )
        return self._take_step("accepted", "date_accepted", date, number=number)

    def action_reject(self, reason=None, date=None):
        """The authority has sent the filing back.

        :param reason: what it says is wrong; required
        :param date: calendar date of its answer, default today
        """
        self.check_access("write")
        reason = self._check_reason(reason)
        for filing in self.filtered(lambda one: one.state == "submitted"):
            filing._check_order("date_rejected", date, filing.date_submitted)
        return self._take_step("rejected", "date_rejected", date, reason=reason)

    def action_cancel(self, reason=None):
        """Nothing is to be filed after all.

        :param reason: text kept with the filing; required
        """
        self.check_access("write")
        reason = self._check_reason(reason)
        moved = self._update_state("cancelled", cancel_reason=reason)
        moved._log_step("cancelled", note=reason)
        return True

    def action_open_submit(self):
        """Ask for the day on which these filings were handed in."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_filing_decide_action"
        )
        action["context"] = {"default_filing_ids": self.ids, "default_step": "submit"}
        return action

    def action_open_contract(self):
        """Show the contract of the filing."""
        self.ensure_one()
        return self.contract_id.get_formview_action()

    # === TRANSITIONS === #

    def _take_step(self, state, field, date, number=None, reason=False):
        """Move to ``state`` and keep an entry of it.

        :param field: that keeps the date of the step
        """
        day = past_day(self, self._fields[field]._description_string(self.env), date)
        values = {field: day}
        if said(number):
            values["number"] = said(number)
        if state == "rejected":
            values["reject_reason"] = reason
        moved = self._update_state(state, **values)
        moved._log_step(state, day, reason)
        return True

    def _update_state(self, target, **values):
        moved = super()._update_state(target, **values)
        if target in ("submitted", "accepted", "cancelled"):
            # Reminders are of whoever they went to.
            moved.sudo().activity_unlink(FILING_ACTIVITIES)
        return moved

    def _log_step(self, state, date=None, note=False):
        # Entries are written by nobody's hand.
        self.env["realestate.filing.step"].sudo().create(
            [
                {
                    "filing_id": filing.id,
                    "state": state,
                    "date": date or fields.Date.context_today(self),
                    "user_id": self.env.uid,
                    "number": filing.number,
                    "note": note,
                }
                for filing in self
            ]
        )

    # === CHECKS === #

    def _check_reason(self, reason):
        if not said(reason):
            raise UserError(self.env._("Say why: the reason is kept with the filing."))
        return said(reason)

    def _check_order(self, field, date, earlier):
        label = self._fields[field]._description_string(self.env)
        day = past_day(self, label, date)
        if earlier and day < earlier:
            raise UserError(
                self.env._(
                    "%(filing)s: %(field)s %(date)s is before %(earlier)s, the step "
                    "that comes first.",
                    filing=self.name,
                    field=label,
                    date=day,
                    earlier=earlier,
                )
            )

    def _check_nothing(self, step):
        problems = self._get_step_problems(step)
        if problems:
            raise UserError(
                self.env._(
                    "Filing %(filing)s is not ready for it yet:\n%(problems)s",
                    filing=self.name,
                    problems="\n".join(f"• {problem}" for problem in problems),
                )
            )

    def _get_step_problems(self, step):
        """What keeps the filing from a step, as sentences with the way out. Others add
        theirs.

        :param step: "prepare" or "submit"
        """
        self.ensure_one()
        problems = []
        if self.kind == "contract" and not self.contract_id.date_signed:
            problems.append(
                self.env._("The buyers have not signed the contract: sign it first.")
            )
        if step == "submit" and self.rule_id.needs_stamp and not self._get_stamps():
            problems.append(
                self.env._(
                    "No tax stamp is recorded: enter its number and amount under "
                    "“Tax Stamps”."
                )
            )
        return problems

    def _get_stamps(self):
        return self.stamp_ids.filtered(lambda stamp: stamp.state == "affixed")
