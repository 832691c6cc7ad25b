from datetime import date, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RealestateSalesCommon


class ArchiveCase(RealestateSalesCommon):
    """A signed contract, the scan of it, and a box."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_contract(state="approved")
        cls.original = cls.contract.action_sign_on_paper(
            cls.contract.buyer_ids, b"%PDF-1.7 scan", "scan.pdf"
        )
        cls.box = cls.env["realestate.archive.box"].create(
            {"name": "A-001", "place": "Shelf 3"}
        )
        cls.bank = cls._create_partner(name="First Bank", email="bank@example.com")

    def _file(self, document=None, box=None, position="7"):
        document = document or self.original
        document.with_user(self.archivist).action_put_in_box(box or self.box, position)

    def _lend(self, document=None, user=None, **values):
        return (
            self.env["realestate.document.loan"]
            .with_user(user or self.archivist)
            .create(
                {
                    "document_id": (document or self.original).id,
                    "borrower_id": self.bank.id,
                    "purpose": "Mortgage",
                    "date_due": fields.Date.today() + timedelta(days=7),
                    **values,
                }
            )
        )


@tagged("post_install", "-at_install")
class TestArchive(ArchiveCase):
    def test_an_archivist_files_moves_and_takes_out_originals(self):
        self._file()
        self.assertRecordValues(
            self.original,
            [
                {
                    "archive_box_id": self.box.id,
                    "archive_position": "7",
                    "date_archived": date.today(),
                    "user_archived_id": self.archivist.id,
                }
            ],
        )
        self.assertEqual(self.box.document_count, 1)
        other = self.box.copy({"name": "A-002"})
        self._file(box=other, position="")
        self.assertEqual((self.box.document_count, other.document_count), (0, 1))
        self.assertFalse(self.original.archive_position)
        with self.assertRaisesRegex(UserError, "Say why"):
            self.original.with_user(self.archivist).action_take_out(" ")
        self.original.with_user(self.archivist).action_take_out("Given to the buyer")
        self.assertFalse(self.original.archive_box_id)
        self.assertIn("A-002", self.original.message_ids[:1].body)

    def test_only_archivists_file_and_take_out(self):
        for user in (self.manager, self.lawyer, self.officer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.original.with_user(user).action_put_in_box(self.box)
        self._file()
        with self.assertRaises(AccessError):
            self.original.with_user(self.manager).action_take_out("Mine")

    def test_where_an_original_lies_is_not_forged(self):
        for vals in ({"archive_box_id": self.box.id}, {"archive_position": "9"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.original.with_user(self.manager).write(vals)

    def test_boxes_of_another_company_are_refused(self):
        other = self._create_company("Other Developer", self.currency)
        box = self.env["realestate.archive.box"].create(
            {"name": "X", "place": "X", "company_id": other.id}
        )
        with self.assertRaisesRegex(UserError, "choose a box of Test Developer"):
            self._file(box=box)
        with self.assertRaisesRegex(UserError, "choose a box"):
            self._file(box=self.box + box)

    def test_a_box_is_given_by_its_id_as_well_and_nonsense_is_refused(self):
        own = self.original.with_user(self.archivist)
        for box in (None, "x", [], {}, True, -1, 0, 1.5, 999999999, [self.box.id, "x"]):
            with self.subTest(box=box), self.assertRaisesRegex(UserError, "choose a"):
                own.action_put_in_box(box)
        own.action_put_in_box(self.box.id, 12)
        self.assertEqual(self.original.archive_position, "12")

    def test_what_was_not_handed_in_is_not_filed(self):
        kind = self.env.ref("realestate_sales.document_type_contract")
        missing = self.env["realestate.document"].create(
            {"contract_id": self.contract.id, "type_id": kind.id}
        )
        with self.assertRaisesRegex(UserError, "no original to be filed"):
            self._file(missing)

    def test_a_box_with_originals_stays(self):
        self._file()
        with self.assertRaisesRegex(UserError, "holds 1 originals"):
            self.box.with_user(self.archivist).unlink()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.box.copy({"name": "A-001"})

    def test_the_wizard_files_what_was_chosen(self):
        wizard = (
            self.env["realestate.document.put.in.box"]
            .with_user(self.archivist)
            .with_context(
                active_model="realestate.document", active_ids=self.original.ids
            )
            .create({"box_id": self.box.id, "position": "3"})
        )
        self.assertEqual(wizard.company_id, self.company)
        wizard.action_put_in_box()
        self.assertEqual(self.original.archive_position, "3")


@tagged("post_install", "-at_install")
class TestLoan(ArchiveCase):
    def setUp(self):
        super().setUp()
        self._file()

    def test_an_original_is_lent_and_comes_back(self):
        loan = self._lend()
        self.assertTrue(self.original.is_lent)
        self.assertEqual(self.original.borrower_id, self.bank)
        self.assertEqual(self.box.lent_count, 1)
        documents = self.env["realestate.document"]
        self.assertIn(self.original, documents.search([("is_lent", "=", True)]))
        self.assertNotIn(self.original, documents.search([("is_lent", "=", False)]))
        loan.action_return("A stain on page 3")
        self.assertRecordValues(
            loan,
            [
                {
                    "state": "back",
                    "date_back": date.today(),
                    "user_out_id": self.archivist.id,
                    "user_back_id": self.archivist.id,
                    "note_back": "A stain on page 3",
                }
            ],
        )
        self.assertFalse(self.original.is_lent)
        self._lend()

    def test_only_what_lies_in_the_archive_is_lent(self):
        self.original.with_user(self.archivist).action_take_out("Given back")
        with self.assertRaisesRegex(UserError, "not in the archive"):
            self._lend()

    def test_one_original_is_lent_once(self):
        self._lend()
        with self.assertRaisesRegex(UserError, "is lent to First Bank"):
            self._lend()
        loans = self.env["realestate.document.loan"]
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            with self.env.cr.savepoint():
                self.env.cr.execute(
                    "INSERT INTO realestate_document_loan (document_id, borrower_id, "
                    "purpose, date_out, date_due, state) SELECT document_id, "
                    "borrower_id, purpose, date_out, date_due, state "
                    f"FROM {loans._table}"
                )

    def test_what_is_lent_is_neither_moved_nor_taken_out(self):
        self._lend()
        with self.assertRaisesRegex(UserError, "has to come back first"):
            self._file(position="8")
        with self.assertRaisesRegex(UserError, "has to come back first"):
            self.original.with_user(self.archivist).action_take_out("Lost")

    def test_dates_of_loans_are_checked(self):
        today = fields.Date.today()
        with self.assertRaisesRegex(UserError, "future"):
            self._lend(
                date_out=today + timedelta(days=2), date_due=today + timedelta(days=3)
            )
        self.env.invalidate_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._lend(date_due=today - timedelta(days=1))

    def test_a_loan_stays_as_it_was(self):
        loan = self._lend()
        for vals in (
            {"borrower_id": self.buyer.id},
            {"date_out": "2026-01-01"},
            {"date_back": "2026-01-01"},
            {"state": "back"},
            {"user_out_id": self.manager.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                loan.write(vals)
        loan.date_due = fields.Date.today() + timedelta(days=30)
        loan.action_return()
        with self.assertRaisesRegex(UserError, "its loan is closed"):
            loan.date_due = fields.Date.today()
        with self.assertRaises(UserError):
            loan.sudo().unlink()
        for user in (self.officer, self.manager, self.lawyer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._lend(user=user)

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            cron = self.env.ref("realestate_sales.ir_cron_remind_loans")
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_overdue_loans_are_asked_for_once(self):
        today = fields.Date.today()
        loan = self._lend()
        loans = self.env["realestate.document.loan"]
        self._run_cron()
        self.assertFalse(loan.activity_ids)
        with freeze_time(today + timedelta(days=8)):
            self.env.invalidate_all()
            self.assertTrue(loan.is_overdue)
            self.assertEqual(loans.search([("is_overdue", "=", True)]), loan)
            self.assertFalse(
                loans.search([("is_overdue", "=", False), ("id", "=", loan.id)])
            )
            self._run_cron()
            self._run_cron()
        self.assertEqual(len(loan.activity_ids), 1)
        self.assertEqual(loan.activity_ids.user_id, self.archivist)
        notices = self.env["mail.message"].search(
            [
                ("model", "=", loan._name),
                ("res_id", "=", loan.id),
                ("notified_partner_ids", "in", self.bank.ids),
            ]
        )
        self.assertEqual(len(notices), 1)
        loan.action_return()
        self.assertFalse(loan.activity_ids)
        self.assertFalse(loan.is_overdue)


@tagged("post_install", "-at_install")
class TestIssueRegister(ArchiveCase):
    def _issue(self, user=None, **values):
        return (
            self.env["realestate.document.issue"]
            .with_user(user or self.officer)
            .create(
                {
                    "contract_id": self.contract.id,
                    "document_id": self.original.id,
                    "partner_id": self.buyer.id,
                    **values,
                }
            )
        )

    def test_copies_are_numbered_and_kept_with_who_gave_them(self):
        first, second = self._issue(), self._issue(channel="post", tracking_number="X1")
        self.assertEqual((first.copy_number, second.copy_number), (1, 2))
        self.assertEqual(first.user_id, self.officer)
        self.assertEqual(second.name, "Signed Contract (Scan), copy 2")
        self.assertEqual(self.contract.issue_ids, second | first)

    def test_one_copy_is_out_once(self):
        first = self._issue(copy_number=3)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            with self.env.cr.savepoint():
                self._issue(copy_number=3)
        first.action_return("Wrong buyer")
        self.assertEqual(self._issue(copy_number=3).state, "issued")
        self.assertEqual(self._issue().copy_number, 4)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._issue(copy_number=-1)

    def test_a_copy_comes_back_with_a_reason(self):
        issue = self._issue()
        for reason in (None, " ", 5):
            with self.subTest(reason=reason), self.assertRaisesRegex(UserError, "why"):
                issue.action_return(reason)
        issue.action_return("Misprint on page 2")
        self.assertRecordValues(
            issue,
            [
                {
                    "state": "returned",
                    "date_returned": date.today(),
                    "user_returned_id": self.officer.id,
                    "return_reason": "Misprint on page 2",
                }
            ],
        )

    def test_entries_stay_but_for_note_tracking_and_one_signature(self):
        issue = self._issue()
        issue.write({"note": "At the desk", "tracking_number": "P9"})
        issue.drawing = "iVBORw0KGgo="
        self.assertTrue(issue.is_signed)
        for vals in (
            {"drawing": False},
            {"partner_id": self.bank.id},
            {"copy_number": 9},
            {"date": "2026-01-01"},
            {"user_id": self.manager.id},
            {"state": "returned"},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                issue.with_user(self.officer).write(vals)
        with self.assertRaises(UserError):
            issue.sudo().unlink()
        with self.assertRaises(UserError):
            self._issue(user_id=self.manager.id)

    def test_papers_of_other_contracts_and_the_future_are_refused(self):
        other = self._create_contract(self.units[1])
        with self.assertRaisesRegex(ValidationError, "is no paper of contract"):
            self._issue(contract_id=other.id)
        with self.assertRaisesRegex(ValidationError, "future"):
            self._issue(date=date.today() + timedelta(days=1))

    def test_who_may_keep_the_register(self):
        self._issue(self.archivist)
        for user in (self.agent, self.lawyer, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._issue(user)
