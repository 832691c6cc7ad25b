from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class RealestateContract(models.Model):
    """Stopping the dunning of a buyer by hand, and letting it go on."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def stop_dunning(self, reason, date_to=None, with_reminders=True):
        """Stop dunning these contracts; stopped ones get the new reason and end.

        :param reason: text, required; also in the history of each contract
        :param date_to: calendar date, the last day stopped; none: until resumed
        :param with_reminders: stop reminders before the due day too
        :return: ids of the holds, in the order of the contracts
        :raises AccessError: unless a collection officer calls
        """
        self._check_may_hold()
        day = self.env["realestate.dunning.ladder"]._read_date(date_to)
        holds = self.env["realestate.dunning.hold"]
        for contract in self:
            contract._check_stop_end(day)
            # A contract is its own origin: stopped twice is stopped once.
            holds |= contract._hold_dunning(
                "stop", reason, day, contract, with_reminders=bool(with_reminders)
            )
        text = self.env._("Dunning stopped")
        if day:
            shown = format_date(self.env, day)
            text = self.env._("Dunning stopped until %(date)s", date=shown)
        self._log_hold(text, reason)
        return holds.ids

    def resume_dunning(self, reason=None):
        """Let the dunning of these contracts go on today. What a promise, a dispute or
        an arrangement holds stays held.

        :param reason: text kept with the hold, may be empty
        :return: how many contracts had been stopped
        :raises AccessError: unless a collection officer calls
        """
        self._check_may_hold()
        stops = self.env["realestate.dunning.hold"].search(
            [
                ("contract_id", "in", self.ids),
                ("kind", "=", "stop"),
                ("date_ended", "=", False),
            ]
        )
        ended = stops._end(reason=reason if isinstance(reason, str) else None)
        ended.contract_id._log_hold(self.env._("Dunning resumed"), reason)
        return len(ended.contract_id)

    def _check_may_hold(self):
        self.check_access("read")
        self.env["realestate.dunning.ladder"]._check_may_run()

    def _check_stop_end(self, day):
        self.ensure_one()
        if day and day < self.company_id._realestate_today():
            raise UserError(
                self.env._(
                    "%(contract)s: the last day stopped, %(date)s, is over. Choose "
                    "today or later, or none.",
                    contract=self.name,
                    date=fields.Date.to_string(day),
                )
            )

    def _log_hold(self, text, reason):
        """Keep it in the history of these contracts."""
        body = Markup("<p>%s</p><p>%s</p>") % (text, reason or "")
        # Officers of collection do not write contracts.
        self.sudo()._message_log_batch(bodies=dict.fromkeys(self.ids, body))
