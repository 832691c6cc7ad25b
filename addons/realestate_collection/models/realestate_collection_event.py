from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.realestate_sales.tools import upload

from .realestate_collection_case import NEXT_ACTIONS

KINDS = [
    ("call", "Call"),
    ("visit", "Visit"),
    ("email", "E-mail"),
    ("sms", "Text Message"),
    ("letter", "Letter"),
    ("meeting", "Meeting"),
    ("note", "Note"),
    ("reply", "Reply of the Buyer"),
]
OUTCOMES = [
    ("reached", "Spoken to"),
    ("promised", "Promised to Pay"),
    ("call_back", "Wants to be Called Back"),
    ("paid_already", "Says it is Paid"),
    ("disputed", "Disputes the Amount"),
    ("refused", "Refuses to Pay"),
    ("left_message", "Left a Message"),
    ("no_answer", "No Answer"),
    ("wrong_number", "Wrong Number"),
]
#: Outcomes by which nobody was spoken to.
NOT_REACHED = frozenset({"no_answer", "wrong_number", "left_message"})
#: Kinds that are no contact with the buyer.
QUIET = frozenset({"note"})


class RealestateCollectionEvent(models.Model):
    """One contact with a buyer, or one thing that happened on a case.

    Taken down by ``contract.log_contact`` and never changed: who erred logs a note.
    """

    _name = "realestate.collection.event"
    _description = "Collection Contact"
    _inherit = ["realestate.case.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    # Has an index with the date, see below.
    contract_id = fields.Many2one(index=False)
    user_id = fields.Many2one(
        "res.users", string="By", readonly=True, index="btree_not_null"
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    direction = fields.Selection(
        [("out", "To the Buyer"), ("in", "From the Buyer")],
        default="out",
        required=True,
        readonly=True,
    )
    outcome = fields.Selection(OUTCOMES, readonly=True)
    date = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now, index=True
    )
    note = fields.Text(readonly=True)
    next_action = fields.Selection(NEXT_ACTIONS, readonly=True)
    date_next = fields.Date(string="Next Action On", readonly=True)
    message_id = fields.Many2one(
        "mail.message", readonly=True, ondelete="set null", index="btree_not_null"
    )

    # Where a visit took place.
    place = fields.Char(string="Place of Visit", readonly=True)
    latitude = fields.Float(digits=(9, 6), readonly=True, aggregator=None)
    longitude = fields.Float(digits=(9, 6), readonly=True, aggregator=None)
    attachment_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Photos",
        domain=[("res_model", "=", "realestate.collection.event")],
        readonly=True,
    )

    # What was last said on a contract: risk, timeline, last contact.
    _of_contract = models.Index("(contract_id, date DESC, id DESC)")

    @api.depends("kind", "outcome", "contract_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        for event in self:
            parts = [kinds.get(event.kind), outcomes.get(event.outcome)]
            event.display_name = " · ".join(filter(None, parts))

    # === BUSINESS === #

    @api.model
    def _record(self, vals_list):
        """Take down what happened; the only way to make events: nobody may create one.

        :param vals_list: dicts with ``contract_id`` and ``kind`` at least
        :return: the events
        """
        # Facts that follow from what the caller may do; nobody writes them.
        contracts = self.env["realestate.contract"].sudo()
        values = [
            {
                **contracts.browse(vals["contract_id"])._prepare_happened_values(),
                "user_id": self.env.uid,
                **vals,
            }
            for vals in vals_list
        ]
        # Whoever comes here has looked at who calls.
        events = self.sudo().create(values)
        for event in events.filtered(lambda event: event.kind not in QUIET):
            event.case_id._write_facts(date_last_contact=event.date)
        return events.with_env(self.env)

    def _attach(self, photos):
        """Keep photos, as ``(name, bytes)``, with this event; each is looked into.

        :raises UserError: for a file that is no picture or PDF, or too large
        """
        self.ensure_one()
        values = []
        for name, content in photos:
            kind = self._check_photo(name, content)
            values.append(
                {
                    "name": upload.safe_name(name, kind, self.env._("Photo")),
                    "raw": content,
                    "mimetype": upload.CONTENT_TYPES[kind],
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        # Files of an event are as secret as the event.
        self.env["ir.attachment"].sudo().create(values)

    @api.model
    def _check_photo(self, name, content):
        try:
            return upload.check_upload(content)
        except upload.UploadError as error:
            reasons = {
                "empty": self.env._("the file is empty"),
                "too_large": self.env._("the file is larger than 10 MB"),
            }
            reason = reasons.get(error.code, self.env._("it is no picture and no PDF"))
            raise UserError(
                self.env._(
                    "Photo %(name)s: %(reason)s. Choose another one.",
                    name=name,
                    reason=reason,
                )
            ) from error
