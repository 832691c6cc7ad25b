from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .collision import collide

#: Days to decide where no tier says otherwise.
DAYS = 3


class RealestateApproval(models.Model):
    """How an approval is decided: by whom, in which turn, about which facts."""

    # A file for each concern keeps them short.
    _inherit = "realestate.approval"  # pylint: disable=consider-merging-classes-inherited

    def _get_document(self):
        """The record that waits, for the user who decides: they must see it."""
        self.ensure_one()
        document = self.env[self.res_model].browse(self.res_id)
        document.check_access("read")
        return document

    def _is_decidable_by(self, user):
        self.ensure_one()
        if self.state != "pending" or user == self.user_requested_id:
            return False
        # Who belongs to a group is not everybody's to read.
        return user in self.sudo()._get_approvers() and not self._get_before()

    def _get_approvers(self):
        """The users who decide, and who stands in for them today."""
        self.ensure_one()
        tiers = self.env["realestate.approval.tier"]
        if self.tier_id:
            return self.tier_id._get_approvers()
        return tiers._with_substitutes(self.group_id.all_user_ids, self.company_id)

    def _get_regular_approvers(self):
        """The users who decide when nobody is away."""
        self.ensure_one()
        tier = self.tier_id
        return tier.user_ids | (tier.group_id or self.group_id).all_user_ids

    def _get_before(self):
        """What has to be decided before this one."""
        # Other tiers' approvals need not be this user's to see.
        return self.sudo().search(
            [
                ("res_model", "=", self.res_model),
                ("res_id", "=", self.res_id),
                ("kind", "=", self.kind),
                ("state", "=", "pending"),
                ("sequence", "<", self.sequence),
            ]
        )

    def _decide(self, state, reason):
        self.ensure_one()
        self.check_access("read")
        if self.state == state and self.user_decided_id == self.env.user:
            return
        self._check_decidable()
        # Approvals are written by nobody's hand, and groups not read by everybody: this
        # method is the door.
        own = self.sudo()
        # Two tiers of the same turn must not each take the other for undecided.
        collide(own._get_document())
        own._write_decision(state, reason)

    def _write_decision(self, state, reason):
        """Write down what the user decided and tell the document's history."""
        self._update_state(
            state,
            user_decided_id=self.env.uid,
            date_decided=fields.Datetime.now(),
            is_substitute=self.env.user not in self._get_regular_approvers(),
            reason=reason.strip() if isinstance(reason, str) else False,
        )
        self._get_document()._log_approval(self)

    def _check_decidable(self):
        # Collection and accounting approve without reading tiers or every fact.
        own = self.sudo()
        if self.state != "pending":
            raise UserError(
                self.env._(
                    "%(document)s: “%(tier)s” is “%(state)s” already and not to be "
                    "decided any more.",
                    document=self.name,
                    tier=own.step,
                    state=self._state_label(self.state),
                )
            )
        self._check_approver()
        before = self._get_before()
        if before:
            raise UserError(
                self.env._(
                    "%(document)s: “%(before)s” decides first.",
                    document=self.name,
                    before=before[:1].step,
                )
            )
        self._get_document()
        if self.fingerprint != own._get_document()._get_fingerprint(self.kind):
            raise UserError(
                self.env._(
                    "%(document)s has changed since the approval was asked for: it has "
                    "to be asked for again.",
                    document=self.name,
                )
            )

    def _check_decidable_by_others(self):
        """Refuse to ask tiers where nobody but the asker could answer."""
        for approval in self.filtered("tier_id"):
            if not approval._get_approvers() - approval.user_requested_id:
                raise UserError(
                    self.env._(
                        "%(document)s: nobody but you may decide for “%(tier)s”, and "
                        "who asks does not. Name another approver of the tier or a "
                        "substitute.",
                        document=approval.name,
                        tier=approval.step,
                    )
                )

    def _check_approver(self):
        # Who belongs to a group is not everybody's to read.
        own = self.sudo()
        if self.env.user == self.user_requested_id:
            raise AccessError(
                self.env._(
                    "%(document)s: who asks for an approval does not give it. Another "
                    "approver of “%(tier)s” decides.",
                    document=self.name,
                    tier=own.step,
                )
            )
        if self.env.user not in own._get_approvers():
            raise AccessError(
                self.env._(
                    "%(document)s: you are no approver of “%(tier)s”.",
                    document=self.name,
                    tier=own.step,
                )
            )

    def _close_activities(self):
        """Nobody needs to be reminded of these any more."""
        # The approvers' activities are not the decider's to remove.
        self.env["mail.activity"].sudo().search(
            [("realestate_approval_id", "in", self.ids)]
        ).unlink()

    @api.model
    def _prepare_values(self, document, kind, amount, percent):
        """What an approval of ``kind`` is about, whoever decides.

        :param amount: float in the company's currency
        """
        return {
            "name": document.display_name,
            "res_model": document._name,
            "res_id": document.id,
            "kind": kind,
            "company_id": document.company_id.id,
            "currency_id": document.company_id.currency_id.id,
            "amount": amount,
            "percent": percent,
            "fingerprint": document._get_fingerprint(kind),
            "date_requested": fields.Datetime.now(),
            "user_requested_id": self.env.uid,
        }

    @api.model
    def _prepare_step_values(self, tier=None, group=None):
        """Who decides, in which turn and until when: a tier or the rule's group."""
        today = fields.Date.context_today(self)
        if tier:
            return {
                "tier_id": tier.id,
                "sequence": tier.sequence,
                "date_deadline": today + timedelta(days=tier.days),
            }
        return {"group_id": group.id, "date_deadline": today + timedelta(days=DAYS)}
