import logging

from odoo import models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import plaintext2html

_logger = logging.getLogger(__name__)


class RealestateContract(models.Model):
    """What a job cannot do about a contract, a person is asked to look at."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def _report_failure(self, xmlid, subject, error):
        """Tell the collection officer, once until it is dealt with, with the reason of
        the last try. What cannot be told either stays in the log alone.

        :param xmlid: type of the activity, which says what could not be done
        :param subject: what the job was at, as people know it
        """
        self.ensure_one()
        lang = self._get_collector().lang or self.env.lang
        contract = self.with_context(lang=lang)
        kind = contract.env.ref(xmlid)
        note = contract.env._(
            "%(reason)s\nPut this right; the job tries again with its next run.",
            reason=str(error) or repr(error),
        )
        try:
            with self.env.cr.savepoint():
                contract._schedule_once(
                    xmlid,
                    summary=f"{kind.name}: {subject}",
                    note=plaintext2html(note),
                )
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception:  # the others of the job are not to wait
            _logger.exception("Nobody could be told of %s", subject)
