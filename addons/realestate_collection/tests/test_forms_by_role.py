from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from .common import TODAY, RealestateCollectionCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestFormsByRole(RealestateCollectionCommon):
    """Whoever may read a contract can open its form, with all that hangs on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active(user_id=cls.agent.id)
        filing = cls._create_user("filing", "realestate_sales.group_filing_officer")
        cls.roles = {
            user.login: user
            for user in (
                *(cls.agent, cls.officer, cls.supervisor, cls.manager, cls.lawyer),
                *(cls.leader, cls.archivist, cls.loan_officer, filing),
                *(cls.collector, cls.collection_manager, cls.accountant),
            )
        }

    def _assert_opens(self, record):
        for login, user in self.roles.items():
            with self.subTest(model=record._name, user=login):
                try:
                    Form(record.with_user(user))
                except AccessError as error:
                    self.fail(f"{login} cannot open {record._name}: {error}")

    def test_every_role_opens_a_contract(self):
        self._assert_opens(self.contract)

    def test_every_role_opens_an_instalment(self):
        self._assert_opens(self.contract.installment_ids[0])

    def test_every_role_opens_a_unit_and_its_project(self):
        self._assert_opens(self.unit)
        self._assert_opens(self.project)

    def test_every_role_opens_a_buyer(self):
        self._assert_opens(self.buyer)
