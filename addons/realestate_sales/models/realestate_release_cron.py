import logging

from psycopg2.errors import DeadlockDetected, SerializationFailure

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class RealestateRelease(models.Model):
    """The planned day: releases and withdrawals carried out by themselves."""

    # A file for each concern keeps them short.
    _inherit = "realestate.release"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_carry_out(self):
        """Carry out what was approved for today or before, the oldest day first.

        One that cannot be done keeps none of the others: its responsible is told, and
        it is tried again until it can be. One that meets a sale at this very moment
        waits for the next run.
        """
        due = self.search(
            [("state", "=", "approved"), ("date_planned", "!=", False)],
            order="date_planned, id",
        ).filtered(lambda release: release._is_due())
        for done, release in enumerate(due, start=1):
            try:
                with self.env.cr.savepoint():
                    release._carry_out_planned()
                    self.env.flush_all()
            except (SerializationFailure, DeadlockDetected):
                # What it reads is too old to go on; those before are committed.
                self.env.cr.rollback()
                _logger.info("Release %s waits for a sale.", release.id)
            self.env["ir.cron"]._commit_progress(1, remaining=len(due) - done)

    def _is_due(self):
        """Whether its day has come by the clock of the company's office."""
        self.ensure_one()
        partner = self.company_id.sudo().partner_id
        office = self.with_context(tz=partner.tz or self.env.user.tz or "UTC")
        return self.date_planned <= fields.Date.context_today(office)

    def _carry_out_planned(self):
        """Carry it out, or tell its responsible once what is in the way."""
        self.ensure_one()
        release = self.with_context(lang=self.user_id.lang)
        try:
            with self.env.cr.savepoint():
                release._carry_out()
        except UserError as error:
            release._tell_failure(str(error))

    def _tell_failure(self, failure):
        if self.failure == failure:
            return
        self._write_facts(failure=failure)
        self.activity_unlink(["mail.mail_activity_data_todo"])
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("%(release)s was not carried out", release=self.name),
            note=failure,
            user_id=self.user_id.id,
        )
