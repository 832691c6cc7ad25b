from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from ..tools.text_diff import plain_text
from .placeholder_messages import check_placeholders, placeholder_table


class RealestateClauseVersion(models.Model):
    """The wording of a clause in one language: drafted, approved, replaced."""

    _name = "realestate.clause.version"
    _description = "Clause Version"
    _inherit = ["realestate.text.version", "realestate.language.mixin"]
    _order = "clause_id, lang, number desc"

    _text_fields = frozenset({"clause_id", "lang", "title", "body"})

    clause_id = fields.Many2one(
        "realestate.clause", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(related="clause_id.kind")
    company_id = fields.Many2one(related="clause_id.company_id", store=True)
    lang = fields.Selection(
        "_get_all_languages",
        string="Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
    )
    title = fields.Char(string="Heading", help="Printed in bold before the text.")
    body = fields.Html(
        string="Text",
        required=True,
        sanitize_style=True,
        help="Placeholders such as {{ buyer.name }} are filled when it is printed.",
    )

    body_text = fields.Char(compute="_compute_body_text")
    placeholder_help = fields.Html(
        string="Placeholders", compute="_compute_placeholder_help", sanitize=False
    )

    _version_unique = models.UniqueIndex(
        "(clause_id, lang, number) WHERE number > 0",
        "This clause already has this version in this language.",
    )

    @api.depends("clause_id.name", "lang", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(clause)s (%(lang)s, version %(number)s)",
                clause=version.clause_id.name or "",
                lang=version.lang or "",
                number=version.number,
            )

    @api.depends("body")
    def _compute_body_text(self):
        for version in self:
            text = plain_text(version.body)
            version.body_text = text if len(text) <= 120 else f"{text[:119]}…"

    @api.depends("clause_id.kind")
    @api.depends_context("lang")
    def _compute_placeholder_help(self):
        for version in self:
            version.placeholder_help = placeholder_table(
                self.env, version.clause_id.kind or None
            )

    @api.constrains("title", "body", "clause_id")
    def _check_placeholders(self):
        for version in self:
            check_placeholders(
                self.env,
                self.env._(
                    "Clause %(clause)s in %(lang)s",
                    clause=version.clause_id.name,
                    lang=version._get_language_name(version.lang),
                ),
                version.clause_id.kind or None,
                version.title,
                version.body,
            )

    # === ACTIONS === #

    def action_new_version(self):
        """Draft the next version with this wording and open it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.copy().id,
            "view_mode": "form",
        }

    # === BUSINESS === #

    def _get_series(self):
        return [("clause_id", "=", self.clause_id.id), ("lang", "=", self.lang)]

    def _check_approvable(self):
        if is_html_empty(self.body):
            raise UserError(
                self.env._("%(version)s has no text yet.", version=self.display_name)
            )
        return super()._check_approvable()
