from odoo import fields, models
from odoo.exceptions import UserError

#: How many units a message names before it says how many more there are.
NAMED = 10


class RealestateUnit(models.Model):
    """On the market or not: whoever changes that leaves a release as its record."""

    # A file for each concern keeps them short.
    _inherit = "realestate.unit"  # pylint: disable=consider-merging-classes-inherited

    release_ids = fields.Many2many(
        "realestate.release",
        "realestate_release_unit_rel",
        "unit_id",
        "release_id",
        string="Market History",
        readonly=True,
        copy=False,
    )

    def _get_fact_fields(self):
        return super()._get_fact_fields() | {"is_released", "release_ids"}

    # === ACTIONS === #

    def action_release_to_market(self):
        """Put the units on the market now, all of them or none. They need a list price.

        A done :class:`RealestateRelease` stays as the record of each project's units.
        """
        self._move_market("release")
        return True

    def action_withdraw(self, reason=None):
        """Take unclaimed units off the market now, all of them or none.

        :param reason: why; it is kept
        """
        self._move_market("withdrawal", reason)
        return True

    def action_withdraw_form(self):
        """Ask why, then withdraw."""
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "realestate_sales.realestate_unit_withdraw_action"
        )
        return {**action, "context": {"default_unit_ids": self.ids}}

    def action_plan_release(self):
        """Open a new release of the units, to be planned for a day."""
        self.check_access("write")
        if len(self.project_id) > 1:
            raise UserError(
                self.env._(
                    "The units are in several projects: plan a release for each of "
                    "them."
                )
            )
        kind = "withdrawal" if all(self.mapped("is_released")) else "release"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan a Release"),
            "res_model": "realestate.release",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_project_id": self.project_id.id,
                "default_kind": kind,
                "default_unit_ids": self.ids,
            },
        }

    # === BUSINESS === #

    def _move_market(self, kind, reason=None):
        self.check_access("write")
        released = kind == "release"
        moving = self.filtered(lambda unit: unit.is_released != released)
        releases = self.env["realestate.release"].create(
            [
                {
                    "kind": kind,
                    "project_id": project.id,
                    "unit_ids": units.ids,
                    "reason": reason,
                }
                for project, units in moving.grouped("project_id").items()
            ]
        )
        releases.action_done()

    def _set_released(self, released):
        """Write down that the units are on the market or not: the only place that does.

        Writing the row meets a claim that is made at the same moment, which writes it
        too: one of the two is tried again.
        """
        if self:
            self._write_facts(is_released=released)

    def _is_priced(self):
        self.ensure_one()
        return not self.currency_id.is_zero(self.price_list)

    def _is_floor_above(self):
        """Whether the floor price is above the list price it is the floor of."""
        self.ensure_one()
        compare = self.currency_id.compare_amounts
        return self._is_priced() and compare(self.price_floor, self.price_list) > 0

    def _name_some(self):
        """The names of the units for a message, of many the first ones."""
        named = ", ".join(self[:NAMED].mapped("name"))
        if len(self) <= NAMED:
            return named
        return self.env._(
            "%(some)s and %(count)s more", some=named, count=len(self) - NAMED
        )
