from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import RealestateSalesCommon


class BoardCase(RealestateSalesCommon):
    """The board as its client reads it."""

    def _load(self, user=None, method="load", **options):
        board = self.env["realestate.board"].with_user(user or self.officer)
        return getattr(board, method)(self.project.id, **options)

    def _states(self, data):
        """The state of each unit by its id."""
        units = data["units"]
        names = data.get("states") or self._load()["states"]
        return {
            unit: names[state]
            for unit, state in zip(units["id"], units["state"], strict=True)
        }

    def _row(self, data, unit):
        """What a load says of one unit, its words spelled out."""
        units = data["units"]
        place = units["id"].index(unit.id)
        row = {name: units[name][place] for name in units if name != "words"}
        for name, words in units["words"].items():
            row[name] = words[row[name]]
        return row

    def _hold_as(self, user, unit, **options):
        unit.with_user(user).action_hold(**options)
        return unit

    def _expire(self, unit):
        unit.live_claim_id.sudo().expires_at = fields.Datetime.now() - timedelta(
            minutes=1
        )
        self.env.flush_all()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestBoard(BoardCase):
    def test_what_is_sold_with_a_home_names_it_to_all_and_the_hall(self):
        parking = self._create_units(1, first=900, kind="parking")
        parking.main_unit_id = self.unit
        for method in ("load", "load_hall"):
            data = self._load(method=method)
            self.assertEqual(self._row(data, parking)["main_unit_id"], self.unit.id)
            self.assertFalse(self._row(data, self.unit)["main_unit_id"])

    def test_what_stands_on_no_floor_says_so(self):
        self.unit.floor = False
        row = self._row(self._load(), self.unit)
        self.assertEqual((row["floor"], row["floor_sequence"]), ("", 0))

    def test_a_unit_is_told_as_it_is(self):
        unit = self.unit
        unit.unit_type_id = self.env["realestate.unit.type"].create(
            {"name": "2BR", "bedrooms": 2}
        )
        unit.write({"view": "Bay", "floor": "12A"})
        self.building.progress = 40
        unit.action_measure(51.25, "Survey")
        data = self._load()
        row = self._row(data, unit)
        self.assertEqual(row["number"], unit.number)
        self.assertEqual(row["floor"], "12A")
        self.assertEqual(row["floor_sequence"], unit.floor_sequence)
        self.assertEqual(row["view"], "Bay")
        self.assertEqual(row["kind"], "home")
        self.assertEqual(row["area"], 51.25)
        self.assertEqual(row["price_list"], 1000000)
        self.assertEqual(row["building_id"], self.building.id)
        self.assertIn([unit.unit_type_id.id, "2BR", 2], data["types"])
        self.assertEqual(data["project"]["currency"], self.currency.id)
        self.assertEqual(
            data["buildings"], [[self.building.id, "Tower 1", "T1", 40, ""]]
        )

    def test_every_state_is_that_of_the_unit(self):
        unreleased = self.env["realestate.unit"].create(
            {"building_id": self.building.id, "number": "901"}
        )
        self.units[1].action_hold()
        self._create_reservation(self.units[2])
        self._create_contract(self.units[3])
        self._create_contract(self.units[4])
        self.units[4]._write_facts(date_handover="2026-03-01")
        units = self.units | unreleased
        told = self._states(self._load())
        self.assertEqual(told, {unit.id: unit.state for unit in units})
        self.assertEqual(len(set(told.values())), 6)

    def test_a_hold_that_has_run_out_leaves_the_unit_free(self):
        self.unit.action_hold()
        self._expire(self.unit)
        data = self._load()
        self.assertTrue(self.env["realestate.unit.claim"].search([("live", "=", 1)]))
        self.assertEqual(self._states(data)[self.unit.id], "available")
        self.assertNotIn(self.unit.id, data["claims"])

    def test_the_plan_of_a_reservation_or_contract_is_told(self):
        self._create_reservation(self.units[1])
        self._create_contract(self.units[2])
        self.units[3].action_hold()
        claims = self._load()["claims"]
        self.assertEqual(claims[self.units[1].id]["plan"], self.plan.name)
        self.assertEqual(claims[self.units[2].id]["plan"], self.plan.name)
        self.assertFalse(claims[self.units[3].id]["plan"])

    def test_the_plan_is_told_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.plan.with_context(lang="vi_VN").name = "Trả góp"
        self._create_reservation(self.units[1])
        self.env.flush_all()
        board = self.env["realestate.board"].with_user(self.officer)
        for lang, name in (("vi_VN", "Trả góp"), ("en_US", self.plan.name)):
            claims = board.with_context(lang=lang).load(self.project.id)["claims"]
            self.assertEqual(claims[self.units[1].id]["plan"], name)

    def test_archived_units_are_not_on_the_board(self):
        self.unit.active = False
        self.assertNotIn(self.unit.id, self._states(self._load()))

    def test_buildings_are_told_in_their_order_with_their_phase(self):
        phase = self.env["realestate.phase"].create(
            {"name": "Second", "code": "P2", "project_id": self.project.id}
        )
        self.building.sequence = 20
        other = self._create_building(name="Tower 2", code="T2", sequence=10)
        other.phase_id = phase
        self._create_units(1, building=other)
        self.env["res.lang"]._activate_lang("vi_VN")
        phase.with_context(lang="vi_VN").name = "Đợt hai"
        told = [(row[0], row[4]) for row in self._load()["buildings"]]
        self.assertEqual(told, [(other.id, "Second"), (self.building.id, "")])
        board = self.env["realestate.board"].with_user(self.officer)
        rows = board.with_context(lang="vi_VN").load(self.project.id)["buildings"]
        self.assertEqual(rows[0][4], "Đợt hai")

    def test_only_the_buildings_asked_for_are_loaded(self):
        other = self._create_building(name="Tower 2", code="T2")
        there = self._create_units(2, building=other)
        data = self._load(building_ids=other.ids)
        self.assertEqual(set(data["units"]["id"]), set(there.ids))
        self.assertEqual([building[0] for building in data["buildings"]], other.ids)

    def test_changes_are_of_the_units_asked_for_in_this_project(self):
        other = self._create_project(code="WEST")
        elsewhere = self._create_units(1, building=self._create_building(other))
        self.units[1].action_hold()
        ids = (self.units[1] | elsewhere).ids
        data = self._load(method="load_changes", unit_ids=ids)
        self.assertEqual(self._states(data), {self.units[1].id: "held"})
        self.assertEqual(list(data["claims"]), self.units[1].ids)

    def test_prices_are_compared_with_the_lists(self):
        now = self.env["realestate.pricelist"].create({"project_id": self.project.id})
        now.action_load_units()
        now.action_approve()
        board = self.env["realestate.board"].with_user(self.agent)
        rows = board.preview_prices(self.units[:2].ids)
        self.assertEqual([row["id"] for row in rows], self.units[:2].ids)
        self.assertEqual(rows[0]["price_list"], 1000000)
        self.assertEqual(rows[0]["effective"], 1000000)
        self.assertFalse(rows[0]["coming"])

    def test_a_later_list_is_told_with_its_date(self):
        later = fields.Date.context_today(self.env.user) + timedelta(days=30)
        coming = self.env["realestate.pricelist"].create(
            {"project_id": self.project.id, "date_effective": later}
        )
        coming.action_load_units()
        coming.line_ids.price_list = 1100000
        coming._update_state("approved")
        row = self.env["realestate.board"].preview_prices(self.unit.ids)[0]
        self.assertFalse(row["effective"])
        self.assertEqual((row["coming"], row["date_coming"]), (1100000, later))

    def test_what_is_no_number_of_a_unit_is_left_out(self):
        board = self.env["realestate.board"].with_user(self.agent)
        wrong = ["1", True, None, 1.5, [1]]
        self.assertEqual(board.preview_prices([*wrong, self.unit.id])[0]["area"], 50)
        self.assertFalse(board.preview_prices(wrong))
        with self.assertRaises(AccessError):
            board.load("1")

    def test_projects_without_units_are_not_offered(self):
        self._create_project(code="EMPTY")
        board = self.env["realestate.board"].with_user(self.agent)
        self.assertEqual([row["code"] for row in board.get_projects()], ["EAST"])


@tagged("post_install", "-at_install")
class TestBoardRights(BoardCase):
    def test_an_agent_sees_the_buyer_of_own_reservations_only(self):
        mine, other = self.units[:2]
        rival = self._create_user("rival_agent", "realestate_sales.group_agent")
        for user, unit in ((self.agent, mine), (rival, other)):
            unit.with_user(user).action_reserve(self.buyer.id, self.plan.id, 0)
        claims = self._load(self.agent)["claims"]
        self.assertEqual(claims[mine.id]["buyer"], self.buyer.name)
        self.assertEqual(claims[mine.id]["model"], "realestate.reservation")
        self.assertTrue(claims[mine.id]["mine"])
        self.assertEqual(claims[other.id]["user"], rival.name)
        for secret in ("buyer", "plan", "model", "res"):
            self.assertFalse(claims[other.id][secret])

    def test_an_agent_sees_the_buyer_of_a_contract_in_own_name(self):
        contract = self._create_contract(self.unit)
        self.assertFalse(self._load(self.agent)["claims"][self.unit.id]["buyer"])
        contract.user_id = self.agent
        claim = self._load(self.agent)["claims"][self.unit.id]
        self.assertEqual(claim["buyer"], self.buyer.name)
        self.assertEqual(claim["res"], contract.id)

    def test_the_contract_desk_sees_every_buyer(self):
        self.unit.with_user(self.agent).action_reserve(self.buyer.id, self.plan.id, 0)
        for user in (self.officer, self.supervisor, self.manager):
            claim = self._load(user)["claims"][self.unit.id]
            self.assertEqual(claim["buyer"], self.buyer.name)
            self.assertFalse(claim["mine"])

    def test_the_desk_of_a_project_sees_its_buyers_and_no_other_desk_does(self):
        self._create_reservation(self.unit)
        self.project.member_ids = self.supervisor
        claim = self._load(self.officer)["claims"][self.unit.id]
        self.assertEqual(
            [claim[name] for name in ("buyer", "plan", "model", "res")], [False] * 4
        )
        self.assertEqual(claim["user"], self.env.user.name)
        for user in (self.supervisor, self.manager):
            claim = self._load(user)["claims"][self.unit.id]
            self.assertEqual(claim["buyer"], self.buyer.name)

    def test_rights_follow_the_role(self):
        market = {
            user: self._load(user)["rights"]["market"]
            for user in (self.agent, self.officer, self.supervisor, self.manager)
        }
        self.assertEqual(list(market.values()), [False, False, True, True])
        self.assertFalse(self._load(self.officer)["rights"]["supervisor"])

    def test_who_is_no_sales_staff_learns_nothing(self):
        portal = new_test_user(self.env, "board_portal", groups="base.group_portal")
        for user in (self.plain, portal):
            board = self.env["realestate.board"].with_user(user)
            for call in (
                lambda board=board: board.load(self.project.id),
                lambda board=board: board.load_changes(self.project.id, self.unit.ids),
                lambda board=board: board.load_hall(self.project.id),
                lambda board=board: board.preview_prices(self.unit.ids),
                board.get_projects,
            ):
                with self.assertRaises(AccessError):
                    call()

    def test_another_company_is_out_of_reach(self):
        company = self._create_company("Other Developer", self.currency)
        rival = self._create_user(
            "other_company", "realestate_sales.group_manager", company=company
        )
        board = self.env["realestate.board"].with_user(rival)
        board = board.with_context(allowed_company_ids=company.ids)
        self.assertFalse(board.get_projects())
        self.assertFalse(board.preview_prices(self.units.ids))
        for method in (board.load, board.load_hall):
            with self.assertRaises(AccessError):
                method(self.project.id)


@tagged("post_install", "-at_install")
class TestBoardGrowth(BoardCase):
    def _count(self, method):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._load(method=method)
        return self.env.cr.sql_log_count - before

    def test_200_units_cost_the_queries_of_2(self):
        for method in ("load", "load_hall"):
            self._load(method=method)
            few = self._count(method)
            units = self._create_units(200, first=1000 if method == "load" else 5000)
            for unit in units[:20]:
                unit.action_hold()
            self.assertLessEqual(self._count(method), few)
            self.assertLessEqual(few, 4, "two for a thousand units, of two thousand")
