from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext


class RealestateContract(models.Model):
    """The review of a contract by a second person, where items are configured."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    user_submitted_id = fields.Many2one(
        "res.users",
        string="Handed in by",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    date_submitted = fields.Datetime(
        string="Handed in on", readonly=True, copy=False, groups="base.group_user"
    )
    review_ids = fields.One2many(
        "realestate.contract.review",
        "contract_id",
        groups="base.group_user",
    )
    review_state = fields.Selection(
        [("none", "No Review"), ("open", "To Check"), ("ok", "Right")]
        + [("wrong", "Wrong")],
        compute="_compute_review_state",
        groups="base.group_user",
    )
    is_review_mine = fields.Boolean(
        compute="_compute_review_state", groups="base.group_user"
    )

    @api.depends("review_ids.state", "state")
    @api.depends_context("uid")
    def _compute_review_state(self):
        for contract in self:
            # Whoever may see the contract may know whether it was checked.
            reviews = contract.sudo().review_ids
            states = set(reviews.mapped("state"))
            contract.review_state = next(
                (state for state in ("wrong", "open", "ok") if state in states), "none"
            )
            contract.is_review_mine = any(
                review.is_mine for review in reviews.sudo(False)[:1]
            )

    @api.model
    def _get_fact_fields(self):
        return super()._get_fact_fields() | {"user_submitted_id", "date_submitted"}

    # === ACTIONS === #

    def action_submit(self):
        """Hand the draft to review, with what a second person has to check."""
        drafts = self.filtered(lambda contract: contract.state == "draft")
        drafts._write_facts(
            user_submitted_id=self.env.uid, date_submitted=fields.Datetime.now()
        )
        result = super().action_submit()
        drafts._make_reviews()
        return result

    def action_review_ok(self):
        """Find everything right that was not checked yet."""
        for contract in self:
            contract.review_ids.filtered(lambda one: one.state == "open").action_ok()
        return True

    def action_send_back(self):
        """Send a contract with something wrong back to its officer, with the remarks.

        :raises UserError: when nothing was found wrong
        """
        for contract in self:
            wrong = contract.review_ids.filtered(lambda one: one.state == "wrong")
            if not wrong:
                raise UserError(
                    self.env._(
                        "Contract %(contract)s: nothing was found wrong yet.",
                        contract=contract.name,
                    )
                )
            wrong[0]._check_reviewable()
            contract._send_back(wrong)
        return True

    # === HOOKS === #

    def _get_review_facts(self, kind):
        """What is shown beside the review items of ``kind``: rows of label and text.
        Others add theirs."""
        self.ensure_one()
        facts = {
            "area": self._get_area_facts,
            "price": self._get_price_facts,
            "parties": self._get_party_facts,
            "plan": self._get_plan_facts,
            "terms": self._get_term_facts,
        }
        return facts[kind]() if kind in facts else []

    def _get_area_facts(self):
        rows = []
        for line in self.line_ids:
            unit = line.unit_id
            text = self.env._("%(area).2f m² by the plans", area=unit.area_predicted)
            if unit.area_measured:
                text = self.env._(
                    "%(area).2f m² measured, %(predicted).2f m² by the plans",
                    area=unit.area_measured,
                    predicted=unit.area_predicted,
                )
            rows.append((unit.name, text))
        return rows

    def _get_price_facts(self):
        money = self.currency_id.format
        rows = []
        for line in self.line_ids:
            now = line.unit_id.price_list
            text = line._discount_text()
            if self.currency_id.compare_amounts(now, line.price_list):
                text = self.env._(
                    "%(text)s; list price today %(now)s", text=text, now=money(now)
                )
            rows.append((line.unit_id.name, text))
        return [*rows, (self.env._("Price"), money(self.amount_total))]

    def _get_party_facts(self):
        rows = []
        for buyer in self.buyer_ids:
            text = f"{buyer.share:.2f} %"
            if buyer.is_minor:
                text = self.env._("%(share)s, under age", share=text)
            if buyer.proxy_id:
                text = self.env._(
                    "%(share)s, by %(proxy)s", share=text, proxy=buyer.proxy_id.name
                )
            rows.append((buyer.partner_id.name, text))
        return rows

    def _get_plan_facts(self):
        rows = self._get_schedule_summary()
        return [
            (self.env._("Payment plan"), self.plan_id.name),
            *((label, text) for _key, label, text in rows),
        ]

    def _get_term_facts(self):
        terms = html2plaintext(self.note or "").strip()
        return [(self.env._("Special terms"), terms or self.env._("None"))]

    # === BUSINESS === #

    def _make_reviews(self):
        """Ask for every configured check anew; checks that are no longer asked for
        go."""
        # The checklist is written by nobody's hand.
        own = self.sudo()
        items = own.env["realestate.review.item"].search(
            [("company_id", "in", own.company_id.ids)]
        )
        for contract in own if items else own.filtered("review_ids"):
            asked = contract._get_review_items(items)
            reviews = contract.review_ids
            gone = reviews.filtered(lambda one, asked=asked: one.item_id not in asked)
            (reviews - gone)._reopen()
            gone.unlink()
            reviews.create(
                [
                    {"contract_id": contract.id, "item_id": item.id}
                    for item in asked - contract.review_ids.item_id
                ]
            )

    def _get_review_items(self, items):
        """Those of ``items`` that are checked in this contract."""
        self.ensure_one()
        return items.filtered(
            lambda item: (
                item.company_id == self.company_id
                and (not item.project_ids or self.project_id in item.project_ids)
            )
        )

    def _send_back(self, wrong):
        self.ensure_one()
        body = Markup("<p>%s</p><ul>%s</ul>") % (
            self.env._("Sent back by the review:"),
            Markup().join(
                Markup("<li>%s: %s</li>") % (review.item_id.name, review.remark)
                for review in wrong
            ),
        )
        # A lawyer reviews without the right to write contracts.
        own = self.sudo()
        own.action_draft()
        own.message_post(body=body, author_id=self.env.user.partner_id.id)
        officer = own.user_submitted_id
        own.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=officer.id,
            summary=self.env._("The review found something wrong"),
            note=body,
        )

    def _get_problems(self):
        problems = super()._get_problems()
        if self.state != "review":
            return problems
        # Whoever approves is told what is missing.
        for review in self.sudo().review_ids.filtered(lambda one: one.state != "ok"):
            problems.append(
                self.env._(
                    "“%(item)s” is “%(state)s” in the review: a second person has to "
                    "find it right.",
                    item=review.item_id.name,
                    state=review._state_label(review.state),
                )
            )
        return problems
