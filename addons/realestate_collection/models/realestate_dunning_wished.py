from odoo import api, models
from odoo.tools import SQL


class RealestateDunningLadder(models.Model):
    """How far ahead buyers wish to be reminded."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.ladder"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_wish_days(self, company):
        """The most days ahead that a buyer of ``company`` wishes to be reminded; 0:
        nobody has said anything."""
        [(days,)] = self.env.execute_query(
            SQL(
                """SELECT COALESCE(max(partner.realestate_reminder_days), 0)
                     FROM res_partner partner
                    WHERE partner.realestate_reminder_days > 0
                      AND EXISTS (SELECT
                                    FROM realestate_contract contract
                                   WHERE contract.partner_id = partner.id
                                     AND contract.company_id = %s
                                     AND contract.state = 'active')""",
                company.id,
            )
        )
        return days


class RealestateDunningFacts(models.AbstractModel):
    """Wishes of buyers among what the decision needs to know: of who wishes to be
    reminded early, later items count."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.facts"  # pylint: disable=consider-merging-classes-inherited

    def _select_wishes(self, company, contracts):
        """Days ahead of the buyers who have said so: ``{contract id: days}``."""
        rows = self.env.execute_query(
            SQL(
                """SELECT contract.id, partner.realestate_reminder_days
                     FROM res_partner partner
                     JOIN realestate_contract contract
                       ON contract.partner_id = partner.id
                    WHERE partner.realestate_reminder_days > 0
                      AND contract.company_id = %(company)s
                      AND contract.state = 'active' %(only)s""",
                company=company.id,
                only=self._only_sql("contract", "id", contracts),
            )
        )
        return dict(rows)

    def _further_sql(self, date, horizon, far):
        """The items of those in ``far`` between the horizon of all and their own."""
        if not far:
            return SQL()
        return SQL(
            """UNION ALL
               SELECT item.contract_id, item.date_due,
                      CASE WHEN item.amount_residual > 0
                           THEN item.amount_residual ELSE item.amount END,
                      item.amount_residual > 0
                 FROM unnest(%(ids)s, %(days)s) wish (contract_id, days)
                 JOIN realestate_installment item USING (contract_id)
                WHERE item.date_due > %(horizon)s
                  AND item.date_due <= %(date)s + wish.days
                  AND (item.amount_residual > 0
                    OR item.move_id IS NULL AND item.is_void IS NOT TRUE)""",
            ids=list(far),
            days=list(far.values()),
            horizon=horizon,
            date=SQL("%s::date", date),
        )

    def _horizon_sql(self, date, horizon, far):
        """The horizon of the contract of a mortgage."""
        if not far:
            return SQL("%s", horizon)
        return SQL(
            """COALESCE((SELECT %(date)s + wish.days
                           FROM unnest(%(ids)s, %(days)s) wish (contract_id, days)
                          WHERE wish.contract_id = mortgage.contract_id),
                        %(horizon)s)""",
            date=SQL("%s::date", date),
            ids=list(far),
            days=list(far.values()),
            horizon=horizon,
        )


class RealestateDunningSelection(models.AbstractModel):
    """Wishes in the words of the database, as :func:`..tools.ladder.with_wish`."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.selection"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _wished_sql(self, company, date, until):
        """Contracts of buyers with a wish, and their items beyond ``until``: one
        branch of ``soon``, which asks for the instalments of these contracts alone."""
        return SQL(
            """UNION ALL
               SELECT contract.id, item.date_due, partner.realestate_reminder_days
                 FROM res_partner partner
                 JOIN realestate_contract contract
                   ON contract.partner_id = partner.id
                  AND contract.company_id = %(company)s
                  AND contract.state = 'active'
            LEFT JOIN realestate_installment item
                   ON item.contract_id = contract.id
                  AND item.date_due > %(until)s
                  AND item.date_due <= %(today)s + partner.realestate_reminder_days
                  AND (item.amount_residual > 0
                    OR item.move_id IS NULL AND item.is_void IS NOT TRUE)
                WHERE partner.realestate_reminder_days > 0""",
            company=company.id,
            until=until,
            today=SQL("%s::date", date),
        )

    @api.model
    def _begun_sql(self, rungs, date):
        """The latest reminder that has begun for the next item: its days and level. The
        first begins as early as the buyer wishes, see :func:`..tools.ladder.with_wish`.
        """
        if not rungs.reminder_ids:
            return SQL("SELECT NULL::integer AS days, NULL::integer AS level_id")
        return SQL(
            """SELECT CASE place WHEN 1 THEN least(%(days)s[1], -soon.ahead)
                                 ELSE %(days)s[place] END AS days,
                      %(ids)s[place] AS level_id
                 FROM (SELECT greatest(
                              width_bucket(%(today)s - soon.due, %(days)s),
                              (soon.due - %(today)s <= soon.ahead
                               AND soon.ahead > 0)::integer) AS place) counted""",
            days=SQL("(%s)", self._array(rungs.reminder_days)),
            ids=SQL("(%s)", self._array(rungs.reminder_ids)),
            today=SQL("%s::date", date),
        )
