import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.filing_answer import AnswerError, read_answers
from ..tools.spreadsheet import read_table
from ..tools.table import TableError
from .exchange_messages import ANSWER_MESSAGES
from .realestate_import_messages import TABLE_MESSAGES


class RealestateFilingExchange(models.Model):
    """The answer of the authority: read, matched to filings by row, then applied."""

    # A file for each concern keeps them short.
    _inherit = "realestate.filing.exchange"  # pylint: disable=consider-merging-classes-inherited

    # === ACTIONS === #

    def action_apply(self):
        """Record what the authority answers: all rows, or none while one has a
        problem, unless those are left out."""
        self.ensure_one()
        self.action_check()
        self._check_direction("in")
        wrong = self.line_ids.filtered("problem")
        if wrong and not self.skips_problems:
            raise UserError(
                self.env._(
                    "%(count)s rows have a problem, so nothing was recorded. Correct "
                    "the file, or leave those rows out.",
                    count=len(wrong),
                )
            )
        usable = self.line_ids - wrong
        for line in usable:
            line._apply()
        self.filing_ids = usable.filing_id
        self._close()
        return True

    # === BUSINESS === #

    def _look_at_answers(self):
        answers = self._read_answers()
        filings = self._find_filings({answer.key for answer in answers})
        lines = [self._prepare_line(one, filings.get(one.key)) for one in answers]
        self._keep_lines(lines, len(lines))

    def _read_answers(self):
        if not self.answer:
            raise UserError(
                self.env._("%(exchange)s: choose the answer file.", exchange=self.name)
            )
        layout = self.format_id._get_answer_layout()
        try:
            table = read_table(base64.b64decode(self.answer), self.answer_name or None)
            return read_answers(table, layout)
        except TableError as error:
            message = self._say(TABLE_MESSAGES, error.code, error.params)
        except AnswerError as error:
            message = self.env._(
                "The file has no column “%(header)s”; it has: %(headers)s. Correct the "
                "format, or choose the right file.",
                **error.params,
            )
        raise UserError(message)

    def _find_filings(self, keys):
        """The filings of the company by the key of the format."""
        field = {"contract": "contract_id.name"}.get(
            self.format_id.answer_by, self.format_id.answer_by
        )
        found = self.env["realestate.filing"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "!=", "cancelled"),
                (field, "in", [key for key in keys if key]),
            ]
        )
        return found.grouped(lambda filing: filing.mapped(field)[0])

    def _prepare_line(self, answer, filings):
        filings = self._choose(answer, filings or self.env["realestate.filing"])
        filing = filings if len(filings) == 1 else filings.browse()
        problems = list(answer.problems)
        result = answer.result
        if answer.key and not filings:
            problems.append(("filing_unknown", {"key": answer.key}))
        elif len(filings) > 1:
            names = ", ".join(filings.mapped("name"))
            params = {"key": answer.key, "filings": names}
            problems.append(("filing_ambiguous", params))
        elif filing and not problems:
            result, found = self._match(answer, filing)
            problems += found
        return {
            "row": answer.row,
            "key": answer.key,
            "filing_id": filing.id,
            "result": result or False,
            "number": answer.number,
            "date": answer.day,
            "reason": answer.reason,
            "problem": "\n".join(
                self._say(ANSWER_MESSAGES, code, params) for code, params in problems
            ),
        }

    def _choose(self, answer, filings):
        """Of several filings of one contract, those that wait for an answer."""
        waiting = filings.filtered(lambda one: one.state == "submitted")
        return waiting or filings if len(filings) > 1 else filings

    def _match(self, answer, filing):
        """What the answer does to the filing, and what is against it."""
        if answer.result == "accept" and filing.state == "accepted":
            if answer.number in ("", filing.number):
                return "same", []
            return "accept", [
                ("number_other", {"filing": filing.name, "number": filing.number})
            ]
        if filing.state != "submitted":
            state = filing._state_label(filing.state)
            return answer.result, [
                ("not_submitted", {"filing": filing.name, "state": state})
            ]
        return answer.result, [
            *self._get_date_problems(answer, filing),
            *self._get_number_problems(answer, filing),
        ]

    def _get_date_problems(self, answer, filing):
        if answer.day and answer.day > fields.Date.context_today(self):
            yield "date_ahead", {}
        elif answer.day and answer.day < filing.date_submitted:
            yield "date_early", {"date": filing.date_submitted}

    def _get_number_problems(self, answer, filing):
        if answer.result != "accept":
            return
        if not answer.number and not filing.number:
            yield "number_missing", {}
        # A number is of one filing, also of one that the reader does not see.
        taken = (
            filing.sudo().search(
                [
                    ("company_id", "=", filing.company_id.id),
                    ("number", "=", answer.number),
                    ("kind", "=", "contract"),
                    ("state", "!=", "cancelled"),
                    ("id", "!=", filing.id),
                ],
                limit=1,
            )
            if answer.number and filing.kind == "contract"
            else filing.browse()
        )
        if taken:
            yield "number_taken", {"filing": taken.name}
