from odoo import api, fields, models

JOIN = [("yes", "One letter for all contracts"), ("no", "One letter a contract")]


class RealestateDunningDelivery(models.Model):
    """One message for several contracts of a buyer: it is sent as one contract's, and
    the others' deliveries go with it and share its fate."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.delivery"  # pylint: disable=consider-merging-classes-inherited

    joined_ids = fields.One2many(
        "realestate.dunning.delivery", "joint_id", string="Goes Along", readonly=True
    )

    def write(self, vals):
        if "registered_number" in vals:
            return super(RealestateDunningDelivery, self | self.joined_ids).write(vals)
        return super().write(vals)

    def _set_sent(self, **values):
        every = self._with_joined("sent")
        return super(RealestateDunningDelivery, every)._set_sent(**values)

    def _set_received(self, date, **values):
        every = self._with_joined("delivered")
        return super(RealestateDunningDelivery, every)._set_received(date, **values)

    def _set_failed_quietly(self, code, detail=False):
        every = self._with_joined("failed")
        return super(RealestateDunningDelivery, every)._set_failed_quietly(code, detail)

    def _requeue(self):
        every = self._with_joined("queued")
        return super(RealestateDunningDelivery, every)._requeue()

    def _with_joined(self, target):
        """These deliveries and those that go with them to ``target``, which take over
        what the message was sent with."""
        joined = self.joined_ids.filtered(
            lambda one: one.state in self._state_moves[target]
        )
        for delivery in joined:
            lead = delivery.joint_id
            delivery._write_facts(
                address=lead.address, attachment_id=lead.attachment_id.id
            )
            delivery.notice_id.attachment_id = lead.notice_id.attachment_id
        return self | joined

    def _is_job_s(self):
        return super()._is_job_s() and not self.joint_id

    def _pass_lead(self):
        """Let the first of those that went along carry the message of these."""
        for delivery in self.filtered(lambda one: one.state in ("queued", "failed")):
            joined = delivery.joined_ids.filtered(
                lambda one: one.state in ("queued", "failed")
            ).sorted("id")
            first = joined[:1]
            (joined - first)._write_facts(joint_id=first.id)
            first._write_facts(joint_id=False)
            first.notice_id._plan_next()


class RealestateDunningNotice(models.Model):
    """Notices of one buyer that go out together."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.notice"  # pylint: disable=consider-merging-classes-inherited

    joint_names = fields.Char(compute="_compute_joint")
    joint_units = fields.Char(compute="_compute_joint")
    joint_amount = fields.Monetary(string="Asked For", compute="_compute_joint")
    joint_days = fields.Integer(compute="_compute_joint")
    is_joint = fields.Boolean(string="For Several Contracts", compute="_compute_joint")

    @api.depends("amount", "days", "delivery_ids.joined_ids.notice_id.amount")
    def _compute_joint(self):
        for notice in self:
            together = notice._get_joint()
            contracts = together.contract_id
            notice.is_joint = len(together) > 1
            notice.joint_names = ", ".join(contracts.mapped("name"))
            units = contracts.mapped("unit_names")
            notice.joint_units = ", ".join(filter(None, units))
            notice.joint_amount = sum(together.mapped("amount"))
            notice.joint_days = max(together.mapped("days"), default=0)

    def _get_joint(self):
        """The notices whose words this one's message carries, itself among them."""
        self.ensure_one()
        joined = self.delivery_ids.joined_ids.filtered(
            lambda one: one.state != "cancelled"
        )
        return self | joined.notice_id.sorted("id")

    def _get_lead(self):
        """The notices by whose messages these go."""
        return self.delivery_ids.joint_id.notice_id or self

    def _join(self):
        """Let fresh notices of one buyer go out together where that is wished."""
        groups = self.filtered(lambda one: one._is_joint_wished()).grouped(
            lambda one: (one.partner_id, one.level_id, one.currency_id)
        )
        for together in groups.values():
            lead = together.sorted("id")[:1]
            by_channel = {one.channel: one for one in lead.delivery_ids}
            for delivery in (together - lead).delivery_ids:
                delivery._write_facts(joint_id=by_channel[delivery.channel].id)

    def _is_joint_wished(self):
        self.ensure_one()
        wish = self.partner_id.commercial_partner_id.realestate_join_notices
        # The company's settings are not everybody's to read.
        return wish == "yes" or (
            not wish and self.company_id.sudo().realestate_join_notices
        )

    # === SENDING === #

    def _prepare_sending(self):
        together = self | self.delivery_ids.joined_ids.notice_id
        return super(RealestateDunningNotice, together)._prepare_sending()

    def _make_deliveries(self):
        fresh = self.filtered(lambda notice: not notice.delivery_ids)
        result = super()._make_deliveries()
        fresh.filtered("delivery_ids")._join()
        return result

    def _get_due_deliveries(self):
        due = super()._get_due_deliveries()
        return due.filtered(lambda one: not one.joint_id)

    def _drop_unsent(self):
        return super(RealestateDunningNotice, self._get_lead())._drop_unsent()

    def _call_off(self, reason, params):
        """What went along goes on alone; what was written for both is written anew."""
        self._drop_unsent()
        self.delivery_ids._pass_lead()
        result = super()._call_off(reason, params)
        gone = self.delivery_ids.filtered(lambda one: one.state == "cancelled")
        gone._write_facts(joint_id=False)
        return result

    def action_cancel(self):
        """What went along with these notices goes on alone."""
        self._check_officer()
        # Facts that follow from what the caller may do; nobody writes them.
        notices = self.sudo()
        notices.filtered(lambda one: one.state == "queued")._drop_unsent()
        notices.delivery_ids._pass_lead()
        return super().action_cancel()

    def _charge_fee(self):
        """One message costs one fee."""
        if self.delivery_ids and all(one.joint_id for one in self.delivery_ids):
            return None
        return super()._charge_fee()

    def action_open_letter(self):
        """The letter of a notice that went along is the other's."""
        self.ensure_one()
        lead = self._get_lead()
        if lead != self:
            return lead.action_open_letter()
        return super().action_open_letter()


class ResCompany(models.Model):
    # A file for each concern keeps them short.
    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    realestate_join_notices = fields.Boolean(
        string="One Letter for All Contracts",
        help="A buyer who is late on several contracts gets one letter, e-mail or text "
        "message for those that stand on the same level, in one currency.",
    )


class ResConfigSettings(models.TransientModel):
    # A file for each concern keeps them short.
    _inherit = "res.config.settings"  # pylint: disable=consider-merging-classes-inherited

    realestate_join_notices = fields.Boolean(
        related="company_id.realestate_join_notices", readonly=False
    )


class ResPartner(models.Model):
    # A file for each concern keeps them short.
    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    realestate_join_notices = fields.Selection(
        JOIN,
        string="Notices",
        groups="base.group_user",
        help="Empty: as the company's settings say.",
    )
