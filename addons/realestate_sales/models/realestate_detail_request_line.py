from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.details import DETAILS, DetailError, read_detail


class RealestateDetailRequestLine(models.Model):
    """One detail: what was known, what the buyer says, and what staff made of it."""

    _name = "realestate.detail.request.line"
    _description = "Detail of a Confirmation"
    _inherit = ["realestate.facts.mixin"]
    _order = "request_id, id"

    _fact_fields = frozenset({"date_decided", "decision", "user_decided_id"})

    request_id = fields.Many2one(
        "realestate.detail.request", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="request_id.company_id", store=True)
    name = fields.Selection(
        [
            ("phone", "Phone"),
            ("email", "E-mail"),
            ("street", "Street"),
            ("city", "City"),
            ("zip", "ZIP"),
            ("country_id", "Country"),
            ("realestate_nationality_id", "Nationality"),
            ("realestate_birth_date", "Date of Birth"),
        ],
        string="Detail",
        required=True,
        readonly=True,
    )
    value_before = fields.Char(string="Known", readonly=True)
    value_answer = fields.Char(string="The Buyer Says", readonly=True)
    decision = fields.Selection(
        [
            ("same", "Confirmed"),
            ("pending", "To Decide"),
            ("applied", "Taken Over"),
            ("kept", "Not Taken Over"),
        ],
        default="same",
        required=True,
        readonly=True,
    )
    user_decided_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    date_decided = fields.Datetime(string="Decided on", readonly=True)

    # === ACTIONS === #

    def action_apply(self):
        """Write what the buyer says into the contact."""
        self._check_pending()
        for line in self:
            partner = line.request_id.partner_id.sudo()
            line._check_unchanged(partner)
            last = partner.realestate_detail_ids.ids
            # The review is the desk's, contacts are not.
            partner.write({line.name: line._get_new_value()})
            new = partner.realestate_detail_ids.filtered("is_current")
            new.filtered(lambda d, last=last: d.id not in last).source = "request"
        return self._decide("applied")

    def action_keep(self):
        """Leave the contact as it is."""
        self._check_pending()
        return self._decide("kept")

    # === BUSINESS === #

    @api.model
    def _prepare_lines(self, partner, answers):
        """Values of a line for each detail, the buyer's answers read and compared.

        :raises UserError: naming everything that cannot be read
        """
        lines, problems = [], []
        labels = dict(self._fields["name"]._description_selection(self.env))
        for name in DETAILS:
            known = self._show(partner, name)
            try:
                told = self._read(name, answers.get(name))
            except DetailError as error:
                problems.append(f"{labels[name]}: {self._detail_message(error)}")
                continue
            told = known if told is None else told
            decision = "same" if told == known else "pending"
            lines.append(
                {
                    "name": name,
                    "value_before": known,
                    "value_answer": told,
                    "decision": decision,
                }
            )
        if problems:
            raise UserError("\n".join(problems))
        return lines

    @api.model
    def _show(self, partner, name):
        # Callers have checked whose details they show.
        value = partner.sudo()[name]
        if partner._fields[name].type == "many2one":
            return value.code or ""
        return str(value or "").strip()

    @api.model
    def _read(self, name, text):
        told = read_detail(name, text, fields.Date.context_today(self))
        if told and DETAILS[name] == "country":
            # Countries are no secret, and buyers do not read them.
            found = self.env["res.country"].sudo().search([("code", "=", told)])
            if not found:
                raise DetailError("country")
        return told

    @api.model
    def _detail_message(self, error):
        messages = {
            "email": self.env._("this is no e-mail address, such as maria@example.com"),
            "phone": self.env._("this is no telephone number"),
            "date": self.env._("this is no date, such as 1990-12-31"),
            "country": self.env._("choose a country of the list"),
            "long": self.env._("this is too long"),
        }
        return messages[error.code]

    def _get_new_value(self):
        if DETAILS[self.name] == "country":
            countries = self.env["res.country"].search(
                [("code", "=", self.value_answer)], limit=1
            )
            return countries.id
        return self.value_answer or False

    def _check_pending(self):
        self.request_id.check_access("write")
        if self.filtered(lambda line: line.decision != "pending"):
            raise UserError(self.env._("This detail has been decided already."))

    def _check_unchanged(self, partner):
        """What the buyer saw must be what is there: not what somebody wrote since."""
        if self._show(partner, self.name) != (self.value_before or ""):
            raise UserError(
                self.env._(
                    "%(partner)s: this detail was changed after the buyer was asked. "
                    "Do not take it over, and ask again.",
                    partner=partner.name,
                )
            )

    def _decide(self, decision):
        # Decisions are facts that nobody writes.
        self.sudo()._write_facts(
            decision=decision,
            user_decided_id=self.env.uid,
            date_decided=fields.Datetime.now(),
        )
        self.sudo().request_id._close_when_decided()
        return True

    @api.model_create_multi
    def create(self, vals_list):
        decisions = [vals.get("decision") for vals in vals_list]
        lines = super().create(
            [{k: v for k, v in vals.items() if k != "decision"} for vals in vals_list]
        )
        for line, decision in zip(lines, decisions, strict=True):
            # Whether it differs is found out above, and given by nobody.
            if decision == "pending" and self.env.su:
                line._write_facts(decision=decision)
        return lines
