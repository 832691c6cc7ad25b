from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL


class ResPartner(models.Model):
    """Two contacts that are one buyer become one, and no contract is lost."""

    # A file for each concern keeps them short.
    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _merge_buyer(self, other):
        """Merge ``other`` into this contact; contracts, reservations, documents,
        identities, logins and everything else follow.
        """
        self.ensure_one()
        self._check_mergeable(other)
        contracts = (self | other).sudo().realestate_buyer_ids.contract_id
        names = {"other": other.name, "kept": self.name}
        # Odoo merges contacts for their managers only; a supervisor may merge buyers.
        merge = self.env["base.partner.merge.automatic.wizard"].sudo()
        merge._merge((self | other).ids, self.sudo(), extra_checks=False)
        told = self.env._("Buyer %(other)s was merged into %(kept)s.", **names)
        for contract in contracts:
            contract._message_log(body=told)
        self.sudo()._message_log(body=told)
        return self

    def _check_mergeable(self, other):
        if not self.env.user.has_group("realestate_sales.group_supervisor"):
            raise AccessError(
                self.env._("Only a contract supervisor may merge buyers.")
            )
        both = self | other
        if both.exists() != both:
            raise UserError(
                self.env._(
                    "One of the contacts is gone: somebody has merged it meanwhile. "
                    "Look at the list again."
                )
            )
        both.check_access("read")
        if len(both) != 2 or len(other) != 1:
            raise UserError(self.env._("Choose two different contacts to merge."))
        # Companies and logins the user does not see keep contacts apart too.
        both.sudo()._check_merge_companies()
        both.sudo()._check_merge_logins()

    def _check_merge_companies(self):
        """Refuse what would reach into a company that the user does not work in."""
        contracts = self.realestate_buyer_ids.contract_id
        companies = contracts.company_id | self.company_id
        companies |= self.realestate_identity_ids.company_id
        if companies - self.env.companies:
            raise UserError(
                self.env._(
                    "One of the contacts is known to a company that you have not "
                    "chosen: choose it in the menu of companies, or ask somebody who "
                    "works in both."
                )
            )
        if len(self.company_id) > 1:
            raise UserError(
                self.env._(
                    "%(names)s belong to different companies and stay apart.",
                    names=", ".join(self.mapped("name")),
                )
            )

    def _check_merge_logins(self):
        users = self.with_context(active_test=False).user_ids
        own = (
            self.env["res.company"].search([("partner_id", "in", self.ids)]).partner_id
        )
        staff = users.filtered(lambda user: not user.share).partner_id | (own & self)
        if staff:
            raise UserError(
                self.env._(
                    "%(names)s is staff or a company of its own and is not merged.",
                    names=", ".join(staff.mapped("name")),
                )
            )
        if len(users) > 1:
            raise UserError(
                self.env._(
                    "Both contacts have a login: %(logins)s. Ask an administrator to "
                    "delete the one that is not needed, or to give it a contact of "
                    "its own; then merge them.",
                    logins=", ".join(users.mapped("login")),
                )
            )

    # === WHAT FOLLOWS === #

    def _absorb_buyers(self, others):
        """Prepare the rows that only one contact may have, so that moving those of
        ``others`` here collides with nothing: what collides would be deleted.
        """
        self.ensure_one()
        self.env.flush_all()
        for other in others:
            self._absorb_shares(other)
            self._absorb_documents(other)
            self._absorb_identities(other)
            self._absorb_details(other)
        both = self | others
        both.filtered(lambda one: one.realestate_spouse_id in both).write(
            {"realestate_spouse_id": False}
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def _absorb_shares(self, other):
        """In a contract of both, the shares add up. The parties of a contract are
        locked, and stay who they were: so this goes past the lock.
        """
        for row in other.realestate_buyer_ids:
            mine = row.contract_id.buyer_ids.filtered(
                lambda buyer: buyer.partner_id == self
            )
            if mine:
                self._add_share(mine, row)
            else:
                self.env.cr.execute(
                    SQL(
                        "UPDATE realestate_contract_buyer SET partner_id = %s"
                        " WHERE id = %s",
                        self.id,
                        row.id,
                    )
                )
            self.env.invalidate_all()

    def _add_share(self, mine, row):
        # What hangs on the other row hangs on this one.
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._update_foreign_keys_generic(row._name, row, mine)
        self.env.cr.execute(
            SQL(
                "UPDATE realestate_contract_buyer SET share = share + %s,"
                " is_main = is_main OR %s WHERE id = %s",
                row.share,
                row.is_main,
                mine.id,
            )
        )
        self.env.cr.execute(
            SQL("DELETE FROM realestate_contract_buyer WHERE id = %s", row.id)
        )

    def _absorb_documents(self, other):
        """The checklist of a contract asks one buyer once: of two equal lines the one
        that was handed in stays, of two handed in both."""
        documents = self.env["realestate.document"].search(
            [("partner_id", "in", (self.id, other.id)), ("is_automatic", "=", True)]
        )
        pairs = documents.grouped(lambda one: (one.contract_id, one.type_id))
        for pair in pairs.values():
            if len(pair) < 2:
                continue
            missing = pair.filtered(lambda one: one.state == "missing")
            extra = (missing or pair.filtered(lambda one: one.partner_id == other))[:1]
            if extra.state == "missing":
                extra.unlink()
            else:
                extra._write_facts(is_automatic=False)

    def _absorb_identities(self, other):
        merge = self.env["base.partner.merge.automatic.wizard"]
        for theirs in other.realestate_identity_ids:
            mine = self.realestate_identity_ids.filtered(
                lambda one, theirs=theirs: (
                    (one.company_id, one.kind, one.number_digest)
                    == (theirs.company_id, theirs.kind, theirs.number_digest)
                )
            )
            if mine:
                merge._update_foreign_keys_generic(theirs._name, theirs, mine)
                theirs.unlink()

    def _absorb_details(self, other):
        """Where this contact has a telephone, e-mail or address, that of the other is
        history from today on."""
        today = fields.Date.context_today(self)
        mine, theirs = self._get_contact_details(), other._get_contact_details()
        for kind, value in mine.items():
            loser = other if value else self
            current = loser.realestate_detail_ids.filtered(
                lambda one, kind=kind: one.kind == kind and one.is_current
            )
            if value and not current and theirs[kind] not in ("", value):
                current = other._create_detail(kind, theirs[kind], "before", False)
            current.valid_to = today
