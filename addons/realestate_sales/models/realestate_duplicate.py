from odoo import fields, models
from odoo.tools import SQL

#: Pairs of contacts, the first of all that share something with each other one.
#: The last nine digits of a telephone: see tools.identity.phone_key.
QUERY = r"""
  WITH person AS (
      SELECT id, company_id, parent_id, email_normalized,
             regexp_replace(COALESCE(phone, ''), '\D', '', 'g') AS digits
        FROM res_partner
       WHERE active
  ), buyer AS (
      SELECT partner_id, company_id FROM realestate_contract_buyer
       UNION
      SELECT partner_id, company_id FROM realestate_reservation
  ), trait AS (
      SELECT 1 AS place, 'identity' AS kind, partner_id,
             company_id || ' ' || number_digest AS value, company_id
        FROM realestate_partner_identity
       UNION
      SELECT 2, 'phone', id, right(digits, 9), NULL
        FROM person
       WHERE length(digits) >= 7
       UNION
      SELECT 3, 'email', id, email_normalized, NULL
        FROM person
       WHERE email_normalized <> ''
  ), shared AS (
      SELECT trait.place, trait.kind, trait.value,
             min(trait.partner_id) AS partner_id
        FROM trait
        JOIN person ON person.id = trait.partner_id
    GROUP BY trait.place, trait.kind, trait.value
      HAVING count(*) > 1
  ), concerned AS (
      SELECT DISTINCT trait.place, trait.value, buyer.company_id
        FROM trait
        JOIN buyer ON buyer.partner_id = trait.partner_id
       WHERE COALESCE(trait.company_id, buyer.company_id) = buyer.company_id
  )
  SELECT DISTINCT ON (id)
         (other.id::bigint * 4 + shared.place) * 4096 + concerned.company_id AS id,
         shared.kind, shared.partner_id, other.id AS other_id, concerned.company_id
    FROM shared
    JOIN concerned USING (place, value)
    JOIN trait USING (place, value)
    JOIN person other ON other.id = trait.partner_id
    JOIN person one ON one.id = shared.partner_id
   WHERE other.id <> one.id
     AND other.parent_id IS DISTINCT FROM one.id
     AND one.parent_id IS DISTINCT FROM other.id
ORDER BY id, shared.partner_id
"""


class RealestateDuplicate(models.Model):
    """Two contacts that may be one person: same ID number, telephone or e-mail, and at
    least one of all that share it buys or has reserved; told to the company that sells.
    """

    _name = "realestate.duplicate"
    _description = "Possible Duplicate"
    _auto = False
    _order = "partner_id, kind, other_id"
    _rec_name = "partner_id"
    _depends = {
        "res.partner": ["active", "company_id", "email", "phone", "parent_id"],
        "realestate.contract.buyer": ["partner_id"],
        "realestate.reservation": ["partner_id"],
        "realestate.partner.identity": ["partner_id", "company_id"],
    }

    partner_id = fields.Many2one("res.partner", string="Contact", readonly=True)
    other_id = fields.Many2one("res.partner", string="Same as", readonly=True)
    company_id = fields.Many2one(
        "res.company", readonly=True, help="Where one of them buys."
    )
    kind = fields.Selection(
        [("identity", "ID Number"), ("phone", "Phone"), ("email", "E-mail")],
        string="Have in Common",
        readonly=True,
    )

    @property
    def _table_query(self):
        return SQL(QUERY)

    def action_merge(self):
        """Look at both and merge them."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge Buyers"),
            "res_model": "realestate.buyer.merge",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_keep_id": self.partner_id.id,
                "default_other_id": self.other_id.id,
            },
        }
