from odoo import api, fields, models
from odoo.fields import Domain

SOON_ACTIVITY = "realestate_sales.mail_activity_filing"
LATE_ACTIVITY = "realestate_sales.mail_activity_filing_late"


class RealestateFiling(models.Model):
    """No deadline passes unseen."""

    # A file for each concern keeps them short.
    _inherit = "realestate.filing"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_remind(self, limit=500):
        """Once a day: what is due soon goes to the filing officer, what is overdue to
        whoever is responsible for the project as well; one activity each."""
        soon = Domain("is_due_soon", "=", True) | Domain("is_overdue", "=", True)
        late = Domain("is_overdue", "=", True)
        for domain, kind in ((soon, SOON_ACTIVITY), (late, LATE_ACTIVITY)):
            self._remind_all(domain, kind, limit)

    @api.model
    def _remind_all(self, domain, kind, limit):
        activity = self.env.ref(kind)
        told = Domain("activity_type_id", "=", activity.id)
        found = self.search(
            domain & Domain("activity_ids", "not any", told), limit=limit
        )
        for left, filing in enumerate(reversed(found)):
            filing._remind(kind)
            self.env["ir.cron"]._commit_progress(1, remaining=left)

    def _remind(self, kind):
        """Tell who has to act. Nobody set: whoever is responsible for the project."""
        self.ensure_one()
        responsible = self.project_id.user_id
        user = self.user_id or responsible
        if kind == LATE_ACTIVITY:
            user = responsible
        if not user or not user.active:
            return
        own = self.with_context(lang=user.lang)
        if kind == LATE_ACTIVITY:
            text = own.env._("Not filed in time: %(contract)s")
        else:
            text = own.env._("File by %(date)s: %(contract)s")
        own.activity_schedule(
            kind,
            date_deadline=self.date_due,
            user_id=user.id,
            summary=text
            % {
                "contract": self.contract_id.name,
                "date": fields.Date.to_string(self.date_due),
            },
        )
