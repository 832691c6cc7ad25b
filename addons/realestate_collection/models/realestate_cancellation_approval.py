from odoo import fields, models


class RealestateApprovalTier(models.Model):
    # Each kind in the file of its concern.
    _inherit = "realestate.approval.tier"  # pylint: disable=consider-merging-classes-inherited

    kind = fields.Selection(
        selection_add=[("cancellation", "Notice of Cancellation")],
        ondelete={"cancellation": "cascade"},
    )


class RealestateCancellationPackage(models.Model):
    """What is approved: this file, for what is overdue since that day."""

    # A file for each concern keeps them short.
    _inherit = "realestate.cancellation.package"  # pylint: disable=consider-merging-classes-inherited

    def _get_approval_facts(self, kind):
        if kind != "cancellation":
            return super()._get_approval_facts(kind)
        return {
            "contract": self.contract_id.id,
            "overdue": self.amount_overdue,
            "oldest": self.date_oldest,
            "file": self.sha256 or "",
        }

    def _get_approval_measure(self, kind):
        if kind != "cancellation":
            return super()._get_approval_measure(kind)
        return self.amount_overdue, 0.0

    def _get_approval_summary(self, kind):
        if kind != "cancellation":
            return super()._get_approval_summary(kind)
        money = self.currency_id.format
        rows = [
            ("contract", self.env._("Contract"), self.contract_id.name),
            ("buyer", self.env._("Buyer"), self.partner_id.name),
            ("overdue", self.env._("Overdue"), money(self.amount_overdue)),
            (
                "oldest",
                self.env._("Overdue Since"),
                self._summary_date(self.date_oldest),
            ),
        ]
        kinds = dict(self.item_ids._fields["kind"]._description_selection(self.env))
        texts = dict(self.item_ids._fields["problem"]._description_selection(self.env))
        for item in self.item_ids.filtered("problem"):
            label = " ".join(filter(None, [kinds[item.kind], item.subject]))
            rows.append((f"missing {item.sequence}", label, texts[item.problem]))
        return rows


class RealestateDunningLevel(models.Model):
    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.level"  # pylint: disable=consider-merging-classes-inherited

    needs_package = fields.Boolean(
        string="Needs a Cancellation Package",
        help="Sent only once a manager has approved the package of this contract: "
        "contract, statement, notices and proofs of receipt.",
    )


class RealestateDunningNotice(models.Model):
    """The last notice waits for its package."""

    # A file for each concern keeps them short.
    _inherit = "realestate.dunning.notice"  # pylint: disable=consider-merging-classes-inherited

    def _get_send_problem(self):
        problem = super()._get_send_problem()
        if problem or not self.level_id.needs_package:
            return problem
        return self.contract_id._get_package_problem()

    def _hold_back(self):
        """Tell the officer once that a package is needed, where none is begun."""
        ready = super()._hold_back()
        for notice in self - ready:
            contract = notice.contract_id
            if notice.level_id.needs_package and not contract._get_package():
                contract._schedule_once(
                    "realestate_collection.mail_activity_type_package",
                    note=self.env._(
                        "%(notice)s waits: put the cancellation package together and "
                        "have it approved.",
                        notice=notice.name,
                    ),
                )
        return ready


class RealestateContract(models.Model):
    """The cancellation package of a contract."""

    # A file for each concern keeps them short.
    _inherit = "realestate.contract"  # pylint: disable=consider-merging-classes-inherited

    def _get_package(self):
        """The package under way or approved; none otherwise."""
        self.ensure_one()
        # Whoever may send a notice may know what it waits for.
        return (
            self.env["realestate.cancellation.package"]
            .sudo()
            .search(
                [
                    ("contract_id", "=", self.id),
                    ("state", "in", ("draft", "submitted", "approved")),
                ],
                limit=1,
            )
        )

    def _get_package_problem(self):
        """Why a notice of cancellation may not go out yet; False where it may."""
        package = self._get_package()
        if not package:
            return self.env._("No cancellation package is put together.")
        if package._is_valid():
            return False
        if package.state == "approved":
            return self.env._(
                "Cancellation package %(name)s was approved for other arrears: put a "
                "new one together.",
                name=package.name,
            )
        return self.env._(
            "Cancellation package %(name)s is not approved.", name=package.name
        )

    def prepare_cancellation(self):
        """Put the cancellation package of this contract together.

        :return: id of the `realestate.cancellation.package`
        """
        self.ensure_one()
        packages = self.env["realestate.cancellation.package"]
        packages._check_officer()
        package = self._get_package().sudo(False)
        if not package:
            package = packages.create({"contract_id": self.id})
        if package.state == "draft":
            package.action_collect()
        return package.id

    def action_prepare_cancellation(self):
        """Put the package together and open it."""
        number = self.prepare_cancellation()
        package = self.env["realestate.cancellation.package"].browse(number)
        return package.get_formview_action()
