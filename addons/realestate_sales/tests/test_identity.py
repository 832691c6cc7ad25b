from datetime import date

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .document_common import DocumentCommon

NUMBER = "P-1234567 A"


class IdentityCase(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.passport_of_buyer = cls._create_identity(cls.buyer, NUMBER)
        cls.reader = cls._create_user(
            "reader", "realestate_sales.group_officer,realestate_sales.group_identity"
        )

    @classmethod
    def _create_identity(cls, partner, number, **values):
        return (
            cls.env["realestate.partner.identity"]
            .with_company(cls.company)
            .create(
                {
                    "partner_id": partner.id,
                    "kind": "passport",
                    "number_shown": number,
                    "company_id": cls.company.id,
                    **values,
                }
            )
        )

    def _looks(self, partner=None):
        looks = self.env["realestate.identity.look"]
        return looks.search([("partner_id", "=", (partner or self.buyer).id)])


@tagged("post_install", "-at_install")
class TestIdentity(IdentityCase):
    def test_the_end_of_a_number_is_shown_and_the_whole_is_kept(self):
        identity = self.passport_of_buyer
        self.assertEqual(identity.number_shown, "•••••567A")
        self.assertEqual(identity.display_name, "•••••567A")
        self.assertEqual(identity.number, NUMBER)
        seen = identity.with_user(self.officer)
        self.assertEqual(seen.read(["number_shown"])[0]["number_shown"], "•••••567A")

    def test_nobody_reads_or_searches_the_whole_number(self):
        for user in (self.manager, self.reader, self.officer, self.agent):
            identity = self.passport_of_buyer.with_user(user)
            for name in ("number", "number_digest"):
                with self.subTest(user=user.login, name=name):
                    with self.assertRaises(AccessError):
                        identity.read([name])
                    with self.assertRaises(AccessError):
                        identity.search([(name, "like", "P%")])
                    with self.assertRaises(AccessError):
                        identity.search([], order=name)

    def test_who_may_sees_it_with_a_reason_that_is_recorded(self):
        identity = self.passport_of_buyer.with_user(self.reader)
        for reason in (None, "", "  ", 5, True):
            with self.subTest(reason=reason), self.assertRaisesRegex(UserError, "why"):
                identity.action_reveal(reason)
        self.assertFalse(self._looks())
        self.assertEqual(identity.action_reveal("The registry called"), NUMBER)
        look = self._looks()
        self.assertEqual(
            (look.user_id, look.kind, look.reason, look.number_masked),
            (self.reader, "number", "The registry called", "•••••567A"),
        )

    def test_the_wizard_keeps_no_number(self):
        wizard = self.env["realestate.identity.reveal"].with_user(self.reader)
        wizard = wizard.create(
            {"identity_id": self.passport_of_buyer.id, "reason": "Called"}
        )
        self.assertEqual(wizard.action_reveal()["params"]["message"], NUMBER)
        self.assertNotIn("1234567", str(wizard.read()))

    def test_nobody_else_sees_it(self):
        for user in (self.manager, self.officer, self.agent, self.lawyer, self.plain):
            identity = self.passport_of_buyer.with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                identity.action_reveal("Curious")
        self.assertFalse(self._looks())

    def test_the_right_alone_opens_no_buyer_s_file(self):
        alone = self._create_user("alone", "realestate_sales.group_identity")
        with self.assertRaises(AccessError):
            self.passport_of_buyer.with_user(alone).action_reveal("Curious")

    def test_looks_are_read_by_managers_and_changed_by_nobody(self):
        self.passport_of_buyer.with_user(self.reader).action_reveal("Called")
        look = self._looks()
        self.assertTrue(look.with_user(self.manager).read(["reason"]))
        for user in (self.reader, self.supervisor, self.lawyer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                look.with_user(user).read(["reason"])
        with self.assertRaises(AccessError):
            look.with_user(self.manager).unlink()
        with self.assertRaises(AccessError):
            look.with_user(self.manager).create({"kind": "number"})
        with self.assertRaisesRegex(UserError, "deleted by nobody"):
            look.unlink()
        with self.assertRaisesRegex(UserError, "stays"):
            look.reason = "Another"
        self.passport_of_buyer.unlink()
        self.assertEqual(look.number_masked, "•••••567A")

    def test_a_number_is_changed_by_typing_it_and_leaves_a_trace(self):
        identity = self.passport_of_buyer.with_user(self.officer)
        identity.number_shown = "•••••567A"
        self.assertFalse(self._looks())
        for wrong in ("•••••999A", "  ", False):
            with self.subTest(wrong=wrong), self.assertRaisesRegex(UserError, "whole"):
                identity.number_shown = wrong
                identity.flush_recordset()
        identity.number_shown = "X7654321"
        self.assertEqual(self.passport_of_buyer.number, "X7654321")
        self.assertEqual(identity.number_shown, "•••••321")
        self.assertEqual(self._looks().kind, "change")
        self.assertIn("567A", self._looks().reason)

    def test_numbers_are_forged_by_nobody(self):
        identity = self.passport_of_buyer.with_user(self.manager)
        for values in (
            {"number": "X"},
            {"number_masked": "X"},
            {"number_digest": "X"},
        ):
            with (
                self.subTest(values=values),
                self.assertRaises(UserError),
            ):
                identity.write(values)
        with self.assertRaisesRegex(UserError, "stays with its person"):
            identity.partner_id = self.manager.partner_id

    def test_a_paper_has_a_number_and_dates_in_order(self):
        with self.assertRaisesRegex(UserError, "number"):
            self._create_identity(self.buyer, False)
        with self.assertRaisesRegex(ValidationError, "does not expire"):
            self._create_identity(
                self.buyer,
                "X1",
                date_issued=date(2026, 2, 28),
                date_expiry=date(2026, 2, 27),
            )

    def test_the_same_number_is_entered_once_however_typed(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._create_identity(self.buyer, "p1234567a")

    def test_equal_numbers_have_equal_fingerprints_by_a_secret_of_its_own(self):
        other = self._create_identity(self.officer.partner_id, "p1234567a")
        self.assertEqual(other.number_digest, self.passport_of_buyer.number_digest)
        parameters = self.env["ir.config_parameter"]
        pepper = parameters.get_param("realestate_sales.identity_pepper")
        self.assertGreaterEqual(len(pepper), 64)
        self.assertNotEqual(pepper, parameters.get_param("database.secret"))

    def test_agents_see_the_identity_of_their_buyers(self):
        seen = self.env["realestate.partner.identity"].with_user(self.agent)
        self.assertFalse(seen.search([("partner_id", "=", self.buyer.id)]))
        self._create_contract(self.units[2], user_id=self.agent.id)
        self.assertEqual(
            seen.search([("partner_id", "=", self.buyer.id)]).ids,
            self.passport_of_buyer.ids,
        )

    def test_the_other_company_and_the_portal_see_nothing(self):
        company = self._create_company("Rival", self.currency)
        rival = self._create_user(
            "rival",
            "realestate_sales.group_manager,realestate_sales.group_identity",
            company=company,
        )
        identity = self.passport_of_buyer.with_context(
            allowed_company_ids=company.ids
        ).with_user(rival)
        self.assertFalse(identity.search([("partner_id", "=", self.buyer.id)]))
        with self.assertRaises(AccessError):
            identity.action_reveal("Curious")
        portal = new_test_user(
            self.env,
            login="identity_portal",
            groups="base.group_portal",
            partner_id=self.buyer.id,
        )
        with self.assertRaises(AccessError):
            self.passport_of_buyer.with_user(portal).read(["number_shown"])

    def test_each_opening_of_an_identity_paper_is_a_look(self):
        self._hand_in(self.passport)
        self._hand_in(self.paper)
        self.paper.with_user(self.supervisor).read_file()
        self.assertFalse(self._looks())
        self.passport.with_user(self.supervisor).read_file()
        look = self._looks()
        self.assertEqual((look.user_id, look.kind), (self.supervisor, "file"))


@tagged("post_install", "-at_install")
class TestIdentityPapers(IdentityCase):
    def _print(self, contract, user):
        report = self.env["ir.actions.report"].with_user(user)
        name = "realestate_sales.report_contract"
        return report._render_qweb_html(name, contract.ids)[0].decode()

    def test_papers_name_who_signs_by_the_whole_number(self):
        self.assertIn(NUMBER, self._print(self.contract, self.officer))
        look = self._looks()
        self.assertEqual((look.user_id[:1], look[:1].kind), (self.officer, "print"))

    def test_each_buyer_of_a_contract_is_named_so(self):
        second = self._create_partner(name="Second", vat="VAT77")
        self._create_identity(second, "CARD999888", kind="id_card")
        self._create_identity(second, "PASS111222")
        contract = self._create_shared_contract(self.units[1], self.buyer, second)
        page = self._print(contract, self.officer)
        for part in (NUMBER, "VAT77, CARD999888"):
            self.assertIn(part, page)
        self.assertNotIn("PASS111222", page)

    def test_expired_papers_and_those_of_another_company_are_not_printed(self):
        self.passport_of_buyer.date_expiry = date(2020, 1, 1)
        company = self._create_company("Rival", self.currency)
        self._create_identity(self.buyer, "RIVAL123", company_id=company.id)
        page = self._print(self.contract, self.officer)
        self.assertNotIn(NUMBER, page)
        self.assertNotIn("RIVAL123", page)
        self.assertFalse(self._looks())

    def test_companies_are_named_by_their_registration(self):
        self.buyer.is_company = True
        self._create_identity(self.buyer, "REG55501", kind="registration")
        page = self._print(self.contract, self.officer)
        self.assertIn("REG55501", page)
        self.assertNotIn(NUMBER, page)

    def test_a_buyer_who_prints_is_no_look(self):
        self.contract.action_approve()
        portal = new_test_user(
            self.env,
            login="print_portal",
            groups="base.group_portal",
            partner_id=self.buyer.id,
        )
        report = self.env["ir.actions.report"].with_user(portal).sudo()
        name = "realestate_sales.report_contract"
        page = report._render_qweb_html(name, self.contract.ids)[0].decode()
        self.assertIn(NUMBER, page)
        self.assertFalse(self._looks())
