from odoo import api, fields, models

#: The fields of a contact that have a history, by kind.
KINDS = {
    "phone": ("phone",),
    "email": ("email",),
    "address": ("street", "street2", "city", "zip", "state_id", "country_id"),
}
FIELDS = {name for names in KINDS.values() for name in names}


class RealestateContactDetail(models.Model):
    """What a buyer's telephone, e-mail or address was, since when and from whom."""

    _name = "realestate.contact.detail"
    _description = "Contact History"
    _order = "partner_id, kind, id desc"
    _rec_name = "value"

    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("phone", "Phone"), ("email", "E-mail"), ("address", "Address")],
        required=True,
        readonly=True,
    )
    value = fields.Char(readonly=True, help="Empty: it was removed.")
    source = fields.Selection(
        [
            ("before", "Entered before"),
            ("staff", "Staff"),
            ("portal", "The Buyer"),
            ("request", "Confirmed on Request"),
        ],
        required=True,
        readonly=True,
    )
    valid_from = fields.Date(string="From", readonly=True)
    valid_to = fields.Date(string="Until", readonly=True)
    is_current = fields.Boolean(
        string="Current", compute="_compute_is_current", store=True
    )
    user_id = fields.Many2one("res.users", string="By", readonly=True)

    _current_unique = models.UniqueIndex(
        "(partner_id, kind) WHERE valid_to IS NULL",
        "A buyer has one current detail of a kind.",
    )

    @api.depends("valid_to")
    def _compute_is_current(self):
        for detail in self:
            detail.is_current = not detail.valid_to


class ResPartner(models.Model):
    # A file for each concern keeps them short.
    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    realestate_detail_ids = fields.One2many(
        "realestate.contact.detail",
        "partner_id",
        string="Contact History",
        groups="realestate_sales.group_agent,realestate_sales.group_reader",
    )

    def write(self, vals):
        if not FIELDS & vals.keys():
            return super().write(vals)
        # The history of a buyer is written whoever changes the contact.
        partners = self.sudo()._filter_with_history()
        before = {partner: partner._get_contact_details() for partner in partners}
        result = super().write(vals)
        for partner, values in before.items():
            partner._write_history(values)
        return result

    def _filter_with_history(self):
        """Those who buy or have reserved, or of whom a history is kept already."""
        details = self.env["realestate.contact.detail"]
        if not self.ids:
            return self
        here = [("partner_id", "in", self.ids)]
        known = details._read_group(here, ["partner_id"])
        for model in ("realestate.contract.buyer", "realestate.reservation"):
            known += self.env[model]._read_group(here, ["partner_id"])
        found = self.browse({partner.id for (partner,) in known})
        return self.filtered(lambda partner: partner in found)

    def _get_contact_details(self):
        """The details as they are now, as text, by kind."""
        self.ensure_one()
        return {
            kind: ", ".join(
                filter(
                    None,
                    (
                        self[name].display_name
                        if self._fields[name].relational
                        else (self[name] or "").strip()
                        for name in names
                    ),
                )
            )
            for kind, names in KINDS.items()
        }

    def _write_history(self, before):
        now = self._get_contact_details()
        today = fields.Date.context_today(self)
        for kind, value in now.items():
            if value == before[kind]:
                continue
            current = self.realestate_detail_ids.filtered(
                lambda one, kind=kind: one.kind == kind and one.is_current
            )
            if not current and before[kind]:
                # What was entered before there was a history.
                current = self._create_detail(kind, before[kind], "before", False)
            current.valid_to = today
            # The one before ends first: there is one current at a time.
            current.flush_recordset()
            self._create_detail(kind, value, self._get_contact_source(), today)

    def _create_detail(self, kind, value, source, day):
        return self.env["realestate.contact.detail"].create(
            {
                "partner_id": self.id,
                "kind": kind,
                "value": value,
                "source": source,
                "valid_from": day,
                "user_id": self.env.uid if day else False,
            }
        )

    def _get_contact_source(self):
        return "portal" if self.env.user.share else "staff"
