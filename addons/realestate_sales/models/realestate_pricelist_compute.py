from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.pricing import PricingError, Terms, check_rules, price_unit
from .pricing_messages import PRICING_MESSAGES
from .pricing_sql import priced_units


class RealestatePricelist(models.Model):
    """Prices from rules: all units of a project by one statement."""

    # A file for each concern keeps them short.
    _inherit = "realestate.pricelist"  # pylint: disable=consider-merging-classes-inherited

    rule_ids = fields.One2many("realestate.pricelist.rule", "pricelist_id", copy=True)
    floor_percent = fields.Float(
        string="Floor Price (%)",
        digits=(5, 2),
        default=100,
        help="Of the list price. Nobody sells below it without approval.",
    )
    rounding_step = fields.Monetary(
        string="Round Prices to", help="Such as 1,000. Zero: as the currency does."
    )
    rounding_method = fields.Selection(
        [("nearest", "Nearest"), ("up", "Up"), ("down", "Down")],
        default="nearest",
        required=True,
    )

    # === ACTIONS === #

    def action_compute(self):
        """Price every unit of the project by the rules.

        Lines entered by hand and units that no base rule is for keep what they have.
        One statement per list, whatever the number of units.

        :return: a notification that tells how many
        """
        self.check_access("write")
        self._check_draft()
        counts = [pricelist._compute_lines() for pricelist in self]
        priced, by_hand, without = map(sum, zip(*counts, strict=True))
        message = self.env._(
            "%(priced)s units priced, %(by_hand)s left as entered by hand, "
            "%(without)s without a price by these rules.",
            priced=priced,
            by_hand=by_hand,
            without=without,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success" if priced else "warning",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # === BUSINESS === #

    def _compute_lines(self):
        """Write the lines of this list.

        :return: how many units were priced, left as entered by hand, left without price
        """
        self.ensure_one()
        rules, terms = self._get_rules(), self._get_terms()
        self.env["realestate.unit"].flush_model()
        self.env["realestate.pricelist.line"].flush_model()
        query = priced_units(self.project_id.id, rules, terms, self._get_views())
        counts = self.env.execute_query(self._get_compute_sql(query))
        self.env["realestate.pricelist.line"].invalidate_model(flush=False)
        self.invalidate_recordset(["line_ids", "line_count"], flush=False)
        return counts[0]

    def _get_compute_sql(self, priced):
        return SQL(
            """WITH priced AS MATERIALIZED (%(priced)s),
               written AS (
                   INSERT INTO realestate_pricelist_line AS line
                          (pricelist_id, company_id, unit_id, price_list, price_floor,
                           is_manual, create_uid, create_date, write_uid, write_date)
                   SELECT %(list)s, %(company)s, unit_id, price_list, price_floor,
                          FALSE, %(user)s, %(now)s, %(user)s, %(now)s
                     FROM priced
                    WHERE price_list > 0
              ON CONFLICT (pricelist_id, unit_id) DO UPDATE
                      SET price_list = EXCLUDED.price_list,
                          price_floor = EXCLUDED.price_floor,
                          write_uid = EXCLUDED.write_uid,
                          write_date = EXCLUDED.write_date
                    WHERE line.is_manual IS NOT TRUE
                RETURNING unit_id)
               SELECT (SELECT count(*) FROM written),
                      count(*) FILTER (WHERE price_list > 0)
                          - (SELECT count(*) FROM written),
                      count(*) FILTER (WHERE price_list <= 0)
                 FROM priced""",
            priced=priced,
            list=self.id,
            company=self.company_id.id,
            user=self.env.uid,
            now=fields.Datetime.now(),
        )

    def _price_units(self, units):
        """The price of each of ``units`` with its steps, as the pure tool gives it.

        :return: dict of unit to :class:`..tools.pricing.Price`
        """
        self.ensure_one()
        rules, terms = self._get_rules(), self._get_terms()
        facts = units._get_price_facts()
        return {unit: price_unit(facts[unit], rules, terms) for unit in units}

    def _get_rules(self):
        """The rules as the pure tool takes them.

        :raises UserError: when no price follows from them
        """
        self.ensure_one()
        rules = [rule._to_rule() for rule in self.rule_ids.sorted()]
        try:
            check_rules(rules, self._get_terms())
        except PricingError as error:
            raise UserError(
                self.env._(
                    "Price list %(name)s: %(text)s",
                    name=self.name,
                    text=str(PRICING_MESSAGES[error.code]) % error.params,
                )
            ) from error
        return rules

    def _get_terms(self):
        self.ensure_one()
        currency = self.currency_id
        step = self.rounding_step or currency.rounding
        return Terms(
            decimal_places=currency.decimal_places,
            floor_percent=Decimal(f"{self.floor_percent:.2f}"),
            rounding_step=Decimal(repr(step)),
            rounding=self.rounding_method,
        )

    def _get_views(self):
        """The different views of the project's units, as they are written."""
        groups = self.env["realestate.unit"]._read_group(
            [("project_id", "=", self.project_id.id), ("view", "!=", False)], ["view"]
        )
        return [view for (view,) in groups]
