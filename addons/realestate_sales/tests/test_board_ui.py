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
        self.start_tour("/odoo/sales-board", "realestate_board", login=self.agent.login)
        self.assertEqual(self.units[0].state, "available")
        self.assertEqual(self.units[1].state, "held")
        self.assertEqual(self.units[1].live_claim_id.user_id, self.agent)

    def test_a_supervisor_withdraws_several_units(self):
        self.start_tour(
            "/odoo/sales-board", "realestate_board_market", login=self.supervisor.login
        )
        self.assertEqual(set(self.upper.mapped("state")), {"unreleased"})
        self.assertEqual(set(self.units.mapped("state")), {"available"})

    def test_the_hall_shows_and_does_nothing(self):
        self.units[1].with_user(self.officer).action_hold()
        self.start_tour(
            "/odoo/sales-hall", "realestate_board_hall", login=self.agent.login
        )
        self.assertEqual(self.units[0].state, "available")
