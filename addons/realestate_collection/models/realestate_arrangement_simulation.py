from odoo import api, fields, models

from odoo.addons.realestate_sales.tools import money

from ..tools.arrangement import get_heaviest, simulate


class RealestateArrangement(models.Model):
    """What an arrangement asks of the buyer, month by month, with what falls due
    besides."""

    # A file for each concern keeps them short.
    _inherit = "realestate.arrangement"  # pylint: disable=consider-merging-classes-inherited

    simulation = fields.Html(
        string="Effect", compute="_compute_simulation", sanitize=False
    )

    @api.depends("line_ids.date", "line_ids.amount", "contract_id")
    @api.depends_context("lang")
    def _compute_simulation(self):
        for arrangement in self:
            months = arrangement._simulate()
            heaviest = get_heaviest(months)
            arrangement.simulation = months and self.env["ir.qweb"]._render(
                "realestate_collection.arrangement_simulation",
                {
                    "months": months,
                    "heaviest": heaviest,
                    "money": arrangement.currency_id.format,
                    "text": arrangement._get_effect_text(heaviest),
                },
            )

    def _get_effect_text(self, heaviest):
        write = self.currency_id.format
        return self.env._(
            "The heaviest month asks for %(heaviest)s. Until the last part the "
            "buyer is not dunned for the %(arrears)s that are arranged, as long as "
            "all of this is paid.",
            heaviest=write(float(heaviest.total)),
            arrears=write(self.amount),
        )

    def _simulate(self):
        """The months of :func:`..tools.arrangement.simulate`."""
        self.ensure_one()
        decimals = self.currency_id.decimal_places
        parts = [
            part for part in self._get_parts() if part.date and part.amount is not None
        ]
        return simulate(
            parts,
            [
                (item["date"], money.to_money(item["amount"], decimals))
                for item in self._get_besides()
            ],
        )

    def _get_besides(self):
        """What falls due until the last part besides it, as dicts, oldest first."""
        self.ensure_one()
        dates = [line.date for line in self.line_ids if line.date]
        if not dates or not self.contract_id or not self.date:
            return []
        # The schedule is its readers' to see.
        items = self.contract_id.sudo().installment_ids.filtered(
            lambda item: (
                not item.is_void
                and item.date_due
                and self.date <= item.date_due
                and (item.state == "planned" or item.amount_residual)
            )
        )
        return [
            {
                "date": item.date_due,
                "name": item.name,
                "number": item.sequence,
                "amount": item.amount_due
                if item.state == "planned"
                else item.amount_residual,
            }
            for item in items.sorted("date_due")
            if item.date_due <= max(dates)
        ]
