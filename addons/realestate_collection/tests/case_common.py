from odoo import fields
from odoo.tests import freeze_time

from .dunning_common import DunningCommon


class CaseCommon(DunningCommon):
    """A contract of twelve months at 100,000; February and March are late, by 33 and
    5 days. The rule asks for ten."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.env["realestate.collection.case"]
        cls.contract = cls._create_billed()
        cls.colleague = cls._create_user(
            "colleague", "realestate_collection.group_officer"
        )

    def _refresh(self, day=None, contracts=None):
        return self.cases._refresh(
            self.company, fields.Date.to_date(day), contracts=contracts
        )

    def _open(self, contract=None):
        """The open case of a contract, as the rule has opened it."""
        self._refresh()
        return (contract or self.contract)._get_case()

    @classmethod
    def _create_team(cls, **values):
        return cls.env["realestate.collection.team"].create(
            {"name": "Team", "company_id": cls.company.id, **values}
        )

    def _promise(self, amount=200000, day="2026-03-20", contract=None):
        contract = contract or self.contract
        contract.with_user(self.collector).log_contact(
            "call", "promised", promise_amount=amount, promise_date=day
        )
        return contract.promise_ids.sorted("id")[-1:]

    def _on(self, day):
        return freeze_time(f"{day} 04:00:00")
