from odoo import api, fields, models


class RealestateContract(models.Model):
    """The instalments of a contract: how they come from its plan."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    amount_interest = fields.Monetary(
        string="Interest of the Plan",
        compute="_compute_amount_interest",
        help="On top of the price, if every instalment is paid on its day.",
    )

    @api.depends("installment_ids.amount_interest", "installment_ids.is_void")
    def _compute_amount_interest(self):
        sums = self.env["realestate.installment"]._read_group(
            [("contract_id", "in", self.ids), ("is_void", "=", False)],
            ["contract_id"],
            ["amount_interest:sum"],
        )
        interest = dict(sums)
        for contract in self:
            contract.amount_interest = interest.get(contract._origin, 0)

    # === ACTIONS === #

    def action_refresh_schedule(self):
        """Compute the instalments of a draft again from its plan."""
        self.check_access("write")
        self._check_terms_open()
        self._refresh_schedule()

    def _refresh_schedule(self):
        """Make the instalments of drafts follow from price, plan and dates."""
        values = []
        # Instalments are written by nobody's hand.
        own = self.sudo()
        outdated = own.browse()
        for contract in own.filtered(lambda c: c.state == "draft"):
            wanted = contract._prepare_wanted_instalments()
            if not contract._has_instalments(wanted):
                outdated += contract
                values += wanted
        # Those of a batch together, for a change to one contract's makes the ORM read
        # those of all again.
        outdated.installment_ids.unlink()
        installments = self.env["realestate.installment"].sudo()
        # Where there is an invoice already, accounting says what is paid.
        installments.create([one for one in values if one["move_id"]])
        installments._insert_planned([one for one in values if not one["move_id"]])

    def _prepare_wanted_instalments(self):
        """Values of the instalments there should be; none without a plan or a price."""
        if not self.plan_id or self.currency_id.is_zero(self.amount_total):
            return []
        return self._prepare_installment_values()

    def _has_instalments(self, values):
        """Whether the instalments are those that ``values`` would make."""
        self.ensure_one()
        installments = self.installment_ids
        return len(values) == len(installments) and all(
            item[name]
            == item._fields[name].convert_to_record(
                item._fields[name].convert_to_cache(value, item), item
            )
            for item, wanted in zip(installments, values, strict=True)
            for name, value in wanted.items()
        )

    def _prepare_installment_values(self):
        """Values of the instalments, in order."""
        self.ensure_one()
        values = []
        for number, item in enumerate(self._build_schedule_items(), start=1):
            values.append(self._prepare_item_values(item, number))
        return values

    def _build_schedule_items(self):
        """The instalments that follow from the terms, see :mod:`..tools.schedule`."""
        # The buyer reads the names of the instalments.
        lang = self.partner_id.lang or self.env.lang
        return self.plan_id.with_context(lang=lang)._build_schedule(
            self.amount_total,
            self.currency_id,
            self.date_start or self.date_contract,
            reservation_fee=self.reservation_fee,
            date_reservation=self.reservation_id.date_reservation,
        )

    def _prepare_item_values(self, item, number):
        milestone = self._get_milestone(item.milestone)
        date_due = item.date_due or milestone._get_due_date(item)
        return {
            "contract_id": self.id,
            "sequence": number,
            "name": item.name,
            "kind": item.kind,
            "trigger": item.trigger,
            "milestone_id": milestone.id,
            "offset_months": item.offset_months,
            "offset_days": item.offset_days,
            "date_due": date_due,
            "amount": float(item.amount),
            "amount_interest": float(item.interest),
            "move_id": self._get_fee_move(item).id,
        }

    def _get_milestone(self, code):
        """The milestone of that code: of the building if it has its own, else of the
        project. Missing ones are reported by :meth:`_get_problems`."""
        self.ensure_one()
        if not code:
            return self.env["realestate.milestone"]
        milestones = self.project_id.milestone_ids.filtered(lambda m: m.code == code)
        buildings = self.line_ids.unit_id.building_id
        own = milestones.filtered(lambda m: m.building_id in buildings)
        return (own or milestones.filtered(lambda m: not m.building_id))[:1]

    def _get_fee_move(self, item):
        """The reservation's invoice pays the contract's first instalment."""
        moves = self.env["account.move"]
        is_fee = item.kind == "reservation" and not self.currency_id.is_zero(
            self.reservation_fee
        )
        if not is_fee or self.currency_id.compare_amounts(
            float(item.amount), self.reservation_fee
        ):
            return moves
        return self.reservation_id.move_id

    def _is_schedule_exact(self):
        """Whether the instalments that stand come to the price exactly."""
        self.ensure_one()
        standing = self.installment_ids.filtered(lambda i: not i.is_void)
        total = sum(standing.mapped("amount"))
        return self.currency_id.compare_amounts(total, self.amount_total) == 0

    def _get_problems(self):
        problems = super()._get_problems()
        for installment in self.installment_ids:
            if installment.trigger == "milestone" and not installment.milestone_id:
                problems.append(
                    self.env._(
                        "Instalment %(number)s “%(name)s” waits for a milestone that "
                        "project %(project)s does not have: add it there.",
                        number=installment.sequence,
                        name=installment.name,
                        project=self.project_id.name,
                    )
                )
        return problems
