from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .signature_common import SignatureCommon
from .signing_common import SigningFactories


# A Wednesday: 09:00 in Manila is 01:00 in UTC.
@freeze_time("2026-03-04 00:30:00")
@tagged("post_install", "-at_install")
class TestContractDeskFlow(SigningFactories, SignatureCommon):
    """From deposit to archive, each step by who does it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_user("books", "account.group_account_invoice")
        cls.desk = cls._create_desk()
        cls.keeper = cls._create_user("keeper", "realestate_sales.group_archivist")
        cls.seal = cls.env["realestate.seal"].create(
            {"name": "Contract seal", "keeper_id": cls.keeper.id}
        )
        cls.company.realestate_seal_by_request = True
        cls.env["realestate.review.item"].create(
            {"name": "Areas are those of the plan", "kind": "area"}
        )
        cls.env["realestate.approval.tier"].create(
            {
                "name": "Leader",
                "kind": "contract",
                "company_id": cls.company.id,
                "group_id": cls.env.ref("realestate_sales.group_leader").id,
            }
        )
        cls.buyer.write(
            {
                "street": "1 Mabini Street",
                "city": "Manila",
                "country_id": cls.env.ref("base.ph").id,
                "phone": "+63 900 000 000",
            }
        )
        cls.home = cls.units[1]

    def _pay(self, move):
        register = self.env["account.payment.register"].with_user(self.accountant)
        register = register.with_context(
            active_model="account.move", active_ids=move.ids
        )
        register.create({})._create_payments()

    def _reserve_and_deposit(self):
        """The agent reserves, the buyer pays, the officer agrees on the deposit."""
        unit = self.home.with_user(self.agent)
        reservation = unit.action_reserve(self.buyer, self.plan, 20000)
        reservation.action_confirm()
        self._pay(reservation.sudo().move_id)
        deposit = self.env["realestate.deposit"].with_user(self.officer)
        deposit = deposit.create({"reservation_id": reservation.id, "amount": 50000})
        deposit.action_sign()
        self._pay(deposit.sudo().move_id)
        return reservation.with_user(self.officer)

    def _draw_up(self, reservation):
        """The officer draws the contract up for two buyers and hands it in."""
        contract = reservation.action_convert()
        contract.buyer_ids.share = 50
        contract.buyer_ids = [
            Command.create({"partner_id": self.second.id, "share": 50})
        ]
        contract.action_submit()
        return contract

    def _approve(self, contract):
        """A second person checks, then the leader approves."""
        with self.assertRaises(UserError):
            contract.with_user(self.leader).action_approve()
        contract.with_user(self.supervisor).action_review_ok()
        contract.with_user(self.leader).action_approve()

    def _sign_online(self, contract):
        """Both buyers sign in the portal; the second one by another code."""
        main, second = self._ask(contract)
        for signature, name in ((main, "Maria Buyer"), (second, "Ben Second")):
            self.assertFalse(self._send_code(signature))
            self.assertTrue(self._sign(signature, code="000000", name=name))
            self.assertFalse(self._sign(signature, name=name))

    def _get_sealed(self, contract):
        """Officer asks, leader approves, keeper stamps."""
        with self.assertRaises(UserError):
            contract.action_seal()
        request = self.env["realestate.seal.request"].with_user(self.officer)
        request = request.create(
            {
                "seal_id": self.seal.id,
                "contract_ids": [Command.set(contract.ids)],
                "purpose": "Signed by both buyers",
            }
        )
        request.action_submit()
        with self.assertRaises(AccessError):
            request.action_approve()
        request.with_user(self.leader).action_approve()
        request.with_user(self.keeper).action_stamp()

    def _archive_and_lend(self, contract):
        """The archive files the original, lends it to the bank and has it back."""
        original = contract.sudo().paper_id.with_user(self.archivist)
        box = self.env["realestate.archive.box"].create(
            {"name": "A-001", "place": "Shelf 3"}
        )
        original.action_put_in_box(box, "7")
        loan = self.env["realestate.document.loan"].with_user(self.archivist)
        loan = loan.create(
            {
                "document_id": original.id,
                "borrower_id": self._create_partner(name="First Bank").id,
                "purpose": "Mortgage",
                "date_due": fields.Date.today() + timedelta(days=7),
            }
        )
        with self.assertRaises(UserError):
            original.action_take_out("Given back")
        loan.action_return()
        return original

    def test_deposit_to_archive(self):
        reservation = self._reserve_and_deposit()
        contract = self._draw_up(reservation)
        self.assertEqual(contract.reservation_fee, 50000)
        self.assertEqual(self.home.state, "contracted")
        self._approve(contract)
        self.assertEqual(contract.state, "approved")
        self.assertTrue(contract.is_ready_to_sign, contract.signing_reasons)

        signing = self._create_signing(contract).with_user(self.officer)
        signing.action_invite()
        signing.sudo()._confirm_by_buyer()
        self.assertEqual(signing.state, "confirmed")

        self._sign_online(contract)
        self.assertEqual(contract.state, "signed")
        kept = contract.sudo().paper_sha256
        self.assertRegex(kept, "^[0-9a-f]{64}$")
        self._get_sealed(contract)
        self.assertEqual(contract.state, "sealed")
        contract.action_activate()

        issue = self.env["realestate.document.issue"].with_user(self.officer)
        issue.create(
            {
                "contract_id": contract.id,
                "document_id": contract.paper_id.id,
                "partner_id": self.second.id,
            }
        )
        original = self._archive_and_lend(contract)
        self.assertEqual(original.archive_box_id.name, "A-001")
        self.assertEqual(contract.sudo().paper_sha256, kept, "the text signed stays")
        self.assertEqual(contract.state, "active")
        total = sum(contract.installment_ids.mapped("amount"))
        self.assertEqual(self.currency.compare_amounts(total, contract.amount_total), 0)
