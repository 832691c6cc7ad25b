import json

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_board import BoardCase


@tagged("post_install", "-at_install")
class TestBoardHall(BoardCase):
    def test_nothing_personal_reaches_the_hall(self):
        self._hold_as(self.agent, self.units[1])
        self._create_reservation(self.units[2])
        self._create_contract(self.units[3])
        data = self._load(self.agent, "load_hall")
        said = json.dumps(data, default=str)
        people = self.buyer | self.agent.partner_id | self.env.user.partner_id
        for name in people.mapped("name"):
            self.assertIn(name, json.dumps(self._load(self.manager), default=str))
            self.assertNotIn(name, said)
        for claim in data["claims"].values():
            self.assertEqual(list(claim), ["until"])

    def test_the_hall_knows_the_price_of_what_can_be_bought_only(self):
        self._hold_as(self.agent, self.units[1])
        data = self._load(self.agent, "load_hall")
        self.assertEqual(self._row(data, self.units[0])["price_list"], 1000000)
        self.assertEqual(self._row(data, self.units[1])["price_list"], 0)

    def test_the_hall_may_not_act(self):
        rights = self._load(self.manager, "load_hall")["rights"]
        self.assertFalse(any(rights.values()))

    def test_the_plan_is_not_for_the_hall(self):
        self._create_reservation(self.units[1])
        said = json.dumps(self._load(self.agent, "load_hall"), default=str)
        self.assertIn(self.plan.name, json.dumps(self._load(), default=str))
        self.assertNotIn(self.plan.name, said)

    def test_the_hall_hears_of_changes_in_the_same_way(self):
        self._hold_as(self.agent, self.units[1])
        data = self._load(self.agent, "load_hall", unit_ids=self.units[1].ids)
        self.assertEqual(self._states(data), {self.units[1].id: "held"})
        self.assertNotIn(self.agent.name, json.dumps(data, default=str))


@tagged("post_install", "-at_install")
class TestBoardHallUser(BoardCase):
    """The login of the computer in a hall: the board without names, nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hall = cls._create_user("hall_screen", "realestate_sales.group_hall")

    def test_the_screen_of_a_hall_shows_the_hall(self):
        self._hold_as(self.agent, self.units[1])
        board = self.env["realestate.board"].with_user(self.hall)
        projects = board.get_hall_projects()
        self.assertIn(self.project.id, [project["id"] for project in projects])
        data = self._load(self.hall, "load_hall")
        self.assertEqual(self._states(data)[self.units[1].id], "held")
        self.assertEqual(self._row(data, self.units[0])["price_list"], 1000000)
        self.assertNotIn(self.agent.name, json.dumps(data, default=str))

    def test_staff_may_leave_the_hall_and_the_screen_may_not(self):
        self.assertIs(self._load(self.agent, "load_hall")["staff"], True)
        self.assertIs(self._load(self.hall, "load_hall")["staff"], False)

    def test_the_screen_of_a_hall_learns_nothing_else(self):
        board = self.env["realestate.board"].with_user(self.hall)
        for call in (
            lambda: board.load(self.project.id),
            lambda: board.load_changes(self.project.id, self.unit.ids),
            lambda: board.preview_prices(self.unit.ids),
            board.get_projects,
        ):
            with self.assertRaises(AccessError):
                call()

    def test_the_screen_of_a_hall_may_read_and_change_no_record(self):
        models = [name for name in self.env if name.startswith("realestate.")]
        self.assertIn("realestate.unit.claim", models)
        for name in models:
            model = self.env[name].with_user(self.hall)
            if model._abstract or model._transient:
                continue
            for operation in ("read", "write", "create", "unlink"):
                self.assertFalse(model.has_access(operation), f"{operation} {name}")

    def test_the_screen_of_a_hall_claims_and_releases_nothing(self):
        unit = self.unit.with_user(self.hall)
        for call in (
            unit.action_hold,
            unit.action_release,
            unit.action_withdraw,
            unit.action_release_to_market,
            lambda: unit.action_reserve(self.buyer.id, self.plan.id, 0),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertEqual(self.unit.state, "available")

    def test_a_hall_shows_the_projects_of_its_company_only(self):
        company = self._create_company("Other Developer", self.currency)
        rival = self._create_user(
            "other_hall", "realestate_sales.group_hall", company=company
        )
        board = self.env["realestate.board"].with_user(rival)
        board = board.with_context(allowed_company_ids=company.ids)
        self.assertFalse(board.get_hall_projects())
        with self.assertRaises(AccessError):
            board.load_hall(self.project.id)
        forged = board.with_context(allowed_company_ids=self.project.company_id.ids)
        with self.assertRaises(AccessError):
            forged.load_hall(self.project.id)

    def test_the_screen_of_a_hall_has_its_menu_only(self):
        shown = self.env["ir.ui.menu"].with_user(self.hall)._visible_menu_ids()
        menus = self.env["ir.ui.menu"].browse(shown)
        ours = menus.filtered(lambda m: m.complete_name.startswith("Real Estate"))
        self.assertEqual(ours.filtered("action").mapped("name"), ["Sales Hall Screen"])
