from odoo import api, models

#: Notices of one job; a letter takes a fifth of a second.
SENT_A_JOB = 20


class RealestateDunningNotice(models.Model):
    """Sending by the queue."""

    _inherit = "realestate.dunning.notice"

    @api.model
    def _cron_send(self):
        """Hand what waits out to the workers instead of sending it here."""
        jobs = self.env["queue.job"]
        key = "realestate.send"
        if jobs._realestate_is_under_way(key):
            return
        waiting = self.search(self._get_to_send_domain(), order="id")
        for part in waiting._split_by_buyer(SENT_A_JOB):
            label = self.env._("Send %(count)s notices", count=len(part))
            values = jobs._realestate_job_values(key, part, label)
            part.with_delay(**values)._send_in_job()
        self.env["ir.cron"]._commit_progress(len(waiting))

    def _split_by_buyer(self, size):
        """Split into parts of about ``size``. A buyer's notices stay together: how
        often somebody is written to counts over all of them."""
        part = self.browse()
        for notices in self.grouped("partner_id").values():
            if part and len(part) + len(notices) > size:
                yield part
                part = self.browse()
            part |= notices
        if part:
            yield part

    def _send_in_job(self):
        """Send these notices like the cron: prepared and kept first, so that a worker
        killed meanwhile leaves behind what was handed over."""
        batch = self._filter_to_send().try_lock_for_update()
        batch._prepare_sending()
        self.env["ir.cron"]._commit_progress()
        batch._send_prepared()
