from odoo import api, models
from odoo.tools import format_date

LATE_ACTIVITY = "realestate_sales.mail_activity_mortgage_late"
RELEASE_ACTIVITY = "realestate_sales.mail_activity_mortgage_release"
REFUSED_ACTIVITY = "realestate_sales.mail_activity_mortgage_refused"


class RealestateMortgage(models.Model):
    """Nothing waits unseen: who is late is told, and finance what is to come."""

    # A file for each concern keeps them short.
    _inherit = "realestate.mortgage"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_chase(self):
        """Once a day: an activity for each mortgage that has passed its limit."""
        for mortgage in self.search([("is_late", "=", True)]):
            mortgage._tell_late()

    def _tell_late(self):
        """Tell the loan officer once a stage; finance too, where money is late."""
        users = self.user_id or self.contract_id.user_id
        if self.stage == "release":
            users |= self._get_accountants()
        for user in users:
            self._schedule_once(LATE_ACTIVITY, user, "_get_late_text")

    def _get_late_text(self):
        """What is late, in the language of the environment."""
        values = {
            "stage": self._get_stage_label(),
            "date": format_date(self.env, self.date_limit),
            "bank": self.bank_id.name,
            "amount": self.currency_id.format(self.amount_outstanding),
        }
        if self.stage != "release":
            return self.env._("“%(stage)s” was due by %(date)s (%(bank)s)", **values)
        if self.amount_released:
            return self.env._(
                "Short release: %(amount)s of %(bank)s has not come by %(date)s",
                **values,
            )
        return self.env._(
            "Late release: %(amount)s of %(bank)s was due by %(date)s", **values
        )

    def _schedule_once(self, xmlid, user, text_method):
        """Schedule an activity of ``user``, unless there is one of this type.

        :param text_method: name of what gives the text, called in the user's language
        """
        kind = self.env.ref(xmlid)
        # The activity is another person's.
        mortgage = self.sudo().with_context(lang=user.lang)
        if mortgage.activity_ids.filtered(
            lambda one: one.activity_type_id == kind and one.user_id == user
        ):
            return
        text = getattr(mortgage, text_method)()
        mortgage.activity_schedule(xmlid, user_id=user.id, summary=text)

    # === WHAT FOLLOWS A STEP === #

    def _after_step(self):
        """Who waited is told no more, and whose turn it is now is told."""
        self.ensure_one()
        # Activities are their owners'; the step is taken for all of them.
        own = self.sudo()
        own.activity_unlink([LATE_ACTIVITY])
        if self.stage != "refused":
            own.activity_unlink([REFUSED_ACTIVITY])
        if self.stage != "release":
            own.activity_unlink([RELEASE_ACTIVITY])
        if self.stage == "release":
            self._tell_finance()
        elif self.stage == "refused":
            self._tell_refused()

    def _tell_finance(self):
        """Money is to come: tell the accountants how much, for which unit."""
        for user in self._get_accountants():
            self._schedule_once(RELEASE_ACTIVITY, user, "_get_release_text")

    def _get_release_text(self):
        return self.env._(
            "%(bank)s releases %(amount)s for %(units)s, contract %(contract)s",
            bank=self.bank_id.name,
            amount=self.currency_id.format(self.amount_outstanding),
            units=self.unit_names,
            contract=self.contract_id.name,
        )

    def _get_accountants(self):
        """Whom finance has named, else everybody who books for the company."""
        # Settings and roles of the company are for its jobs to follow.
        company = self.company_id.sudo()
        if company.realestate_loan_accountant_id:
            return company.realestate_loan_accountant_id
        group = self.env.ref("account.group_account_invoice").sudo()
        return group.all_user_ids.filtered(
            lambda user: company in user.company_ids and not user.share and user.active
        )

    def _tell_refused(self):
        """The contract's officer has to find the way out with the buyer."""
        officer = self.contract_id.user_id or self.user_id
        if officer:
            self._schedule_once(REFUSED_ACTIVITY, officer, "_get_refused_text")

    def _get_refused_text(self):
        ways = dict(self._fields["way_out"]._description_selection(self.env))
        return self.env._(
            "Loan of %(partner)s refused by %(bank)s: %(way)s",
            partner=self.partner_id.name,
            bank=self.bank_id.name,
            way=ways.get(self.way_out, ""),
        )
