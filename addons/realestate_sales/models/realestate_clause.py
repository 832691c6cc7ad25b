from odoo import api, fields, models

from ..tools.language import nearest_language

#: The kinds of paper whose text is made of clauses.
PAPER_KINDS = [
    ("price", "Price Calculation"),
    ("reservation", "Reservation"),
    ("contract", "Sales Contract"),
    ("deposit", "Deposit Agreement"),
    ("liquidation", "Liquidation Minutes"),
    ("cost_list", "Detailed Cost List"),
    ("seal_request", "Seal Request"),
    ("receipt", "Receipt"),
]


class RealestateClause(models.Model):
    """A clause of the library: what it is about. Its wording is in its versions."""

    _name = "realestate.clause"
    _description = "Clause"
    _order = "kind, sequence, code, id"
    _rec_names_search = ["name", "code"]
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        PAPER_KINDS,
        string="Paper",
        help="Empty: the clause may stand on every paper and uses only placeholders "
        "that all papers know.",
    )
    category = fields.Selection(
        [
            ("parties", "Parties"),
            ("subject", "Subject"),
            ("price", "Price and Payment"),
            ("delivery", "Delivery"),
            ("breach", "Breach and End"),
            ("general", "General"),
        ],
        default="general",
        required=True,
    )
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: all companies use it."
    )
    version_ids = fields.One2many("realestate.clause.version", "clause_id")
    version_summary = fields.Char(string="In Force", compute="_compute_version_summary")

    _code_unique = models.UniqueIndex(
        "(code, COALESCE(kind, ''), COALESCE(company_id, 0))",
        "There is a clause of this code already.",
    )

    @api.depends("version_ids.state", "version_ids.lang", "version_ids.number")
    def _compute_version_summary(self):
        for clause in self:
            current = clause._get_versions()
            parts = [
                f"{code} v{version.number}" for code, version in sorted(current.items())
            ]
            clause.version_summary = " · ".join(parts)

    @api.constrains("kind", "code")
    def _check_kind(self):
        self.version_ids._check_placeholders()

    def copy_data(self, default=None):
        default = dict(default or {})
        return [
            {
                **values,
                "code": default.get("code", f"{clause.code}_copy"),
                "name": default.get("name", self.env._("%s (copy)", clause.name)),
            }
            for clause, values in zip(self, super().copy_data(default), strict=True)
        ]

    # === BUSINESS === #

    def _get_versions(self, with_drafts=False):
        """The version in force in each language, by its code."""
        self.ensure_one()
        # Whoever prints a paper reads its clauses.
        by_lang = self.sudo().version_ids.grouped("lang")
        latest = {
            lang: versions._get_latest(with_drafts)
            for lang, versions in by_lang.items()
        }
        return {lang: version for lang, version in latest.items() if version}

    def _get_version(self, lang, with_drafts=False):
        """The version for a reader of ``lang``, in the nearest language there is."""
        versions = self._get_versions(with_drafts)
        found = nearest_language(lang, versions.keys())
        return versions.get(found, self.env["realestate.clause.version"])
