from odoo import fields, models
from odoo.tools import SQL

KINDS = [
    ("paper", "Document"),
    ("email", "E-mail"),
    ("phone", "Phone"),
    ("address", "Address"),
    ("nationality", "Nationality"),
    ("birth_date", "Date of Birth"),
]

MISSING = """
    WITH live AS (
        SELECT contract.id, contract.project_id, contract.company_id,
               contract.user_id, buyer.id AS buyer_id, buyer.partner_id
          FROM realestate_contract contract
          JOIN realestate_contract_buyer buyer
            ON buyer.contract_id = contract.id
         WHERE contract.state IN (
               'review', 'approved', 'signed', 'sealed', 'active')
    )
    SELECT document.id * 8 AS id, 'paper' AS kind, live.id AS contract_id,
           document.partner_id, document.id AS document_id, live.project_id,
           live.company_id, live.user_id, document.date_due,
           COALESCE(document.date_due < CURRENT_DATE, FALSE) AS is_late
      FROM realestate_document document
      JOIN live ON live.id = document.contract_id
               AND live.partner_id = document.partner_id
     WHERE document.side = 'buyer'
       AND (document.state IN ('missing', 'refused', 'expired')
            OR document.state = 'accepted'
               AND document.date_expiry < CURRENT_DATE)
    UNION ALL
    SELECT live.buyer_id * 8 + detail.place, detail.kind, live.id,
           live.partner_id, NULL, live.project_id, live.company_id,
           live.user_id, NULL, FALSE
      FROM live
      JOIN res_partner partner ON partner.id = live.partner_id
     CROSS JOIN LATERAL (VALUES
           (1, 'email', COALESCE(partner.email, '') = ''),
           (2, 'phone', COALESCE(partner.phone, '') = ''),
           (3, 'address', COALESCE(partner.street, '') = ''
                          OR partner.country_id IS NULL),
           (4, 'nationality', partner.is_company IS NOT TRUE
                              AND partner.realestate_nationality_id IS NULL),
           (5, 'birth_date', partner.is_company IS NOT TRUE
                             AND partner.realestate_birth_date IS NULL)
           ) AS detail (place, kind, is_missing)
     WHERE detail.is_missing
    """


class RealestateMissing(models.Model):
    """What is missing of the buyers of running contracts, one row each: papers they
    owe and facts nobody has entered. To be counted by project and officer.
    """

    _name = "realestate.missing"
    _description = "Missing Information"
    _auto = False
    _order = "date_due, contract_id, partner_id"
    _rec_name = "partner_id"
    _depends = {
        "realestate.contract": ["state", "user_id", "project_id", "company_id"],
        "realestate.contract.buyer": ["contract_id", "partner_id"],
        "realestate.document": ["state", "side", "date_due", "date_expiry"],
        "res.partner": [
            "email",
            "phone",
            "street",
            "country_id",
            "is_company",
            "realestate_nationality_id",
            "realestate_birth_date",
        ],
    }

    kind = fields.Selection(KINDS, string="Missing", readonly=True)
    contract_id = fields.Many2one("realestate.contract", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Buyer", readonly=True)
    document_id = fields.Many2one("realestate.document", readonly=True)
    project_id = fields.Many2one("realestate.project", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    user_id = fields.Many2one("res.users", string="Contract Officer", readonly=True)
    date_due = fields.Date(string="Due", readonly=True)
    is_late = fields.Boolean(string="Late", readonly=True)

    @property
    def _table_query(self):
        return SQL(MISSING)

    def action_open(self):
        """Go where it is filled in: the document, or the buyer."""
        self.ensure_one()
        record = self.document_id or self.partner_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
        }
