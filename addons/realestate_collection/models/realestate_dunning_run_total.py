from odoo import api, fields, models
from odoo.tools import SQL


class RealestateDunningRun(models.Model):
    """What a run sends, or would send, summed up."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.run"  # pylint: disable=consider-merging-classes-inherited

    total_ids = fields.One2many("realestate.dunning.run.total", "run_id")

    def _write_totals(self):
        """Count what is to be sent by level and currency."""
        self.ensure_one()
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """INSERT INTO realestate_dunning_run_total (
                          run_id, company_id, ladder_id, level_id, level_days,
                          currency_id, contract_count, amount, days_most, decision_id)
                   SELECT run_id, decision.company_id, decision.ladder_id, level.id,
                          level.days, decision.currency_id, count(*), sum(amount),
                          max(decision.days),
                          (array_agg(decision.id ORDER BY amount DESC, decision.id))[1]
                     FROM realestate_dunning_decision decision
                     JOIN realestate_dunning_level level
                       ON level.id = decision.level_id
                    WHERE run_id = %s AND action = 'send'
                 GROUP BY run_id, decision.company_id, decision.ladder_id, level.id,
                          decision.currency_id
                RETURNING realestate_dunning_run_total.id""",
                self.id,
            )
        )
        self.invalidate_recordset(["total_ids"])


class RealestateDunningLevel(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.level"  # pylint: disable=consider-merging-classes-inherited

    def _get_channel_text(self):
        """By which means this level goes out, in the user's language."""
        channels = self._get_channels() if self else set()
        deliveries = self.env["realestate.dunning.delivery"]
        labels = deliveries._fields["channel"]._description_selection(self.env)
        names = [label for channel, label in labels if channel in channels]
        if self.create_activity:
            names.append(self.env._("Activity"))
        return ", ".join(names)


class RealestateDunningRunTotal(models.Model):
    """What a run sends by one level in one currency, with a letter to look at."""

    _name = "realestate.dunning.run.total"
    _description = "Dunning Run Total"
    _order = "run_id desc, level_days, currency_id, id"
    _rec_name = "level_id"

    run_id = fields.Many2one(
        "realestate.dunning.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True)
    date = fields.Date(related="run_id.date")
    ladder_id = fields.Many2one("realestate.dunning.ladder", ondelete="set null")
    level_id = fields.Many2one("realestate.dunning.level", ondelete="set null")
    level_days = fields.Integer()
    currency_id = fields.Many2one("res.currency", required=True)
    channels = fields.Char(compute="_compute_channels")
    contract_count = fields.Integer(string="Contracts")
    amount = fields.Monetary(string="Asked For", aggregator=None)
    days_most = fields.Integer(string="Most Days Late")
    decision_id = fields.Many2one(
        "realestate.dunning.decision",
        string="Sample",
        ondelete="set null",
        help="The biggest of them: the sample letter is to this buyer.",
    )
    attachment_id = fields.Many2one(
        "ir.attachment", string="Sample Letter", readonly=True
    )

    @api.depends("level_id")
    @api.depends_context("lang")
    def _compute_channels(self):
        for total in self:
            total.channels = total.level_id._get_channel_text()

    # === ACTIONS === #

    def action_open_sample(self):
        """Open the letter as the buyer of the biggest amount would get it. It is drawn
        once and kept with the run, with what was approved."""
        self.ensure_one()
        self.check_access("read")
        # Runs and their papers are written by nobody's hand.
        attachment = self.sudo()._get_sample()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
        }

    def action_open_decisions(self):
        """Open the decisions that are summed up here."""
        self.ensure_one()
        action = self.run_id.action_open_decisions()
        action["domain"] += [
            ("action", "=", "send"),
            ("level_id", "=", self.level_id.id),
            ("currency_id", "=", self.currency_id.id),
        ]
        return action

    # === BUSINESS === #

    def _get_sample(self):
        self.ensure_one()
        if not self.attachment_id:
            level = self.level_id.name.replace("/", "-")
            self.attachment_id = self.env["ir.attachment"].create(
                {
                    "name": self.env._("Sample %(level)s.pdf", level=level),
                    "raw": self._draw_sample(),
                    "mimetype": "application/pdf",
                    "res_model": self.run_id._name,
                    "res_id": self.run_id.id,
                }
            )
        return self.attachment_id

    def _draw_sample(self):
        """The letter of a notice that is made to be drawn and forgotten: PDF bytes."""
        self.ensure_one()
        with self.env.cr.savepoint() as savepoint:
            notice = self.decision_id.notice_id or self._create_sample_notice()
            report = notice._get_report().with_context(realestate_sample=True)
            content, _type = report._render_qweb_pdf(report, notice.ids)
            savepoint.rollback()
        return content

    def _get_sample_days(self):
        """Where the level stands for the sample's buyer, who may wish to be reminded
        earlier."""
        level = self.level_id
        is_early = level.kind == "reminder" and self.decision_id.days < level.days
        return self.decision_id.days if is_early else level.days

    def _create_sample_notice(self):
        decision = self.decision_id
        notices = self.env["realestate.dunning.notice"]
        live = [
            ("contract_id", "=", decision.contract_id.id),
            ("date", "=", self.date),
            ("state", "!=", "cancelled"),
        ]
        # Beside a notice of that day there is no room for a second one.
        return notices.search(live) or notices.create(
            {
                "run_id": self.run_id.id,
                "contract_id": decision.contract_id.id,
                "level_id": self.level_id.id,
                "level_days": self._get_sample_days(),
                "date": self.date,
                "amount": decision.amount,
                "days": decision.days,
            }
        )
