from odoo.tests import HttpCase, tagged

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestContractDeskUi(HttpCase, RealestateSalesCommon):
    """From deposit to archive in the web client, each step by who does it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer.write(
            {
                "street": "1 Mabini Street",
                "city": "Manila",
                "country_id": cls.env.ref("base.ph").id,
                "phone": "+63 900 000 000",
            }
        )
        cls.company.realestate_seal_by_request = True
        cls.keeper = cls._create_user("keeper", "realestate_sales.group_archivist")
        cls.env["realestate.seal"].create(
            {
                "name": "Contract seal",
                "keeper_id": cls.keeper.id,
                "company_id": cls.company.id,
            }
        )
        cls.box = cls.env["realestate.archive.box"].create(
            {"name": "A-001", "place": "Shelf 3", "company_id": cls.company.id}
        )

    def _tour(self, name, record, user):
        path = f"/odoo/{record._name}/{record.id}"
        self.start_tour(path, f"realestate_desk_{name}", login=user.login)

    def _pay(self, move):
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        register.create({})._create_payments()

    def test_deposit_to_archive(self):
        reservation = self._create_reservation(fee=20000)
        reservation.user_id = self.officer
        self._pay(reservation.move_id)
        self._tour("deposit", reservation, self.officer)
        contract = reservation.contract_id
        self.assertEqual(contract.reservation_fee, 50000)

        self._tour("approve", contract, self.supervisor)
        self.assertEqual(contract.user_approved_id, self.supervisor)

        self._tour("sign", contract, self.officer)
        self.assertEqual(contract.state, "signed")
        self.assertRegex(contract.paper_sha256, "^[0-9a-f]{64}$")
        request = self.env["realestate.seal.request"].search(
            [("contract_ids", "in", contract.ids)]
        )
        self.assertEqual(request.user_id, self.officer)

        self._tour("leader", request, self.leader)
        self._tour("stamp", request, self.keeper)
        self.assertEqual(contract.state, "sealed")

        original = contract.paper_id
        self._tour("archive", original, self.archivist)
        self.assertEqual(original.archive_box_id, self.box)
        self.assertEqual(original.archive_position, "7")
