from odoo import api, models
from odoo.exceptions import UserError


class RealestateFactsMixin(models.AbstractModel):
    """Fields that record what happened, which nobody sets by hand.

    A heir names them in ``_fact_fields``. ``create`` and ``write`` refuse them,
    whatever the context or the rights: those are what RPC reaches.
    :meth:`_write_facts` is the door for the methods that make the fact true.

    Must stand before ``mail.thread`` in ``_inherit``, so that tracking sees the write.
    """

    _name = "realestate.facts.mixin"
    _description = "Facts that only the system writes"

    _fact_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            given = {field for field in self._fact_fields if vals.get(field)}
            if given:
                raise UserError(self._fact_refused_message(given))
        return super().create(vals_list)

    def write(self, vals):
        given = self._fact_fields & vals.keys()
        if given:
            raise UserError(self._fact_refused_message(given))
        return super().write(vals)

    def _write_facts(self, **values):
        """Write fields that the public ``write`` refuses."""
        # The next class's write: this class's own refuses them.
        return super().write(values)

    def _fact_refused_message(self, names):
        labels = [
            self._fields[name]._description_string(self.env) for name in sorted(names)
        ]
        return self.env._(
            "%(model)s: %(fields)s cannot be set by hand. The buttons of the record "
            "set it when it has happened.",
            model=self._description,
            fields=", ".join(labels),
        )
