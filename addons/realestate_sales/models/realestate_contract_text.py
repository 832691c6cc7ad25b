from odoo import api, fields, models
from odoo.tools import is_html_empty
from odoo.tools.misc import get_lang

from .placeholder_messages import check_placeholders


class RealestateContract(models.Model):
    """The wording of a contract: the clauses of a template, pinned when it is handed
    in, and what the officer changed in them.
    """

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    paper_template_id = fields.Many2one(
        "realestate.paper.template",
        copy=False,
        check_company=True,
        domain="[('kind', '=', 'contract'), ('state', '=', 'approved'),"
        " ('project_ids', 'in', (project_id, False))]",
        groups="base.group_user",
        help="Empty: the one in force for the project and the buyer's language.",
    )
    text_lang = fields.Char(readonly=True, copy=False, groups="base.group_user")
    text_lang2 = fields.Char(readonly=True, copy=False, groups="base.group_user")
    clause_ids = fields.One2many(
        "realestate.contract.clause", "contract_id", groups="base.group_user"
    )

    @api.constrains("note")
    def _check_note(self):
        for contract in self:
            name = self.env._("Special terms of %(contract)s", contract=contract.name)
            check_placeholders(self.env, name, "contract", contract.note)

    def write(self, vals):
        if {"note", "paper_template_id"} & vals.keys():
            self._check_terms_open()
        return super().write(vals)

    @api.model
    def _get_fact_fields(self):
        return super()._get_fact_fields() | {"text_lang", "text_lang2"}

    # === ACTIONS === #

    def action_submit(self):
        """Hand the draft to review, its wording brought up to date and pinned."""
        self.check_access("write")
        self.filtered(lambda contract: contract.state == "draft")._sync_clauses()
        return super().action_submit()

    def action_load_clauses(self):
        """Take in the standard clauses as they are today; what was changed stays."""
        self.check_access("write")
        self._check_terms_open()
        self._sync_clauses()
        return True

    # === TEMPLATE === #

    def _get_paper_template(self, known=None):
        """The template of this contract: chosen, else in force for it.

        :param known: what has been looked up before, by its key
        """
        self.ensure_one()
        # Whoever prints a contract need not read templates.
        own = self.sudo().paper_template_id
        if own and (self.state != "draft" or own.state == "approved"):
            return own
        known = {} if known is None else known
        lang = get_lang(self.env, self.partner_id.lang).code
        key = ("template", self.company_id, self.project_id, lang)
        if key not in known:
            known[key] = own._choose("contract", *key[1:])
        return known[key]

    def _get_text_languages(self, template=None):
        """The one or two languages of the paper, as codes of installed ones.

        :param template: of this template instead: a preview
        """
        self.ensure_one()
        own = self.sudo()
        if template or self.state == "draft" or not own.text_lang:
            template = template or self._get_paper_template()
            return template._get_languages(self.partner_id.lang)
        mixin = self.env["realestate.language.mixin"]
        return mixin._get_language_pair(own.text_lang, own.text_lang2)

    def _get_text_conditions(self):
        """What is true of the contract, for clauses that depend on it."""
        self.ensure_one()
        parts = self.installment_ids.filtered(lambda part: not part.is_void)
        facts = {
            "always": True,
            "several_buyers": len(self.buyer_ids) > 1,
            "several_units": len(self.line_ids) > 1,
            "fee": not self.currency_id.is_zero(self.reservation_fee),
            "stages": any(not part.date_due for part in parts),
            "special_terms": not is_html_empty(self.note),
        }
        return {name for name, is_true in facts.items() if is_true}

    # === CLAUSES === #

    def _sync_clauses(self):
        """Make the unchanged clauses those of the template in force.

        All contracts at once: what is the same for many is looked up once.
        """
        known = {}
        new, kept = [], self.env["realestate.contract.clause"]
        for contract in self:
            template = contract._get_paper_template(known)
            languages = contract._get_text_languages(template)
            for lang in languages:
                for wording in contract._get_standard(template, lang, known):
                    row = contract._get_row(wording["clause"], lang)
                    kept |= row
                    if not row:
                        new.append((contract, lang, wording))
                    elif not row.is_changed and row.version_id != wording["version"]:
                        row._take_standard(wording)
            known.setdefault(("pins", template, *languages), []).append(contract.id)
        surplus = self.clause_ids.filtered(
            lambda row: row not in kept and row.version_id and not row.is_changed
        )
        # Standard clauses are nobody's to delete.
        surplus.sudo().unlink()
        kept._create_standard(new)
        self._pin_languages(known)

    def _pin_languages(self, known):
        for (key, *rest), found in known.items():
            if key == "pins":
                template, lang, *second = rest
                self.browse(found)._write_facts(
                    paper_template_id=template.id,
                    text_lang=lang,
                    text_lang2=second[0] if second else False,
                )

    def _get_standard(self, template, lang, known):
        """The clauses of a template for this contract, looked up once for all like it.

        :param known: what has been looked up before, by its key
        """
        conditions = frozenset(self._get_text_conditions())
        key = ("wordings", template, lang, conditions)
        if key not in known:
            known[key] = template._get_wordings(lang, conditions) if template else []
        return known[key]

    def _get_row(self, clause, lang):
        """This contract's row of a standard clause in a language."""
        return self.clause_ids.filtered(
            lambda row: row.clause_id == clause and row.lang == lang
        )[:1]

    def _get_wordings(self, lang, template=None):
        """The clauses that a paper prints in one of its languages, as dicts in order.

        :param template: print by this template instead, newest drafts included: a
            preview
        """
        self.ensure_one()
        rows = self._get_rows_in(lang)
        if template or self.state == "draft" or not self.sudo().clause_ids:
            return self._merge_standard(lang, rows, template)
        return [row._prepare_wording() for row in rows]

    def _get_rows_in(self, lang):
        """The contract's clauses in a language. One that was added in a language
        which is not the paper's stands with the first."""
        languages = self._get_text_languages()
        return self.sudo().clause_ids.filtered(
            lambda one: (
                one.lang == lang or (one.lang not in languages and lang == languages[0])
            )
        )

    def _merge_standard(self, lang, rows, template=None):
        """The standard clauses of today with the contract's changes."""
        changed = rows.filtered("is_changed")
        by_clause = {row.clause_id: row for row in changed if row.clause_id}
        source = template or self._get_paper_template()
        wordings = [row._prepare_wording() for row in changed]
        if source:
            wordings += [
                {**one, "is_changed": False, "is_removed": False}
                for one in source._get_wordings(
                    lang, self._get_text_conditions(), with_drafts=bool(template)
                )
                if one["clause"] not in by_clause
            ]
        return sorted(wordings, key=lambda one: one["sequence"])
