from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.text_diff import ADDED, REMOVED, compare, plain_text
from .placeholder_messages import check_placeholders

_MARKS = {
    ADDED: Markup('<ins class="text-success">%s</ins>'),
    REMOVED: Markup('<del class="text-danger">%s</del>'),
}


def marked_changes(old, new):
    """Two wordings as one text in which what is left out and put in is marked."""
    text = Markup("").join(
        _MARKS.get(piece.kind, Markup("%s")) % piece.text
        for piece in compare(plain_text(old), plain_text(new))
    )
    return text.replace("\n", Markup("<br/>"))


class RealestateContractClause(models.Model):
    """A clause as it stands in one contract, pinned to the version it comes from."""

    _name = "realestate.contract.clause"
    _description = "Contract Clause"
    _inherit = ["realestate.facts.mixin", "realestate.language.mixin"]
    _order = "contract_id, sequence, id"
    _rec_name = "title"

    _fact_fields = frozenset({"clause_id", "version_id"})

    contract_id = fields.Many2one(
        "realestate.contract", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True)
    contract_state = fields.Selection(related="contract_id.state")
    sequence = fields.Integer(default=80)
    clause_id = fields.Many2one("realestate.clause", readonly=True, ondelete="restrict")
    version_id = fields.Many2one(
        "realestate.clause.version",
        string="Standard",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    lang = fields.Selection(
        "_get_all_languages",
        string="Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
    )
    title = fields.Char(string="Heading")
    body = fields.Html(string="Text", required=True, sanitize_style=True)
    is_removed = fields.Boolean(
        string="Left Out", help="The contract goes without this standard clause."
    )
    is_changed = fields.Boolean(
        string="Changed",
        compute="_compute_is_changed",
        store=True,
        help="It is not the standard wording: a lawyer has to approve it.",
    )
    reason = fields.Char(string="Why", help="Why it differs, for the lawyer.")
    body_text = fields.Char(string="Wording", compute="_compute_comparison")
    comparison = fields.Html(compute="_compute_comparison", sanitize=False)

    @api.depends("title", "body", "is_removed", "version_id")
    def _compute_is_changed(self):
        for clause in self:
            standard = clause.version_id
            # Formatting counts as well: struck through, a word says the contrary.
            clause.is_changed = (
                not standard
                or clause.is_removed
                or (clause.title or "") != (standard.title or "")
                or (clause.body or "").strip() != (standard.body or "").strip()
            )

    @api.depends("title", "body", "is_removed", "version_id")
    def _compute_comparison(self):
        for clause in self:
            text = plain_text(clause.body)
            clause.body_text = text if len(text) <= 160 else f"{text[:159]}…"
            clause.comparison = clause._get_comparison()

    @api.constrains("title", "body")
    def _check_placeholders(self):
        for clause in self:
            check_placeholders(
                self.env,
                self.env._(
                    "Contract %(contract)s, clause %(clause)s",
                    contract=clause.contract_id.name,
                    clause=clause.title or clause.clause_id.name or clause.sequence,
                ),
                "contract",
                clause.title,
                clause.body,
            )

    @api.model_create_multi
    def create(self, vals_list):
        clauses = super().create(vals_list)
        clauses.contract_id._check_terms_open()
        return clauses

    def write(self, vals):
        self.contract_id._check_terms_open()
        pinned = self.filtered("version_id")
        if pinned and {"lang", "contract_id"} & vals.keys():
            raise UserError(
                self.env._(
                    "A standard clause stays in its contract and language: leave it "
                    "out there, and add another one."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_standard(self):
        self.contract_id._check_terms_open()
        # Bringing the text up to date takes out what the template no longer has.
        if self.version_id and not self.env.su:
            raise UserError(
                self.env._(
                    "“%(clause)s” is a standard clause: mark it as left out, so that "
                    "the lawyer and the buyer see that it is missing.",
                    clause=self.filtered("version_id")[0].display_name,
                )
            )

    # === ACTIONS === #

    def action_restore(self):
        """Give standard clauses their standard wording back."""
        for clause in self.filtered("version_id"):
            clause.write(
                {
                    "title": clause.version_id.title,
                    "body": clause.version_id.body,
                    "is_removed": False,
                    "reason": False,
                }
            )
        return True

    # === BUSINESS === #

    @api.model
    def _create_standard(self, items):
        """Make the rows of standard clauses.

        :param items: triples of a contract, a language and a wording of a template
        """
        rows = self.create(
            [
                {
                    "contract_id": contract.id,
                    "lang": lang,
                    "sequence": wording["sequence"],
                    "title": wording["title"],
                    "body": wording["body"],
                }
                for contract, lang, wording in items
            ]
        )
        by_version = {}
        for row, (_contract, _lang, wording) in zip(rows, items, strict=True):
            by_version.setdefault(wording["version"], []).append(row.id)
        for version, ids in by_version.items():
            self.browse(ids)._write_facts(
                clause_id=version.clause_id.id, version_id=version.id
            )

    def _take_standard(self, wording):
        """Bring the row of a standard clause up to date."""
        self.write({key: wording[key] for key in ("sequence", "title", "body")})
        self._write_facts(version_id=wording["version"].id)

    def _get_comparison(self):
        """The wording with its changes from the standard marked, as safe HTML."""
        self.ensure_one()
        # Whoever may read the contract may read the standard it was made from.
        standard = self.sudo().version_id
        if self.is_removed:
            return marked_changes(standard.body, "")
        text = marked_changes(standard.body, self.body)
        if (
            self.is_changed
            and standard
            and plain_text(standard.body) == plain_text(self.body)
            and (self.title or "") == (standard.title or "")
        ):
            text += Markup('<div class="text-warning">%s</div>') % escape(
                self.env._("Only the formatting is changed.")
            )
        return text

    def _prepare_wording(self):
        """What a paper prints of the clause, see the template's wordings."""
        self.ensure_one()
        return {
            "sequence": self.sequence,
            "clause": self.clause_id,
            "version": self.version_id,
            "title": self.title or "",
            "body": self.body,
            "lang": self.version_id.lang or self.lang,
            "is_changed": self.is_changed,
            "is_removed": self.is_removed,
            "standard_title": self.version_id.title or self.clause_id.name or "",
        }
