import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..tools import period

_logger = logging.getLogger(__name__)

#: Invoices made and posted together: flat cost per invoice, 15 MB of memory.
BATCH = 500
#: How often the job starts a batch anew because others changed its rows.
MAX_COLLISIONS = 10


class RealestateInstallment(models.Model):
    """Billing: whatever is due and has no invoice gets one, once."""

    # A file for each concern keeps them short.
    _inherit = "realestate.installment"  # pylint: disable=consider-merging-classes-inherited

    # Billed once, and the invoice credited or cancelled since.
    _undone = models.Index(
        "(company_id) WHERE state = 'planned' AND move_id IS NOT NULL"
    )

    # === ACTIONS === #

    @api.model
    def bill_due(self, date=None, limit=None):
        """Invoice every instalment due by ``date`` that has no invoice that stands.

        Whatever was missed on earlier days is caught up; what is invoiced already,
        or is being invoiced by someone else at this moment, is left alone. One that
        fails is reported on its contract and never stops the others.

        :param date: calendar date, default today; the company's lead days are added
        :param limit: at most so many invoices, default all
        :return: number of instalments billed
        :raises AccessError: unless a collection officer or an accountant calls
        """
        self._check_may_bill()
        day = self._get_billing_date(date)
        limit = self._get_billing_limit(limit)
        billed = 0
        for company in self.env.companies:
            if limit is None or billed < limit:
                rest = None if limit is None else limit - billed
                billed += self._bill_company(company, day, rest)
        return billed

    def action_bill_due(self):
        """Bill from the list of instalments, whatever is selected; say how many."""
        billed = self.bill_due()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if billed else "info",
                "message": self.env._("%(count)s instalments invoiced.", count=billed),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # === BUSINESS === #

    @api.model
    def _check_may_bill(self):
        if not self.env.su and not self.env.user.has_groups(
            "realestate_collection.group_officer,account.group_account_invoice"
        ):
            raise AccessError(
                self.env._("Only collection officers and accountants bill instalments.")
            )

    @api.model
    def _get_billing_date(self, date):
        try:
            return period.read_day(date)
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "Billing: “%(date)s” is no date. Write it as 2026-12-31.", date=date
                )
            ) from error

    @api.model
    def _get_billing_limit(self, limit):
        if limit is None or limit is False:
            return None
        if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
            raise UserError(
                self.env._(
                    "Billing: the limit “%(limit)s” is no number of invoices. Give a "
                    "whole number above zero, or none to bill everything.",
                    limit=limit,
                )
            )
        return limit

    @api.model
    def _bill_company(self, company, date, limit=None):
        """Bill one company batch by batch; return how many were billed."""
        # The caller's right to bill was checked; the entries are accounting's.
        billing = self.sudo().with_company(company).with_context(**self._quiet())
        day = date or company._realestate_today()
        billing._release_undone(company)
        billed, failed = 0, []
        while limit is None or billed < limit:
            size = BATCH if limit is None else min(BATCH, limit - billed)
            chosen = billing._select_to_bill(company, day, size, failed)
            if not chosen:
                break
            done = billing._bill_batch(chosen, day)
            billed += len(done)
            failed += (chosen - done).ids
        return billed

    @api.model
    def _quiet(self):
        """Context in which a new invoice has no followers and no log of its birth."""
        return {
            "tracking_disable": True,
            "mail_notrack": True,
            "mail_create_nolog": True,
            "mail_create_nosubscribe": True,
        }

    @api.model
    def _to_bill_sql(self, company, date):
        """What is due: by the partial index ``_to_bill``, whatever else exists."""
        self.env["realestate.contract"].flush_model(["state"])
        self.flush_model(
            ["company_id", "contract_id", "date_due", "is_void", "move_id"]
        )
        return SQL(
            """ FROM realestate_installment item
                JOIN realestate_contract contract ON contract.id = item.contract_id
               WHERE item.move_id IS NULL
                 AND item.is_void IS NOT TRUE
                 AND item.date_due <= %(date)s
                 AND item.company_id = %(company)s
                 AND contract.state = 'active'""",
            date=date + timedelta(days=company.sudo().realestate_billing_lead_days),
            company=company.id,
        )

    @api.model
    def _select_to_bill(self, company, date, size, without=()):
        """The next instalments to bill, oldest due first."""
        rows = self.env.execute_query(
            SQL(
                "SELECT item.id %(due)s AND item.id != ALL(%(without)s)"
                " ORDER BY item.date_due, item.id LIMIT %(size)s",
                due=self._to_bill_sql(company, date),
                without=list(without),
                size=size,
            )
        )
        return self.browse(row[0] for row in rows)

    @api.model
    def _count_to_bill(self, company, date):
        sql = SQL("SELECT count(*) %s", self._to_bill_sql(company, date))
        return self.env.execute_query(sql)[0][0]

    @api.model
    def _release_undone(self, company):
        """Make instalments whose invoice was cancelled or credited billable again."""
        undone = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "planned"),
                ("move_id", "!=", False),
                ("is_void", "=", False),
                ("contract_id.state", "=", "active"),
            ]
        ).filtered(lambda item: item.move_id._realestate_is_undone())
        for item in undone.try_lock_for_update(allow_referencing=True):
            move = item.move_id
            move.realestate_installment_id = False
            item.move_id = False
            item.contract_id._message_log(
                body=self.env._(
                    "%(item)s will be invoiced again: %(move)s no longer stands.",
                    item=item.display_name,
                    move=move.name or self.env._("its draft"),
                )
            )

    def _bill_batch(self, chosen, date):
        """Bill the chosen instalments together, or one by one if that fails.

        :return: those that have an invoice now
        """
        ready = self._lock_to_bill(chosen)
        if not ready:
            return ready
        try:
            with self.env.cr.savepoint():
                ready._create_invoices(date)
            done = ready
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:  # one bad record must not stop many
            _logger.info("Billing %s instalments one by one: %s", len(ready), error)
            done = ready._bill_each(date)
        self.env.flush_all()
        self.env.invalidate_all()
        return done

    def _lock_to_bill(self, chosen):
        """Those of ``chosen`` that nobody else is billing and that are still due."""
        locked = chosen.try_lock_for_update(allow_referencing=True)
        locked.invalidate_recordset(
            ["move_id", "is_void", "date_due", "amount", "amount_interest"]
        )
        return locked.filtered(
            lambda item: (
                not item.move_id
                and not item.is_void
                and item.contract_id.state == "active"
            )
        )

    def _bill_each(self, date):
        done = self.browse()
        for item in self:
            try:
                with self.env.cr.savepoint():
                    item._create_invoices(date)
                done += item
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except UserError as error:
                item._report_billing_failure(str(error))
            except Exception as error:  # reported where people look
                _logger.exception("Billing %s failed", item.display_name)
                item._report_billing_failure(str(error))
        return done

    def _report_billing_failure(self, reason):
        """Tell the collection officer, once per contract until it is dealt with."""
        self.ensure_one()
        contract = self.contract_id
        contract._schedule_once(
            "realestate_collection.mail_activity_type_billing",
            note=self.env._(
                "%(item)s, due on %(date)s, could not be invoiced: %(reason)s Put this "
                "right; it is tried again with the next billing.",
                item=self.display_name,
                date=fields.Date.to_string(self.date_due),
                reason=reason,
            ),
        )

    # === CRON === #

    @api.model
    def _cron_bill(self):
        """Bill every company in batches, each committed: a job that is killed goes on
        where it stopped."""
        for company in self.env["res.company"]._realestate_developers():
            billing = self.sudo().with_company(company).with_context(**self._quiet())
            if not billing._bill_committing(company):
                return

    @api.model
    def _bill_committing(self, company):
        """Bill one company batch by batch, committing each.

        :return: whether there is time left for other companies
        """
        day = company._realestate_today()
        self._release_undone(company)
        failed, collisions = [], 0
        while chosen := self._select_to_bill(company, day, BATCH, failed):
            try:
                done = self._bill_batch(chosen, day)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # Somebody billed or changed these meanwhile: look at them anew.
                self.env.cr.rollback()
                collisions += 1
                if collisions > MAX_COLLISIONS:
                    raise
                continue
            failed += (chosen - done).ids
            left = max(self._count_to_bill(company, day) - len(failed), 0)
            if not self.env["ir.cron"]._commit_progress(len(done), remaining=left):
                return False
        return True
