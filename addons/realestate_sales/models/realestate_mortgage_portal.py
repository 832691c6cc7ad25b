from odoo import fields, models
from odoo.tools import format_date, format_time

from ..tools.mortgage import STAGES
from .realestate_mortgage import FACT_OF


class RealestateMortgage(models.Model):
    """What a buyer is told of the loan."""

    # A file for each concern keeps them short.
    _inherit = "realestate.mortgage"  # pylint: disable=consider-merging-classes-inherited

    def _get_portal_steps(self):
        """The stages in their order, each with its day and whether it is the present
        one; the papers going back are the office's own business."""
        self.ensure_one()
        skipped = self.programme_id._get_skipped()
        labels = dict(self._fields["stage"]._description_selection(self.env))
        return [
            {
                "stage": stage,
                "label": labels[stage],
                "date": self[FACT_OF[stage]],
                "is_now": stage == self.stage,
            }
            for stage in STAGES
            if stage not in skipped and stage != "papers"
        ]

    def _get_appointment_text(self):
        """When and where the buyer is expected, by the clock of the loan officer."""
        self.ensure_one()
        zone = self.user_id.tz or self.company_id.partner_id.tz or "UTC"
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=zone), self.date_appointment
        )
        day = format_date(self.env, local.date(), date_format="EEEE, d MMMM y")
        return f"{day}, {format_time(self.env, local.time(), time_format='short')}"
