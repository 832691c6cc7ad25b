from odoo.tests import HttpCase, tagged

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestBoardUi(HttpCase, RealestateSalesCommon):
    """The board in a browser."""

    def setUp(self):
        super().setUp()
        types = self.env["realestate.unit.type"].create(
            [{"name": "1BR", "bedrooms": 1}, {"name": "2BR", "bedrooms": 2}]
        )
        self.units[:3].unit_type_id = types[0]
        self.units[3:].unit_type_id = types[1]
        self.upper = self._create_units(5, first=201)
        self.upper.floor = "2"

    def test_the_modules_of_the_board_compute_right(self):
        self.start_tour(
            "/odoo/sales-board", "realestate_board_modules", login=self.agent.login
        )

    def test_an_agent_works_on_the_board(self):
        self.upper[1].with_user(self.officer).action_hold()
        self.start_tour("/odoo/sales-board", "realestate_board", login=self.agent.login)
        self.assertEqual(self.units[0].state, "available")
        self.assertEqual(self.units[1].state, "held")
        self.assertEqual(self.units[1].live_claim_id.user_id, self.agent)
        waiting = self.env["realestate.unit.queue"].search([])
        self.assertEqual(waiting.unit_id, self.upper[1])
        self.assertEqual(waiting.user_id, self.agent)

    def test_parking_sold_with_a_home_is_told_from_free_parking(self):
        parking = self._create_units(2, first=901, kind="parking", floor="B1")
        for number, unit in enumerate(parking, start=1):
            unit.number = f"P{number}"
        parking[0].main_unit_id = self.units[0]
        self.start_tour(
            "/odoo/sales-board", "realestate_board_attached", login=self.agent.login
        )
        self.assertEqual(parking.mapped("state"), ["held", "available"])

    def test_everything_can_be_done_with_the_keys(self):
        self.start_tour(
            "/odoo/sales-board", "realestate_board_keys", login=self.agent.login
        )
        self.assertEqual(self.upper[1].state, "held")
        self.assertEqual(self.upper[1].live_claim_id.user_id, self.agent)

    def test_a_supervisor_withdraws_and_releases_several_units(self):
        self.start_tour(
            "/odoo/sales-board", "realestate_board_market", login=self.supervisor.login
        )
        gone = self.units[:3]
        self.assertEqual(set(gone.mapped("state")), {"unreleased"})
        left = (self.units | self.upper) - gone
        self.assertEqual(set(left.mapped("state")), {"available"})
        withdrawal = gone.release_ids.filtered(lambda r: r.kind == "withdrawal")
        self.assertEqual(withdrawal.reason, "Kept for the next season")

    def test_the_hall_shows_and_does_nothing(self):
        self.units[1].with_user(self.officer).action_hold()
        self.start_tour(
            "/odoo/sales-hall", "realestate_board_hall", login=self.agent.login
        )
        self.assertEqual(self.units[0].state, "available")

    def test_the_screen_of_a_hall_has_no_way_out(self):
        self.units[1].with_user(self.officer).action_hold()
        hall = self._create_user("hall_screen", "realestate_sales.group_hall")
        action = self.env.ref("realestate_sales.realestate_board_hall_action")
        hall.action_id = action.id
        self.start_tour("/odoo", "realestate_board_hall_only", login=hall.login)
