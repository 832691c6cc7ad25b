from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .collision import collide
from .realestate_seal import SEALING_KINDS


class RealestateApprovalTier(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.approval.tier"  # pylint: disable=consider-merging-classes-inherited

    kind = fields.Selection(
        selection_add=[("seal", "Seal Request")], ondelete={"seal": "cascade"}
    )


class RealestateSealRequest(models.Model):
    """The way of a seal request from draft to the stamp."""

    # A file for each concern keeps them short.
    _inherit = "realestate.seal.request"  # pylint: disable=consider-merging-classes-inherited

    is_mine_to_decide = fields.Boolean(compute="_compute_is_mine_to_decide")

    @api.depends("state", "user_id", "approval_ids.state")
    @api.depends_context("uid")
    def _compute_is_mine_to_decide(self):
        is_leader = self.env.user.has_group("realestate_sales.group_leader")
        for request in self:
            by_tiers = bool(request._get_approvals("seal"))
            request.is_mine_to_decide = request.state == "submitted" and (
                request.is_approval_mine
                if by_tiers
                else is_leader and request.user_id != self.env.user
            )

    # === ACTIONS === #

    def action_submit(self):
        """Ask for the approval: of the tiers, where there are any, else of a leader."""
        self.check_access("write")
        drafts = self.filtered(lambda request: request.state == "draft")
        # Another request for the same contracts must not be submitted beside this.
        collide(drafts.contract_ids)
        drafts._check_ready()
        drafts._update_state(
            "submitted",
            user_id=self.env.uid,
            date_requested=fields.Datetime.now(),
            refuse_reason=False,
        )
        drafts._request_approval("seal")
        for request in drafts.filtered(lambda one: not one._get_approvals("seal")):
            request._tell(
                request._get_leaders(), self.env._("Approve the seal request")
            )
        return True

    def action_draft(self):
        """Take back a request, or take up a refused one."""
        self.check_access("write")
        # Approvals are written by nobody's hand.
        self.sudo()._void_approvals("seal")
        self._update_state("draft")._close_activities()
        return True

    def action_approve(self):
        """Approve: by the tiers asked for, else by a leader who did not ask."""
        for request in self.filtered(lambda one: one.state == "submitted"):
            approvals = request._get_approvals("seal")
            if approvals:
                pending = approvals.filtered(lambda one: one.state == "pending")
                # The decision is the user's own: the approval checks who that is.
                pending[:1].sudo(False).action_approve()
                continue
            request._check_may_decide()
            # Leaders read requests; this method is the door.
            request.sudo()._approve()
        return True

    def action_refuse(self, reason=None):
        """Refuse, saying why.

        :param reason: text kept with the request; required
        """
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(
                self.env._("Say why the seal is refused: the reason is kept.")
            )
        for request in self:
            pending = request._get_approvals("seal").filtered(
                lambda one: one.state == "pending"
            )
            if pending:
                # The decision is the user's own: the approval checks who that is.
                pending[:1].sudo(False).action_refuse(reason)
                continue
            request._check_may_decide()
            # Leaders read requests; this method is the door.
            request.sudo()._refuse(reason.strip())
        return True

    def action_stamp(self, copies=None, note=None):
        """Record that the keeper has stamped: the contracts are sealed by it.

        :param copies: how many were stamped, default all that are approved
        :param note: why fewer were stamped; required then
        :raises AccessError: for who does not keep the seal
        """
        for request in self.filtered(lambda one: one.state != "stamped"):
            request._check_is_keeper()
            count = request.copies_total if copies is None else copies
            request._check_count(count, note)
            request._check_stampable()
            # Keepers read requests and contracts; this method is the door.
            own = request.sudo()
            own._update_state(
                "stamped",
                user_stamped_id=self.env.uid,
                date_stamped=fields.Datetime.now(),
                stamped_copies=count,
                stamp_note=note if isinstance(note, str) and note.strip() else False,
            )
            own._close_activities()
            if own.seal_id.kind in SEALING_KINDS:
                own.contract_ids.action_seal()
        return True

    def action_cancel(self):
        """Give up a request that is not stamped."""
        self.check_access("write")
        # Approvals are written by nobody's hand.
        self.sudo()._void_approvals("seal")
        self._update_state("cancelled")._close_activities()
        return True

    # === APPROVAL === #

    def _get_approval_facts(self, kind):
        return {
            "seal": self.seal_id.id,
            "contracts": [
                [contract.id, contract.name, contract.amount_total]
                for contract in self.contract_ids.sorted("id")
            ],
            "copies": self.copies,
            "papers": self._get_paper_names(),
            "purpose": self.purpose or "",
        }

    def _get_approval_measure(self, kind):
        return self.amount_total, 0

    def _on_approved(self, kind):
        if kind == "seal":
            # The tiers have decided in the place of the leader.
            self.sudo()._approve()
        return super()._on_approved(kind)

    def _on_refused(self, kind, reason):
        if kind == "seal":
            # The tier has decided in the place of the leader.
            self.sudo()._refuse(reason)
        return super()._on_refused(kind, reason)

    def _approve(self):
        self._update_state(
            "approved",
            user_approved_id=self.env.uid,
            date_approved=fields.Datetime.now(),
        )
        self._close_activities()
        for request in self:
            request._tell(request.keeper_id, self.env._("Stamp what is approved"))

    def _refuse(self, reason):
        self._update_state("refused", refuse_reason=reason)
        self._close_activities()

    # === CHECKS === #

    def _check_ready(self):
        for request in self:
            problems = request._get_problems()
            if problems:
                raise UserError(
                    self.env._(
                        "Seal request %(request)s is not ready:\n%(problems)s",
                        request=request.name,
                        problems="\n".join(f"• {problem}" for problem in problems),
                    )
                )

    def _check_may_decide(self):
        self.ensure_one()
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(
            "realestate_sales.group_leader"
        ):
            raise AccessError(
                self.env._(
                    "%(request)s: only a leader approves or refuses a seal.",
                    request=self.name,
                )
            )
        if self.user_id == self.env.user and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(request)s: who asks for a seal does not approve it. Another "
                    "leader decides.",
                    request=self.name,
                )
            )

    def _check_is_keeper(self):
        self.ensure_one()
        self.check_access("read")
        if not self.env.su and self.env.user != self.keeper_id:
            raise AccessError(
                self.env._(
                    "%(request)s: %(keeper)s keeps %(seal)s and stamps.",
                    request=self.name,
                    keeper=self.keeper_id.name,
                    seal=self.seal_id.name,
                )
            )

    def _check_stampable(self):
        """Only what was approved is stamped, and only while it is still so."""
        self.ensure_one()
        if self.state == "approved" and self._get_approvals("seal"):
            if not self._is_approved("seal"):
                raise UserError(
                    self.env._(
                        "%(request)s has changed since it was approved: set it back "
                        "to draft and submit it again.",
                        request=self.name,
                    )
                )
        # Cancelled meanwhile, or sealed by another request.
        if self.state == "approved":
            self._check_ready()

    def _check_count(self, count, note):
        self.ensure_one()
        if not isinstance(count, int) or isinstance(count, bool):
            raise UserError(
                self.env._("Say how many copies were stamped, as a whole number.")
            )
        if not 0 < count <= self.copies_total:
            raise UserError(
                self.env._(
                    "%(request)s is approved for %(total)s copies: stamp at least one "
                    "and no more than these.",
                    request=self.name,
                    total=self.copies_total,
                )
            )
        if count < self.copies_total and not (isinstance(note, str) and note.strip()):
            raise UserError(
                self.env._(
                    "%(request)s: %(count)s of %(total)s copies are stamped; say why "
                    "not all.",
                    request=self.name,
                    count=count,
                    total=self.copies_total,
                )
            )

    # === TELLING === #

    def _get_leaders(self):
        # Whom a group belongs to is not everybody's to read.
        users = self.env.ref("realestate_sales.group_leader").sudo().all_user_ids
        return users.filtered(
            lambda user: (
                user.active
                and not user.share
                and self.company_id in user.company_ids
                and user != self.env.user
            )
        ).sudo(False)

    def _tell(self, users, summary):
        for user in users:
            self.activity_schedule(
                "realestate_sales.mail_activity_seal",
                user_id=user.id,
                summary=self.env._(
                    "%(what)s: %(request)s", what=summary, request=self.name
                ),
            )

    def _close_activities(self):
        self.activity_unlink(["realestate_sales.mail_activity_seal"])
