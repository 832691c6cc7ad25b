from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain

#: What a paper taken over has from the one it was handed in as. Who decided stays who
#: did: nobody looked at it again.
CARRIED_FIELDS = (
    ("date_expiry", "lang")
    + ("file", "filename", "file_size", "mimetype", "sha256")
    + ("date_received", "user_received_id", "date_decided", "user_decided_id")
)


class RealestateDocumentType(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.document.type"  # pylint: disable=consider-merging-classes-inherited

    is_carried = fields.Boolean(
        string="Counts for Later Contracts",
        help="Accepted once, it is not asked for again by a later contract of the same "
        "buyer with the company, while it is valid.",
    )


class RealestateDocument(models.Model):
    """A paper of a buyer that was accepted for one contract and counts for the next."""

    # A file for each concern keeps them short.
    _inherit = "realestate.document"  # pylint: disable=consider-merging-classes-inherited

    carried_from_id = fields.Many2one(
        "realestate.document",
        string="Taken over from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
        help="The paper of an earlier contract that was accepted.",
    )

    @api.model
    def _get_fact_fields(self):
        return super()._get_fact_fields() | {"carried_from_id"}

    # === BUSINESS === #

    def _carry_over(self):
        """Take over, for each paper of these that is missing, one that the buyer has
        handed in for another contract of the company and that still counts.
        """
        missing = self.filtered(
            lambda one: one.state == "missing" and one.type_id.is_carried
        )
        sources = missing._get_carried_sources()
        for document in missing:
            source = sources.get(document._get_carry_key())
            if source:
                document._take_over(source)

    def _get_carry_key(self):
        return self.partner_id, self.type_id, self.company_id

    def _get_carried_sources(self):
        """By buyer, type and company the accepted paper that counts longest."""
        found = self.search(
            Domain("partner_id", "in", self.partner_id.ids)
            & Domain("type_id", "in", self.type_id.ids)
            & Domain("company_id", "in", self.company_id.ids)
            & Domain("state", "=", "accepted")
            & Domain("is_owed", "=", False)
            # Of what was taken over the first one counts.
            & Domain("carried_from_id", "=", False)
        )
        found = found.sorted(lambda one: (one.date_expiry or date.max, one.id))
        return {document._get_carry_key(): document for document in found}

    def _take_over(self, source):
        values = {name: source[name] for name in CARRIED_FIELDS if name != "file"}
        # Files are read by methods, never as fields.
        values["file"] = source.with_context(bin_size=False).file
        values = self._convert_to_write(values)
        self._update_state("received", **values, carried_from_id=source.id)
        self._update_state("accepted")
        self._message_log(
            body=self.env._(
                "Taken over from contract %(contract)s, where it was accepted.",
                contract=source.contract_id.name,
            )
        )

    def _prepare_file_values(self, content, filename, kind):
        values = super()._prepare_file_values(content, filename, kind)
        return {**values, "carried_from_id": False}

    def _ask_officer_to_check(self):
        # What is taken over was checked before.
        handed_in = self.filtered(lambda one: not one.sudo().carried_from_id)
        return super(RealestateDocument, handed_in)._ask_officer_to_check()

    def _update_state(self, target, **values):
        """A paper found wrong is wrong wherever it was taken over."""
        moved = super()._update_state(target, **values)
        if target == "refused":
            # The same paper in contracts of whomever.
            copies = moved.sudo().search(
                [("carried_from_id", "in", moved.ids), ("state", "=", "accepted")]
            )
            if copies:
                copies._update_state(target, **values)
        return moved
