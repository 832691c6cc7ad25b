from odoo import api, models


class RealestateCachedMixin(models.AbstractModel):
    """Settings that nearly every step asks for and hardly anybody changes: methods read
    them through ``ormcache``, which is emptied here when one changes."""

    _name = "realestate.cached.mixin"
    _description = "Settings Kept in the Cache"

    #: Fields that what is kept rests on; None: all of them.
    _cached_fields = None

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        if self._cached_fields is None or self._cached_fields & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
