from datetime import date
from types import SimpleNamespace

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .case_common import CaseCommon
from .common import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestCaseLimits(CaseCommon):
    """From when on a late contract gets a case: the company's limits, or those of the
    ladder of its project."""

    def test_rule_waits_for_its_days(self):
        self.company.realestate_case_days = 34
        self.assertFalse(self._open())
        self._refresh("2026-03-11")
        self.assertTrue(self.contract._get_case())

    def test_rule_waits_for_its_amount(self):
        self.company.realestate_case_amount = 200001
        self.assertFalse(self._open())
        self.company.realestate_case_amount = 200000
        self.assertTrue(self._open())

    def _add_dollar(self):
        dollar = self._activate_currency("USD")
        self.env["res.currency.rate"].create(
            {
                "currency_id": dollar.id,
                "company_id": self.company.id,
                "name": "2026-01-01",
                "rate": 0.02,
            }
        )
        return dollar

    def _limits(self, *currencies, project=None):
        rows = [
            SimpleNamespace(project=(project or self.project).id, currency=currency.id)
            for currency in currencies
        ]
        found = self.cases._get_limits(self.company, date(2026, 3, 10), rows)
        return [
            (days, float(least))
            for days, least in (found[row.project, row.currency] for row in rows)
        ]

    def test_limit_is_converted_into_the_currency_of_the_contract(self):
        dollar = self._add_dollar()
        self.company.realestate_case_amount = 200001
        self.assertEqual(
            self._limits(dollar, self.currency), [(10, 4000.02), (10, 200001)]
        )

    def test_ladder_of_the_project_has_limits_of_its_own(self):
        dollar = self._add_dollar()
        self.company.realestate_case_amount = 500
        other = self.project.copy({"name": "Other", "code": "OTH"})
        self.ladder.copy(
            {
                "name": "Strict",
                "project_ids": [Command.set(other.ids)],
                "has_case_limits": True,
                "case_days": 3,
                "case_amount": 100000,
            }
        )
        self.assertEqual(self._limits(self.currency, dollar), [(10, 500), (10, 10)])
        self.assertEqual(
            self._limits(self.currency, dollar, project=other),
            [(3, 100000), (3, 2000)],
        )
        self.ladder.write({"has_case_limits": True, "case_days": 40, "case_amount": 0})
        self.assertEqual(self._limits(self.currency), [(40, 0)])

    def test_cases_open_by_the_ladder_of_their_project(self):
        strict = self.ladder.copy(
            {
                "name": "Strict",
                "project_ids": [Command.set(self.project.ids)],
                "has_case_limits": True,
                "case_days": 34,
            }
        )
        self.assertFalse(self._open(), "33 days late, the company asks for ten")
        strict.write({"case_days": 33, "case_amount": 200001})
        self.assertFalse(self._open(), "200,000 are late")
        strict.has_case_limits = False
        self.assertTrue(self._open(), "the company's count again")

    def test_ladder_that_is_archived_limits_nothing(self):
        self.ladder.copy(
            {
                "name": "Slow",
                "project_ids": [Command.set(self.project.ids)],
                "has_case_limits": True,
                "case_days": 90,
            }
        ).active = False
        self.assertTrue(self._open())

    def test_new_ladder_begins_with_the_limits_of_the_company(self):
        self.company.write({"realestate_case_days": 7, "realestate_case_amount": 50})
        ladder = self.env["realestate.dunning.ladder"].create({"name": "New"})
        self.assertEqual((ladder.case_days, ladder.case_amount), (7, 50))
        self.assertFalse(ladder.has_case_limits)
