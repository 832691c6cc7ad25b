from odoo import models


class RealestateRelease(models.Model):
    """What keeps a release or withdrawal from being carried out, in sentences."""

    # A file for each concern keeps them short.
    _inherit = "realestate.release"  # pylint: disable=consider-merging-classes-inherited

    def _problem_message(self):
        """Everything that is in the way, or False."""
        self.ensure_one()
        messages = [self._incomplete_message(), *self._unit_messages()]
        return " ".join(filter(None, messages)) or False

    def _label(self):
        return self.name or self.env._("This release")

    def _incomplete_message(self):
        if not self.unit_ids:
            return self.env._(
                "%(release)s has no unit: add some.", release=self._label()
            )
        if self.kind == "withdrawal" and not (self.reason or "").strip():
            return self.env._(
                "%(release)s: say why the units are withdrawn; the reason is kept.",
                release=self._label(),
            )
        return False

    def _undated_message(self):
        if self.date_planned:
            return False
        return self.env._(
            "%(release)s has no planned day: give one, or carry it out now.",
            release=self._label(),
        )

    def _unit_messages(self):
        """What is wrong with units, one sentence for each kind of wrong."""
        moving = self._get_moving_units()
        if self.kind == "withdrawal":
            return [self._claimed_message(moving.filtered("live_claim_id"))]
        return [
            self._archived_message(moving.filtered(lambda unit: not unit.active)),
            self._unpriced_message(moving.filtered(lambda unit: not unit._is_priced())),
            self._above_message(moving.filtered(lambda unit: unit._is_floor_above())),
        ]

    def _archived_message(self, units):
        return units and self.env._(
            "%(units)s: archived. Restore them or take them out.",
            units=units._name_some(),
        )

    def _unpriced_message(self, units):
        if len(units) == 1:
            return self.env._(
                "Unit %(unit)s has no list price: approve a price list that covers it, "
                "then release it.",
                unit=units.name,
            )
        return units and self.env._(
            "%(count)s units have no list price: %(units)s. Approve a price list that "
            "covers them, then release them.",
            count=len(units),
            units=units._name_some(),
        )

    def _above_message(self, units):
        return units and self.env._(
            "The floor price is above the list price: %(units)s. Lower the one or "
            "raise the other.",
            units=units._name_some(),
        )

    def _claimed_message(self, units):
        if len(units) == 1:
            return self.env._(
                "Unit %(unit)s is %(state)s and cannot be withdrawn. Release the claim "
                "first, or take the unit out.",
                unit=units.name,
                state=units._state_label(),
            )
        return units and self.env._(
            "%(count)s units are claimed and cannot be withdrawn: %(units)s. Release "
            "the claims first, or take the units out.",
            count=len(units),
            units=units._name_some(),
        )
