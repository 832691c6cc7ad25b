import base64

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.realestate_sales.tools import upload


class RealestateDeliveryReceipt(models.TransientModel):
    """Who received a notice, when, and the paper that proves it."""

    _name = "realestate.delivery.receipt"
    _description = "Record Proof of Receipt"

    delivery_ids = fields.Many2many(
        "realestate.dunning.delivery",
        string="Deliveries",
        required=True,
        default=lambda self: self._default_deliveries(),
    )
    date = fields.Date(
        string="Received On",
        required=True,
        default=lambda self: (
            self._known("date_received") or self.env.company._realestate_today()
        ),
    )
    received_by = fields.Char(
        default=lambda self: self._known("received_by"), help="Empty: the buyer."
    )
    bailiff = fields.Char(
        string="Served By",
        default=lambda self: self._known("bailiff"),
        help="The bailiff or process server, if there was one.",
    )
    registered_number = fields.Char(
        string="Registered No.",
        default=lambda self: self._known("registered_number"),
    )
    is_single = fields.Boolean(compute="_compute_is_single")
    proof = fields.Binary(string="Scan", attachment=False)
    proof_name = fields.Char()

    def _default_deliveries(self):
        if self.env.context.get("active_model") != "realestate.dunning.delivery":
            return False
        return self.env.context.get("active_ids")

    def _known(self, name):
        """What is on record of the one delivery already: who completes the proof
        later does not lose it."""
        deliveries = self.delivery_ids.browse(self._default_deliveries() or ())
        return len(deliveries) == 1 and deliveries[name]

    def _compute_is_single(self):
        for wizard in self:
            wizard.is_single = len(wizard.delivery_ids) == 1

    def action_record(self):
        """Record the receipt for all deliveries chosen."""
        self.ensure_one()
        self.delivery_ids.notice_id._check_officer()
        values = {"received_by": self.received_by, "bailiff": self.bailiff}
        if self.proof:
            values |= self._read_proof()
        if self.is_single and self.registered_number:
            self.delivery_ids.registered_number = self.registered_number
        # What was received is a fact; the officer's right to record it stands above.
        self.delivery_ids.sudo()._record_receipt(self.date, **values)
        return {"type": "ir.actions.act_window_close"}

    def _read_proof(self):
        """The scan, checked to be a PDF or a picture."""
        try:
            content = base64.b64decode(self.proof, validate=True)
            kind = upload.check_upload(content)
        except (ValueError, upload.UploadError) as error:
            raise UserError(
                self.env._(
                    "The scan is no PDF or picture of at most 10 MB. Choose another "
                    "file."
                )
            ) from error
        name = upload.safe_name(self.proof_name or "", kind, "proof")
        return {"proof": self.proof, "proof_name": name}
