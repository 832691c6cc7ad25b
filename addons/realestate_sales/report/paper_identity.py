from odoo import models

#: The kinds of numbers that a paper prints, the first that there is.
PERSON = ("id_card", "passport")
COMPANY = ("registration",)


class RealestatePaper(models.AbstractModel):
    """ID numbers of buyers on papers, in full: what is signed names who signs."""

    # A file for each concern keeps them short.
    _inherit = "realestate.paper"  # pylint: disable=consider-merging-classes-inherited

    def _get_sheet_in(self, record, lang):
        paper = self.with_context(realestate_paper_company=record.company_id.id)
        return super(RealestatePaper, paper)._get_sheet_in(record, lang)

    def _prepare_buyer(self, partner, role):
        buyer = super()._prepare_buyer(partner, role)
        line = self._get_identity_line(partner)
        if line:
            buyer["lines"].insert(0, line)
        return buyer

    def _get_identity_line(self, partner):
        """Label and number of the paper that says who ``partner`` is, or nothing. The
        print is recorded as a look of the staff who makes it."""
        identity = self._get_identity(partner)
        if not identity:
            return ()
        # The same print in its second language is no other look.
        is_again = self.env.context.get("paper_again")
        if self.env.user._is_internal() and not is_again:
            identity._record_look("print", self._description)
        kinds = dict(identity._fields["kind"]._description_selection(self.env))
        # Numbers are read by nobody; a paper that is signed names who signs.
        return (self._with_colon(kinds[identity.kind]), identity.sudo().number)

    def _get_identity(self, partner):
        kinds = COMPANY if partner.is_company else PERSON
        # Who prints need not see the buyer's file.
        found = partner.sudo().realestate_identity_ids.filtered(
            lambda one: (
                one.kind in kinds
                and not one.is_expired
                and one.company_id.id
                == self.env.context.get("realestate_paper_company")
            )
        )
        found = found.sorted(lambda one: (kinds.index(one.kind), -one.id))
        return found[:1].sudo(False)

    def _get_registration(self, partner):
        """Tax and ID number of a buyer, for a table of buyers."""
        line = self._get_identity_line(partner)
        return ", ".join(filter(None, (partner.vat, *line[1:])))
