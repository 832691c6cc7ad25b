from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .realestate_clause import PAPER_KINDS


class RealestatePaperTemplate(models.Model):
    """Which clauses a kind of paper is made of, in what order and languages."""

    _name = "realestate.paper.template"
    _description = "Paper Template"
    _inherit = ["realestate.text.version", "realestate.language.mixin", "mail.thread"]
    _order = "kind, code, number desc, id desc"
    _check_company_auto = True

    _text_fields = frozenset(
        {"kind", "code", "company_id", "project_ids", "lang", "lang2", "line_ids"}
    )

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="Templates of the same code are versions of one another."
    )
    active = fields.Boolean(default=True)
    kind = fields.Selection(PAPER_KINDS, string="Paper", required=True)
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        help="Empty: all companies use it.",
    )
    project_ids = fields.Many2many(
        "realestate.project", check_company=True, help="Empty: every project."
    )
    lang = fields.Selection(
        "_get_installed_languages",
        string="Language",
        help="Empty: in the buyer's language; papers beside the contract in those of "
        "the contract.",
    )
    lang2 = fields.Selection(
        "_get_installed_languages",
        string="Second Language",
        help="The paper stands in two languages, side by side. Papers beside the "
        "contract follow it where their own template names no language.",
    )
    line_ids = fields.One2many(
        "realestate.paper.template.line", "template_id", copy=True
    )
    state = fields.Selection(tracking=True)

    _version_unique = models.UniqueIndex(
        "(code, kind, COALESCE(company_id, 0), number) WHERE number > 0",
        "This template already has this version.",
    )

    @api.depends("project_ids")
    def _compute_company_id(self):
        for template in self:
            template.company_id = (
                template.company_id or template.project_ids.company_id[:1]
            )

    @api.depends("name", "number")
    def _compute_display_name(self):
        for template in self:
            template.display_name = self.env._(
                "%(name)s v%(number)s", name=template.name, number=template.number
            )

    @api.constrains("lang", "lang2")
    def _check_languages(self):
        for template in self.filtered("lang2"):
            if template.lang == template.lang2:
                raise ValidationError(
                    self.env._(
                        "Template %(template)s: a paper in two languages needs two "
                        "different ones.",
                        template=template.name,
                    )
                )

    # === ACTIONS === #

    def action_new_version(self):
        """Draft the next version with the same clauses and open it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.copy().id,
            "view_mode": "form",
        }

    def action_withdraw(self):
        """Take an approved template out of use without a next version."""
        self.check_access("write")
        self._update_state("superseded")
        return True

    # === BUSINESS === #

    def _get_series(self):
        return [
            ("code", "=", self.code),
            ("kind", "=", self.kind),
            ("company_id", "=", self.company_id.id),
        ]

    def _check_approvable(self):
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "Template %(template)s has no clauses: add some.",
                    template=self.display_name,
                )
            )
        silent = self.line_ids.clause_id.filtered(lambda one: not one._get_versions())
        if silent:
            raise UserError(
                self.env._(
                    "Template %(template)s: clause %(clause)s has no version in force. "
                    "Approve one first, or take the clause out.",
                    template=self.display_name,
                    clause=silent[0].name,
                )
            )
        return super()._check_approvable()

    @api.model
    def _choose(self, kind, company, project, lang):
        """The template in force for a paper: the project's own before the company's
        before the common one; made for the language before made for all.

        :param lang: code of the buyer's language
        """
        # Whoever prints a paper need not have the right to read templates.
        found = self.sudo().search(
            Domain("kind", "=", kind)
            & Domain("state", "=", "approved")
            & Domain("date_effective", "<=", fields.Date.context_today(self))
            & Domain("company_id", "in", [False, company.id])
            & (
                Domain("project_ids", "=", False)
                | Domain("project_ids", "in", project.ids)
            )
            & Domain("lang", "in", [False, lang])
        )
        return max(
            found,
            key=lambda one: (
                bool(one.project_ids),
                bool(one.company_id),
                bool(one.lang),
                one._get_rank(),
                one.id,
            ),
            default=self.browse(),
        )

    def _get_languages(self, lang):
        """The one or two languages of its papers for a reader of ``lang``, as codes of
        installed ones; also without a template."""
        return self._get_language_pair(self.lang or lang, self.lang2)

    def _get_wordings(self, lang, conditions, with_drafts=False):
        """The clauses of a paper in one language, as dicts in their order.

        :param conditions: what is true of the record that is printed, see the lines
        """
        self.ensure_one()
        wordings = []
        for line in self.sudo().line_ids:
            version = line.clause_id._get_version(lang, with_drafts)
            if version and (line.condition or "always") in conditions:
                wordings.append(
                    {
                        "sequence": line.sequence,
                        "clause": line.clause_id,
                        "version": version,
                        "title": version.title or "",
                        "body": version.body,
                        "lang": version.lang,
                    }
                )
        return wordings


class RealestatePaperTemplateLine(models.Model):
    """A clause of a paper, and when it stands there."""

    _name = "realestate.paper.template.line"
    _description = "Clause of a Paper Template"
    _order = "template_id, sequence, id"
    _rec_name = "clause_id"
    _check_company_auto = True

    template_id = fields.Many2one(
        "realestate.paper.template", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="template_id.company_id", store=True)
    kind = fields.Selection(related="template_id.kind")
    sequence = fields.Integer(default=10)
    clause_id = fields.Many2one(
        "realestate.clause",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('kind', 'in', (kind, False))]",
    )
    condition = fields.Selection(
        [
            ("always", "Always"),
            ("several_buyers", "Several Buyers"),
            ("several_units", "Several Units"),
            ("fee", "With a Reservation Fee"),
            ("stages", "With Instalments by Construction Stage"),
            ("special_terms", "With Special Terms"),
            ("paid", "With Money Paid"),
            ("refund", "With Money to Pay Back"),
            ("kept", "With Money Kept"),
        ],
        string="Printed",
        default="always",
        required=True,
    )
    version_summary = fields.Char(related="clause_id.version_summary")

    _clause_unique = models.Constraint(
        "UNIQUE (template_id, clause_id)", "The clause is in this template already."
    )

    @api.constrains("clause_id", "template_id")
    def _check_kind(self):
        for line in self:
            if line.clause_id.kind not in (line.template_id.kind, False):
                raise ValidationError(
                    self.env._(
                        "Template %(template)s: clause %(clause)s was written for "
                        "another paper, with placeholders this one may not know.",
                        template=line.template_id.name,
                        clause=line.clause_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.template_id._check_draft()
        return lines

    def write(self, vals):
        self.template_id._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        self.template_id._check_draft()
