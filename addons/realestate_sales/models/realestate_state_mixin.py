from odoo import api, models
from odoo.exceptions import UserError


class RealestateStateMixin(models.AbstractModel):
    """States that only :meth:`_update_state` writes.

    A heir declares its legal moves in one table, ``_state_moves``: target state to the
    states it may be reached from. Nobody sets the state by ``create`` or ``write``,
    whatever the context or the rights: those are what RPC reaches.

    Must stand before ``mail.thread`` in ``_inherit``, so that tracking sees the write.
    """

    _name = "realestate.state.mixin"
    _inherit = ["realestate.facts.mixin"]
    _description = "State with one writer"

    _state_moves = {}

    @api.model_create_multi
    def create(self, vals_list):
        initial = self.default_get(["state"]).get("state")
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            state = vals.pop("state", initial)
            if state != initial:
                raise UserError(self._state_refused_message(state))
        return super().create(vals_list)

    def write(self, vals):
        if "state" in vals:
            raise UserError(self._state_refused_message(vals["state"]))
        return super().write(vals)

    @api.model
    def _get_fact_fields(self):
        return super()._get_fact_fields() | {"state"}

    def _update_state(self, target, **values):
        """Move the records to ``target`` and write ``values`` with it.

        Records already there are left alone, so a replay changes nothing.

        :return: the records that moved
        :raises UserError: when one of the others may not move there
        """
        moving = self.filtered(lambda record: record.state != target)
        for record in moving:
            if record.state not in self._state_moves[target]:
                raise UserError(record._state_move_message(target))
        if moving:
            moving._write_facts(state=target, **values)
        return moving

    # === HOOKS === #

    def _state_label(self, state):
        selection = dict(self._fields["state"]._description_selection(self.env))
        return selection.get(state, state)

    def _state_refused_message(self, state):
        return self.env._(
            "%(model)s: the state cannot be set to “%(state)s” directly; use the "
            "buttons of the record, which check what has to be true first.",
            model=self._description,
            state=self._state_label(state),
        )

    def _state_move_message(self, target):
        self.ensure_one()
        sources = ", ".join(
            self._state_label(state)
            for state, _label in self._fields["state"]._description_selection(self.env)
            if state in self._state_moves[target]
        )
        return self.env._(
            "%(record)s is “%(state)s” and cannot become “%(target)s”: that is "
            "possible only from %(sources)s.",
            record=self.display_name,
            state=self._state_label(self.state),
            target=self._state_label(target),
            sources=sources,
        )
