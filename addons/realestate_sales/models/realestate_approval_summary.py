from odoo import api, fields, models

from ..tools.approval import SummaryRow, compare_summaries


class RealestateApproval(models.Model):
    """What is approved, readable, and what has changed since it was asked before."""

    # A file for each concern keeps them short.
    _inherit = "realestate.approval"  # pylint: disable=consider-merging-classes-inherited

    # Keys, labels and texts as they were asked for, in the company's language.
    snapshot = fields.Json(readonly=True)
    summary = fields.Html(
        string="What Is Approved", compute="_compute_summary", sanitize=False
    )
    has_changed = fields.Boolean(
        string="Changed Since",
        compute="_compute_has_changed",
        help="What was asked about is not any more as it was.",
    )

    @api.depends("state", "snapshot")
    @api.depends_context("lang")
    def _compute_summary(self):
        for approval in self:
            rows = approval._get_summary_rows()
            approval.summary = self.env["ir.qweb"]._render(
                "realestate_sales.approval_summary", {"rows": rows}
            )

    @api.depends("state", "fingerprint")
    def _compute_has_changed(self):
        for approval in self:
            document = approval._get_standing_document()
            approval.has_changed = (
                approval.state == "pending"
                and bool(document)
                and document._get_fingerprint(approval.kind) != approval.fingerprint
            )

    def _get_standing_document(self):
        """The document for the system's eyes; none once it is deleted."""
        # Who sees the approval is told what it is about.
        return self.sudo().env[self.res_model].browse(self.res_id).exists()

    def _get_summary_rows(self):
        """Rows of what is approved: as it is while it waits, as it was later."""
        self.ensure_one()
        before = [SummaryRow(*row) for row in self._get_earlier().snapshot or ()]
        kept = [SummaryRow(*row) for row in self.snapshot or ()]
        document = self._get_standing_document()
        if self.state != "pending" or not document:
            return compare_summaries(kept, before)
        compared = compare_summaries(self._summarize(document), before)
        # What is compared is in the company's language, what is shown in the reader's.
        shown = {row.key: row for row in self._summarize(document, self.env.lang)}
        return [
            SummaryRow(
                row.key,
                shown[row.key].label if row.key in shown else row.label,
                shown[row.key].text if row.key in shown else row.text,
                row.before,
            )
            for row in compared
        ]

    def _get_earlier(self):
        """The approval of the same kind that was asked for before this one."""
        # Who decides may know what others were asked, as it is the same document.
        return self.sudo().search(
            [
                ("res_model", "=", self.res_model),
                ("res_id", "=", self.res_id),
                ("kind", "=", self.kind),
                ("date_requested", "<", self.date_requested),
            ],
            order="date_requested desc, id desc",
            limit=1,
        )

    def _summarize(self, document, lang=None):
        # The office's language is for everybody to read.
        lang = lang or self.company_id.sudo().partner_id.lang or "en_US"
        rows = document.with_context(lang=lang)._get_approval_summary(self.kind)
        return [SummaryRow(str(key), label, text or "") for key, label, text in rows]

    @api.model
    def _prepare_values(self, document, kind, amount, percent):
        values = super()._prepare_values(document, kind, amount, percent)
        rows = self.new({"kind": kind, "company_id": document.company_id.id})
        values["snapshot"] = [
            [row.key, row.label, row.text] for row in rows._summarize(document)
        ]
        return values
