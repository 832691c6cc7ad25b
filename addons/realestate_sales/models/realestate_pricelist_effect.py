import logging

from psycopg2.errors import DeadlockDetected, SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL

from .collision import collide

_logger = logging.getLogger(__name__)


class RealestatePricelist(models.Model):
    """The day a version becomes effective: units priced, the one before superseded."""

    # A file for each concern keeps them short.
    _inherit = "realestate.pricelist"  # pylint: disable=consider-merging-classes-inherited

    skipped_count = fields.Integer(
        string="Units Left", compute="_compute_skipped_count"
    )

    @api.depends("line_ids.skip_reason")
    def _compute_skipped_count(self):
        counts = self.env["realestate.pricelist.line"]._read_group(
            [("pricelist_id", "in", self.ids), ("skip_reason", "!=", False)],
            ["pricelist_id"],
            ["__count"],
        )
        by_list = {pricelist.id: count for pricelist, count in counts}
        for pricelist in self:
            pricelist.skipped_count = by_list.get(pricelist._origin.id, 0)

    # === ACTIONS === #

    def action_apply_left(self):
        """Price the units that the effective version had left and that are free now."""
        self._check_is_manager()
        self._apply_left()
        return True

    # === BUSINESS === #

    def _make_effective(self):
        """Let the approved versions among these whose date has come price the units.

        In the order of their dates, so that after days of outage the last one counts.
        """
        due = self.filtered(lambda p: p.state == "approved" and p._is_due())
        for pricelist in due.sorted(lambda p: (p.date_effective, p.version)):
            # Two lists at once would not see each other.
            collide(pricelist.project_id)
            self.search(
                [
                    ("project_id", "=", pricelist.project_id.id),
                    ("state", "=", "effective"),
                ]
            )._update_state("superseded")
            pricelist._update_state("effective", date_applied=fields.Datetime.now())
            pricelist._apply()

    def _apply_left(self):
        for pricelist in self.filtered(lambda p: p.state == "effective"):
            if pricelist.skipped_count:
                pricelist._apply(left_only=True)

    def _is_due(self):
        """Whether its date has come by the clock of the company's office."""
        self.ensure_one()
        partner = self.company_id.sudo().partner_id
        office = self.with_context(tz=partner.tz or self.env.user.tz or "UTC")
        return self.date_effective <= fields.Date.context_today(office)

    def _apply(self, left_only=False):
        """Price the units of the list that nobody has claimed; note which were left.

        A unit that has the price already is left alone: it need not meet a claim that
        is being made at the same time. One that is claimed at the same time is met:
        claims write the unit's row, so one of the two is tried again.

        :param left_only: only the units that were left before
        """
        self.ensure_one()
        self.env.flush_all()
        (priced,) = self.env.execute_query(self._get_apply_sql(left_only))[0]
        self.env.execute_query(self._get_skip_sql(left_only))
        self.env["realestate.unit"].invalidate_model(
            ["price_list", "price_floor", "price_history_ids"], flush=False
        )
        self.env["realestate.pricelist.line"].invalidate_model(
            ["skip_reason"], flush=False
        )
        self.invalidate_recordset(["skipped_count"], flush=False)
        if priced:
            # Written by SQL, and often a whole project: the boards load anew.
            self.env["realestate.unit"]._send_board_message(self.project_id, False)
        if priced or not left_only:
            self._post_effect(priced)

    def _get_apply_sql(self, left_only):
        """Price the units and keep the history, in one statement that returns how many
        units it priced.
        """
        return SQL(
            """WITH change AS MATERIALIZED (
                   SELECT line.unit_id, line.price_list, line.price_floor,
                          unit.price_list AS price_before
                     FROM realestate_pricelist_line line
                     JOIN realestate_unit unit ON unit.id = line.unit_id
                LEFT JOIN (%(claims)s) claim ON claim.unit_id = unit.id
                    WHERE line.pricelist_id = %(list)s AND unit.active
                      AND claim.unit_id IS NULL
                      AND (%(all)s OR line.skip_reason IS NOT NULL)
                      AND (COALESCE(unit.price_list, 0), COALESCE(unit.price_floor, 0))
                       != (line.price_list, COALESCE(line.price_floor, 0))),
               priced AS (
                   UPDATE realestate_unit unit
                      SET price_list = change.price_list,
                          price_floor = change.price_floor,
                          write_uid = %(user)s, write_date = %(now)s
                     FROM change
                    WHERE unit.id = change.unit_id),
               history AS (
                   INSERT INTO realestate_pricelist_history
                          (unit_id, pricelist_id, date, user_id,
                           price_before, price_list, price_floor)
                   SELECT unit_id, %(list)s, %(now)s, %(user)s,
                          price_before, price_list, price_floor
                     FROM change)
               SELECT count(*) FROM change""",
            claims=self._get_claims_sql(),
            list=self.id,
            all=not left_only,
            user=self.env.uid,
            now=fields.Datetime.now(),
        )

    def _get_skip_sql(self, left_only):
        return SQL(
            """UPDATE realestate_pricelist_line line
                  SET skip_reason = now.reason
                 FROM (SELECT line.id,
                              CASE WHEN (unit.price_list,
                                         COALESCE(unit.price_floor, 0))
                                      = (line.price_list,
                                         COALESCE(line.price_floor, 0)) THEN NULL
                                   WHEN NOT unit.active THEN 'archived'
                                   ELSE claim.kind END AS reason
                         FROM realestate_pricelist_line line
                         JOIN realestate_unit unit ON unit.id = line.unit_id
                    LEFT JOIN (%(claims)s) claim ON claim.unit_id = unit.id
                        WHERE line.pricelist_id = %(list)s
                          AND (%(all)s OR line.skip_reason IS NOT NULL)) now
                WHERE line.id = now.id AND line.skip_reason IS DISTINCT FROM now.reason
            RETURNING line.id""",
            claims=self._get_claims_sql(),
            list=self.id,
            all=not left_only,
        )

    @api.model
    def _get_claims_sql(self):
        """What :meth:`realestate.unit._get_live_claim_domain` means, as SQL."""
        domain = self.env["realestate.unit"]._get_live_claim_domain()
        # Whose claim it is does not matter: a claimed unit keeps its price.
        query = self.env["realestate.unit.claim"].sudo()._search(domain)
        return query.select("unit_id", "kind")

    def _post_effect(self, priced):
        """Tell how many units were priced, and how many were left for which reason."""
        self.ensure_one()
        lines = self.env["realestate.pricelist.line"]
        reasons = dict(lines._fields["skip_reason"]._description_selection(self.env))
        groups = lines._read_group(
            [("pricelist_id", "=", self.id), ("skip_reason", "!=", False)],
            ["skip_reason"],
            ["__count"],
        )
        body = self.env._("%(count)s units priced.", count=priced)
        if groups:
            left = ", ".join(f"{reasons[why]}: {count}" for why, count in groups)
            body += " " + self.env._(
                "%(count)s left at the price they had (%(reasons)s).",
                count=sum(count for _why, count in groups),
                reasons=left,
            )
        self.message_post(body=body)

    # === CRON === #

    @api.model
    def _cron_make_effective(self):
        """Make approved versions effective whose date has come, however late this
        runs; price what the effective ones had left and is free now.

        A version that meets a sale at this very moment waits for the next run.
        """
        approved = self.search([("state", "=", "approved")])
        left = self.search(
            [("state", "=", "effective"), ("line_ids.skip_reason", "!=", False)]
        )
        for project in (approved | left).project_id:
            try:
                self._run_project(project)
            except (SerializationFailure, DeadlockDetected):
                # The transaction is broken; the projects before are committed.
                self.env.cr.rollback()
                _logger.info("Prices of project %s wait for a sale.", project.id)
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _run_project(self, project):
        lists = self.search(
            [
                ("project_id", "=", project.id),
                ("state", "in", ("approved", "effective")),
            ]
        )
        lists.filtered(lambda p: p.state == "effective")._apply_left()
        lists._make_effective()
        self.env.flush_all()
