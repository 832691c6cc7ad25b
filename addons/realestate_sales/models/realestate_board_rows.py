"""How the board reads its units: one statement, however many there are."""

from odoo import api, fields, models
from odoo.tools import SQL


class RealestateBoard(models.AbstractModel):
    # A file for each concern keeps them short.
    _inherit = "realestate.board"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_domain(self, project, building_ids=None):
        domain = [("project_id", "=", project.id)]
        if building_ids is not None:
            domain.append(("building_id", "in", self._to_ids(building_ids)))
        return domain

    @api.model
    def _get_changes_domain(self, project, unit_ids):
        return [*self._get_domain(project), ("id", "in", self._to_ids(unit_ids))]

    @api.model
    def _read_units(self, domain, personal=True):
        """Read the units of a domain that the user may see, and who claims them.

        :param personal: whether to read who that is
        :return: list of dicts with :data:`UNIT_COLUMNS` and the live claim's columns
        """
        units = self.env["realestate.unit"]
        query = units._search(domain)
        self._flush_read(personal)
        who, joins = self._get_claim_sql() if personal else (SQL("NULL AS who"), SQL())
        return self.env.execute_query_dict(
            SQL(
                """SELECT unit.id, unit.building_id, unit.number, unit.floor,
                          unit.floor_sequence, unit.unit_type_id, unit.kind, unit.view,
                          unit.area, unit.price_list, unit.main_unit_id,
                          %(state)s AS state,
                          claim.id AS claim, claim.expires_at AS until, %(who)s
                     FROM realestate_unit unit
                LEFT JOIN realestate_unit_claim claim
                       ON claim.unit_id = unit.id AND claim.live
                      AND (claim.expires_at IS NULL OR claim.expires_at > %(now)s)
                          %(joins)s
                    WHERE unit.id IN %(ids)s
                 ORDER BY unit.building_id, unit.floor_sequence DESC, unit.number""",
                state=self._get_state_sql(),
                now=fields.Datetime.now(),
                who=who,
                joins=joins,
                ids=query.subselect(),
            )
        )

    @api.model
    def _flush_read(self, personal):
        self.env["realestate.unit"].flush_model()
        self.env["realestate.unit.claim"].flush_model()
        if personal:
            self.env["realestate.reservation"].flush_model(["user_id", "plan_id"])
            self.env["realestate.contract"].flush_model(["user_id", "plan_id"])
            self.env["realestate.payment.plan"].flush_model(["name"])
            self.env["res.partner"].flush_model(["name"])

    @api.model
    def _get_state_sql(self):
        """The state of ``unit`` by its live ``claim``; see the unit's own field."""
        return SQL(
            """CASE claim.kind
                    WHEN 'hold' THEN 'held'
                    WHEN 'reservation' THEN 'reserved'
                    WHEN 'contract' THEN CASE
                        WHEN unit.date_handover IS NULL THEN 'contracted'
                        ELSE 'handed_over' END
                    ELSE CASE WHEN unit.is_released THEN 'available'
                              ELSE 'unreleased' END
               END"""
        )

    @api.model
    def _get_claim_sql(self):
        """Who claims: the columns, and the joins they need.

        A paper may have passed to another agent since the claim was taken.
        """
        columns = SQL(
            """claim.origin, holder.name AS user, buyer.name AS buyer,
               COALESCE(plan.name ->> %(lang)s, plan.name ->> 'en_US') AS plan,
               claim.user_id = %(uid)s AS mine,
               (claim.id IN %(readable)s OR reservation.user_id = %(uid)s
                OR contract.user_id = %(uid)s) AS readable""",
            uid=self.env.uid,
            lang=self.env.lang or "en_US",
            readable=self.env["realestate.unit.claim"]._search([]).subselect(),
        )
        joins = SQL(
            """LEFT JOIN res_users ON res_users.id = claim.user_id
               LEFT JOIN res_partner holder ON holder.id = res_users.partner_id
               LEFT JOIN res_partner buyer ON buyer.id = claim.partner_id
               LEFT JOIN realestate_reservation reservation
                      ON claim.origin = 'realestate.reservation,' || reservation.id
               LEFT JOIN realestate_contract contract
                      ON claim.origin = 'realestate.contract,' || contract.id
               LEFT JOIN realestate_payment_plan plan
                      ON plan.id = COALESCE(contract.plan_id, reservation.plan_id)"""
        )
        return columns, joins

    @api.model
    def _read_buildings(self, project, building_ids=None):
        """The buildings as ``[id, name, code, progress, name of the phase]``."""
        domain = self._get_domain(project)
        if building_ids is not None:
            domain.append(("id", "in", self._to_ids(building_ids)))
        buildings = self.env["realestate.building"]
        query = buildings._search(domain, order=buildings._order)
        told = [
            buildings._field_to_sql(query.table, name, query)
            for name in ("id", "name", "code", "progress")
        ]
        phase = query.left_join(query.table, "phase_id", "realestate_phase", "id", "p")
        phase_name = self.env["realestate.phase"]._field_to_sql(phase, "name", query)
        rows = self.env.execute_query(query.select(*told, phase_name))
        return [[*row[:4], row[4] or ""] for row in rows]
