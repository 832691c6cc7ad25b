from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.checklist import Buyer, of_age_on

STAFF = "realestate_sales.group_agent,realestate_sales.group_reader"


class ResPartner(models.Model):
    """What a buyer is, as far as it decides which papers are asked for."""

    # A file for each concern keeps them short.
    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    realestate_nationality_id = fields.Many2one(
        "res.country", string="Nationality", groups=STAFF
    )
    realestate_birth_date = fields.Date(string="Date of Birth", groups=STAFF)
    realestate_of_age_on = fields.Date(
        string="Of Age on", compute="_compute_realestate_of_age_on", groups=STAFF
    )
    realestate_spouse_id = fields.Many2one(
        "res.partner",
        string="Husband or Wife",
        groups=STAFF,
        index="btree_not_null",
        copy=False,
    )
    realestate_spouse_of_ids = fields.One2many(
        "res.partner", "realestate_spouse_id", groups=STAFF
    )

    @api.depends("realestate_birth_date")
    def _compute_realestate_of_age_on(self):
        for partner in self:
            born = partner.realestate_birth_date
            partner.realestate_of_age_on = born and of_age_on(born)

    @api.constrains("realestate_spouse_id", "realestate_birth_date")
    def _check_realestate_person(self):
        today = fields.Date.context_today(self)
        # A spouse may be a contact the writer does not see.
        for partner in self.sudo():
            if partner.realestate_spouse_id == partner:
                raise ValidationError(
                    self.env._(
                        "%(partner)s cannot be their own husband or wife.",
                        partner=partner.name,
                    )
                )
            born = partner.realestate_birth_date
            if born and (born > today or born.year < 1850):
                raise ValidationError(
                    self.env._(
                        "%(partner)s: the date of birth %(date)s cannot be.",
                        partner=partner.name,
                        date=born,
                    )
                )

    def _prepare_checklist_buyers(self):
        """What the checklist asks about buyers, in their order."""
        # Facts about persons decide, whoever asks for the list.
        return [
            Buyer(
                key=partner.id,
                is_company=partner.is_company,
                nationality=partner.realestate_nationality_id.code or "",
                born=partner.realestate_birth_date or None,
                spouse=(
                    partner.realestate_spouse_id or partner.realestate_spouse_of_ids[:1]
                ).id
                or None,
            )
            for partner in self.sudo()
        ]
