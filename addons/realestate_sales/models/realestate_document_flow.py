import base64
import binascii
import hashlib

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import human_size

from ..tools import upload
from ..tools.dates import add_months
from .realestate_document import OWED


class RealestateDocument(models.Model):
    """The way of a paper: handed in, checked, accepted or refused; or waived."""

    # A file for each concern keeps them short.
    _inherit = "realestate.document"  # pylint: disable=consider-merging-classes-inherited

    # === ACTIONS === #

    def action_receive(self, content, filename=""):
        """Hand a file in: agents and the desk for their buyers, buyers their own.

        :param content: bytes or base64 text; PDF, JPEG, PNG or HEIC
        :param filename: the name it had, kept without a path
        """
        self.ensure_one()
        self._check_may_upload()
        # What was handed in is a fact that nobody writes.
        self.sudo()._store_file(self._decode_file(content), filename)
        return True

    def action_accept(self):
        """The paper is what was asked for: said by somebody else than who brought
        it in.
        """
        self._check_may_decide()
        for document in self.filtered(lambda d: d.state == "received"):
            document._check_acceptable()
        self._update_state(
            "accepted", refuse_reason=False, **self._prepare_decision_values()
        )
        return True

    def action_refuse(self, reason=None):
        """Ask for another paper.

        :param reason: text told to the buyer; required
        """
        self._check_may_decide()
        self._update_state(
            "refused",
            refuse_reason=self._clean_reason(reason),
            **self._prepare_decision_values(),
        )
        return True

    def action_waive(self, reason=None):
        """Do without the paper; a supervisor's decision.

        :param reason: text kept with the record; required
        """
        self._check_is_supervisor()
        self._update_state(
            "waived",
            waive_reason=self._clean_reason(reason),
            **self._prepare_decision_values(),
        )
        return True

    def action_require(self):
        """Ask again for a paper that was waived."""
        self._check_is_supervisor()
        self._update_state(
            "missing", waive_reason=False, **self._prepare_decision_values()
        )
        return True

    def action_open(self):
        """Show the file in the browser."""
        self.ensure_one()
        self._check_may_read_file()
        return {
            "type": "ir.actions.act_url",
            "url": f"/realestate/documents/{self.id}/file",
            "target": "new",
        }

    def read_file(self):
        """The file as base64 text, with its name and content type."""
        self.ensure_one()
        content = self._read_file()
        return {
            "filename": self.filename,
            "mimetype": self.mimetype,
            "content": base64.b64encode(content).decode(),
        }

    # === RIGHTS === #

    def _check_may_upload(self):
        self.check_access("read")
        if self.env.su or self.env.user.has_group("realestate_sales.group_agent"):
            return
        own = self.partner_id.commercial_partner_id
        if not own or own != self.env.user.partner_id.commercial_partner_id:
            raise AccessError(
                self.env._(
                    "%(document)s is handed in by the buyer, the agent or the "
                    "contract desk.",
                    document=self.display_name,
                )
            )
        if self.state not in OWED:
            raise UserError(
                self.env._(
                    "%(document)s is “%(state)s”: nothing has to be handed in.",
                    document=self.display_name,
                    state=self._state_label(self.state),
                )
            )

    def _check_may_decide(self):
        self.check_access("write")
        for document in self.filtered(
            lambda d: d.user_received_id == self.env.user and not self.env.su
        ):
            raise AccessError(
                self.env._(
                    "You handed %(document)s in: a colleague has to check it.",
                    document=document.display_name,
                )
            )

    def _check_is_supervisor(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(
            "realestate_sales.group_supervisor"
        ):
            raise AccessError(
                self.env._("Only a contract supervisor may waive a document.")
            )

    def _check_may_read_file(self):
        """Identity papers are for the person, the agent and the contract desk."""
        self.check_access("read")
        user = self.env.user
        staff = ("realestate_sales.group_agent", "realestate_sales.group_identity")
        is_open = self.env.su or not self.is_identity
        if not is_open and user._is_internal():
            is_open = any(user.has_group(group) for group in staff)
        elif not is_open:
            own = user.partner_id.commercial_partner_id
            is_open = self.partner_id.commercial_partner_id == own
        if not is_open:
            raise AccessError(
                self.env._(
                    "%(document)s is an identity paper: the contract desk opens it, "
                    "and who reads ID numbers.",
                    document=self.display_name,
                )
            )
        # Nobody reads the file as a field.
        if not self.sudo().file:
            raise UserError(
                self.env._(
                    "%(document)s has not been handed in yet.",
                    document=self.display_name,
                )
            )

    # === BUSINESS === #

    def _read_file(self):
        """The content, for whoever may see it; extended where looks are recorded."""
        self._check_may_read_file()
        # Nobody reads the file as a field.
        return base64.b64decode(self.sudo().file)

    def _decode_file(self, content):
        if isinstance(content, bytes):
            return content
        try:
            return base64.b64decode(content or "", validate=True)
        except (TypeError, ValueError, binascii.Error) as error:
            raise UserError(
                self.env._(
                    "%(document)s: the file did not arrive whole. Hand it in again.",
                    document=self.display_name,
                )
            ) from error

    def _store_file(self, content, filename):
        """Keep ``content`` as the file of this document, to be checked."""
        kind = self._check_file(content)
        values = self._prepare_file_values(content, filename, kind)
        if self.file:
            self._log_replaced_file()
        if not self._update_state("received", **values):
            self._write_facts(**values)

    def _prepare_file_values(self, content, filename, kind):
        today = fields.Date.context_today(self)
        months = self.type_id.months_valid
        return {
            "file": base64.b64encode(content),
            "filename": upload.safe_name(str(filename or ""), kind, self.name),
            "file_size": len(content),
            "mimetype": upload.CONTENT_TYPES[kind],
            "sha256": hashlib.sha256(content).hexdigest(),
            "date_received": fields.Datetime.now(),
            "user_received_id": self.env.uid,
            "date_expiry": add_months(today, months) if months else False,
            "date_expiry_told": False,
            "date_decided": False,
            "user_decided_id": False,
        }

    def _check_file(self, content):
        try:
            return upload.check_upload(content)
        except upload.UploadError as error:
            raise UserError(
                self.env._(
                    "%(document)s: %(reason)s",
                    document=self.display_name,
                    reason=self._upload_message(error),
                )
            ) from error

    def _upload_message(self, error):
        if error.code == "empty":
            return self.env._("the file is empty. Choose another one.")
        if error.code == "too_large":
            return self.env._(
                "the file has %(size)s MB, and %(limit)s MB are taken. Scan it with "
                "fewer dots per inch, or photograph it again.",
                **error.params,
            )
        return self.env._(
            "files of this kind are not taken. Choose a PDF or a picture (JPEG, PNG, "
            "HEIC)."
        )

    def _log_replaced_file(self):
        self._message_log(
            body=self.env._(
                "%(file)s (%(size)s, SHA-256 %(hash)s) was replaced.",
                file=self.filename,
                size=human_size(self.file_size),
                hash=self.sha256,
            )
        )

    def _check_acceptable(self):
        today = fields.Date.context_today(self)
        if self.type_id.has_expiry and not self.date_expiry:
            raise UserError(
                self.env._(
                    "%(document)s: enter the date it expires on before you accept it.",
                    document=self.display_name,
                )
            )
        if self.date_expiry and self.date_expiry < today:
            raise UserError(
                self.env._(
                    "%(document)s expired on %(date)s: refuse it and ask for a newer "
                    "one.",
                    document=self.display_name,
                    date=self.date_expiry,
                )
            )

    def _prepare_decision_values(self):
        return {
            "date_decided": fields.Datetime.now(),
            "user_decided_id": self.env.uid,
        }

    def _clean_reason(self, reason):
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(
                self.env._("Say why: the reason is kept with the document.")
            )
        return reason.strip()
