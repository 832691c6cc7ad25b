import base64
import binascii

from odoo import models
from odoo.exceptions import UserError, ValidationError

from ..tools import period
from .realestate_collection_event import NOT_REACHED

#: What a caller may say of a visit beside the outcome.
PLACE = frozenset({"place", "latitude", "longitude", "photos"})

#: Each may have 10 MB, and all are sent in one call.
MOST_PHOTOS = 20


class RealestateContract(models.Model):
    """Contacts with the buyer: what was said and what comes next, in one call."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def log_contact(
        self,
        kind,
        outcome=None,
        note="",
        next_action=None,
        date_next=None,
        promise_amount=None,
        promise_date=None,
        **place,
    ):
        """Take down one contact with the buyer and what is to come of it.

        :param kind: call, visit, email, sms, letter, meeting, note or reply
        :param outcome: reached, promised, no_answer, wrong_number, refused, disputed,
            call_back, paid_already, left_message; None for a note
        :param next_action: call, visit, write, answer, money or escalate
        :param date_next: calendar day of the next action, today or later
        :param promise_amount: what the buyer promised, in the contract's currency,
            with ``promise_date``, by when
        :param place: ``place`` (text), ``latitude``, ``longitude``, ``photos`` (list of
            (name, base64))
        :return: id of the `realestate.collection.event`; one outside the contact rules
            is taken down all the same, and marked
        :raises AccessError: unless a collection officer calls
        :raises UserError: naming what is missing; nothing is kept then
        """
        self.ensure_one()
        self._check_may_log()
        self.check_access("read")
        values = self._read_contact(kind, outcome, note, next_action, date_next)
        values.update(self._read_place(place))
        photos = self._read_photos(place.get("photos"))
        # A colleague of another team may answer the telephone.
        event = self.env["realestate.collection.event"]._record(
            [{"contract_id": self.id, **values, **self._find_broken_rule(kind, values)}]
        )
        event._attach(photos)
        # The right was checked; facts are written by nobody's hand.
        self.sudo()._note_next(event)
        if outcome == "promised" or promise_amount or promise_date:
            self._promise(promise_amount, promise_date, event)
        self._refresh_cases()
        return event.id

    # === READING === #

    def _read_contact(self, kind, outcome, note, next_action, date_next):
        """Values of the event, each looked at."""
        today = self.company_id._realestate_today()
        day = self._read_day(date_next)
        if day and day < today:
            raise UserError(
                self.env._(
                    "Contract %(contract)s: the next action on %(date)s would be in "
                    "the past.",
                    contract=self.name,
                    date=day,
                )
            )
        return {
            "kind": self._read_choice("kind", kind or ""),
            "outcome": self._read_choice("outcome", outcome),
            "note": str(note or "").strip(),
            "next_action": self._read_choice("next_action", next_action),
            "date_next": day,
            "direction": "in" if kind == "reply" else "out",
        }

    def _read_choice(self, name, value):
        field = self.env["realestate.collection.event"]._fields[name]
        choices = [code for code, _label in field.selection]
        if value in choices or not value and not field.required:
            return value or False
        raise UserError(
            self.env._(
                "Contract %(contract)s: “%(value)s” is no %(field)s. Choose one of "
                "%(choices)s.",
                contract=self.name,
                value=value,
                field=field._description_string(self.env),
                choices=", ".join(choices),
            )
        )

    def _read_day(self, value):
        try:
            return period.read_day(value)
        except ValueError as error:
            raise UserError(
                self.env._(
                    "Contract %(contract)s: “%(value)s” is no date.",
                    contract=self.name,
                    value=value,
                )
            ) from error

    def _read_place(self, place):
        unknown = place.keys() - PLACE
        if unknown:
            raise UserError(
                self.env._(
                    "A contact has no %(names)s.", names=", ".join(sorted(unknown))
                )
            )
        try:
            latitude = float(place.get("latitude") or 0)
            longitude = float(place.get("longitude") or 0)
        except (TypeError, ValueError, OverflowError) as error:
            raise ValidationError(self.env._("A position is two numbers.")) from error
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValidationError(
                self.env._(
                    "There is no latitude %(latitude)s, longitude %(longitude)s.",
                    latitude=latitude,
                    longitude=longitude,
                )
            )
        return {
            "place": str(place.get("place") or "").strip(),
            "latitude": latitude,
            "longitude": longitude,
        }

    def _read_photos(self, photos):
        if isinstance(photos, list | tuple) and len(photos) > MOST_PHOTOS:
            raise UserError(
                self.env._(
                    "A visit has at most %(count)s photos. Log the others as a second "
                    "one.",
                    count=MOST_PHOTOS,
                )
            )
        try:
            return [
                (str(name), base64.b64decode(content or b"", validate=True))
                for name, content in photos or []
            ]
        except (TypeError, ValueError, binascii.Error) as error:
            raise ValidationError(
                self.env._("Photos are pairs of a name and a file in base64.")
            ) from error

    # === WHAT FOLLOWS === #

    def _note_next(self, event):
        """Let the case know: the next step, and that the buyer was answered."""
        case = event.sudo().case_id
        if not case:
            return
        values = {}
        if event.next_action or event.date_next:
            values["next_action"] = event.next_action or "call"
            values["date_next"] = (
                event.date_next or event.company_id._realestate_today()
            )
        if event.direction == "in":
            values["has_reply"] = True
        elif event.kind != "note" and event.outcome not in NOT_REACHED:
            values["has_reply"] = False
        case._write_facts(**values)

    def _promise(self, amount, day, event):
        """Write down a promise of the buyer; the dunning waits for it.

        :raises UserError: for a promise that nobody could keep
        """
        self.ensure_one()
        day = self._read_day(day)
        amount = self._read_amount(amount)
        today = self.company_id._realestate_today()
        if not day or day < today:
            raise UserError(
                self.env._(
                    "Contract %(contract)s: say by when the buyer promised to pay, "
                    "today or later.",
                    contract=self.name,
                )
            )
        # Promises are made by methods, by nobody's hand.
        promise = self.env["realestate.promise"].sudo()
        return promise._make(self.sudo(), amount, day, event.sudo())

    def _read_amount(self, amount):
        try:
            amount = self.currency_id._realestate_round(float(amount or 0))
        # No number, or none that ends.
        except (TypeError, ValueError, OverflowError) as error:
            raise UserError(
                self.env._("“%(value)s” is no amount.", value=amount)
            ) from error
        if not 0 < amount <= self.amount_total * 2:
            raise UserError(
                self.env._(
                    "Contract %(contract)s: say how much the buyer promised to pay; "
                    "more than zero.",
                    contract=self.name,
                )
            )
        return amount
