from odoo import api, models


class RealestateCollectionTimeline(models.AbstractModel):
    """What was decided about a debt: new dates, ways, cancellation."""

    # A file for each concern keeps them short.
    _inherit = "realestate.collection.timeline"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_sources(self):
        return [
            *super()._get_sources(),
            ("realestate.arrangement", self._from_arrangements),
            ("realestate.debt.proposal", self._from_proposals),
            ("realestate.cancellation.package", self._from_packages),
        ]

    @api.model
    def _get_own_origins(self):
        return [
            *super()._get_own_origins(),
            "realestate.arrangement",
            "realestate.debt.proposal",
        ]

    @api.model
    def _from_arrangements(self, contract, limit):
        model = "realestate.arrangement"
        return [
            self._entry(
                one,
                "arrangement",
                one.date_ended
                or one.date_accepted
                or one.date_offered
                or one.create_date,
                self.env._("Arrangement · %(state)s", state=self._label(one, "state")),
                "fa-calendar-check-o",
                detail=one.refuse_reason or one.reason,
                amount=one.amount,
                user=one.create_uid.name,
                contract=contract,
            )
            for one in self._find(model, contract, limit, "id desc")
        ]

    @api.model
    def _from_proposals(self, contract, limit):
        """Bad-debt proposals with the way that is chosen."""
        model = "realestate.debt.proposal"
        entries = []
        for one in self._find(model, contract, limit, "id desc"):
            title = self.env._(
                "Bad-debt proposal · %(state)s", state=self._label(one, "state")
            )
            parts = [self._label(one, "kind"), one.reason]
            entries.append(
                self._entry(
                    one,
                    "proposal",
                    one.date_executed or one.create_date,
                    title,
                    "fa-balance-scale",
                    detail=": ".join(filter(None, parts)),
                    amount=one.amount_given_up or one.amount,
                    user=(one.user_executed_id or one.create_uid).name,
                    contract=contract,
                )
            )
        return entries

    @api.model
    def _from_packages(self, contract, limit):
        """Cancellation packages with what they are missing."""
        model = "realestate.cancellation.package"
        entries = []
        for one in self._find(model, contract, limit, "id desc"):
            missing = one.missing_count and self.env._(
                "Missing: %(count)s", count=one.missing_count
            )
            entries.append(
                self._entry(
                    one,
                    "package",
                    one.create_date,
                    self.env._(
                        "Cancellation package · %(state)s",
                        state=self._label(one, "state"),
                    ),
                    "fa-folder-o",
                    detail=". ".join(filter(None, [one.note, missing])),
                    amount=one.amount_overdue,
                    user=one.create_uid.name,
                    contract=contract,
                )
            )
        return entries
