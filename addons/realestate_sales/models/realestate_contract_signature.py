from odoo import api, fields, models
from odoo.exceptions import UserError

from .collision import collide
from .given import given_records

PROOF_REPORT = "realestate_sales.report_signature_proof"
_STAFF = "realestate_sales.group_agent,realestate_sales.group_reader"


class RealestateContract(models.Model):
    """The signatures of the buyers under the kept text."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    signature_ids = fields.One2many(
        "realestate.signature", "contract_id", string="Signatures", groups=_STAFF
    )
    signature_summary = fields.Char(
        string="Signed by",
        compute="_compute_signature_summary",
        groups=_STAFF,
        help="How many of the buyers have signed.",
    )

    @api.depends("signature_ids.state", "buyer_ids")
    def _compute_signature_summary(self):
        for contract in self:
            signed = contract.signature_ids.filtered(lambda one: one.state == "signed")
            contract.signature_summary = self.env._(
                "%(signed)s of %(all)s buyers",
                signed=len(signed.buyer_id),
                all=len(contract.buyer_ids),
            )

    # === ACTIONS === #

    def action_ask_signatures(self):
        """Keep the text and invite every buyer to sign it in the portal. Whoever has
        been invited already gets another mail."""
        self._check_may_ask()
        self._check_to_be_signed()
        # The kept text and signatures are written by nobody's hand.
        for contract in self.sudo():
            contract._keep_paper()
            contract._ask_signatures()
            contract.signature_ids.filtered(lambda one: one.state == "open")._invite()
        return True

    def action_sign(self, date=None):
        """Record the buyers' signatures, on paper unless they have signed online.

        :param date: calendar date of the signature, default today
        """
        result = super().action_sign(date)
        self._sign_the_rest()
        return result

    def action_sign_on_paper(self, buyers, content, filename="", date=None):
        """Match a scan of the signed contract to the buyers whose signatures it bears;
        with the last of them the contract is signed.

        :param buyers: parties of this contract, or their ids
        :param content: the scan, bytes or base64 text; PDF or a picture
        :param date: calendar date of the signatures, default today
        :return: the document that keeps the scan
        """
        self.ensure_one()
        self._check_may_ask()
        buyers = given_records(self.env, "realestate.contract.buyer", buyers)
        self._check_matchable(buyers)
        day = self._check_date("date_signed", date)
        # Signatures and kept papers are written by nobody's hand.
        own = self.sudo()
        own._ask_signatures()
        scan = own._keep_scan(content, filename)
        live = own.signature_ids.filtered(
            lambda one: one.state == "open" and one.buyer_id.id in buyers.ids
        )
        live._set_signed_on_paper(day, scan)
        if own._is_signed_by_all():
            self.action_sign(day)
        return scan.sudo(False)

    # === ASKING === #

    def _check_may_ask(self):
        self.check_access("write")

    def _check_to_be_signed(self):
        for contract in self.filtered(lambda one: one.state != "approved"):
            raise UserError(
                self.env._(
                    "Contract %(contract)s is “%(state)s”: buyers sign what is "
                    "approved, once.",
                    contract=contract.name,
                    state=contract._state_label(contract.state),
                )
            )

    def _check_matchable(self, buyers):
        self._check_step("sign", "approved")
        if self.state != "approved":
            raise UserError(
                self.env._(
                    "Contract %(contract)s is “%(state)s”: signatures are recorded on "
                    "an approved contract.",
                    contract=self.name,
                    state=self._state_label(self.state),
                )
            )
        if not buyers or buyers - self.buyer_ids:
            raise UserError(
                self.env._(
                    "Say which buyers of contract %(contract)s have signed the paper.",
                    contract=self.name,
                )
            )

    def _ask_signatures(self):
        """Ask each buyer for a signature who has neither signed nor been asked."""
        values_list = []
        for contract in self:
            # Asked twice at once, one of the two is tried again and asks nobody.
            collide(contract)
            contract._drop_other_signers()
            # Who refuses is asked again by the desk only.
            asked = contract.signature_ids.filtered(lambda one: one.state != "void")
            values_list += [
                {
                    "contract_id": contract.id,
                    "buyer_id": buyer.id,
                    "partner_id": buyer.partner_id.id,
                    "signer_id": buyer._get_signer().id,
                    "text_sha256": contract.paper_sha256,
                }
                for buyer in contract.buyer_ids - asked.buyer_id
            ]
        signatures = self.env["realestate.signature"]
        # One that has become void makes room for the next.
        signatures.flush_model(["state"])
        return signatures.create(values_list)

    def _drop_other_signers(self):
        """Who was asked and is not named to sign any more is asked no longer."""
        others = self.signature_ids.filtered(
            lambda one: (
                one.state == "open" and one.buyer_id._get_signer() != one.signer_id
            )
        )
        others._update_state("void", code_digest=False)

    # === SIGNING === #

    def _is_signed_by_all(self):
        self.ensure_one()
        signed = self.signature_ids.filtered(lambda one: one.state == "signed")
        return not self.buyer_ids - signed.buyer_id

    def _sign_the_rest(self):
        """Whoever has not signed online by now has signed on paper."""
        # Signatures are written by nobody's hand.
        for contract in self.sudo().filtered(lambda one: one.state == "signed"):
            if contract._is_signed_by_all():
                continue
            contract._ask_signatures()
            contract.signature_ids.filtered(
                lambda one: one.state == "open"
            )._set_signed_on_paper(contract.date_signed)

    def _finish_signing(self, signature):
        """Go on after ``signature`` online; the last one signs the contract."""
        self.ensure_one()
        self.message_post(
            body=self.env._(
                "%(name)s has signed in the portal (text %(hash)s).",
                name=signature.signer_id.name,
                hash=signature.text_sha256,
            ),
            author_id=signature.signer_id.id,
        )
        if not self._is_signed_by_all():
            return
        # All buyers have signed: nobody at the desk presses the button for them.
        self.sudo().action_sign()
        self._keep_proof()
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=self.user_id.id or self.env.uid,
            summary=self.env._("Signed by all buyers: ask for the seal"),
        )

    def _keep_scan(self, content, filename):
        kind = self.env["realestate.document.type"].search([("code", "=", "SCAN")])
        documents = self.env["realestate.document"].with_context(tracking_disable=True)
        scan = documents.create({"contract_id": self.id, "type_id": kind.id})
        scan._store_file(scan._decode_file(content), filename)
        scan._update_state("accepted", is_kept=True)
        return scan

    def _keep_proof(self):
        """File the page that says who has signed, when, from where and what."""
        reports = self.env["ir.actions.report"]
        streams = reports._render_qweb_pdf_prepare_streams(PROOF_REPORT, {}, self.ids)
        self._keep_document("SIGNATURE", streams[self.id]["stream"].getvalue())

    # === REFUSALS AND ENDS === #

    def _tell_refused(self, signature):
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=self.user_id.id or self.env.uid,
            summary=self.env._(
                "%(buyer)s does not sign", buyer=signature.signer_id.name
            ),
            note=signature.reason,
        )

    def _void_signatures(self, reason):
        live = self.signature_ids.filtered(lambda one: one.state != "void")
        live._update_state("void", reason=reason, code_digest=False)

    def _get_step_problems(self, step):
        problems = super()._get_step_problems(step)
        if step != "sign":
            return problems
        # Whoever signs may know that a buyer does not.
        signatures = self.sudo().signature_ids
        return problems + [
            self.env._(
                "%(buyer)s does not sign: %(reason)s Settle it, then send the "
                "invitation again (page Signatures).",
                buyer=one.signer_id.name,
                reason=one.reason,
            )
            for one in signatures.filtered(lambda one: one.state == "refused")
        ]

    def _action_cancel(self):
        # Signatures are written by nobody's hand; those given stay on record.
        asked = self.sudo().signature_ids.filtered(
            lambda one: one.state in ("open", "refused")
        )
        asked._update_state("void", code_digest=False)
        return super()._action_cancel()


class RealestateContractBuyer(models.Model):
    _inherit = "realestate.contract.buyer"

    def _get_signer(self):
        """Who signs for this party: its proxy while the authority lasts, or itself."""
        self.ensure_one()
        today, end = fields.Date.context_today(self), self.proxy_date_end
        return (
            self.partner_id if end and end < today else self.proxy_id or self.partner_id
        )
