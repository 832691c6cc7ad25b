from odoo import fields, models


class RealestateUnit(models.Model):
    """The waiting list of a unit."""

    # A file for each concern keeps them short.
    _inherit = "realestate.unit"  # pylint: disable=consider-merging-classes-inherited

    queue_count = fields.Integer(string="Waiting", compute="_compute_queue_count")

    def _compute_queue_count(self):
        # How many wait is everybody's to know; whom they wait for is not.
        counts = dict(
            self.env["realestate.unit.queue"]
            .sudo()
            ._read_group(
                [("unit_id", "in", self.ids), ("state", "in", ("waiting", "offered"))],
                ["unit_id"],
                ["__count"],
            )
        )
        for unit in self:
            unit.queue_count = counts.get(unit._origin, 0)

    # === ACTIONS === #

    def action_join_queue(self, partner=None):
        """Wait for the units, for the calling user; who waits already stays in place.

        :param partner: `res.partner` record or id of the buyer, if one is known
        :return: the `realestate.unit.queue` entries
        """
        self.check_access("read")
        self._check_may_claim()
        queue = self.env["realestate.unit.queue"]
        waiting = queue.search(
            [
                ("unit_id", "in", self.ids),
                ("user_id", "=", self.env.uid),
                ("state", "in", ("waiting", "offered")),
            ]
        )
        buyer = bool(partner) and self[:1]._to_id("res.partner", partner)
        return waiting | queue.create(
            [
                {"unit_id": unit.id, "partner_id": buyer}
                for unit in self - waiting.unit_id
            ]
        )

    def action_wait(self):
        """Join the line from the unit's form and show it."""
        self.action_join_queue()
        return self.action_open_queue()

    def action_open_queue(self):
        """Open who waits for this unit."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_unit_queue_action"
        )
        action["domain"] = [("unit_id", "=", self.id)]
        return action
