import logging
from datetime import timedelta

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from odoo.addons.realestate_sales.models.collision import work_patiently
from odoo.addons.realestate_sales.tools import money

from ..tools.arrangement import BROKEN, Part, judge

_logger = logging.getLogger(__name__)

#: Arrangements of one transaction of the job.
BATCH = 200
FAILED_ACTIVITY = "realestate_collection.mail_activity_type_arrangement_failed"


class RealestateArrangement(models.Model):
    """Whether arrangements are kept: facts of money, looked at when it moves and every
    day.

    What is open of a contract and was due until a day, less its credit, may be no more
    than the parts that are not late yet. So money counts whatever invoice it has
    settled: a buyer whose payments pay the oldest due first, and who pays what falls
    due besides as well, keeps the arrangement. It is kept when nothing is left to pay
    until its last day: earlier nobody knows which of the two the money was for.
    """

    # A file for each concern keeps them short.
    _inherit = "realestate.arrangement"  # pylint: disable=consider-merging-classes-inherited

    def _get_parts(self):
        """The parts as the pure tools take them, in the order of the lines."""
        self.ensure_one()
        decimals = self.currency_id.decimal_places
        return [
            Part(line.date, money.to_money(line.amount, decimals), line.is_down)
            for line in self.line_ids
        ]

    def _get_part_standings(self):
        """``{id of a line: (paid, state)}`` by the money received."""
        self.ensure_one()
        lines = self._origin.line_ids.sorted("date")
        if not lines or not self.company_id:
            return {}
        received = money.to_money(self.amount_received, self.currency_id.decimal_places)
        parts = [part for part in self._origin._get_parts() if part.date]
        standing = judge(parts, received, self.company_id._realestate_today())
        return {
            line.id: (float(part.paid), part.state)
            for line, part in zip(lines, standing.parts, strict=True)
        }

    # === JUDGING === #

    def _judge(self):
        """Look at the money of running arrangements and end those that are kept or
        broken; one that was kept runs again when its money was taken back."""
        judged = self.filtered(lambda one: one.state in ("accepted", "kept"))
        for company, arrangements in judged.grouped("company_id").items():
            today = company._realestate_today()
            # The company's own name and settings, for whoever works in it.
            grace = company.sudo().realestate_arrangement_grace_days
            opened = arrangements._sum_open(today - timedelta(days=grace))
            for arrangement in arrangements:
                arrangement._judge_one(today, grace, *opened[arrangement.id])

    def _judge_one(self, today, grace, open_late, open_last):
        """
        :param open_late: what is open and late beyond the grace, the arrears with it
        :param open_last: what is still to be paid until the last part
        """
        self.ensure_one()
        if self.contract_id.state == "cancelled":
            self._set_ended("cancelled", today)
            return
        decimals = self.currency_id.decimal_places
        total = money.to_money(self.amount_lines, decimals)
        counted = total - money.to_money(open_late, decimals)
        standing = judge(self._get_parts(), counted, today, grace)
        received = float(min(standing.received, total))
        if self.currency_id.compare_amounts(received, self.amount_received):
            self._write_facts(amount_received=received)
        if self.currency_id.compare_amounts(open_last, 0) <= 0:
            self._set_kept(today)
        elif self.state == "kept":
            self._run_again()
        if self.state == "accepted" and standing.state == BROKEN:
            self._set_broken(today, float(standing.missing))

    def _sum_open(self, limit):
        """What is open of the contracts less their credit: ``{id: (due before limit,
        due until the last part)}``.

        The arrears count from the beginning, whatever the limit is; what is to be
        invoiced until the last part counts for the second sum.
        """
        for model in ("account.move.line", "realestate.installment", self._name):
            self.env[model].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT asked.id,
                          COALESCE(billed.late, 0),
                          COALESCE(billed.last, 0) + COALESCE(planned.last, 0)
                     FROM realestate_arrangement asked
        LEFT JOIN LATERAL (
                   SELECT sum(line.amount_residual_currency) FILTER (WHERE
                              line.amount_residual_currency < 0
                              OR COALESCE(line.date_maturity, line.date)
                                 < greatest(asked.date, %(limit)s)) AS late,
                          sum(line.amount_residual_currency) FILTER (WHERE
                              line.amount_residual_currency < 0
                              OR COALESCE(line.date_maturity, line.date)
                                 <= asked.date_last) AS last
                     FROM account_move_line line
                     JOIN account_account account ON account.id = line.account_id
                    WHERE line.realestate_contract_id = asked.contract_id
                      AND line.currency_id = asked.currency_id
                      AND account.account_type = 'asset_receivable'
                      AND line.parent_state = 'posted'
                      AND line.amount_residual_currency != 0) billed ON TRUE
        LEFT JOIN LATERAL (
                   SELECT sum(item.amount_due) AS last
                     FROM realestate_installment item
                    WHERE item.contract_id = asked.contract_id
                      AND item.state = 'planned'
                      AND item.date_due BETWEEN asked.date AND asked.date_last
                   ) planned ON TRUE
                    WHERE asked.id IN %(ids)s""",
                ids=tuple(self.ids) or (0,),
                limit=limit,
            )
        )
        return {number: (late, last) for number, late, last in rows}

    # === TRANSITIONS === #

    def _set_kept(self, today):
        self.ensure_one()
        if self.state == "accepted":
            self._set_ended("kept", today, amount_missing=0)
            self._log_end(self.env._("kept: everything has come in"))

    def _run_again(self):
        """Money that had come was taken back."""
        self.ensure_one()
        self._update_state("accepted", date_ended=False)
        self._hold()

    def _set_broken(self, today, missing):
        """Let the dunning go on and tell the officer."""
        self.ensure_one()
        self._set_ended("broken", today, amount_missing=missing)
        text = self.env._(
            "broken: %(amount)s is missing", amount=self.currency_id.format(missing)
        )
        self._log_end(text)
        self.contract_id._schedule_once(
            "realestate_collection.mail_activity_type_arrangement_broken",
            note=self.env._(
                "Arrangement %(name)s is %(text)s. Dunning goes on where it stood. "
                "Talk to the buyer, or propose what to do with the debt.",
                name=self.name,
                text=text,
            ),
        )

    def _set_ended(self, state, today, **values):
        self._update_state(state, date_ended=today, **values)
        self._end_hold(self._state_label(state))

    def _log_end(self, text):
        self.contract_id._message_log(
            body=self.env._("Arrangement %(name)s %(text)s.", name=self.name, text=text)
        )

    # === HOLD === #

    def _hold(self):
        """Nothing is dunned while the offer stands or the arrangement runs."""
        self.ensure_one()
        is_offer = self.state == "offered"
        text = self.env._(
            "Arrangement %(name)s, %(count)s parts until %(date)s",
            name=self.name,
            count=len(self.line_ids),
            date=self._summary_date(self.date_last),
        )
        self.contract_id._hold_dunning(
            "arrangement",
            text,
            date_to=self.date_expiry if is_offer else None,
            origin=self,
        )
        self.contract_id._refresh_cases()

    def _end_hold(self, reason):
        # Holds belong to what they come from; staff does not write them.
        holds = self.env["realestate.dunning.hold"].sudo()
        holds.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("date_ended", "=", False),
            ]
        )._end(reason=reason)
        self.contract_id._refresh_cases()

    # === CRON === #

    @api.model
    def _cron_follow(self):
        """Let offers expire and judge what runs, batch by batch; one that fails never
        stops the others, and an officer hears of it."""
        done, failed = 0, []
        waiting = self._search_to_follow()
        for start in range(0, len(waiting), BATCH):
            batch = self.browse(waiting[start : start + BATCH])
            failed += batch._follow_patiently()
            done += len(batch)
            left = max(len(waiting) - done, 0)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=left):
                break
        return failed

    @api.model
    def _search_to_follow(self):
        return self.search([("state", "in", ("offered", "accepted"))]).ids

    def _follow_patiently(self):
        """Like :meth:`_follow`, again where money moves at the same time."""
        try:
            return work_patiently(self.env, lambda: self.exists()._follow())
        except Exception:  # the next batch is not to wait
            _logger.exception("Arrangements %s could not be followed", self.ids)
            return self.ids

    def _follow(self):
        """Look at each of these once; return the ids of those that failed."""
        failed = []
        for arrangement in self:
            try:
                with self.env.cr.savepoint():
                    arrangement._expire()
                    arrangement._judge()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except Exception as error:  # one record must not stop the rest
                _logger.exception("Arrangement %s could not be followed", arrangement)
                arrangement.contract_id._report_failure(
                    FAILED_ACTIVITY, arrangement.name, error
                )
                failed.append(arrangement.id)
        return failed

    def _expire(self):
        for arrangement in self.filtered(lambda one: one.state == "offered"):
            today = arrangement.company_id._realestate_today()
            if arrangement.date_expiry < today:
                arrangement._set_ended("expired", today)
                arrangement._tell_user(
                    self.env._("No answer: %(name)s", name=arrangement.name)
                )
