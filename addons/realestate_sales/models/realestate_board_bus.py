"""Telling the open boards what has changed: the numbers of the units and their states,
nothing else. What more a user may know, the board asks for with the user's rights."""

from odoo import api, models

#: The message, and how a project's channel is called by the browser.
CHANGED = "realestate.board/changed"
CHANNEL = "realestate.board_"
#: From so many units on the boards load anew instead of unit by unit.
MANY = 500
PENDING = "realestate.board.units"


class RealestateUnit(models.Model):
    # The board listens to units without being their concern.
    _inherit = "realestate.unit"  # pylint: disable=consider-merging-classes-inherited

    @api.model_create_multi
    def create(self, vals_list):
        units = super().create(vals_list)
        units._notify_board()
        return units

    def write(self, vals):
        left = self.project_id if "building_id" in vals else self.project_id.browse()
        result = super().write(vals)
        if vals.keys() & self._get_board_fields():
            self._notify_board()
        for project in left - self.project_id:
            self._send_board_message(project, False)
        return result

    def _write_facts(self, **values):
        result = super()._write_facts(**values)
        if values.keys() & self._get_board_fields():
            self._notify_board()
        return result

    def unlink(self):
        projects = self.project_id
        result = super().unlink()
        for project in projects:
            self._send_board_message(project, False)
        return result

    @api.model
    def _get_board_fields(self):
        """The fields whose change is seen on the board."""
        return {
            "active",
            "area_measured",
            "area_predicted",
            "building_id",
            "date_handover",
            "floor",
            "is_released",
            "main_unit_id",
            "number",
            "price_list",
            "unit_type_id",
            "view",
        }

    def _notify_board(self):
        """Have the open boards told of these units when the transaction is committed.

        To be called by whoever changes units or claims by SQL.
        """
        pending = self.env.cr.precommit.data
        if PENDING not in pending:
            pending[PENDING] = set()
            self.env.cr.precommit.add(self.browse()._send_board_changes)
        pending[PENDING].update(self.ids)

    def _send_board_changes(self):
        # The message goes to whoever may see the project, whoever made the change.
        units = self.env["realestate.unit"].sudo()
        ids = self.env.cr.precommit.data.pop(PENDING, ())
        units = units.with_context(active_test=False).browse(ids).exists()
        for project, changed in units.grouped("project_id").items():
            few = len(changed) <= MANY
            states = few and [[unit.id, unit.state] for unit in changed]
            self._send_board_message(project, states)

    @api.model
    def _send_board_message(self, project, states):
        """Tell the open boards of a project.

        :param states: ``[[unit id, state]]``, or False for: load everything anew
        """
        self.env["bus.bus"]._sendone(
            (project, "board"), CHANGED, {"project": project.id, "units": states}
        )


class RealestateUnitClaim(models.Model):
    # See above.
    _inherit = "realestate.unit.claim"  # pylint: disable=consider-merging-classes-inherited

    @api.model_create_multi
    def create(self, vals_list):
        claims = super().create(vals_list)
        claims.unit_id._notify_board()
        return claims

    def write(self, vals):
        result = super().write(vals)
        self.unit_id._notify_board()
        return result


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Let in those who ask for the board of a project they may read."""
        asked = {
            int(channel.removeprefix(CHANNEL))
            for channel in channels
            if isinstance(channel, str)
            and channel.startswith(CHANNEL)
            and channel.removeprefix(CHANNEL).isdecimal()
        }
        board = self.env["realestate.board"]
        if asked and board._is_hall():
            projects = board._search_hall_projects([("id", "in", [*asked])])
            channels = [*channels, *((project, "board") for project in projects)]
        return super()._build_bus_channel_list(channels)
