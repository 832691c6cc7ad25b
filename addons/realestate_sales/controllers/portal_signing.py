from odoo import fields
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from .portal import RealestatePortal

#: Appointments that buyers see.
SHOWN_STATES = ("invited", "confirmed", "no_show", "done")


class RealestateSigningPortal(RealestatePortal):
    """The buyer's side of a signing appointment: see it, confirm, move, decline.

    Whoever may see the contract, by login or by its token, may answer for its buyers.
    """

    def _prepare_contract_values(self, contract_sudo, access_token=None):
        values = super()._prepare_contract_values(contract_sudo, access_token)
        return values | {"signing": self._get_signing(contract_sudo)}

    def _get_signing(self, contract_sudo):
        """The appointment that the buyers of the contract see, as superuser."""
        signing = contract_sudo.signing_id
        return signing if signing.state in SHOWN_STATES else signing.browse()

    # === PAGE === #

    @route(
        "/my/contracts/<int:contract_id>/signing",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def portal_signing(self, contract_id, access_token=None, done=None, **kw):
        """When and where the contract is signed, and what to bring."""
        return self._with_signing(
            contract_id,
            access_token,
            lambda contract, signing: self._render_signing(
                contract, signing, access_token, done=done
            ),
        )

    @route(
        "/my/contracts/<int:contract_id>/signing/calendar",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def portal_signing_calendar(self, contract_id, access_token=None, **kw):
        """The appointment as a file for the buyer's calendar."""
        return self._with_signing(
            contract_id,
            access_token,
            lambda _contract, signing: request.make_response(
                signing._get_calendar_file(),
                headers=[
                    ("Content-Type", "text/calendar; charset=utf-8"),
                    ("Content-Disposition", 'attachment; filename="signing.ics"'),
                ],
            ),
        )

    # === ANSWERS === #

    @route(
        "/my/contracts/<int:contract_id>/signing/confirm",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def portal_signing_confirm(self, contract_id, access_token=None, **kw):
        """The buyer will come."""
        return self._answer(
            contract_id,
            access_token,
            "confirmed",
            lambda signing: signing._confirm_by_buyer(),
        )

    @route(
        "/my/contracts/<int:contract_id>/signing/move",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def portal_signing_move(self, contract_id, access_token=None, slot="", **kw):
        """The buyer takes another of the free times."""
        return self._answer(
            contract_id,
            access_token,
            "moved",
            lambda signing: signing._move_by_buyer(self._read_slot(slot)),
        )

    @route(
        "/my/contracts/<int:contract_id>/signing/decline",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def portal_signing_decline(self, contract_id, access_token=None, reason="", **kw):
        """The buyer does not come."""
        return self._answer(
            contract_id,
            access_token,
            "declined",
            lambda signing: signing._decline_by_buyer(reason),
        )

    # === PIECES === #

    def _with_signing(self, contract_id, access_token, show):
        """Answer with ``show(contract, signing)``, or send away who may not see it."""
        try:
            contract_sudo = self._contract_check_access(contract_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        signing = self._get_signing(contract_sudo)
        if not signing:
            return request.redirect(
                self._get_contract_link(contract_sudo, access_token)
            )
        return show(contract_sudo, signing)

    def _answer(self, contract_id, access_token, done, answer):
        def show(contract, signing):
            try:
                with request.env.cr.savepoint():
                    answer(signing)
            except UserError as error:
                return self._render_signing(
                    contract, signing, access_token, error=str(error)
                )
            url = self._get_contract_link(
                contract, access_token, "" if done == "declined" else "/signing"
            )
            sign = "&" if "?" in url else "?"
            return request.redirect(f"{url}{sign}done={done}")

        return self._with_signing(contract_id, access_token, show)

    def _get_contract_link(self, contract_sudo, access_token, suffix=""):
        token = f"?access_token={access_token}" if access_token else ""
        return f"{contract_sudo.access_url}{suffix}{token}"

    def _read_slot(self, text):
        try:
            return fields.Datetime.to_datetime(text) or None
        except (TypeError, ValueError):
            return None

    def _render_signing(self, contract, signing, access_token, done=None, error=""):
        values = self._prepare_contract_values(contract, access_token)
        values = self._get_page_view_values(
            contract, access_token, values, "my_contracts_history", False
        )
        offered = signing._get_offered_slots()
        values |= {
            "page_title": request.env._("Signing appointment"),
            "signing": signing,
            "done": done,
            "error": error,
            "days": self._group_slots(signing, offered),
            "bring": signing._get_items_to_bring(self._get_buyer(signing)),
        }
        return request.render("realestate_sales.portal_signing", values)

    def _get_buyer(self, signing):
        """Who looks, if it is one of the buyers."""
        own = request.env.user.partner_id
        return own if own in signing._get_invited() else signing.partner_id

    def _group_slots(self, signing, offered):
        """Free times by day: (label of the day, [(value, label of the hour)])."""
        days = {}
        for slot in offered:
            day, hour = signing._format_slot(slot.start)
            days.setdefault(day, []).append(
                (fields.Datetime.to_string(slot.start), hour)
            )
        return list(days.items())
