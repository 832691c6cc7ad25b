from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

KIND = "dunning_run"


class RealestateApprovalTier(models.Model):
    # Each kind in the file of its concern.
    _inherit = "realestate.approval.tier"  # pylint: disable=consider-merging-classes-inherited

    kind = fields.Selection(
        selection_add=[(KIND, "Dunning Run")], ondelete={KIND: "cascade"}
    )


class RealestateDunningRun(models.Model):
    """Release by approval: of tiers where the company has them, else of a collection
    manager; never of who asks."""

    _name = "realestate.dunning.run"
    # A file for each concern keeps them short.
    _inherit = [
        "realestate.dunning.run",
        "mail.thread",
        "mail.activity.mixin",
        "realestate.approval.mixin",
    ]

    _approval_kind = KIND

    currency_id = fields.Many2one(related="company_id.currency_id")

    # === ACTIONS === #

    def action_ask_release(self, reason=None):
        """Ask for the release of simulated runs; asked again, the earlier request
        counts no longer.

        :param reason: text for who decides, may be empty
        :raises UserError: for a run that is over or would send nothing
        """
        self._check_officer()
        for run in self:
            run._check_waiting()
            if not run.send_count:
                raise UserError(self.env._("%(run)s would send nothing.", run=run.name))
            run._ask_release(reason if isinstance(reason, str) else None)
        return True

    def action_approve(self):
        """Approve and release what the user may decide on."""
        for run in self:
            pending = run._get_approvals(KIND).filtered(
                lambda approval: approval.state == "pending"
            )
            if not pending:
                raise UserError(
                    self.env._(
                        "%(run)s waits for nobody's approval: ask for its release "
                        "first.",
                        run=run.name,
                    )
                )
            # The decision is the user's own: the approval checks who that is.
            pending[:1].sudo(False).action_approve()
        return True

    def _ask_release(self, reason=None):
        self.ensure_one()
        self._request_approval(KIND, reason)
        # Runs are written by nobody's hand.
        self.sudo()._write_facts(release="asked")

    # === HOOKS === #

    def _get_approval_project(self):
        return self.env["realestate.project"]

    def _get_approval_group(self, kind):
        if kind != KIND:
            return super()._get_approval_group(kind)
        return self.env.ref("realestate_collection.group_manager")

    def _get_approval_facts(self, kind):
        if kind != KIND:
            return super()._get_approval_facts(kind)
        self.env.flush_all()
        [[count, digest]] = self.env.execute_query(
            SQL(
                """SELECT count(*),
                          md5(string_agg(
                              concat_ws(':', contract_id, level_id, amount), ','
                              ORDER BY contract_id))
                     FROM realestate_dunning_decision
                    WHERE run_id = %s AND action = 'send'""",
                self.id,
            )
        )
        return {"date": self.date, "count": count, "decisions": digest or ""}

    def _get_approval_summary(self, kind):
        if kind != KIND:
            return super()._get_approval_summary(kind)
        rows = [
            ("date", self.env._("Day"), self._summary_date(self.date)),
            ("notices", self.env._("Notices"), str(self.send_count)),
        ]
        for line in self.total_ids:
            text = self.env._(
                "%(count)s, together %(amount)s, by %(channels)s",
                count=line.contract_count,
                amount=line.currency_id.format(line.amount),
                channels=line.channels,
            )
            key = f"level {line.level_id.id} {line.currency_id.id}"
            rows.append((key, line.level_id.name or "", text))
        return rows

    def _get_approval_measure(self, kind):
        if kind != KIND:
            return super()._get_approval_measure(kind)
        company = self.company_id
        amount = sum(
            line.currency_id._convert(
                line.amount, company.currency_id, company, self.date
            )
            for line in self.total_ids
        )
        return amount, 0.0

    def _on_approved(self, kind):
        if kind == KIND:
            # The approvers need not be those who make notices.
            self.sudo()._release()
        return super()._on_approved(kind)

    def _on_refused(self, kind, reason):
        if kind == KIND:
            # The right was checked; facts are written by nobody's hand.
            self.sudo()._reject(reason)
        return super()._on_refused(kind, reason)
