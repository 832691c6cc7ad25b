from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.post import Address


class RealestateDunningDelivery(models.Model):
    """Letters in a post batch."""

    _inherit = "realestate.dunning.delivery"

    post_batch_id = fields.Many2one(
        "realestate.post.batch",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    post_place = fields.Integer(string="Place in the Pile", readonly=True)
    joint_id = fields.Many2one(
        "realestate.dunning.delivery",
        string="Goes With",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="One message for several contracts of a buyer: the one it goes with.",
    )

    @api.model
    def _get_fact_fields(self):
        return super()._get_fact_fields() | {"post_batch_id", "post_place", "joint_id"}

    def _get_post_address(self):
        """Where the letter goes, for the order of the pile."""
        self.ensure_one()
        partner = self.partner_id
        return Address(
            partner.country_id.code or "",
            partner.zip or "",
            partner.city or "",
            partner.street or "",
            partner.name or "",
        )

    def _keep_printed(self, encoded):
        """Keep the letter as it came out of the printer, beside the contract."""
        self.ensure_one()
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{self.notice_id.name.replace('/', '-')}.pdf",
                "datas": encoded,
                "mimetype": "application/pdf",
                "res_model": "realestate.contract",
                "res_id": self.contract_id.id,
            }
        )
        self._write_facts(attachment_id=attachment.id)
        if not self.notice_id.attachment_id:
            self.notice_id.attachment_id = attachment

    # === PROOF === #

    def action_returned(self):
        """Record that the post brought these letters back today."""
        self.notice_id._check_officer()
        # Letters of who was checked to be an officer.
        for company, letters in self.sudo().grouped("company_id").items():
            letters._set_returned(company._realestate_today())
        return True

    def _record_receipt(self, date, **values):
        """Record who received the notice when, with the proof of it.

        :param values: ``received_by``, ``bailiff``, ``proof`` (base64), ``proof_name``
        :raises UserError: for what has not gone out, or a day that cannot be
        """
        for delivery in self:
            delivery._check_receipt(date)
        self._set_received(date, **values)
        for delivery in self:
            delivery.contract_id._message_log(
                body=self.env._(
                    "%(delivery)s: received on %(date)s by %(who)s.",
                    delivery=delivery.display_name,
                    date=date,
                    who=values.get("received_by") or delivery.partner_id.name,
                )
            )

    def _check_receipt(self, date):
        self.ensure_one()
        if self.state not in ("sent", "delivered"):
            raise UserError(
                self.env._(
                    "%(delivery)s is “%(state)s”: only what was sent is received. Mark "
                    "a letter as posted first.",
                    delivery=self.display_name,
                    state=self._state_label(self.state),
                )
            )
        sent = fields.Datetime.context_timestamp(
            # The company's own name and settings, for whoever works in it.
            self.with_context(tz=self.company_id.sudo().partner_id.tz),
            self.date_sent,
        ).date()
        if not date or not sent <= date <= self.company_id._realestate_today():
            raise UserError(
                self.env._(
                    "%(delivery)s went out on %(sent)s: it was received between then "
                    "and today.",
                    delivery=self.display_name,
                    sent=sent,
                )
            )
