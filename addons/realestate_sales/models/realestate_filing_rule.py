from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools.deadline import Term, deadline

FILING_KINDS = [
    ("contract", "Contract"),
    ("change", "Change"),
    ("termination", "Termination"),
]


class RealestateFilingRule(models.Model):
    """What the law of a jurisdiction wants filed, from when on and within which time.

    A rule of a project comes before the one of its jurisdiction: local authorities ask
    for more than the law does.
    """

    _name = "realestate.filing.rule"
    _description = "Filing Rule"
    _order = "jurisdiction_id, project_id, kind, date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(
        default=True, help="A rule that needs counsel ships archived."
    )
    kind = fields.Selection(
        FILING_KINDS, string="Filing of", required=True, default="contract"
    )
    jurisdiction_id = fields.Many2one("realestate.jurisdiction", index=True)
    project_id = fields.Many2one(
        "realestate.project",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: every project of the jurisdiction.",
    )
    company_id = fields.Many2one(related="project_id.company_id", store=True)
    authority_id = fields.Many2one("res.partner")
    trigger = fields.Selection(
        [
            ("signed", "Signature of the Buyers"),
            ("sealed", "Seal of the Company"),
            ("active", "Activation"),
        ],
        string="Counted from",
        required=True,
        default="signed",
        help="The filing of a contract is opened by it. A change or a termination "
        "counts from the day it took effect.",
    )
    term_length = fields.Integer(
        string="Time to File", help="0: the law sets no time; the filing is open."
    )
    term_unit = fields.Selection(
        [("day", "Days"), ("working", "Working Days"), ("month", "Months")],
        required=True,
        default="day",
    )
    rolls = fields.Boolean(
        string="Next Working Day",
        help="When the last day is a Saturday or Sunday, the next Monday counts.",
    )
    remind_days = fields.Integer(
        string="Remind Before", default=7, help="Days before the last one."
    )
    needs_stamp = fields.Boolean(
        string="Needs a Tax Stamp",
        help="Nothing is submitted before a tax stamp is recorded.",
    )
    date_from = fields.Date(string="In Force from")
    date_to = fields.Date(string="In Force until")
    source = fields.Char(translate=True, help="Law and article.")
    confidence = fields.Selection(
        [
            ("A", "Legal text seen"),
            ("B", "Secondary source seen"),
            ("C", "Not seen: needs counsel"),
        ],
        required=True,
        default="B",
    )

    _term_positive = models.Constraint(
        "CHECK (term_length >= 0 AND remind_days >= 0)", "Days cannot be negative."
    )
    _in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "A rule ends after it came into force."
    )

    @api.constrains("jurisdiction_id", "project_id")
    def _check_scope(self):
        for rule in self.filtered(lambda r: not (r.jurisdiction_id or r.project_id)):
            raise ValidationError(
                self.env._(
                    "Filing rule %(rule)s: say for which jurisdiction or project it "
                    "holds.",
                    rule=rule.name,
                )
            )

    @api.model
    def _get_rule(self, project, kind, date):
        """The rule in force for ``project`` on ``date``; empty when there is none."""
        own = Domain("project_id", "=", project.id or 0)
        common = Domain("project_id", "=", False) & Domain(
            "jurisdiction_id", "=", project.jurisdiction_id.id or 0
        )
        in_force = Domain("date_from", "in", (False, date)) | Domain(
            "date_from", "<=", date
        )
        in_force &= Domain("date_to", "=", False) | Domain("date_to", ">=", date)
        # Who signs a contract need not read the rules that open its filing.
        rules = self.sudo().search(
            Domain("kind", "=", kind) & (own | common) & in_force
        )
        return rules.sorted(lambda rule: not rule.project_id)[:1]

    def _get_deadline(self, date):
        """The last day to file what happened on ``date``; False when none is set."""
        if not self or not date:
            return False
        term = Term(self.term_length, self.term_unit, self.rolls)
        return deadline(date, term) or False
