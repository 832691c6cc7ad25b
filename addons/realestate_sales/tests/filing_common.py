from datetime import date

from .common import RealestateSalesCommon


class FilingCase(RealestateSalesCommon):
    """A project whose contracts are to be filed within 30 days of signing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._create_user("clerk", "realestate_sales.group_filing_officer")
        cls.rule = cls._create_rule()
        cls.project.filing_user_id = cls.clerk

    @classmethod
    def _create_rule(cls, **values):
        return cls.env["realestate.filing.rule"].create(
            {
                "name": "Filing of the contract",
                "project_id": cls.project.id,
                "term_length": 30,
                "source": "Art. 26",
                **values,
            }
        )

    @classmethod
    def _sign(cls, unit=None, day=date(2026, 1, 15)):
        contract = cls._create_contract(unit, state="approved")
        contract.action_sign(day)
        return contract

    @classmethod
    def _file(cls, contract=None, state="open", number="BA-1"):
        """The filing of a signed contract, walked to ``state`` by its buttons."""
        contract = contract or cls._sign()
        filing = contract.filing_ids.filtered(lambda one: one.kind == "contract")
        if state in ("prepared", "submitted", "accepted", "rejected"):
            filing.action_prepare(date(2026, 1, 20))
        if state in ("submitted", "accepted", "rejected"):
            filing.action_submit(date(2026, 1, 21))
        if state == "accepted":
            filing.action_accept(date(2026, 1, 28), number)
        elif state == "rejected":
            filing.action_reject("The seal is not legible", date(2026, 1, 28))
        return filing
