from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

#: What a level may stop, and the field that says so.
RESERVATION = "block_reservation"
STEPS = "block_steps"


class RealestateDunningLevel(models.Model):
    """What a level stops until the arrears are paid."""

    # A file for each concern keeps them short.
    _name = "realestate.dunning.level"
    _inherit = ["realestate.dunning.level", "realestate.cached.mixin"]
    _cached_fields = frozenset({RESERVATION, STEPS, "company_id", "ladder_id"})

    block_reservation = fields.Boolean(
        string="No New Reservation",
        help="The buyer reserves and buys nothing more until the arrears are paid.",
    )
    block_steps = fields.Boolean(
        string="No Further Step",
        help="The buyer's other contracts are not signed, sealed or activated until "
        "the arrears are paid.",
    )

    @api.model
    @ormcache("block")
    def _get_blocking_companies(self, block):
        # Most have none, and every step of every contract asks. An archived level still
        # stops what its notices stopped.
        levels = self.sudo().with_context(active_test=False)
        groups = levels._read_group([(block, "=", True)], ["company_id"])
        return tuple(company.id for (company,) in groups)


class ResPartner(models.Model):
    # A file for each concern keeps them short.
    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _get_dunning_blocks(self, block, company):
        """What a notice that was delivered to these buyers stops, as sentences; money
        lifts it.

        :param block: name of the level's field that stops it
        :param company: whose arrears count
        """
        levels = self.env["realestate.dunning.level"]
        if not self or company.id not in levels._get_blocking_companies(block):
            return []
        # Who is stopped is told why, whoever may read notices.
        notices = self.env["realestate.dunning.notice"].sudo()
        notices = notices.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "sent"),
                (f"level_id.{block}", "=", True),
                ("contract_id.state", "=", "active"),
                (
                    "contract_id.buyer_ids.partner_id.commercial_partner_id",
                    "in",
                    self.commercial_partner_id.ids,
                ),
            ],
            order="date, id",
        )
        last = {notice.contract_id: notice for notice in notices}
        oldest = notices._get_oldest_overdue(company)
        return [
            notice._explain_block()
            for contract, notice in last.items()
            if notice._is_about(oldest.get(contract))
        ]


class RealestateDunningNotice(models.Model):
    """What a notice stops while the arrears it was about are open."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.notice"  # pylint: disable=consider-merging-classes-inherited

    def _get_oldest_overdue(self, company):
        """Since when the contracts of these notices are late: ``{contract: date}``."""
        groups = self.env["realestate.installment"]._read_group(
            [
                ("contract_id", "in", self.contract_id.ids),
                ("amount_residual", ">", 0),
                ("date_due", "<", company._realestate_today()),
            ],
            ["contract_id"],
            ["date_due:min"],
        )
        return dict(groups)

    def _is_about(self, oldest):
        """Whether it was about arrears that began on ``oldest``."""
        return oldest and self.date >= oldest + timedelta(days=self.level_days)

    def _explain_block(self):
        return self.env._(
            "Contract %(contract)s of %(buyer)s is overdue (“%(level)s” of %(date)s). "
            "It goes on once the arrears are paid.",
            contract=self.contract_id.name,
            buyer=self.partner_id.name,
            level=self.level_id.name,
            date=fields.Date.to_string(self.date),
        )


class RealestateReservation(models.Model):
    """Buyers in arrears reserve nothing more, where a level says so."""

    _inherit = "realestate.reservation"

    @api.model_create_multi
    def create(self, vals_list):
        reservations = super().create(vals_list)
        reservations._check_dunning_blocks()
        return reservations

    def write(self, vals):
        result = super().write(vals)
        if "partner_id" in vals:
            self._check_dunning_blocks()
        return result

    def _check_dunning_blocks(self):
        for reservation in self:
            blocks = reservation.partner_id._get_dunning_blocks(
                RESERVATION, reservation.company_id
            )
            if blocks:
                raise UserError("\n".join(blocks))


class RealestateContract(models.Model):
    """Arrears of one contract stop the buyer's others, where a level says so."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def _get_problems(self):
        buyers = self.buyer_ids.partner_id
        blocks = buyers._get_dunning_blocks(RESERVATION, self.company_id)
        return super()._get_problems() + blocks

    def _get_step_problems(self, step):
        buyers = self.buyer_ids.partner_id
        blocks = buyers._get_dunning_blocks(STEPS, self.company_id)
        return super()._get_step_problems(step) + blocks
