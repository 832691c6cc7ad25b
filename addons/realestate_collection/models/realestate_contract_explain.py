from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools.dunning import decide
from ..tools.forecast import forecast, next_notice
from ..tools.ladder import NONE, SEND, Decision

#: Days to come for which the ladder is climbed, day by day.
DAYS_AHEAD = 730
#: Days in which the next notice is looked for.
DAYS_NEXT = 120


class RealestateContract(models.Model):
    """Why the buyer was dunned on a day, or was not, or will be."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    # === ACTIONS === #

    def action_explain_dunning(self):
        """Ask why the buyer is dunned or not."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_collection.realestate_dunning_explanation_action"
        )
        action["context"] = {"default_contract_id": self.id}
        return action

    def explain_dunning(self, date=None):
        """Say what the dunning decided on a day, and why.

        For a day gone by: as a run decided, else rebuilt from what was known then; for
        today as things stand; for a day to come as if nothing were paid until then.

        :param date: calendar date, default today
        :return: dict: `date`, `source` (run, now, rebuilt, forecast), `action` (send or
            none), `reason_code`, `reason` (sentence), `level`, `level_id`, `ladder`,
            `amount` (overdue after credit, in `currency`), `days` (late), `run_id`,
            `notice_id`, `notice_state`, `notes` (what the answer rests on), `items`,
            `notices`, `holds` (what counted), `credit`, `next` (the notice that follows
            if nothing is paid: date, level, amount; None: none within 120 days)
        :raises AccessError: unless a collection officer calls
        :raises UserError: for more than 730 days ahead
        """
        self.ensure_one()
        self._check_may_hold()
        # Decided over entries and settings that the officer need not all be shown.
        own = self.sudo().with_company(self.company_id)
        today = own.company_id._realestate_today()
        day = own.env["realestate.dunning.ladder"]._read_date(date) or today
        if (day - today).days > DAYS_AHEAD:
            raise UserError(
                self.env._(
                    "%(contract)s: the dunning is foretold for %(days)s days at most.",
                    contract=self.name,
                    days=DAYS_AHEAD,
                )
            )
        told = own._tell_future(day, today) if day > today else own._tell(day, today)
        return {
            "contract_id": self.id,
            "date": fields.Date.to_string(day),
            "currency": self.currency_id.name,
            **told,
            **own._tell_facts(min(day, today)),
            "next": own._tell_next(today) if day >= today else None,
        }

    # === DECISIONS === #

    def _tell(self, day, today):
        """Today or a day gone by: as it was decided, else as it would have been."""
        stored = self._get_stored_decision(day)
        if stored:
            return self._tell_stored(stored)
        ladder, levels, ahead = self._get_dunning_rules(day)
        notice = self._get_notice_of(day)
        source = "now" if day == today else "rebuilt"
        decision = self._decide_again(day, today, levels, ahead, ladder)
        notes = [self._note_of(source)]
        if notice:
            notes.append(
                self.env._("A notice of that day is on record: %s.", notice.name)
            )
        return self._to_told(decision, ladder, source, notes, notice)

    def _decide_again(self, day, today, levels, ahead, ladder):
        if not self._was_active(day, today):
            return Decision(NONE, "inactive" if day == today else "not_running")
        history = self.env["realestate.dunning.history"]
        if day == today:
            account = history._get_account_ahead(self, today, today, ahead)
        else:
            account = history._get_account(self, day, ahead)
        return decide(account, levels, day, ladder.retry_days or 1)

    def _tell_future(self, day, today):
        ladder, levels, ahead = self._get_dunning_rules(today)
        notes = [self._note_of("forecast")]
        if not self._was_active(today, today):
            decision = Decision(NONE, "inactive")
            return self._to_told(decision, ladder, "forecast", notes)
        history = self.env["realestate.dunning.history"]
        account = history._get_account_ahead(self, today, day, ahead)
        seen = forecast(account, levels, today, day, ladder.retry_days or 1)
        if seen.sent:
            sent = ", ".join(
                f"{format_date(self.env, on)} {decision.level.name}"
                for on, decision in seen.sent
            )
            notes.append(self.env._("Sent until then: %s.", sent))
        return self._to_told(seen.decision, ladder, "forecast", notes)

    def _tell_next(self, today):
        """The notice that follows if nothing is paid."""
        if not self._was_active(today, today):
            return None
        ladder, levels, ahead = self._get_dunning_rules(today)
        last = fields.Date.add(today, days=DAYS_NEXT)
        account = self.env["realestate.dunning.history"]._get_account_ahead(
            self, today, last, ahead
        )
        found = next_notice(account, levels, today, DAYS_NEXT, ladder.retry_days or 1)
        if not found:
            return None
        day, decision = found
        return {
            "date": fields.Date.to_string(day),
            "level": decision.level.name,
            "amount": float(decision.amount),
        }

    def _get_dunning_rules(self, day):
        """The ladder of this contract as it is now, its levels in the contract's
        currency, and how far ahead the company's ladders look, or the buyer wishes."""
        ladders = self.env["realestate.dunning.ladder"]
        by_project = ladders._get_by_project(self.company_id)
        ladder = by_project.get(self.project_id.id, by_project[None])
        levels = ladder._get_levels(self.currency_id, day)
        ahead = max(
            ladders._get_reminder_days(self.company_id),
            self._get_reminder_wish(),
        )
        return ladder, levels, ahead

    def _get_reminder_wish(self):
        """Days ahead that the buyer wishes to be reminded; 0: no wish."""
        # Who may ask why, may know what the buyer has chosen.
        return self.partner_id.sudo().realestate_reminder_days

    def _was_active(self, day, today):
        if day == today:
            return self.state == "active"
        begun = self.date_active and self.date_active <= day
        return begun and not (self.date_cancelled and self.date_cancelled <= day)

    # === WHAT RUNS AND NOTICES SAY === #

    def _get_stored_decision(self, day):
        """The decision of a run of ``day``: one that was carried out rather than one
        that only looked, and the one that sent rather than the others."""
        decisions = self.env["realestate.dunning.decision"].search(
            [
                ("contract_id", "=", self.id),
                ("run_id.date", "=", day),
                ("run_id.is_preview", "=", False),
            ],
            order="id desc",
        )
        return decisions.sorted(
            lambda decision: (
                decision.run_id.release not in (False, "released"),
                not decision.notice_id,
            )
        )[:1]

    def _get_notice_of(self, day):
        return self.notice_ids.filtered(
            lambda notice: notice.date == day and notice.state != "cancelled"
        )[:1]

    def _tell_stored(self, stored):
        notes = [self.env._("As the run of that day decided.")]
        run = stored.run_id
        if run.release and run.release != "released":
            state = dict(run._fields["state"]._description_selection(self.env))
            notes = [
                self.env._("As the run of that day decided, which was not carried out:")
                + f" {state[run.state]}."
            ]
        if stored.dropped_code:
            notes.append(self.env._("Not sent at release: %s", stored.dropped_reason))
        notice = stored.notice_id
        return {
            "source": "run",
            "action": stored.action,
            "reason_code": stored.reason_code,
            "reason": stored.reason,
            "level": stored.level_id.name or None,
            "level_id": stored.level_id.id or None,
            "ladder": stored.ladder_id.name or None,
            "amount": stored.amount,
            "days": stored.days,
            "run_id": run.id,
            **self._tell_notice(notice),
            "notes": notes,
        }

    def _to_told(self, decision, ladder, source, notes, notice=None):
        """A decision that is made now, in the words of the stored ones."""
        decisions = self.env["realestate.dunning.decision"]
        params = decisions._to_json(decision.params)
        action, level = decision.action, decision.level
        reason = decisions._explain(decision.reason, params, self.currency_id)
        return {
            "source": source,
            "action": SEND if notice else action,
            "reason_code": decision.reason,
            "reason": reason,
            "level": (notice and notice.level_id.name) or (level and level.name),
            "level_id": (notice and notice.level_id.id) or (level and level.code),
            "ladder": ladder.name or None,
            "amount": notice.amount if notice else float(decision.amount),
            "days": notice.days if notice else decision.days,
            "run_id": None,
            **self._tell_notice(notice or self.env["realestate.dunning.notice"]),
            "notes": notes,
        }

    def _tell_notice(self, notice):
        return {
            "notice_id": notice.id or None,
            "notice_state": notice.state or None,
            "notice_failure": notice.failure_reason or None,
        }

    def _note_of(self, source):
        return {
            "now": self.env._("As things stand now; no run of today has decided yet."),
            "rebuilt": self.env._(
                "Rebuilt: no run has kept its decision of that day. Invoices, payments "
                "and notices count by their dates, holds if they had been entered by "
                "then; ladder, schedule and rates are those of today."
            ),
            "forecast": self.env._(
                "If nothing is paid until then, every notice is delivered, and ladder "
                "and holds stay as they are."
            ),
        }[source]

    # === WHAT IT RESTS ON === #

    def _tell_facts(self, day):
        """What was open, credit, earlier notices and holds, as of ``day``."""
        history = self.env["realestate.dunning.history"]
        return {
            "items": self._tell_items(day),
            "credit": float(history._get_credit(self, day)),
            "notices": self._tell_notices(day),
            "holds": self._tell_holds(day),
        }

    def _tell_items(self, day):
        rows = self.env["realestate.dunning.history"]._get_items(self, day)
        return [
            {
                **row,
                "date_due": fields.Date.to_string(row["date_due"]),
                "residual": float(row["residual"]),
                "is_late": row["date_due"] < day,
            }
            for row in rows
            if row["date_due"]
        ]

    def _tell_notices(self, day):
        return [
            {
                "id": notice.id,
                "date": fields.Date.to_string(notice.date),
                "level": notice.level_id.name,
                "amount": notice.amount,
                "state": notice.state,
            }
            for notice in self.notice_ids.sorted("date")
            if notice.date <= day
        ]

    def _tell_holds(self, day):
        kinds = self.env["realestate.dunning.hold"]._fields["kind"]
        labels = dict(kinds._description_selection(self.env))
        return [
            {
                "kind": hold.kind,
                "label": labels[hold.kind],
                "since": fields.Date.to_string(hold.since),
                "until": fields.Date.to_string(hold.until) or None,
                "why": hold.why,
            }
            for hold in self.env["realestate.dunning.history"]._get_holds(self, day)
            if hold.covers(day)
        ]
