import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..models.realestate_collection_case import NEXT_ACTIONS
from ..models.realestate_collection_event import KINDS, OUTCOMES


class RealestateContractContact(models.TransientModel):
    """Take down a call, a visit or another contact with a buyer."""

    _name = "realestate.contract.contact"
    _description = "Log a Contact"

    contract_id = fields.Many2one("realestate.contract", required=True, readonly=True)
    partner_id = fields.Many2one(related="contract_id.partner_id", string="Buyer")
    phone = fields.Char(related="contract_id.partner_id.phone")
    currency_id = fields.Many2one(related="contract_id.currency_id")
    kind = fields.Selection(KINDS, required=True, default="call")
    warning = fields.Char(compute="_compute_warning")
    outcome = fields.Selection(OUTCOMES)
    note = fields.Text()
    next_action = fields.Selection(NEXT_ACTIONS)
    date_next = fields.Date(string="Next Action On")
    promise_amount = fields.Monetary(
        string="Promised Amount",
        compute="_compute_promise_amount",
        store=True,
        readonly=False,
    )
    promise_date = fields.Date(string="Promised by")
    place = fields.Char(string="Place of Visit")
    latitude = fields.Float(digits=(9, 6))
    longitude = fields.Float(digits=(9, 6))
    photo_ids = fields.Many2many("ir.attachment", string="Photos")

    @api.depends("outcome", "contract_id")
    def _compute_promise_amount(self):
        # What is overdue is what most buyers promise.
        for contact in self:
            promised = contact.outcome == "promised"
            due = contact.contract_id.amount_overdue if promised else 0.0
            contact.promise_amount = contact.promise_amount or due

    @api.depends("kind", "contract_id")
    def _compute_warning(self):
        for contact in self:
            contract = contact.contract_id
            warnings = contract._get_contact_warnings() if contract else {}
            contact.warning = warnings.get(contact.kind)

    def action_log(self):
        """Take it down; nothing is kept of what is refused."""
        self.ensure_one()
        promised = self.outcome == "promised"
        photos = self._get_own_photos()
        self.contract_id.log_contact(
            self.kind,
            self.outcome,
            self.note or "",
            self.next_action,
            self.date_next,
            self.promise_amount if promised else None,
            self.promise_date if promised else None,
            place=self.place,
            latitude=self.latitude,
            longitude=self.longitude,
            photos=[(photo.name, base64.b64encode(photo.raw)) for photo in photos],
        )
        photos.unlink()
        return True

    def _get_own_photos(self):
        """The files uploaded in this dialogue: they go to the contact, and no others
        are taken from where they are."""
        # Whose they are is looked at here, whoever may read them.
        photos = self.photo_ids.sudo()
        for photo in photos:
            is_own = photo.create_uid == self.env.user
            if not is_own or photo.res_model not in (False, self._name):
                raise AccessError(
                    self.env._("A photo was not uploaded here: add it to the visit.")
                )
        return photos
