from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time

from odoo.addons.mail.tests.common import MockEmail

from .common import RealestateCollectionCommon


class DunningCommon(RealestateCollectionCommon, MockEmail):
    """Runs and sends on chosen days; letters are drawn as HTML, mails are caught."""

    def setUp(self):
        super().setUp()
        self.notices = self.env["realestate.dunning.notice"]
        self.levels = {level.days: level for level in self.ladder.level_ids}

    def _run(self, day=None):
        return self.env["realestate.dunning.ladder"].run(day)

    def _send(self):
        """Send what is queued, as the job does; return the notices' new mails."""
        with self._without_commit(), self.mock_mail_gateway():
            self.notices._cron_send()
        ours = self.notices.search([]).delivery_ids.mail_mail_id
        return [mail for mail in ours & self._new_mails if mail.state == "sent"]

    def _delivery(self, notice, channel="email"):
        return notice.delivery_ids.filtered(lambda one: one.channel == channel)

    def _live(self, first, days, every=1):
        """Run and send day after day; return what was sent as (day, level's days)."""
        sent = []
        start = fields.Date.to_date(first)
        for offset in range(0, days, every):
            day = start + timedelta(days=offset)
            with freeze_time(f"{day} 04:00:00"):
                run = self._run()
                self._send()
                sent += [(str(day), n.level_id.days) for n in run.notice_ids]
        return sent

    def _decision(self, run, contract):
        return run.decision_ids.filtered(lambda d: d.contract_id == contract)

    def _create_notice(self, unit=None, **values):
        contract = self._create_billed(unit, **values)
        notice = self._run().notice_ids.filtered(lambda n: n.contract_id == contract)
        self.assertEqual(notice.state, "queued")
        return notice
