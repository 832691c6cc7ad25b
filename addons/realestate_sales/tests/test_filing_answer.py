import base64
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .exchange_common import ExchangeCase


@tagged("post_install", "-at_install")
class TestFilingAnswer(ExchangeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.filings.action_submit(date(2026, 1, 21))
        cls.one, cls.two, cls.three = cls.filings

    def test_answers_are_shown_first_and_recorded_then(self):
        exchange = self._create_answer(
            f"{self.one.name},accepted,BA-1,2026-01-28,",
            f"{self.two.name},rejected,,2026-01-29,No seal",
        )
        exchange.action_check()
        self.assertRecordValues(
            exchange.line_ids,
            [
                {"row": 2, "filing_id": self.one.id, "result": "accept"},
                {"row": 3, "filing_id": self.two.id, "result": "reject"},
            ],
        )
        self.assertEqual(exchange.problem_count, 0)
        self.assertEqual(set(self.filings.mapped("state")), {"submitted"})
        exchange.action_apply()
        self.assertRecordValues(
            self.one,
            [
                {
                    "state": "accepted",
                    "number": "BA-1",
                    "date_accepted": date(2026, 1, 28),
                }
            ],
        )
        self.assertRecordValues(
            self.two, [{"state": "rejected", "reject_reason": "No seal"}]
        )
        self.assertEqual(self.three.state, "submitted")
        self.assertEqual(exchange.filing_ids, self.one | self.two)

    def test_the_same_answer_twice_changes_nothing(self):
        line = f"{self.one.name},accepted,BA-1,2026-01-28,"
        self._create_answer(line).action_apply()
        steps = self.one.step_ids
        again = self._create_answer(line)
        again.action_apply()
        self.assertEqual(again.line_ids.result, "same")
        self.assertEqual(self.one.step_ids, steps)

    def test_each_error_is_matched_to_its_row(self):
        self.three.action_accept(date(2026, 1, 22), "BA-9")
        self.two.action_reject("No seal", date(2026, 1, 22))
        cases = [
            ("FIL/0,accepted,1,,", "There is no filing “FIL/0”"),
            (f"{self.three.name},accepted,OTHER,,", "under BA-9 already"),
            (f"{self.three.name},rejected,,,x", "only what was submitted"),
            (f"{self.two.name},accepted,5,,", "only what was submitted"),
            (f"{self.one.name},accepted,,,", "without a number"),
            (f"{self.one.name},accepted,BA-9,,", f"{self.three.name} has this number"),
            (f"{self.one.name},accepted,5,2999-01-01,", "in the future"),
            (f"{self.one.name},accepted,5,2026-01-20,", "before 2026-01-21"),
            (f"{self.one.name},perhaps,5,,", "neither accepted nor rejected"),
            (f"{self.one.name},rejected,,,", "without a reason"),
            (",accepted,5,,", "does not say which filing"),
        ]
        for line, message in cases:
            with self.subTest(line=line):
                exchange = self._create_answer(line)
                exchange.action_check()
                self.assertIn(message, exchange.line_ids.problem)
                self.assertEqual(exchange.problem_count, 1)
                with self.assertRaisesRegex(UserError, "1 rows have a problem"):
                    exchange.action_apply()
        self.assertEqual(self.one.state, "submitted")

    def test_one_bad_row_keeps_all_unless_it_is_left_out(self):
        exchange = self._create_answer(
            f"{self.one.name},accepted,BA-1,2026-01-28,", "FIL/0,accepted,1,,"
        )
        with self.assertRaisesRegex(UserError, "nothing was recorded"):
            exchange.action_apply()
        self.assertEqual(self.one.state, "submitted")
        exchange.skips_problems = True
        exchange.action_apply()
        self.assertEqual(self.one.state, "accepted")
        self.assertEqual(exchange.filing_ids, self.one)

    def test_rows_are_known_by_contract_or_number_as_well(self):
        self.format.answer_by = "contract"
        exchange = self._create_answer(
            f"{self.one.contract_id.name},accepted,BA-1,2026-01-28,"
        )
        exchange.action_apply()
        self.assertEqual(self.one.number, "BA-1")
        self.two._write_facts(number="TMP-2")
        self.format.answer_by = "number"
        self._create_answer("TMP-2,accepted,,2026-01-28,").action_apply()
        self.assertRecordValues(self.two, [{"state": "accepted", "number": "TMP-2"}])

    def test_of_a_contract_with_a_change_the_waiting_filing_is_answered(self):
        self.format.answer_by = "contract"
        contract = self.one.contract_id
        self.one.action_accept(date(2026, 1, 22), "BA-1")
        change = contract._open_filing("change", date=date(2026, 1, 23))
        change.action_prepare(date(2026, 1, 24))
        change.action_submit(date(2026, 1, 24))
        line = f"{contract.name},accepted,CH-1,2026-01-28,"
        self._create_answer(line).action_apply()
        self.assertEqual(change.number, "CH-1")

    def test_a_file_that_is_none_is_explained(self):
        for text, message in (
            ("", "choose the answer file|empty"),
            ("<html>", "no CSV or XLSX"),
            ("Code,Result\n1,accepted\n", "has no column “Reference”"),
        ):
            with self.subTest(text=text):
                exchange = self._create_answer("x,accepted,1,,")
                exchange.answer = self._encode(text)
                with self.assertRaisesRegex(UserError, message):
                    exchange.action_check()

    def _encode(self, text):
        return base64.b64encode(text.encode()) if text else False

    def test_an_answer_makes_no_file_and_a_file_is_no_answer(self):
        with self.assertRaisesRegex(UserError, "goes the other way"):
            self._create_answer(f"{self.one.name},accepted,1,,").action_make()
        with self.assertRaisesRegex(UserError, "goes the other way"):
            self._create_exchange().action_apply()

    def test_whoever_may_not_file_does_not_answer(self):
        exchange = self._create_answer(f"{self.one.name},accepted,1,,")
        for user in (self.officer, self.leader):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                exchange.with_user(user).action_apply()

    def test_filings_of_another_company_are_not_found(self):
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign", "realestate_sales.group_filing_officer", company=other
        )
        exchange = self._create_answer(
            f"{self.one.name},accepted,1,,", user=foreign, company_id=other.id
        )
        exchange.action_check()
        self.assertIn("There is no filing", exchange.line_ids.problem)
