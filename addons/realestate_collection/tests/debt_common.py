from datetime import date

from .dunning_common import DunningCommon


class DebtCommon(DunningCommon):
    """200,000 are overdue on 10 March: instalments of 5 February and 5 March."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_billed()
        cls.colleague = cls._create_user(
            "second_manager", "realestate_collection.group_manager"
        )

    @classmethod
    def _draft(cls, contract=None, **values):
        """Four parts of 50,000, every month from 20 March on."""
        return cls.env["realestate.arrangement"].create(
            {
                "contract_id": (contract or cls.contract).id,
                "part_count": 4,
                "date_first": date(2026, 3, 20),
                **values,
            }
        )

    @classmethod
    def _approve(cls, record):
        record.with_user(cls.collector).action_submit()
        record.with_user(cls.collection_manager).action_approve()
        return record

    def _offer(self, **values):
        arrangement = self._approve(self._draft(**values))
        with self.mock_mail_gateway():
            arrangement.action_offer()
        return arrangement

    def _run_arrangement(self, **values):
        arrangement = self._offer(**values)
        arrangement.action_accept_on_paper()
        self.assertEqual(arrangement.state, "accepted")
        return arrangement

    def _is_held(self, contract=None):
        return (contract or self.contract).is_dunning_held
