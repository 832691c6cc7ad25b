import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

#: Papers drawn between two commits, and seconds after which no other is begun: what a
#: kill or a stop costs at most. What papers have in common is read once a step.
PAPERS_A_STEP = 10
SECONDS_A_STEP = 3

#: How often a job starts a step anew because others changed what it prints.
MAX_COLLISIONS = 10

#: Days after which the files of a job are thrown away.
DAYS_KEPT = 7


class PaperBatch(models.Model):
    """Many papers printed by the server while their user goes on working.

    Papers are drawn one after the other with the rights of the user who asked, and
    each is kept until all are there; so a job that was killed or stopped goes on where
    it was, and needs the memory of one paper only. Then they are joined into files in
    the order they were asked for. Nothing of a job is written by hand.
    """

    _name = "paper.batch"
    _description = "Print Job"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True)
    report_id = fields.Many2one(
        "ir.actions.report", required=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    company_ids = fields.Many2many(
        "res.company", readonly=True, help="Whose records the user had in view."
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("running", "Printing"),
            ("stopped", "Stopped"),
            ("done", "Printed"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        index=True,
    )
    line_ids = fields.One2many("paper.batch.line", "batch_id", readonly=True)
    failed_line_ids = fields.One2many(
        "paper.batch.line", "batch_id", domain=[("state", "=", "failed")], readonly=True
    )
    file_ids = fields.One2many("paper.batch.file", "batch_id", readonly=True)
    paper_count = fields.Integer(string="Papers", compute="_compute_counts")
    drawn_count = fields.Integer(string="Drawn", compute="_compute_counts")
    failed_count = fields.Integer(string="Failed", compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts")
    date_done = fields.Datetime(string="Printed on", readonly=True)

    @api.depends("line_ids.state")
    def _compute_counts(self):
        counts = {}
        groups = self.env["paper.batch.line"]._read_group(
            [("batch_id", "in", self.ids)], ["batch_id", "state"], ["__count"]
        )
        for batch, state, count in groups:
            counts.setdefault(batch.id, {})[state] = count
        for batch in self:
            found = counts.get(batch.id, {})
            batch.paper_count = sum(found.values())
            batch.drawn_count = found.get("drawn", 0) + found.get("joined", 0)
            batch.failed_count = found.get("failed", 0)
            batch.progress = (
                100 * (1 - found.get("waiting", 0) / batch.paper_count)
                if batch.paper_count
                else 0
            )

    # === ACTIONS === #

    def action_stop(self):
        """Stop after the paper that is being drawn; what is drawn stays."""
        self.check_access("read")
        # Jobs are written by nobody's hand; who sees one owns it.
        running = self.sudo().filtered(lambda one: one.state in ("waiting", "running"))
        running._update_state("stopped")
        return True

    def action_resume(self):
        """Go on where the job stopped, and try again what failed."""
        self.check_access("read")
        # Jobs are written by nobody's hand; who sees one owns it.
        for batch in self.sudo():
            failed = batch.failed_line_ids
            if batch.state == "stopped" or (batch.state == "done" and failed):
                failed._update_state("waiting", message=False)
                batch._update_state("waiting", date_done=False)
        self._trigger()
        return True

    def action_open(self):
        """Open this job on screen."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Print Job"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    # === BUSINESS === #

    @api.model
    def _create_for(self, report, records, name=None):
        """Write down that ``records`` are to be printed by ``report`` and start.

        :raise UserError: nothing to print
        :raise AccessError: the user may not read one of the records
        """
        if not records:
            raise UserError(self.env._("Mark what to print first: nothing is marked."))
        records.check_access("read")
        # Jobs are written by nobody's hand.
        batch = self.sudo().create(
            {
                "name": name or report.name,
                "report_id": report.id,
                "user_id": self.env.uid,
                "company_ids": self.env.companies.ids,
            }
        )
        # Nor are their papers.
        self.env["paper.batch.line"].sudo().create(
            [
                {
                    "batch_id": batch.id,
                    "sequence": number,
                    "res_id": record.id,
                    "name": record.display_name,
                }
                for number, record in enumerate(records, start=1)
            ]
        )
        batch._trigger()
        return batch.sudo(False)

    def _update_state(self, state, **values):
        """The only writer of the state."""
        self.write({"state": state, **values})

    def _trigger(self):
        # Starting the job is what every user of it may do.
        cron = self.env.ref("report_weasyprint.ir_cron_print_papers").sudo()
        cron._trigger()

    def _run(self):
        """Draw what waits, step by step, and join the papers.

        :return: whether it has come to its end, be it stopped
        """
        self.ensure_one()
        self._update_state("running")
        commit = self.env["ir.cron"]._commit_progress
        commit()
        lines = self.env["paper.batch.line"]
        waiting = [("batch_id", "=", self.id), ("state", "=", "waiting")]
        collisions = 0
        while todo := lines.search(waiting, limit=PAPERS_A_STEP):
            try:
                drawn = todo._draw(SECONDS_A_STEP)
                self.env.flush_all()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # Somebody changed what is printed meanwhile: draw it as it is now.
                self.env.cr.rollback()
                collisions += 1
                if collisions > MAX_COLLISIONS:
                    raise
                continue
            left = lines.search_count(waiting)
            seconds = commit(len(drawn), remaining=left + 1)
            # What papers done have read is not needed again, and the user may have
            # stopped the job in a transaction of their own.
            self.env.invalidate_all()
            if self.state == "stopped":
                return True
            if not seconds:
                return False
        self._join()
        return True

    def _join(self):
        """Make files of what is drawn; what failed before comes in files of its own."""
        drawn = self.line_ids.filtered(lambda line: line.state == "drawn")
        groups = drawn._split_into_files()
        before = len(self.file_ids)
        last = before + len(groups)
        for number, lines in enumerate(groups, start=before + 1):
            part = f" {number}-{last}" if last > 1 else ""
            self.env["paper.batch.file"].create(
                {
                    "batch_id": self.id,
                    "sequence": number,
                    "name": f"{self.name}{part}.pdf",
                    "page_count": sum(lines.mapped("page_count")),
                    "pdf": base64.b64encode(lines._join_papers()),
                }
            )
            lines._update_state("joined", pdf=False)
            # One file at a time in memory.
            self.env.invalidate_all()
        self._update_state("done", date_done=fields.Datetime.now())

    # === CRON === #

    @api.model
    def _cron_print(self):
        """Print what was asked for, the oldest first."""
        batches = self.search([("state", "in", ("waiting", "running"))], order="id")
        for number, batch in enumerate(batches, start=1):
            if not batch._run():
                return
            self.env["ir.cron"]._commit_progress(1, remaining=len(batches) - number)

    @api.autovacuum
    def _gc_batches(self):
        """Throw away jobs with their files: the records can be printed again."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=DAYS_KEPT)
        self.search([("create_date", "<", limit)]).unlink()

    def unlink(self):
        """Take the PDF files along, which the database's cascade would forget."""
        self.file_ids.unlink()
        self.line_ids.unlink()
        return super().unlink()
