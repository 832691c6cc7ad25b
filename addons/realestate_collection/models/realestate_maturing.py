from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.realestate_sales.models.realestate_mortgage import STAGE_LABELS

from .aging_sql import officer_sql

MATURING_KINDS = [
    ("balloon", "Balloon"),
    ("remaining", "Remaining Balance"),
    ("retention", "Retention"),
]
#: The last part of a plan is a remaining balance from so many percent of the price on.
LAST_SHARE = 5

MATURING = """
    SELECT item.id, item.id AS installment_id, item.contract_id, item.kind,
           item.date_due, item.milestone_id, item.state,
           item.date_due - %(today)s AS days_ahead,
           CASE WHEN item.state = 'planned' THEN item.amount_due
                ELSE item.amount_residual END AS amount,
           100 * item.amount / NULLIF(contract.amount_total, 0) AS share,
           contract.project_id, contract.company_id, contract.currency_id,
           contract.partner_id, %(officer)s AS user_id,
           loan.id AS mortgage_id, loan.stage AS mortgage_stage,
           (SELECT max(task.date) FROM realestate_proactive_task task
             WHERE task.installment_id = item.id) AS date_announced
      FROM (%(balloons)s UNION ALL %(lasts)s) item
      JOIN realestate_contract contract ON contract.id = item.contract_id
      JOIN res_company company ON company.id = contract.company_id
 LEFT JOIN LATERAL (SELECT mortgage.id, mortgage.stage
                      FROM realestate_mortgage mortgage
                     WHERE mortgage.contract_id = contract.id
                       AND mortgage.stage NOT IN ('refused', 'cancelled')
                  ORDER BY mortgage.date_start DESC, mortgage.id DESC LIMIT 1
                   ) loan ON TRUE
     WHERE contract.state IN ('approved', 'signed', 'sealed', 'active')
       AND item.state IN ('planned', 'billed', 'partial')
    """
COLUMNS = """
    item.id, item.contract_id, item.date_due, item.milestone_id, item.state,
    item.amount, item.amount_due, item.amount_residual
    """
#: Parts that are large by their kind: from the partial index.
BALLOONS = f"""
    SELECT CASE item.kind WHEN 'handover' THEN 'remaining' ELSE item.kind END AS kind,
           {COLUMNS}
      FROM realestate_installment item
     WHERE item.kind IN ('balloon', 'handover', 'retention')
       AND item.is_void IS NOT TRUE
    """
#: The last part of a plan, if it is no small one: one look into the index a contract.
LASTS = f"""
    SELECT 'remaining' AS kind, {COLUMNS}
      FROM realestate_contract contract
CROSS JOIN LATERAL (SELECT * FROM realestate_installment item
                     WHERE item.contract_id = contract.id
                       AND item.is_void IS NOT TRUE
                       AND item.kind != 'retention'
                  ORDER BY item.sequence DESC LIMIT 1) item
     WHERE item.kind NOT IN ('balloon', 'handover')
       AND 100 * item.amount >= {LAST_SHARE} * contract.amount_total
    """


class RealestateMaturing(models.Model):
    """Large amounts that are still to come: balloons, what remains to be paid at the
    end or on handover, retentions. A view of the database on the schedules."""

    _name = "realestate.maturing"
    _description = "Maturing Amount"
    _auto = False
    _order = "date_due, id"
    _rec_name = "installment_id"
    _depends = {
        "realestate.installment": [
            "amount",
            "amount_due",
            "amount_residual",
            "contract_id",
            "date_due",
            "is_void",
            "kind",
            "milestone_id",
            "sequence",
            "state",
        ],
        "realestate.contract": [
            "amount_total",
            "collector_id",
            "company_id",
            "currency_id",
            "partner_id",
            "project_id",
            "state",
            "user_id",
        ],
        "realestate.mortgage": ["contract_id", "date_start", "stage"],
        "realestate.proactive.task": ["date", "installment_id"],
        "res.company": ["realestate_collector_id"],
    }

    installment_id = fields.Many2one(
        "realestate.installment", string="Instalment", readonly=True
    )
    contract_id = fields.Many2one("realestate.contract", readonly=True)
    kind = fields.Selection(MATURING_KINDS, readonly=True)
    date_due = fields.Date(
        string="Due", readonly=True, help="Empty until the milestone is reached."
    )
    milestone_id = fields.Many2one("realestate.milestone", readonly=True)
    days_ahead = fields.Integer(
        readonly=True, aggregator="min", help="Below zero: it is overdue."
    )
    state = fields.Selection(
        [("planned", "Planned"), ("billed", "Billed"), ("partial", "Partly Paid")],
        readonly=True,
    )
    amount = fields.Monetary(
        string="To Pay", readonly=True, help="What is open of it, or planned."
    )
    share = fields.Float(
        string="% of Price", readonly=True, digits=(6, 2), aggregator=None
    )
    project_id = fields.Many2one("realestate.project", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Buyer", readonly=True)
    user_id = fields.Many2one("res.users", string="Collection Officer", readonly=True)
    unit_names = fields.Char(related="contract_id.unit_names")
    mortgage_id = fields.Many2one("realestate.mortgage", readonly=True)
    mortgage_stage = fields.Selection(
        STAGE_LABELS, string="Mortgage Waits for", readonly=True
    )
    date_announced = fields.Date(
        string="Announced on",
        readonly=True,
        help="When its officer last got an activity about it.",
    )

    @property
    def _table_query(self):
        return SQL(
            MATURING,
            balloons=SQL(BALLOONS),
            lasts=SQL(LASTS),
            today=SQL("%s::date", self.env.company._realestate_today()),
            officer=officer_sql(),
        )

    def action_open_contract(self):
        """Open the contract that owes the amount."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "realestate.contract",
            "res_id": self.contract_id.id,
            "view_mode": "form",
        }
