from odoo import api, fields, models
from odoo.tools.misc import formatLang


class RealestateRelease(models.Model):
    """How many units, how much area and value; as they were, once it is done."""

    # A file for each concern keeps them short.
    _inherit = "realestate.release"  # pylint: disable=consider-merging-classes-inherited

    unit_count = fields.Integer(string="Number of Units", compute="_compute_totals")
    area_total = fields.Float(
        string="Area (m²)", compute="_compute_totals", digits=(12, 2)
    )
    amount_total = fields.Monetary(string="List Value", compute="_compute_totals")
    problem = fields.Text(compute="_compute_problem")
    summary = fields.Html(compute="_compute_summary", sanitize=False)

    @api.depends("state", "kind", "unit_ids.price_list", "unit_ids.area")
    def _compute_totals(self):
        for release in self:
            if release.state == "done":
                totals = {
                    name: release[name]
                    for name in ("count_done", "area_done", "amount_done")
                }
            else:
                totals = release._prepare_totals(release._get_moving_units())
            release.unit_count = totals["count_done"]
            release.area_total = totals["area_done"]
            release.amount_total = totals["amount_done"]

    @api.depends("state", "kind", "reason", "unit_ids.price_list", "unit_ids.state")
    def _compute_problem(self):
        for release in self:
            is_open = release.state != "done" and bool(release.unit_ids)
            release.problem = is_open and release._problem_message()

    @api.depends("state", "kind", "unit_ids.price_list", "unit_ids.unit_type_id")
    def _compute_summary(self):
        for release in self:
            release.summary = self.env["ir.qweb"]._render(
                "realestate_sales.realestate_release_summary",
                release._prepare_summary(),
            )

    def _prepare_summary(self):
        """The units by type: how many, their area and, before it is done, their value.

        Later the units have other prices; what they came to then is in the totals.
        """
        self.ensure_one()
        units = self.unit_ids
        kinds = dict(units._fields["kind"]._description_selection(self.env))
        groups = units.grouped(lambda u: u.unit_type_id.name or kinds.get(u.kind, ""))
        return {
            "rows": [
                self._prepare_summary_row(name, groups[name]) for name in sorted(groups)
            ],
            "total": units and self._prepare_summary_row("", units),
            "is_open": self.state != "done",
        }

    def _prepare_summary_row(self, name, units):
        area, amount = sum(units.mapped("area")), sum(units.mapped("price_list"))
        return {
            "name": name,
            "count": f"{len(units):,}",
            "area": formatLang(self.env, area, digits=2),
            "amount": units.currency_id[:1].format(amount),
            "rate": formatLang(self.env, amount / area, digits=0) if area else "",
        }
