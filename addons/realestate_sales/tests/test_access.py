from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import RealestateSalesCommon

R, RW, RWC, ALL = "r", "rw", "rwc", "rwcd"
NOTHING = ""

# What each role may do: read, write, create, delete.
RIGHTS = {
    "realestate.jurisdiction": {"agent": R, "manager": RWC},
    "realestate.project": {"agent": R, "supervisor": R, "manager": RWC},
    "realestate.phase": {"agent": R, "supervisor": R, "manager": ALL},
    "realestate.building": {"agent": R, "supervisor": R, "manager": ALL},
    "realestate.milestone": {"agent": R, "officer": R, "supervisor": RWC},
    "realestate.milestone.notice": {"agent": NOTHING, "officer": R, "manager": R},
    "realestate.delivery.standard": {"agent": R, "supervisor": R, "manager": ALL},
    "realestate.unit.type": {"agent": R, "manager": ALL},
    "realestate.unit.type.image": {"agent": R, "supervisor": R, "manager": ALL},
    "realestate.unit": {"agent": R, "officer": R, "supervisor": RW, "manager": ALL},
    "realestate.unit.measure": {"agent": R, "manager": R},
    "realestate.unit.claim": {"agent": R, "manager": R},
    "realestate.unit.queue": {"agent": RWC, "officer": RWC, "manager": ALL},
    "realestate.hold.limit": {"supervisor": NOTHING, "manager": ALL},
    "realestate.release": {"agent": R, "officer": R, "supervisor": ALL},
    "realestate.pricelist": {"agent": R, "supervisor": R, "manager": ALL},
    "realestate.pricelist.line": {"agent": R, "supervisor": R, "manager": ALL},
    "realestate.pricelist.rule": {"agent": R, "supervisor": R, "manager": ALL},
    "realestate.pricelist.history": {"agent": R, "supervisor": R, "manager": R},
    # The contract desk changes plans made for one contract, see test_contract_plan.
    "realestate.payment.plan": {"agent": R, "officer": RW, "manager": RWC},
    "realestate.payment.plan.line": {"agent": R, "officer": ALL, "manager": ALL},
    "realestate.payment.season": {"agent": R, "supervisor": R, "manager": ALL},
    "realestate.reservation": {"agent": RWC, "officer": RWC, "supervisor": ALL},
    "realestate.deposit": {"agent": R, "officer": RWC, "supervisor": ALL, "lawyer": R},
    "realestate.signing": {"agent": R, "officer": ALL, "leader": R},
    "realestate.signing.move": {"agent": R, "officer": R, "manager": R, "leader": R},
    "realestate.signing.desk": {"agent": R, "supervisor": R, "manager": ALL},
    "realestate.signing.desk.hours": {"agent": R, "supervisor": R, "manager": ALL},
    "realestate.signing.desk.closed": {"agent": R, "supervisor": R, "manager": ALL},
    "realestate.contract": {"agent": R, "officer": ALL, "lawyer": R, "leader": R},
    "realestate.contract.buyer": {"agent": R, "officer": ALL, "lawyer": R},
    "realestate.contract.line": {"agent": R, "officer": ALL, "archivist": R},
    "realestate.installment": {"agent": R, "officer": R, "manager": R, "leader": R},
    "realestate.fee.type": {"agent": R, "supervisor": R, "manager": ALL},
    "realestate.contract.fee": {"agent": R, "officer": ALL, "lawyer": R},
    "realestate.fee.payout": {"officer": NOTHING, "manager": R, "leader": R},
    "realestate.fee.payout.line": {"officer": NOTHING, "manager": R, "leader": R},
    "realestate.fee.account": {"officer": NOTHING, "manager": R, "leader": NOTHING},
    "realestate.approval": {"agent": R, "officer": R, "manager": R},
    "realestate.approval.tier": {"agent": R, "supervisor": R, "manager": ALL},
    "realestate.approval.substitute": {"agent": ALL, "manager": ALL},
    "realestate.archive.box": {"agent": NOTHING, "officer": R, "archivist": ALL},
    "realestate.document.loan": {"agent": NOTHING, "officer": R, "archivist": RWC},
    "realestate.document.issue": {"agent": R, "officer": RWC, "archivist": RWC},
    "realestate.signature": {"agent": R, "officer": R, "manager": R, "leader": R},
    "realestate.seal": {"agent": NOTHING, "officer": R, "manager": ALL, "leader": R},
    "realestate.seal.request": {"agent": NOTHING, "officer": ALL, "leader": R},
    "realestate.contract.clause": {"agent": R, "officer": ALL, "lawyer": R},
    "realestate.clause": {"agent": R, "officer": R, "lawyer": RWC, "manager": RWC},
    "realestate.clause.version": {"officer": R, "lawyer": ALL, "manager": ALL},
    "realestate.paper.template": {"officer": R, "lawyer": ALL, "leader": R},
    "realestate.paper.template.line": {"supervisor": R, "manager": ALL, "lawyer": ALL},
    "realestate.document.type": {"agent": R, "supervisor": R, "manager": ALL},
    "realestate.document.reminder": {"agent": R, "manager": R, "leader": R},
    "realestate.missing": {"agent": R, "officer": R, "manager": R, "lawyer": R},
    "realestate.partner.identity": {"agent": R, "officer": RWC, "manager": ALL},
    "realestate.identity.look": {
        "supervisor": NOTHING,
        "manager": R,
        "lawyer": NOTHING,
    },
    "realestate.detail.request": {"agent": R, "officer": ALL, "lawyer": R},
    "realestate.detail.request.line": {"agent": R, "officer": R, "lawyer": R},
    "realestate.duplicate": {"officer": NOTHING, "supervisor": R, "lawyer": NOTHING},
    "realestate.contact.detail": {"agent": R, "manager": R, "archivist": R},
    "realestate.document": {
        "agent": R,
        "officer": ALL,
        "lawyer": R,
        "leader": R,
        "loan_officer": RW,
    },
    "realestate.bank.programme": {"agent": R, "loan_officer": R, "manager": ALL},
    "realestate.mortgage": {
        "agent": R,
        "officer": R,
        "loan_officer": ALL,
        "supervisor": ALL,
        "lawyer": R,
    },
    "realestate.discount.reason": {"agent": R, "supervisor": R, "manager": ALL},
    "realestate.review.item": {"agent": R, "supervisor": R, "manager": ALL},
    "realestate.contract.review": {
        "agent": R,
        "officer": R,
        "manager": R,
        "lawyer": R,
    },
    "realestate.filing": {"agent": NOTHING, "officer": R, "manager": RWC},
    "realestate.filing.step": {"agent": NOTHING, "officer": R, "manager": R},
    "realestate.filing.file": {"agent": NOTHING, "lawyer": R, "manager": ALL},
    "realestate.filing.rule": {"agent": NOTHING, "officer": R, "manager": ALL},
    "realestate.tax.stamp": {"agent": NOTHING, "leader": R, "manager": RWC},
    "realestate.project.permit": {"agent": R, "lawyer": R, "manager": ALL},
    "realestate.filing.format": {"officer": NOTHING, "manager": ALL, "leader": NOTHING},
    "realestate.filing.column": {"officer": NOTHING, "manager": ALL},
    "realestate.filing.exchange": {"officer": NOTHING, "manager": ALL},
    "realestate.filing.exchange.line": {"lawyer": NOTHING, "manager": R},
    "realestate.progress.plan": {"agent": NOTHING, "officer": R, "supervisor": ALL},
    "realestate.progress.line": {"officer": R, "manager": ALL, "leader": R},
    "realestate.progress": {"agent": NOTHING, "manager": R, "leader": R},
    "realestate.import": {"supervisor": NOTHING, "manager": ALL},
    "realestate.import.change": {"supervisor": NOTHING, "manager": R},
    "realestate.import.picture": {"supervisor": NOTHING, "manager": R},
    "realestate.import.column": {"supervisor": NOTHING, "manager": ALL},
    "realestate.import.issue": {"supervisor": NOTHING, "manager": ALL},
}
PORTAL_READS = {
    "realestate.contract",
    "realestate.contract.buyer",
    "realestate.contract.line",
    "realestate.installment",
    "realestate.document",
    "realestate.detail.request",
}
OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}


@tagged("post_install", "-at_install")
class TestAccess(RealestateSalesCommon):
    def _rights(self, user, model):
        records = self.env[model].with_user(user)
        return "".join(
            letter
            for letter, operation in OPERATIONS.items()
            if records.has_access(operation)
        )

    def _create_portal_user(self, partner, login):
        return new_test_user(
            self.env, login=login, groups="base.group_portal", partner_id=partner.id
        )

    def test_every_model_of_the_suite_is_in_the_table(self):
        models = {
            name
            for name in self.env.registry
            if name.startswith("realestate.")
            and self.env[name]._original_module == "realestate_sales"
            and not self.env[name]._abstract
            and not self.env[name]._transient
        }
        self.assertEqual(models - RIGHTS.keys(), set())

    def test_rights_of_each_role_are_those_of_the_table(self):
        for model, rights in RIGHTS.items():
            for role, expected in rights.items():
                with self.subTest(model=model, role=role):
                    self.assertEqual(self._rights(getattr(self, role), model), expected)

    def test_plain_user_reads_nothing(self):
        for model in RIGHTS:
            with self.subTest(model=model):
                self.assertEqual(self._rights(self.plain, model), NOTHING)

    def test_lawyer_leader_and_archive_see_every_contract_and_no_price_list(self):
        contract = self._create_contract()
        for role in (self.lawyer, self.leader, self.archivist):
            with self.subTest(role=role.login):
                seen = contract.with_user(role)
                self.assertEqual(seen.search([("id", "=", contract.id)]), contract)
                self.assertEqual(seen.unit_names, self.unit.name)
                self.assertEqual(self._rights(role, "realestate.pricelist"), NOTHING)
                self.assertEqual(self._rights(role, "realestate.unit.claim"), NOTHING)

    def test_portal_reads_contracts_only(self):
        portal = self._create_portal_user(self.buyer, "portal_buyer")
        for model in RIGHTS:
            with self.subTest(model=model):
                expected = R if model in PORTAL_READS else NOTHING
                self.assertEqual(self._rights(portal, model), expected)

    def test_buyer_and_cobuyer_see_the_contract_and_a_stranger_does_not(self):
        cobuyer = self._create_partner(name="Second")
        contract = self._create_contract(
            buyer_ids=[
                Command.create(
                    {"partner_id": self.buyer.id, "share": 50, "is_main": True}
                ),
                Command.create({"partner_id": cobuyer.id, "share": 50}),
            ],
            state="approved",
        )
        stranger = self._create_partner(name="Stranger")
        portal = {
            partner: self._create_portal_user(partner, f"portal_{partner.name}")
            for partner in (self.buyer, cobuyer, stranger)
        }
        records = (
            contract,
            contract.buyer_ids,
            contract.line_ids,
            contract.installment_ids,
        )
        for record in records:
            for partner, user in portal.items():
                with self.subTest(model=record._name, partner=partner.name):
                    seen = record.with_user(user).search([("id", "in", record.ids)])
                    if partner == stranger:
                        self.assertFalse(seen)
                        with self.assertRaises(AccessError):
                            record.with_user(user).read(["display_name"])
                    else:
                        self.assertEqual(seen.ids, record.ids)

    def test_buyer_does_not_see_the_draft(self):
        contract = self._create_contract()
        user = self._create_portal_user(self.buyer, "portal_buyer")
        self.assertFalse(contract.with_user(user).search([("id", "=", contract.id)]))

    def test_buyer_reads_nothing_internal_of_the_contract(self):
        contract = self._create_contract(state="approved")
        user = self._create_portal_user(self.buyer, "portal_buyer")
        for field in ("user_approved_id", "cancel_reason", "reservation_id"):
            with self.subTest(field=field), self.assertRaises(AccessError):
                contract.with_user(user).read([field])
        self.assertTrue(contract.with_user(user).read(["name", "amount_total"]))

    def test_portal_user_calls_no_button(self):
        contract = self._create_contract(state="approved")
        user = self._create_portal_user(self.buyer, "portal_buyer")
        for method in (
            "action_sign",
            "action_seal",
            "action_activate",
            "action_submit",
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(contract.with_user(user), method)()
        with self.assertRaises(AccessError):
            contract.with_user(user).action_cancel("mine")
        with self.assertRaises(AccessError):
            self.units[1].with_user(user).action_hold()

    def test_plain_user_calls_no_button(self):
        contract = self._create_contract()
        reservation = self._create_reservation(self.units[1], confirmed=False)
        for record, method in (
            (contract, "action_submit"),
            (reservation, "action_confirm"),
            (reservation, "action_convert"),
            (self.units[2], "action_hold"),
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(record.with_user(self.plain), method)()
        with self.assertRaises(AccessError):
            self.units[2].with_user(self.plain).action_reserve(self.buyer, self.plan, 0)

    def test_nobody_writes_facts(self):
        contract = self._create_contract(state="active")
        for user in (self.officer, self.manager):
            with self.assertRaises(AccessError):
                contract.installment_ids[0].with_user(user).write({"amount": 1})
            with self.assertRaises(AccessError):
                contract.installment_ids[0].with_user(user).unlink()

    def test_facts_are_not_forged(self):
        contract = self._create_contract(state="approved")
        reservation = self._create_reservation(self.units[1])
        milestone = self.env["realestate.milestone"].create(
            {"name": "Roof", "code": "ROOF", "project_id": self.project.id}
        )
        pricelist = self.env["realestate.pricelist"].create(
            {"project_id": self.project.id}
        )
        forged = [
            (contract, {"amount_total": 1}),
            (contract, {"reservation_fee": 1}),
            (contract, {"date_signed": "2026-01-01"}),
            (contract, {"user_approved_id": self.manager.id}),
            (contract, {"cancel_reason": "x"}),
            (contract, {"name": "EAST/2020/00001"}),
            (contract, {"reservation_id": reservation.id}),
            (reservation, {"move_id": False}),
            (reservation, {"contract_id": contract.id}),
            (reservation, {"state": "converted"}),
            (milestone, {"date_reached": "2026-01-01"}),
            (pricelist, {"user_approved_id": self.manager.id}),
            (pricelist, {"state": "approved"}),
            (self.unit, {"date_handover": "2026-01-01"}),
            (self.unit, {"date_last_claim": "2026-01-01 00:00:00"}),
            (self.unit, {"is_released": False}),
        ]
        for record, vals in forged:
            with self.subTest(model=record._name, vals=vals):
                with self.assertRaises(UserError):
                    record.with_user(self.manager).with_context(
                        install_mode=True, force=True
                    ).write(vals)
        for vals in ({"user_approved_id": self.manager.id}, {"state": "approved"}):
            with self.assertRaises(UserError):
                pricelist.with_user(self.manager).create(
                    {"project_id": self.project.id, **vals}
                )

    def test_contract_does_not_take_anothers_reservation(self):
        reservation = self._create_reservation(self.units[1])
        with self.assertRaisesRegex(UserError, "is of unit T1-102 for Maria Buyer"):
            self._create_contract(reservation_id=reservation.id)

    def test_biller_does_not_relink_invoices(self):
        biller = self._create_user("biller", "account.group_account_invoice")
        reservation = self._create_reservation()
        contract = reservation.action_convert()
        move = reservation.move_id.with_user(biller)
        for vals in (
            {"realestate_installment_id": contract.installment_ids[1].id},
            {"realestate_reservation_id": False},
            {"realestate_contract_id": False},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                move.write(vals)
        with self.assertRaises(AccessError):
            move.create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.buyer.id,
                    "realestate_installment_id": contract.installment_ids[1].id,
                }
            )

    def test_two_companies_never_mix(self):
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign", "realestate_sales.group_manager", company=other
        )
        contract = self._create_contract(state="active")
        reservation = self._create_reservation(self.units[1])
        pricelist = self.env["realestate.pricelist"].create(
            {"project_id": self.project.id}
        )
        pricelist.action_load_units()
        self.units[2].action_hold()
        for records in (
            self.project,
            self.building,
            self.units,
            self.units.claim_ids,
            contract,
            contract.line_ids,
            contract.buyer_ids,
            contract.installment_ids,
            reservation,
            pricelist,
            pricelist.line_ids,
        ):
            with self.subTest(model=records._name):
                self.assertTrue(records)
                as_foreign = records.with_user(foreign).with_context(
                    allowed_company_ids=other.ids
                )
                self.assertFalse(as_foreign.search([("id", "in", records.ids)]))
                with self.assertRaises(AccessError):
                    as_foreign.read(["display_name"])
                with self.assertRaisesRegex(AccessError, "invalid companies"):
                    records.with_user(foreign).read(["display_name"])
        with self.assertRaises(AccessError):
            self.units[3].with_user(foreign).with_context(
                allowed_company_ids=other.ids
            ).action_hold()
