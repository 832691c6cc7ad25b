from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestDesk(RealestateSalesCommon):
    """Agents see their own buyers, the contract desk those of its projects."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._create_user("colleague", "realestate_sales.group_agent")
        cls.own = cls._reserve(cls.units[0], cls.agent)
        cls.other = cls._reserve(cls.units[1], cls.colleague)

    @classmethod
    def _reserve(cls, unit, user):
        return cls.env["realestate.reservation"].browse(
            unit.with_user(user).action_reserve(cls.buyer, cls.plan, 0).id
        )

    def _contract(self, reservation):
        reservation.with_user(self.officer).action_confirm()
        reservation.with_user(self.officer).action_convert()
        return reservation.contract_id

    def _seen(self, user, records):
        found = records.with_user(user).search([("id", "in", records.ids)])
        return found.with_user(self.env.user)

    def test_agents_see_their_own_reservations(self):
        both = self.own | self.other
        self.assertEqual(self._seen(self.agent, both), self.own)
        self.assertEqual(self._seen(self.colleague, both), self.other)
        self.assertEqual(self._seen(self.officer, both), both)
        with self.assertRaises(AccessError):
            self.other.with_user(self.agent).read(["partner_id"])

    def test_an_agent_follows_the_buyer_to_the_contract(self):
        contracts = self._contract(self.own) | self._contract(self.other)
        self.assertEqual(contracts.user_id, self.officer)
        for records in (
            contracts,
            contracts.line_ids,
            contracts.buyer_ids,
            contracts.installment_ids,
        ):
            with self.subTest(model=records._name):
                self.assertEqual(len(self._seen(self.officer, records)), len(records))
                seen = self._seen(self.agent, records)
                self.assertTrue(seen)
                self.assertLess(seen, records)
        self.assertEqual(self._seen(self.agent, contracts), self.own.contract_id)

    def test_buyer_of_a_unit_is_told_to_the_agent_and_the_desk(self):
        units = self.units[:2]
        for user, told in (
            (self.agent, units[0]),
            (self.colleague, units[1]),
            (self.officer, units),
        ):
            with self.subTest(user=user.login):
                seen = units.with_user(user).filtered("partner_id")
                self.assertEqual(seen.ids, told.ids)
        self._contract(self.own)
        self.assertEqual(self.unit.with_user(self.agent).partner_id, self.buyer)
        self.assertFalse(self.unit.with_user(self.colleague).partner_id)

    def test_who_claims_a_unit_is_told_to_every_agent(self):
        unit = self.units[1].with_user(self.agent)
        self.assertEqual(unit.claim_user_id, self.colleague)
        self.assertEqual(unit.claim_expires_at, self.other.date_expiry)

    def test_claims_of_others_are_not_read(self):
        claims = self.units[:2].claim_ids
        self.assertEqual(self._seen(self.agent, claims), self.units[0].claim_ids)
        self.assertEqual(self._seen(self.officer, claims), claims)

    def test_buyer_goes_with_the_reservation_to_another_agent(self):
        self.own.with_user(self.officer).user_id = self.colleague
        unit = self.units[0]
        self.assertEqual(unit.with_user(self.colleague).partner_id, self.buyer)
        self.assertEqual(unit.live_claim_id.agent_id, self.colleague)
        self.assertEqual(
            self._seen(self.colleague, self.own | self.other), self.own | self.other
        )

    def test_contract_claims_go_to_the_other_agent_too(self):
        self._contract(self.own)
        self.own.user_id = self.colleague
        unit = self.units[0]
        self.assertEqual(unit.with_user(self.colleague).partner_id, self.buyer)

    def test_buyer_goes_with_a_contract_to_another_officer(self):
        parking = self._create_units(1, first=900, kind="parking")
        parking.main_unit_id = self.units[2]
        contract = self._create_contract(self.units[2], user_id=self.officer.id)
        claims = contract.line_ids.unit_id.claim_ids.filtered("live")
        self.assertEqual(len(claims), 2)
        self.assertEqual(claims.agent_id, self.officer)
        contract.with_user(self.supervisor).user_id = self.colleague
        self.assertEqual(claims.agent_id, self.colleague)
        self.assertEqual(self.units[2].with_user(self.colleague).partner_id, self.buyer)
        self.assertFalse(self.units[2].with_user(self.agent).partner_id)

    def test_agent_of_the_reservation_keeps_the_buyer_of_the_contract(self):
        contract = self._contract(self.own)
        contract.with_user(self.supervisor).user_id = self.colleague
        claim = self.units[0].live_claim_id
        self.assertEqual((claim.agent_id, claim.kind), (self.agent, "contract"))
        self.assertEqual(self._seen(self.agent, contract), contract)

    def test_officer_off_the_desk_of_a_project_sees_what_is_for_sale_only(self):
        contract = self._contract(self.own)
        self.project.member_ids = self.supervisor
        sold = (contract, contract.installment_ids, self.other, self.unit.claim_ids)
        for records in sold:
            with self.subTest(model=records._name):
                self.assertEqual(self._seen(self.supervisor, records), records)
                self.assertEqual(self._seen(self.manager, records), records)
        self.assertFalse(self._seen(self.officer, self.other))
        self.assertFalse(self._seen(self.officer, self.units[1].claim_ids))
        self.assertFalse(self.units[1].with_user(self.officer).partner_id)
        unit = self.units[1].with_user(self.officer)
        self.assertEqual((unit.state, unit.price_list), ("reserved", 1000000))
        # Who drew a contract up keeps it.
        self.assertEqual(self._seen(self.officer, contract), contract)

    def test_board_tells_buyers_as_the_unit_does(self):
        board = self.env["realestate.board"]
        self.project.member_ids = self.supervisor
        for user, told in (
            (self.agent, {self.units[0].id}),
            (self.officer, set()),
            (self.supervisor, set(self.units[:2].ids)),
        ):
            with self.subTest(user=user.login):
                claims = board.with_user(user).load(self.project.id)["claims"]
                buyers = {int(unit) for unit, who in claims.items() if who["buyer"]}
                self.assertEqual(buyers, told)

    def test_accountant_who_also_sells_sees_every_contract(self):
        contracts = self._contract(self.own) | self._contract(self.other)
        user = self._create_user(
            "selling_accountant",
            "realestate_sales.group_agent,account.group_account_invoice",
        )
        self.assertEqual(self._seen(user, contracts), contracts)
