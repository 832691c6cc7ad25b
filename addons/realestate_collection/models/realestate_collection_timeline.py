from datetime import UTC, datetime, time

from odoo import api, models

#: Icon of a contact by its kind.
ICONS = {
    "call": "fa-phone",
    "visit": "fa-home",
    "email": "fa-envelope-o",
    "sms": "fa-mobile",
    "letter": "fa-file-text-o",
    "meeting": "fa-users",
    "note": "fa-sticky-note-o",
    "reply": "fa-reply",
}


class RealestateCollectionTimeline(models.AbstractModel):
    """Everything that happened between a buyer and the house, newest first, from the
    records themselves: nothing is kept twice.

    An entry is a dict: ``date`` (UTC), ``is_day`` (only the calendar day is known),
    ``day`` (that day, else False), ``kind``, ``title``, ``detail``, ``amount`` (or
    False), ``currency_id``, ``res_model``, ``res_id``, ``icon``, ``user`` (name). Other
    sources extend :meth:`_get_sources`. Records the user may not read are left out.
    """

    _name = "realestate.collection.timeline"
    _description = "Timeline of a Buyer"

    @api.model
    def _collect(self, contract, limit=80):
        """The newest ``limit`` entries of ``contract``."""
        contract.ensure_one()
        contract.check_access("read")
        entries = []
        for model, source in self._get_sources():
            if self.env[model].has_access("read"):
                entries += source(contract, limit)
        entries.sort(key=lambda entry: entry["date"], reverse=True)
        return entries[:limit]

    @api.model
    def _get_sources(self):
        """Pairs of the model that is read and the method that reads it."""
        return [
            ("realestate.collection.event", self._from_events),
            ("realestate.collection.case", self._from_cases),
            ("realestate.dunning.notice", self._from_notices),
            ("realestate.dunning.hold", self._from_holds),
            ("realestate.promise", self._from_promises),
            ("realestate.dispute", self._from_disputes),
            ("account.move", self._from_moves),
            ("account.payment", self._from_payments),
            ("mail.message", self._from_messages),
        ]

    @api.model
    def _entry(self, record, kind, date, title, icon, **values):
        contract = values.pop("contract")
        is_day = not isinstance(date, datetime)
        return {
            "date": self._to_moment(date, contract),
            "is_day": is_day,
            # Where the reader is, the moment may be of another day.
            "day": is_day and date,
            "kind": kind,
            "title": title,
            "detail": values.get("detail") or "",
            "amount": values.get("amount", False),
            "currency_id": contract.currency_id.id,
            "res_model": record._name,
            "res_id": record.id,
            "icon": icon,
            "user": values.get("user") or "",
        }

    @api.model
    def _to_moment(self, date, contract):
        """A calendar day is the moment it began where the company is, in UTC."""
        if isinstance(date, datetime):
            return date
        zone = contract.company_id._realestate_zone()
        began = datetime.combine(date, time.min, tzinfo=zone)
        return began.astimezone(UTC).replace(tzinfo=None)

    @api.model
    def _label(self, record, name):
        field = record._fields[name]
        return dict(field._description_selection(self.env)).get(record[name]) or ""

    # === SOURCES === #

    @api.model
    def _find(self, model, contract, limit, order, field="contract_id", domain=()):
        return self.env[model].search(
            [(field, "=", contract.id), *domain], order=order, limit=limit
        )

    @api.model
    def _from_events(self, contract, limit):
        model = "realestate.collection.event"
        return [
            self._entry(
                event,
                event.kind,
                event.date,
                event.display_name,
                ICONS[event.kind],
                detail=self._tell_contact(event),
                user=event.user_id.name,
                contract=contract,
            )
            for event in self._find(model, contract, limit, "date desc, id desc")
        ]

    @api.model
    def _tell_contact(self, event):
        """What was said, and whether the contact should not have been made then."""
        said = event.note or event.place
        return "\n".join(filter(None, (said, event.rule_reason)))

    @api.model
    def _from_cases(self, contract, limit):
        entries = []
        for case in self._find(
            "realestate.collection.case", contract, limit, "id desc"
        ):
            values = {"user": case.user_id.name, "contract": contract}
            entries.append(
                self._entry(
                    case,
                    "case",
                    case.date_opened,
                    self.env._("Case opened"),
                    "fa-folder-open-o",
                    detail=case.open_reason,
                    **values,
                )
            )
            if case.date_closed:
                entries.append(
                    self._entry(
                        case,
                        "case",
                        case.date_closed,
                        self.env._("Case closed"),
                        "fa-folder-o",
                        detail=case.close_reason,
                        **values,
                    )
                )
        return entries

    @api.model
    def _from_notices(self, contract, limit):
        """Notices with what became of each delivery."""
        model = "realestate.dunning.notice"
        entries = []
        for notice in self._find(model, contract, limit, "date desc, id desc"):
            deliveries = [
                f"{self._label(one, 'channel')}: {self._label(one, 'state')}"
                for one in notice.delivery_ids
            ]
            parts = [", ".join(deliveries), notice.failure_reason]
            entries.append(
                self._entry(
                    notice,
                    "notice",
                    notice.date_sent or notice.date,
                    f"{notice.level_id.name} · {self._label(notice, 'state')}",
                    "fa-bullhorn",
                    detail=". ".join(filter(None, parts)),
                    amount=notice.amount,
                    contract=contract,
                )
            )
        return entries

    @api.model
    def _from_holds(self, contract, limit):
        """Stops of the dunning that come from nothing else shown here."""
        holds = self._find(
            "realestate.dunning.hold",
            contract,
            limit,
            "date_from desc, id desc",
            domain=[("res_model", "not in", self._get_own_origins())],
        )
        return [
            self._entry(
                hold,
                "hold",
                hold.date_from,
                self.env._("Dunning held: %(kind)s", kind=self._label(hold, "kind")),
                "fa-pause",
                detail=hold.reason,
                user=hold.user_id.name,
                contract=contract,
            )
            for hold in holds
        ]

    @api.model
    def _get_own_origins(self):
        """Models whose holds are told by their own entries."""
        return ["realestate.promise", "realestate.dispute"]

    @api.model
    def _from_promises(self, contract, limit):
        model = "realestate.promise"
        return [
            self._entry(
                promise,
                "promise",
                promise.date_decided or promise.date_made,
                self.env._(
                    "Promise by %(date)s · %(state)s",
                    date=promise.date,
                    state=self._label(promise, "state"),
                ),
                "fa-handshake-o",
                detail=promise.cancel_reason,
                amount=promise.amount,
                user=promise.user_id.name,
                contract=contract,
            )
            for promise in self._find(model, contract, limit, "id desc")
        ]

    @api.model
    def _from_disputes(self, contract, limit):
        model = "realestate.dispute"
        return [
            self._entry(
                dispute,
                "dispute",
                dispute.date_decided or dispute.date_opened,
                self.env._(
                    "Dispute: %(category)s · %(state)s",
                    category=dispute.category_id.name,
                    state=self._label(dispute, "decision")
                    or self._label(dispute, "state"),
                ),
                "fa-gavel",
                detail=dispute.decision_note or dispute.text,
                amount=dispute.amount,
                user=dispute.user_id.name,
                contract=contract,
            )
            for dispute in self._find(model, contract, limit, "id desc")
        ]


class RealestateContract(models.Model):
    """The timeline of a contract."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def _get_timeline(self, limit=80):
        """See :class:`RealestateCollectionTimeline`."""
        self.ensure_one()
        return self.env["realestate.collection.timeline"]._collect(self, limit)
