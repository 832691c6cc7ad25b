"""Parking and storage that are sold with a home: one claim takes all of it.

A claim of the home claims what is attached to it in the same transaction, each unit
with a row of its own, so that the index which allows one live claim per unit guards
them all. Attaching and detaching write the home's row, as a claim of it does: of two
that run at once, the database lets one through.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .collision import collide

MAIN_KINDS = ("home", "shop", "plot")
ATTACHED_KINDS = ("parking", "storage")


class RealestateUnit(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.unit"  # pylint: disable=consider-merging-classes-inherited

    main_unit_id = fields.Many2one(
        "realestate.unit",
        string="Sold with",
        index="btree_not_null",
        copy=False,
        domain="[('project_id', '=', project_id),"
        " ('kind', 'in', ('home', 'shop', 'plot'))]",
        help="A parking space or a storage room that is not sold on its own.",
    )
    attached_ids = fields.One2many(
        "realestate.unit",
        "main_unit_id",
        string="Sold with It",
        domain="[('project_id', '=', project_id), ('main_unit_id', '=', False),"
        " ('kind', 'in', ('parking', 'storage'))]",
    )

    # Main and attached units are of different kinds, so there is neither chain nor
    # circle.
    @api.constrains("main_unit_id", "kind", "building_id")
    def _check_main_unit(self):
        for unit in (self | self.attached_ids).filtered("main_unit_id"):
            main = unit.main_unit_id
            if main.project_id != unit.project_id:
                raise ValidationError(
                    self.env._(
                        "Unit %(unit)s cannot be sold with %(main)s of another "
                        "project: choose one of %(project)s.",
                        unit=unit.name,
                        main=main.name,
                        project=unit.project_id.name,
                    )
                )
            if unit.kind not in ATTACHED_KINDS or main.kind not in MAIN_KINDS:
                raise ValidationError(
                    self.env._(
                        "Unit %(unit)s cannot be sold with %(main)s: parking and "
                        "storage are sold with a home, a shop or a plot. Change the "
                        "kind of the one or choose another unit.",
                        unit=unit.name,
                        main=main.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        units = super().create(vals_list)
        units.main_unit_id._check_attachable()
        return units

    def write(self, vals):
        if "main_unit_id" in vals:
            main = self.browse(vals["main_unit_id"] or ())
            moved = self.filtered(lambda unit: unit.main_unit_id != main)
            moved._check_unclaimed(self.env._("attached or detached"))
            (moved.main_unit_id | main if moved else main.browse())._check_attachable()
        return super().write(vals)

    # === ACTIONS === #

    def action_hold(self, expires_at=None):
        """What is attached to one of the units is held with it."""
        apart = self.filtered(lambda unit: unit.main_unit_id not in self)
        return super(RealestateUnit, apart).action_hold(expires_at)

    def action_release(self):
        """What is attached is released with the unit it is sold with, and that one with
        it."""
        apart = self.filtered(lambda unit: not unit.main_unit_id)
        return super(RealestateUnit, apart | self.main_unit_id).action_release()

    # === BUSINESS === #

    def _claim(self, kind, origin=None, partner=None, expires_at=None):
        """What is attached to the unit is claimed with it, or none of it is.

        :raises UserError: also when this unit is sold with another one
        """
        self.ensure_one()
        if self.main_unit_id:
            raise UserError(
                self.env._(
                    "Unit %(unit)s is sold with %(main)s: choose that one, or detach "
                    "%(unit)s from it first.",
                    unit=self.name,
                    main=self.main_unit_id.name,
                )
            )
        if not self.attached_ids:
            return super()._claim(kind, origin, partner, expires_at)
        with self.env.cr.savepoint():
            claim = super()._claim(kind, origin, partner, expires_at)
            for unit in self.attached_ids.sorted("id"):
                attached = super(RealestateUnit, unit)._claim(
                    kind, origin, partner, expires_at
                )
                attached.main_claim_id = claim
        return claim

    def _check_attachable(self):
        """Refuse to change what is sold with these units while they are claimed."""
        self._check_unclaimed(self.env._("given or taken what is sold with it"))
        collide(self)


class RealestateUnitClaim(models.Model):
    _inherit = "realestate.unit.claim"  # pylint: disable=consider-merging-classes-inherited

    main_claim_id = fields.Many2one(
        "realestate.unit.claim",
        string="Claimed with",
        index="btree_not_null",
        ondelete="cascade",
        help="The claim of the unit that this one is sold with.",
    )
    attached_claim_ids = fields.One2many("realestate.unit.claim", "main_claim_id")

    @api.model
    def _check_claimable(self, unit):
        # What is attached is on the market when the unit it is sold with is.
        if unit.active and unit.main_unit_id:
            return None
        return super()._check_claimable(unit)

    @api.model
    def _get_hold_domain(self, user, company):
        apart = Domain("main_claim_id", "=", False)
        return super()._get_hold_domain(user, company) & apart

    def _end(self):
        return super(RealestateUnitClaim, self | self.attached_claim_ids)._end()


class RealestateUnitQueue(models.Model):
    _inherit = "realestate.unit.queue"  # pylint: disable=consider-merging-classes-inherited

    @api.constrains("unit_id")
    def _check_apart(self):
        for entry in self.filtered("unit_id.main_unit_id"):
            raise ValidationError(
                self.env._(
                    "Unit %(unit)s is sold with %(main)s: wait for that one.",
                    unit=entry.unit_id.name,
                    main=entry.unit_id.main_unit_id.name,
                )
            )
