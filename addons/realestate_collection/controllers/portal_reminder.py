from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.realestate_reminder_wish import MOST_DAYS


class RealestateReminderPortal(CustomerPortal):
    """A buyer says how to be reminded before an instalment is due."""

    @route("/my/reminders", type="http", auth="user", methods=["GET"], website=True)
    def portal_my_reminders(self, **kw):
        """The wish as it is."""
        return self._render_reminders(saved=bool(kw.get("saved")))

    @route("/my/reminders", type="http", auth="user", methods=["POST"], website=True)
    def portal_save_reminders(self, channel="", days="0", **kw):
        """Keep the wish, or say what cannot be wished."""
        # A buyer writes this on the own contact and nothing else.
        partner = request.env.user.partner_id.sudo()
        try:
            partner.write(partner._read_reminder_wish(channel, days))
        except UserError as error:
            return self._render_reminders(error=str(error))
        return request.redirect("/my/reminders?saved=1")

    def _render_reminders(self, **values):
        # Buyers do not read these fields of contacts; this is their own.
        partner = request.env.user.partner_id.sudo()
        return request.render(
            "realestate_collection.portal_my_reminders",
            self._prepare_portal_layout_values()
            | {
                "page_name": "realestate_reminders",
                "channel": partner.realestate_reminder_channel,
                # As text: the page leaves a zero out.
                "days": str(partner.realestate_reminder_days),
                "most_days": MOST_DAYS,
                **values,
            },
        )
