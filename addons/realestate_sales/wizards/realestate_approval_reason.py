from odoo import api, fields, models
from odoo.exceptions import UserError


class RealestateApprovalReason(models.TransientModel):
    """Asks for the reason of a decision or of a request for one; the model acts."""

    _name = "realestate.approval.reason"
    _description = "Reason of an Approval"

    purpose = fields.Selection(
        [("request", "Ask"), ("approve", "Approve"), ("refuse", "Refuse")],
        required=True,
        default="refuse",
    )
    # What is decided, or the document that asks for the first time.
    approval_id = fields.Many2one("realestate.approval")
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    kind = fields.Selection(selection="_get_kinds")
    subject = fields.Char(compute="_compute_subject")
    reason = fields.Text()

    @api.model
    def _get_kinds(self):
        return self.env["realestate.approval"]._get_kinds()

    @api.depends("approval_id", "res_model", "res_id")
    def _compute_subject(self):
        for wizard in self:
            document = wizard.approval_id or wizard._get_document()
            wizard.subject = document.display_name

    def action_decide(self):
        """Decide, or ask, for the reason given."""
        self.ensure_one()
        if self.approval_id:
            return self._decide()
        document = self._get_document()
        if self.purpose == "request":
            return document._request_by_reason(self.kind, self.reason)
        return document._approve_by_reason(self.kind, self.reason)

    def _decide(self):
        if self.purpose == "refuse":
            return self.approval_id.action_refuse(self.reason)
        return self.approval_id.action_approve(self.reason)

    def _get_document(self):
        mixin = self.env.registry["realestate.approval.mixin"]
        model = self.env.get(self.res_model)
        if not isinstance(model, mixin):
            raise UserError(
                self.env._("“%(model)s” needs no approval.", model=self.res_model)
            )
        document = model.browse(self.res_id)
        document.check_access("read")
        return document
