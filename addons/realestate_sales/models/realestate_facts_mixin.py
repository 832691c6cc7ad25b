from odoo import api, models
from odoo.exceptions import UserError


class RealestateFactsMixin(models.AbstractModel):
    """Fields that record what happened, which nobody sets by hand.

    A heir names them in ``_fact_fields``; stored fields that follow from others, such
    as the company of a project's contract, are facts too. ``create`` and ``write``
    refuse them, whatever the context or the rights: those are what RPC reaches.
    :meth:`_write_facts` is the door for the methods that make the fact true.

    Must stand before ``mail.thread`` in ``_inherit``, so that tracking sees the write.
    """

    _name = "realestate.facts.mixin"
    _description = "Facts that only the system writes"

    _fact_fields = frozenset()

    @api.model
    def default_get(self, fields):
        """Facts have the default of their field: neither the caller's context nor a
        default that a user has stored makes one."""
        defaults = super().default_get(fields)
        for name in self._get_fact_fields() & defaults.keys():
            del defaults[name]
            field = self._fields[name]
            if field.default:
                defaults[name] = field.convert_to_write(field.default(self), self)
        return defaults

    @api.model_create_multi
    def create(self, vals_list):
        facts = self._get_fact_fields()
        for vals in vals_list:
            given = {field for field in facts if vals.get(field)}
            if given:
                raise UserError(self._fact_refused_message(given))
        return super().create(vals_list)

    def write(self, vals):
        given = self._get_fact_fields() & vals.keys()
        if given:
            raise UserError(self._fact_refused_message(given))
        return super().write(vals)

    @api.model
    def _get_fact_fields(self):
        """The facts of the model, and the stored fields that follow from others."""
        return self._fact_fields | {
            name
            for name, field in self._fields.items()
            if field.store and field.compute and field.readonly
        }

    def _write_facts(self, **values):
        """Write fields that the public ``write`` refuses."""
        # The next class's write: this class's own refuses them.
        return super().write(values)  # pylint: disable=super-method-mismatch

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
