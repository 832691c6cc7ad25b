import json
from unittest.mock import MagicMock, patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..models import realestate_board_bus
from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestBoardBus(RealestateSalesCommon):
    """Who hears what of a change."""

    def _messages(self, change):
        """What the boards are told when ``change`` is committed."""
        self._commit_messages()
        bus = self.env["bus.bus"].sudo()
        last = bus.search([], order="id desc", limit=1).id
        change()
        self._commit_messages()
        heard = bus.search([("id", ">", last)], order="id")
        messages = [json.loads(row.message) for row in heard]
        return [
            row["payload"]
            for row in messages
            if row["type"] == realestate_board_bus.CHANGED
        ]

    def _commit_messages(self):
        """Run what a commit would run before it."""
        self.env.flush_all()
        self.env.cr.precommit.run()

    def _told(self, *units):
        return {"project": self.project.id, "units": [[u.id, u.state] for u in units]}

    def test_a_hold_and_its_release_are_told_with_number_and_state_only(self):
        unit = self.unit.with_user(self.agent)
        self.assertEqual(
            self._messages(unit.action_hold),
            [{"project": self.project.id, "units": [[unit.id, "held"]]}],
        )
        self.assertEqual(
            self._messages(unit.action_release),
            [{"project": self.project.id, "units": [[unit.id, "available"]]}],
        )

    def test_new_prices_are_told_once_for_the_whole_project(self):
        pricelist = self.env["realestate.pricelist"].create(
            {
                "project_id": self.project.id,
                "line_ids": [
                    Command.create({"unit_id": unit.id, "price_list": 1100000})
                    for unit in self.units
                ],
            }
        )
        self.assertEqual(
            self._messages(pricelist.action_approve),
            [{"project": self.project.id, "units": False}],
        )

    def test_a_reservation_and_a_contract_are_told(self):
        messages = self._messages(lambda: self._create_reservation(self.units[1]))
        self.assertIn(self._told(self.units[1]), messages)
        messages = self._messages(lambda: self._create_contract(self.units[2]))
        self.assertEqual(messages[-1], self._told(self.units[2]))
        self.assertEqual(self.units[2].state, "contracted")

    def test_release_to_market_and_withdrawal_are_told_in_one_message(self):
        messages = self._messages(lambda: self.units.action_withdraw("Repairs"))
        self.assertEqual(len(messages), 1)
        self.assertCountEqual(
            messages[0]["units"], [[unit.id, "unreleased"] for unit in self.units]
        )
        messages = self._messages(self.units.action_release_to_market)
        self.assertEqual(
            {state for _unit, state in messages[0]["units"]}, {"available"}
        )

    def test_a_new_price_and_a_handover_are_told(self):
        messages = self._messages(lambda: self.unit.write({"price_list": 1200000}))
        self.assertEqual(messages, [self._told(self.unit)])
        self._create_contract(self.unit)
        messages = self._messages(
            lambda: self.unit._write_facts(date_handover="2026-03-01")
        )
        self.assertEqual(messages[0]["units"], [[self.unit.id, "handed_over"]])

    def test_what_the_board_does_not_show_is_not_told(self):
        self.assertFalse(self._messages(lambda: self.unit.write({"price_floor": 1})))

    def test_a_refused_hold_changes_nothing_on_the_boards(self):
        self.unit.with_user(self.agent).action_hold()

        def refused():
            with self.assertRaises(UserError):
                self.unit.with_user(self.officer).action_hold()

        for message in self._messages(refused):
            self.assertEqual(message, self._told(self.unit))

    def test_very_many_units_are_told_as_one_reload(self):
        with patch.object(realestate_board_bus, "MANY", 3):
            messages = self._messages(lambda: self.units.action_withdraw("Repairs"))
        self.assertEqual(messages, [{"project": self.project.id, "units": False}])

    def test_units_that_come_or_go_are_told(self):
        units = []
        messages = self._messages(
            lambda: units.append(self._create_units(1, first=901))
        )
        self.assertEqual(messages, [self._told(units[0])])
        messages = self._messages(units[0].unlink)
        self.assertEqual(messages, [{"project": self.project.id, "units": False}])

    def test_a_unit_that_moves_to_another_project_leaves_the_first(self):
        other = self._create_project(code="WEST")
        there = self._create_building(other)
        messages = self._messages(lambda: self.unit.write({"building_id": there.id}))
        self.assertCountEqual(
            messages,
            [
                {"project": self.project.id, "units": False},
                {"project": other.id, "units": [[self.unit.id, "available"]]},
            ],
        )

    # === SUBSCRIPTION === #

    def _channels(self, user, *names):
        request = MagicMock()
        request.session.uid = user.id
        with patch("odoo.addons.bus.models.ir_websocket.wsrequest", new=request):
            # A websocket has no companies chosen: the user's own count.
            socket = self.env(user=user, context={})["ir.websocket"]
            return socket._build_bus_channel_list(list(names))

    def _hears(self, user, *names):
        channels = self._channels(user, *names)
        return (self.project, "board") in [
            channel for channel in channels if isinstance(channel, tuple)
        ]

    def test_only_who_may_read_the_project_hears_of_it(self):
        channel = f"realestate.board_{self.project.id}"
        company = self._create_company("Other Developer", self.currency)
        rival = self._create_user(
            "board_rival", "realestate_sales.group_manager", company=company
        )
        hall = self._create_user("board_hall", "realestate_sales.group_hall")
        far = self._create_user(
            "far_hall", "realestate_sales.group_hall", company=company
        )
        public = self.env.ref("base.public_user")
        for user in (self.agent, self.officer, self.manager, hall):
            self.assertTrue(self._hears(user, channel), user.login)
        for user in (self.plain, rival, far, public):
            self.assertFalse(self._hears(user, channel), user.login)

    def test_nobody_hears_of_a_project_without_asking(self):
        self.assertFalse(self._hears(self.agent))
        other = self._create_project(code="WEST")
        self.assertFalse(self._hears(self.agent, f"realestate.board_{other.id}"))

    def test_a_channel_of_nonsense_is_nothing(self):
        for name in ("realestate.board_", "realestate.board_x", "realestate.board_-1"):
            self.assertFalse(self._hears(self.agent, name))
