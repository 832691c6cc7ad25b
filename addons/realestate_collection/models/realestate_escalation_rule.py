from odoo import api, fields, models


class RealestateEscalationRule(models.Model):
    """From how late and how much on a case goes up, and to whom."""

    _name = "realestate.escalation.rule"
    _description = "Escalation Rule"
    _order = "level, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    level = fields.Integer(
        default=1, required=True, help="A case goes up level by level, never down."
    )
    days_late = fields.Integer(
        string="From Days Late", default=30, required=True, help="And later."
    )
    amount = fields.Monetary(
        string="From Overdue",
        aggregator=None,
        help="Least amount overdue, in the company's currency.",
    )
    project_ids = fields.Many2many(
        "realestate.project",
        "realestate_escalation_rule_project_rel",
        "rule_id",
        "project_id",
        string="Projects",
        domain="[('company_id', '=', company_id)]",
        check_company=True,
        help="Empty: all projects.",
    )
    with_held = fields.Boolean(
        string="Also Where the Dunning Waits",
        help="Otherwise cases with a promise, a dispute or an arrangement stay.",
    )
    target = fields.Selection(
        [("leader", "Leader of the Team"), ("user", "A Person")],
        string="Handed to",
        default="leader",
        required=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Whose Desk",
        domain="[('share', '=', False)]",
        help="Also where a case has no team or the team no leader.",
    )
    days_to_act = fields.Integer(default=1, required=True, help="Due in so many days.")
    note = fields.Text(string="What to Do", translate=True)

    _level_positive = models.Constraint(
        "CHECK (level > 0 AND days_late >= 0 AND amount >= 0 AND days_to_act >= 0)",
        "The level of an escalation is above zero, days and amount are not below.",
    )

    @api.model
    def _apply(self, company):
        """Send up the open cases of ``company`` that a rule asks for: one level at a
        time, each level once.

        :return: the cases that went up
        """
        # Rules are obeyed whoever has them run.
        rules = self.sudo().search([("company_id", "=", company.id)])
        raised = self.env["realestate.collection.case"].sudo()
        for rule in rules:
            cases = rule._find_cases(company, raised)
            rule._raise(cases)
            raised |= cases
        raised.contract_id._refresh_cases()
        return raised

    def _find_cases(self, company, already):
        self.ensure_one()
        # Facts that follow from what the caller may do; nobody writes them.
        cases = self.env["realestate.collection.case"].sudo()
        domain = [
            ("company_id", "=", company.id),
            ("state", "=", "open"),
            ("days_late", ">=", self.days_late),
            ("escalation", "<", self.level),
            ("amount_overdue", ">", 0),
            ("id", "not in", already.ids),
        ]
        if self.project_ids:
            domain.append(("project_id", "in", self.project_ids.ids))
        if not self.with_held:
            held = ("promised", "disputed", "arranged", "legal")
            domain.append(("stage", "not in", held))
        return cases.search(domain).filtered(self._is_enough)

    def _is_enough(self, case):
        """Whether the case is of the amount, by today's rate."""
        company = case.company_id
        if not self.amount:
            return True
        overdue = case.currency_id._convert(
            case.amount_overdue,
            company.currency_id,
            company,
            company._realestate_today(),
        )
        return overdue >= self.amount

    def _raise(self, cases):
        """Note the level and tell who has to act."""
        self.ensure_one()
        cases._write_facts(escalation=self.level)
        cases._log(
            "note",
            note=self.env._(
                "Escalated to level %(level)s: %(rule)s",
                level=self.level,
                rule=self.name,
            ),
        )
        for case in cases:
            user = self._get_target(case)
            contract = case.contract_id.with_context(mail_activity_quick_update=True)
            contract.activity_schedule(
                "realestate_collection.mail_activity_type_escalation",
                fields.Date.add(
                    case.company_id._realestate_today(), days=self.days_to_act
                ),
                summary=f"{self.name} · {case.display_name}",
                note=self.note,
                user_id=user.id or self.env.uid,
            )

    def _get_target(self, case):
        leader = case._get_leader() if self.target == "leader" else self.user_id
        return leader or self.user_id or case.contract_id._get_collector()
