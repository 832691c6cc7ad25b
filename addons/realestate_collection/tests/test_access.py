from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from .common import TODAY, RealestateCollectionCommon

R, RW, ALL, NOTHING = "r", "rw", "rwcd", ""
OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}

#: Reports on the work of officers are for managers and finance.
REPORT = {
    "collector": NOTHING,
    "collection_manager": R,
    "accountant": R,
    "manager": NOTHING,
}
# What each role may do: read, write, create, delete.
RIGHTS = {
    "realestate.dunning.ladder": {"collector": R, "collection_manager": ALL},
    "realestate.dunning.level": {"collector": R, "collection_manager": ALL},
    "realestate.dunning.run": {"collector": R, "collection_manager": R},
    "realestate.dunning.decision": {"collector": R, "collection_manager": R},
    "realestate.dunning.notice": {"collector": R, "collection_manager": R},
    "realestate.dunning.hold": {"collector": R, "collection_manager": R},
    "realestate.dunning.delivery": {"collector": RW, "collection_manager": RW},
    "realestate.collection.team": {
        "collector": R,
        "collection_manager": ALL,
        "accountant": R,
        "agent": NOTHING,
        "manager": NOTHING,
    },
    "realestate.collection.case": {
        "collector": "rw",
        "collection_manager": "rw",
        "accountant": R,
        "agent": NOTHING,
        "manager": NOTHING,
    },
    "realestate.collection.event": {
        "collector": R,
        "collection_manager": R,
        "accountant": R,
        "agent": NOTHING,
        "manager": NOTHING,
    },
    "realestate.dispute": {
        "collector": R,
        "collection_manager": R,
        "accountant": R,
        "agent": R,
        "lawyer": R,
    },
    "realestate.dispute.category": {
        "collector": R,
        "collection_manager": ALL,
        "accountant": R,
        "agent": R,
        "lawyer": R,
    },
    "realestate.escalation.rule": {
        "collector": R,
        "collection_manager": ALL,
        "accountant": NOTHING,
        "agent": NOTHING,
    },
    "realestate.promise": {
        "collector": R,
        "collection_manager": R,
        "accountant": R,
        "agent": NOTHING,
        "manager": NOTHING,
    },
    "realestate.dunning.run.total": {"collector": R, "collection_manager": R},
    "realestate.contact.rule": {"collector": R, "collection_manager": ALL},
    "realestate.post.batch": {"collector": RW, "collection_manager": RW},
    "realestate.arrangement": {
        "collector": ALL,
        "collection_manager": ALL,
        "accountant": R,
        "agent": NOTHING,
    },
    "realestate.arrangement.line": {"collector": ALL, "accountant": R},
    "realestate.debt.proposal": {"collector": ALL, "accountant": R, "agent": NOTHING},
    "realestate.debt.option": {"collector": ALL, "accountant": R},
    "realestate.cancellation.package": {
        "collector": ALL,
        "accountant": R,
        "agent": NOTHING,
    },
    "realestate.cancellation.item": {"collector": R, "accountant": R},
    "realestate.statement.line": {"collector": R, "agent": R, "accountant": R},
    "realestate.mortgage.release": {
        "collector": R,
        "accountant": R,
        "loan_officer": R,
        "officer": R,
        "agent": NOTHING,
    },
    "realestate.mortgage": {"collector": R, "accountant": R},
    "realestate.aging": {
        "collector": R,
        "accountant": R,
        "officer": R,
        "leader": R,
        "agent": NOTHING,
    },
    "realestate.maturing": {
        "collector": R,
        "accountant": R,
        "officer": R,
        "leader": R,
        "agent": NOTHING,
    },
    "realestate.proactive.rule": {"collector": R, "collection_manager": ALL},
    "realestate.proactive.task": {"collector": R, "collection_manager": R},
    "realestate.collection.report": REPORT,
    "realestate.collection.report.line": REPORT,
    "realestate.collection.report.level": REPORT,
    "realestate.collection.report.sending": {
        "collector": NOTHING,
        "collection_manager": R,
        "accountant": NOTHING,
    },
    "realestate.collection.report.schedule": {
        "collector": NOTHING,
        "collection_manager": ALL,
        "accountant": NOTHING,
    },
    # Accounting and sales, as far as collection needs them.
    "account.move": {"collector": R, "agent": NOTHING},
    "account.move.line": {"collector": R, "agent": NOTHING},
    "account.payment": {"collector": R, "agent": NOTHING},
    "account.journal": {"collector": R, "agent": NOTHING},
    "realestate.contract": {"collector": R, "collection_manager": R},
    "realestate.installment": {"collector": R, "collection_manager": R},
}
COLLECTION_ONLY = {
    "realestate.dunning.ladder",
    "realestate.dunning.level",
    "realestate.dunning.run",
    "realestate.dunning.decision",
    "realestate.dunning.notice",
    "realestate.dunning.hold",
    "realestate.dunning.delivery",
    "realestate.dunning.run.total",
    "realestate.post.batch",
    "realestate.contact.rule",
}


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestAccess(RealestateCollectionCommon):
    def _rights(self, user, model):
        records = self.env[model].with_user(user)
        return "".join(
            letter
            for letter, operation in OPERATIONS.items()
            if records.has_access(operation)
        )

    def test_every_model_of_the_addon_is_in_the_table(self):
        models = {
            name
            for name in self.env.registry
            if name.startswith("realestate.")
            and self.env[name]._original_module == "realestate_collection"
            and not self.env[name]._abstract
            and not self.env[name]._transient
        }
        self.assertEqual(models - RIGHTS.keys(), set())

    def test_rights_of_each_role_are_those_of_the_table(self):
        for model, rights in RIGHTS.items():
            for role, expected in rights.items():
                with self.subTest(model=model, role=role):
                    self.assertEqual(self._rights(getattr(self, role), model), expected)

    def test_a_plain_user_reads_nothing(self):
        for model in RIGHTS:
            with self.subTest(model=model):
                self.assertEqual(self._rights(self.plain, model), NOTHING)

    def test_sales_and_accounting_see_no_dunning(self):
        for model in COLLECTION_ONLY:
            for user in (self.agent, self.manager, self.accountant):
                with self.subTest(model=model, user=user.login):
                    self.assertEqual(self._rights(user, model), NOTHING)

    def test_the_portal_reads_statements_only(self):
        portal = new_test_user(
            self.env,
            login="portal_rights",
            groups="base.group_portal",
            partner_id=self.buyer.id,
        )
        for model in COLLECTION_ONLY | {"account.payment", "account.journal"}:
            with self.subTest(model=model):
                self.assertEqual(self._rights(portal, model), NOTHING)
        self.assertEqual(self._rights(portal, "realestate.statement.line"), R)

    # === PUBLIC METHODS, AS REACHED BY RPC === #

    def test_who_does_not_collect_neither_bills_nor_books_nor_duns(self):
        contract = self._create_billed()
        portal = new_test_user(
            self.env,
            login="portal_calls",
            groups="base.group_portal",
            partner_id=self.buyer.id,
        )
        for user in (self.plain, self.agent, self.officer, self.manager, portal):
            theirs = contract.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.installments.with_user(user).bill_due()
                with self.assertRaises(AccessError):
                    self._pay(theirs, 100)
                with self.assertRaises(AccessError):
                    theirs.env["realestate.dunning.ladder"].run()
        self.assertFalse(contract.payment_ids)

    def test_collection_officers_and_accountants_bill_and_book(self):
        for number, user in enumerate((self.collector, self.accountant)):
            contract = self._create_active(self.units[number])
            with self.subTest(user=user.login):
                billing = self.installments.with_user(user)
                self.assertEqual(billing.bill_due(), 2)
                payment = self._pay(contract.with_user(user), 100)
                self.assertEqual(payment.env.user, user)
                self.assertEqual(payment.amount, 100, "what is booked can be read")
                self.assertEqual(payment.create_uid, user)

    def test_an_officer_runs_the_dunning_and_reads_why(self):
        self._create_billed()
        run = self.env["realestate.dunning.ladder"].with_user(self.collector).run()
        self.assertEqual(run.env.user, self.collector)
        self.assertTrue(run.decision_ids.mapped("reason"))
        self.assertTrue(run.notice_ids.mapped("name"))
        self.assertEqual(run.user_id, self.collector)

    def test_notices_are_made_and_moved_by_buttons_only(self):
        self._create_billed()
        notice = self.env["realestate.dunning.ladder"].run().notice_ids
        notice = notice.with_user(self.collection_manager)
        for values in ({"amount": 1}, {"date": "2026-01-01"}):
            with self.assertRaises(AccessError):
                notice.write(values)
        with self.assertRaises(UserError):
            notice.write({"state": "sent"})
        with self.assertRaises(AccessError):
            notice.unlink()
        with self.assertRaises(AccessError):
            notice.create({"contract_id": notice.contract_id.id})
        for user in (self.plain, self.agent, self.accountant):
            for button in ("action_cancel", "action_send_again"):
                with self.subTest(user=user.login, button=button):
                    with self.assertRaises(AccessError):
                        getattr(notice.with_user(user), button)()
        self.assertEqual(notice.state, "queued")

    def test_private_methods_are_not_called_by_name(self):
        from odoo.service.model import get_public_method

        for model, method in (
            ("realestate.contract", "_register_payments"),
            ("realestate.contract", "_settle_credit"),
            ("realestate.installment", "_bill_company"),
            ("realestate.dunning.run", "_perform"),
            ("realestate.dunning.notice", "_set_sent"),
            ("realestate.contract", "_hold_dunning"),
            ("realestate.dunning.hold", "_end"),
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                get_public_method(self.env[model], method)
