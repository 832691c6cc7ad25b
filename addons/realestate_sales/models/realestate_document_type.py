from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.checklist import KINDS

BLOCKS = [
    ("none", "Nothing"),
    ("sign", "Signature"),
    ("seal", "Seal"),
    ("activate", "Activation"),
]


class RealestateDocumentType(models.Model):
    """A kind of paper: one that buyers of some kind owe, or that the company makes."""

    _name = "realestate.document.type"
    _description = "Document Type"
    _order = "side, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short name for integrations: IDENTITY …")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    side = fields.Selection(
        [("buyer", "Buyers hand it in"), ("company", "The company makes it")],
        required=True,
        default="buyer",
    )
    description = fields.Text(
        translate=True, help="Told to the buyer: which paper, which pages, how recent."
    )

    # Of whom it is asked; ticked for none, it is added by hand.
    is_person = fields.Boolean(string="Every Person")
    is_couple = fields.Boolean(
        string="Couples", help="Once for both, when husband and wife buy together."
    )
    is_company = fields.Boolean(string="Companies")
    is_foreigner = fields.Boolean(
        string="Foreigners", help="Persons of another nationality than the project's."
    )
    is_minor = fields.Boolean(string="Minors", help="Persons under 18.")
    project_ids = fields.Many2many(
        "realestate.project",
        string="Only in Projects",
        help="Empty: in all projects.",
    )

    # What is wanted of it.
    days_due = fields.Integer(
        string="Days to Hand It in",
        default=14,
        help="Calendar days from the contract's review to the due date.",
    )
    blocks = fields.Selection(
        BLOCKS,
        required=True,
        default="none",
        help="The step of the contract that waits until this paper is accepted.",
    )
    is_identity = fields.Boolean(
        string="Identity Paper",
        help="Shown to the person and the contract desk only; each look is recorded.",
    )
    has_expiry = fields.Boolean(
        string="Bears an Expiry Date", help="Accepted only with its date of expiry."
    )
    months_valid = fields.Integer(
        help="From the day it is handed in. 0: without end, or as the paper says.",
    )
    is_portal = fields.Boolean(
        string="Shown to All Buyers",
        help="Papers of the company that the buyers of the contract see and download.",
    )

    _code_unique = models.Constraint("UNIQUE (code)", "This code is taken.")
    _days_positive = models.Constraint(
        "CHECK (days_due >= 0 AND months_valid >= 0)",
        "Days and months are 0 or more.",
    )

    @api.constrains("side", "is_portal", "is_identity", *(f"is_{k}" for k in KINDS))
    def _check_side(self):
        for kind in self:
            asked = any(kind[f"is_{name}"] for name in KINDS)
            if kind.side == "company" and (asked or kind.is_identity):
                raise ValidationError(
                    self.env._(
                        "Document type %(name)s is made by the company: it is asked "
                        "of no buyer and is no identity paper.",
                        name=kind.name,
                    )
                )
            if kind.side == "buyer" and kind.is_portal:
                raise ValidationError(
                    self.env._(
                        "Document type %(name)s is handed in by a buyer, who alone "
                        "sees it: untick “Shown to All Buyers”.",
                        name=kind.name,
                    )
                )

    def _get_kinds(self):
        """The kinds of buyers it is asked of, see ``tools.checklist``."""
        self.ensure_one()
        return frozenset(kind for kind in KINDS if self[f"is_{kind}"])
