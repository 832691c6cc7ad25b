from odoo import fields, models
from odoo.tools.misc import get_lang


class SigningDayReport(models.AbstractModel):
    """The day's plan of a desk: who comes when, and what is still missing.

    Printed for staff, in the language of who prints; see `realestate.signing.day`.
    """

    _name = "report.realestate_sales.report_signing_day"
    _description = "Day's Plan of a Signing Desk"
    _inherit = ["realestate.paper"]

    _paper_model = "realestate.signing.day"

    def _get_lang(self, record):
        return get_lang(self.env).code

    # === SHEET === #

    def _get_sheet(self, record):
        """The plan of the desk and day of ``record``."""
        return self._prepare_plan(
            record.desk_ids[:1], record.date, record._get_signings()
        )

    def _prepare_plan(self, desk, day, signings):
        signings = signings.sorted(lambda one: (one.date_start, one.id))
        return {
            "title": self.env._("Signing Plan"),
            "desk": desk,
            "company": desk.company_id,
            "lang": self._get_lang(signings),
            "date": day,
            "facts": [
                (self.env._("Desk"), desk.name),
                (self.env._("Address"), desk._get_address()),
                (self.env._("Opening hours"), self._get_hours(desk, day)),
                (self.env._("Appointments"), len(signings)),
                (self.env._("Contracts"), len(signings.contract_ids)),
            ],
            "rows": [self._prepare_row(signing) for signing in signings],
        }

    def _get_hours(self, desk, day):
        if desk._is_closed_on(day):
            return self.env._("closed")
        lines = desk.hours_ids.filtered(lambda one: int(one.weekday) == day.weekday())
        return ", ".join(
            f"{self._format_hour(one.hour_from)}–{self._format_hour(one.hour_to)}"
            for one in lines
        ) or self.env._("closed")

    def _format_hour(self, hour):
        minutes = round(hour * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"

    def _prepare_row(self, signing):
        states = dict(signing._fields["state"]._description_selection(self.env))
        return {
            "time": self._get_time(signing),
            "state": states[signing.state],
            "is_done": signing.state == "done",
            "buyers": self._prepare_people(signing),
            "contracts": [
                self._prepare_contract(contract)
                for contract in signing.contract_ids.sorted("id")
            ],
            "officer": signing.user_id.name or "",
            "missing": self._get_missing(signing),
            "note": signing.note or "",
        }

    def _get_time(self, signing):
        local = signing.with_context(tz=signing.desk_id.tz)
        start, stop = (
            fields.Datetime.context_timestamp(local, moment).strftime("%H:%M")
            for moment in (signing.date_start, signing.date_stop)
        )
        return f"{start}–{stop}"

    def _prepare_people(self, signing):
        """Who comes, each once."""
        buyers = signing.contract_ids.buyer_ids.sorted(
            lambda buyer: (not buyer.is_main, buyer.id)
        )
        return list(dict.fromkeys(self._get_person(buyer) for buyer in buyers))

    def _get_person(self, buyer):
        """(name, phone) of a buyer, or of who signs for the buyer."""
        name, proxy = buyer.partner_id.name, buyer.proxy_id
        if proxy:
            name = self.env._("%(buyer)s, by %(proxy)s", buyer=name, proxy=proxy.name)
        return name, (proxy or buyer.partner_id).phone or ""

    def _prepare_contract(self, contract):
        currency = contract.currency_id
        due = contract.amount_residual
        return {
            "name": contract.name,
            "units": contract.unit_names,
            "due": "" if currency.is_zero(due) else self._format_amount(due, currency),
        }

    def _get_missing(self, signing):
        """What keeps the contracts from being signed, and the papers still owed."""
        missing = []
        for contract in signing.contract_ids.filtered(lambda c: not c.date_signed):
            missing += contract._get_signing_reasons()
        # The checklist is the desk's work, whoever prints.
        owed = signing.sudo().contract_ids.document_ids.filtered("is_owed")
        names = [name for name in owed.mapped("name") if name not in missing]
        return [*missing, *names] if not signing.state == "done" else []
