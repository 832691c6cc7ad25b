from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.delivery import LETTER


class RealestatePostBatch(models.Model):
    """Letters that go to the post together: collected, printed in the order of the
    post, handed over, and proved by the post's numbers.
    """

    _name = "realestate.post.batch"
    _description = "Post Batch"
    _inherit = ["realestate.state.mixin"]
    _order = "id desc"
    _check_company_auto = True

    _state_moves = {"open": set(), "posted": {"open"}, "cancelled": {"open"}}
    _fact_fields = frozenset({"paper_batch_id", "report_id", "user_id"})

    name = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one("res.users", string="Collected By", readonly=True)
    report_id = fields.Many2one(
        "ir.actions.report", string="Printed As", readonly=True, ondelete="set null"
    )
    state = fields.Selection(
        [("open", "To Post"), ("posted", "Posted"), ("cancelled", "Dissolved")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    date_posted = fields.Date(
        string="Posted On", help="The day the letters were handed to the post."
    )
    delivery_ids = fields.One2many(
        "realestate.dunning.delivery", "post_batch_id", string="Letters", readonly=True
    )
    letter_count = fields.Integer(string="Letters to Post", compute="_compute_counts")
    out_count = fields.Integer(string="Taken Out", compute="_compute_counts")
    unnumbered_count = fields.Integer(
        string="Without a Number", compute="_compute_counts"
    )
    paper_batch_id = fields.Many2one(
        "paper.batch", string="Print Job", readonly=True, ondelete="set null"
    )
    print_state = fields.Selection(
        [
            ("none", "Not Printed"),
            ("running", "Printing"),
            ("stopped", "Stopped"),
            ("done", "Printed"),
        ],
        string="Printing",
        compute="_compute_print_state",
    )

    @api.depends("delivery_ids.state", "delivery_ids.registered_number")
    def _compute_counts(self):
        for batch in self:
            out = batch.delivery_ids.filtered(lambda one: one.state == "cancelled")
            letters = batch.delivery_ids - out
            batch.letter_count = len(letters)
            batch.out_count = len(out)
            batch.unnumbered_count = len(
                letters.filtered(lambda one: not one.registered_number)
            )

    @api.depends("paper_batch_id.state")
    def _compute_print_state(self):
        for batch in self:
            # A print job is its user's own; how far it is may be told to the others.
            state = batch.sudo().paper_batch_id.state or "none"
            batch.print_state = "running" if state == "waiting" else state

    # === CRUD === #

    def write(self, vals):
        if {"company_id", "name"} & vals.keys():
            raise UserError(self._fact_refused_message({"company_id", "name"}))
        if "date_posted" in vals:
            self._check_open()
        return super().write(vals)

    # === ACTIONS === #

    @api.model
    def collect(self):
        """Collect the letters that wait for the post, after another look at what is
        owed: a batch a company and kind of letter.

        :return: the batches that were made
        :raises UserError: when no letter waits
        :raises AccessError: unless a collection officer calls
        """
        self.env["realestate.dunning.ladder"]._check_may_run()
        companies = self.env.companies
        # Letters are moved by nobody's hand.
        batches = self.sudo()._collect(companies, self.env.user)
        if not batches:
            raise UserError(
                self.env._(
                    "No letter waits for the post. Letters appear here once the "
                    "dunning has queued notices whose level goes by post."
                )
            )
        return batches.sudo(False)

    def action_collect(self):
        """Collect from the list of batches, and open what was made."""
        batches = self.collect()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_collection.realestate_post_batch_action"
        )
        if len(batches) == 1:
            return {**action, "views": [(False, "form")], "res_id": batches.id}
        return {**action, "domain": [("id", "in", batches.ids)]}

    def action_print(self):
        """Print the letters in the background, sorted for the post; again only what
        the last job did not finish."""
        self.ensure_one()
        self._check_officer()
        self._check_open()
        # Facts that follow from what the caller may do; nobody writes them.
        batch = self.sudo()
        job = batch.paper_batch_id
        if job.state in ("waiting", "running", "stopped") and job.user_id == (
            self.env.user
        ):
            job.sudo(False).action_resume()
            return job.sudo(False).action_open()
        notices = self._get_letters().notice_id
        action = batch.report_id.with_env(self.env)._print_as_job(notices, self.name)
        batch._write_facts(paper_batch_id=action["res_id"])
        return action

    def action_open_job(self):
        """Open the print job."""
        self.ensure_one()
        return self.paper_batch_id.action_open()

    def action_check(self):
        """Take letters out whose buyers have paid meanwhile, and say which."""
        self.ensure_one()
        self._check_officer()
        # The right was checked; facts are written by nobody's hand.
        out = self.sudo()._take_out_paid()
        if out:
            return self._tell_taken_out(out)
        return self._notify("success", self.env._("All letters still stand."))

    def action_post(self):
        """Record that the letters were handed to the post. Letters of buyers who have
        paid meanwhile are named first, to be taken out of the pile."""
        self.ensure_one()
        self._check_officer()
        self._check_open()
        # Facts that follow from what the caller may do; nobody writes them.
        batch = self.sudo()
        out = batch._take_out_paid()
        if out:
            return self._tell_taken_out(out)
        if not batch._get_letters():
            raise UserError(
                self.env._(
                    "Nothing is left in %(batch)s: dissolve it.", batch=self.name
                )
            )
        today = batch.company_id._realestate_today()
        date = batch.date_posted or today
        if date > today:
            raise UserError(
                self.env._("Letters were posted today or before, not in days to come.")
            )
        batch._update_state("posted", date_posted=date)
        batch._get_letters()._set_posted(date)
        return True

    def action_cancel(self):
        """Dissolve the batch: its letters wait for the next one."""
        self._check_officer()
        # Facts that follow from what the caller may do; nobody writes them.
        for batch in self.sudo():
            batch._update_state("cancelled")
            batch._get_letters()._write_facts(post_batch_id=False, post_place=0)
        return True

    # === BUSINESS === #

    def _check_officer(self):
        self.check_access("read")
        self.env["realestate.dunning.ladder"]._check_may_run()

    def _check_open(self):
        for batch in self.filtered(lambda one: one.state != "open"):
            raise UserError(batch._state_move_message("posted"))

    def _get_letters(self):
        """The letters in the order of the pile, without those taken out."""
        letters = self.delivery_ids.filtered(lambda one: one.state != "cancelled")
        return letters.sorted("post_place")

    @api.model
    def _collect(self, companies, user):
        deliveries = self.env["realestate.dunning.delivery"]
        waiting = deliveries.search(
            [
                ("channel", "=", LETTER),
                ("state", "=", "queued"),
                ("post_batch_id", "=", False),
                ("joint_id", "=", False),
                ("company_id", "in", companies.ids),
            ]
        )
        # Two who collect at once get different letters.
        letters = waiting.try_lock_for_update()
        (letters | letters.joined_ids).notice_id._call_off_stale()
        letters = letters.filtered(lambda one: one.state == "queued")
        groups = letters.grouped(
            lambda one: (one.company_id, one.notice_id._get_report())
        )
        batches = self.browse()
        for (company, report), pile in groups.items():
            batches |= self._create_batch(company, report, pile, user)
        return batches

    @api.model
    def _create_batch(self, company, report, pile, user):
        today = company._realestate_today()
        number = 1 + self.search_count(
            [("company_id", "=", company.id), ("create_date", ">=", today)]
        )
        batch = self.create(
            {
                "name": self.env._("Post %(date)s/%(n)s", date=today, n=number),
                "company_id": company.id,
            }
        )
        batch._write_facts(report_id=report.id, user_id=user.id)
        for place, letter in enumerate(self._sort_for_post(pile, company), 1):
            letter._write_facts(post_batch_id=batch.id, post_place=place)
        return batch

    @api.model
    def _sort_for_post(self, pile, company):
        home = company.country_id.code or ""
        keys = {letter: letter._get_post_address().sort_key(home) for letter in pile}
        return pile.sorted(keys.get)

    def _take_out_paid(self):
        """Call off the letters that are no longer called for; return them."""
        self.ensure_one()
        letters = self._get_letters().filtered(lambda one: one.state == "queued")
        before = {letter: letter.joined_ids for letter in letters}
        (letters | letters.joined_ids).notice_id._call_off_stale()
        out = letters.filtered(lambda one: one.state == "cancelled")
        # A letter that names a contract paid since is printed anew with the next post.
        wrong = (letters - out).filtered(lambda one: one.joined_ids != before[one])
        wrong._write_facts(post_batch_id=False)
        return out | wrong

    def _tell_taken_out(self, out):
        names = ", ".join(
            f"{one.post_place} ({one.partner_id.name})"
            for one in out.sorted("post_place")
        )
        return self._notify(
            "warning",
            self.env._(
                "Take these letters out of the pile, their buyers have paid or are no "
                "longer to be dunned: %(letters)s",
                letters=names,
            ),
        )

    def _notify(self, kind, text):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "message": text,
                "sticky": kind == "warning",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
