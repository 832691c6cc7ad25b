import io
from datetime import date

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY, RealestateCollectionCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestStatement(RealestateCollectionCommon):
    def _rows(self, contract, **period):
        statement = contract._get_statement(**period)
        return [
            (line["kind"], line["debit"], line["credit"], line["balance"])
            for line in statement["lines"]
        ]

    def _create_lived(self):
        """Two invoices, a payment on the day of the second, an overpayment."""
        contract = self._create_billed()
        self._pay(contract, 100000, "2026-03-05")
        self._pay(contract, 150000, "2026-03-09", memo="Thanks")
        return contract

    def test_movements_with_the_balance_after_each(self):
        contract = self._create_lived()
        self.assertEqual(
            self._rows(contract),
            [
                ("invoice", 100000, 0, 100000),
                ("invoice", 100000, 0, 200000),
                ("payment", 0, 100000, 100000),
                ("payment", 0, 150000, -50000),
            ],
        )

    def test_a_period_has_an_opening_balance(self):
        contract = self._create_lived()
        statement = contract._get_statement("2026-03-06", "2026-03-31")
        self.assertEqual(statement["opening"], 100000)
        self.assertEqual(statement["closing"], -50000)
        self.assertEqual(len(statement["lines"]), 1)
        self.assertEqual(self._rows(contract, date_to="2026-02-28")[-1][-1], 100000)

    def test_lines_name_document_and_reason(self):
        contract = self._create_lived()
        lines = contract._get_statement()["lines"]
        item = contract.installment_ids[0]
        self.assertEqual(lines[0]["number"], item.move_id.name)
        self.assertEqual(lines[0]["description"], item.name)
        self.assertEqual(lines[0]["date_due"], date(2026, 2, 5))
        self.assertEqual(lines[3]["description"], "Thanks")

    def test_aging_of_what_is_open(self):
        contract = self._create_active(date_contract=date(2025, 11, 5))
        self.installments.bill_due()
        self._pay(contract, 150000)
        aging = contract._get_statement()["aging"]
        self.assertEqual(
            aging,
            {
                "current": 0,
                "days_30": 100000,
                "days_60": 100000,
                "days_90": 50000,
                "older": 0,
                "overdue": 250000,
                "total": 250000,
            },
        )

    def test_the_screen_shows_the_same(self):
        contract = self._create_lived()
        lines = self.env["realestate.statement.line"].search(
            contract.action_open_statement()["domain"]
        )
        self.assertEqual(lines.mapped("balance"), [100000, 200000, 100000, -50000])
        self.assertEqual(lines.mapped("position"), [1, 2, 3, 4])
        self.assertEqual(contract.statement_line_ids, lines)

    def test_money_of_another_contract_is_shown_on_both(self):
        first = self._create_billed()
        second = self._create_billed(self.units[1])
        payment = self._pay(first, 300000)
        invoice = second.installment_ids[0].move_id
        (payment.move_id.line_ids | invoice.line_ids).filtered(
            lambda line: (
                line.account_id.account_type == "asset_receivable"
                and not line.reconciled
            )
        ).reconcile()
        self.assertEqual(
            self._rows(first)[-2:],
            [("payment", 0, 300000, -100000), ("transfer", 100000, 0, 0)],
        )
        self.assertEqual(self._rows(second)[-1], ("payment", 0, 100000, 100000))
        self.assertEqual(second._get_statement()["closing"], second.amount_receivable)
        self.assertBooksAgree(first, second)

    def test_a_payment_without_a_contract_is_shown_by_what_it_settles(self):
        first = self._create_billed()
        second = self._create_billed(self.units[1])
        moves = first.installment_ids[0].move_id | second.installment_ids[0].move_id
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=moves.ids
        ).create({"group_payment": True})._create_payments()
        for contract in first, second:
            self.assertEqual(self._rows(contract)[-1][:3], ("payment", 0, 100000))
            closing = contract._get_statement()["closing"]
            self.assertEqual(closing, contract.amount_receivable)

    def test_cancelled_payments_are_not_shown(self):
        contract = self._create_lived()
        contract.payment_ids.action_cancel()
        self.assertEqual(len(self._rows(contract)), 2)

    def test_an_impossible_date_is_refused(self):
        contract = self._create_active()
        with self.assertRaisesRegex(UserError, "is no date"):
            contract._get_statement("tomorrow")

    # === SPREADSHEET === #

    def _read_xlsx(self, contract, **period):
        content = contract._get_statement_xlsx(**period)
        return openpyxl.load_workbook(io.BytesIO(content)).active

    def test_the_spreadsheet_has_numbers_dates_and_formulas(self):
        contract = self._create_lived()
        sheet = self._read_xlsx(contract)
        rows = list(sheet.iter_rows(min_row=8, values_only=True))
        self.assertEqual(rows[0][0].date(), date(2026, 2, 5))
        self.assertEqual([row[5] for row in rows[:4]], [100000, 100000, 0, 0])
        self.assertEqual([row[6] for row in rows[:4]], [0, 0, 100000, 150000])
        self.assertEqual(rows[1][7], "=H8+F9-G9")
        self.assertEqual(
            rows[4][4:8], ("Total", "=SUM(F7:F11)", "=SUM(G7:G11)", "=H11")
        )
        self.assertEqual(sheet["F8"].number_format, "#,##0.00")

    def test_the_spreadsheet_keeps_the_results_for_readers_that_do_not_calculate(self):
        contract = self._create_lived()
        content = contract._get_statement_xlsx()
        sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True).active
        self.assertEqual(
            [sheet[f"H{row}"].value for row in (8, 9, 10, 11, 12)][-2:],
            [-50000, -50000],
        )

    def test_a_currency_without_decimals_has_none_in_the_spreadsheet(self):
        yen = self._activate_currency("JPY")
        project = self._create_project(currency_id=yen.id, code="JPY")
        unit = self._create_units(1, self._create_building(project), price_list=1200000)
        sheet = self._read_xlsx(self._create_billed(unit))
        self.assertEqual(sheet["F8"].number_format, "#,##0")

    def test_an_empty_account_has_a_spreadsheet(self):
        sheet = self._read_xlsx(self._create_active())
        self.assertEqual(sheet["E7"].value, "Opening balance")
        self.assertEqual(sheet["E8"].value, "Total")

    def test_text_that_looks_like_a_formula_stays_text(self):
        contract = self._create_billed()
        self._pay(contract, 10, memo="=1+1")
        sheet = self._read_xlsx(contract)
        cell = sheet["E10"]
        self.assertEqual((cell.value, cell.data_type), ("=1+1", "s"))

    # === WIZARD AND PAPER === #

    def _create_wizard(self, contract, **values):
        return (
            self.env["realestate.contract.statement"]
            .with_user(self.collector)
            .create({"contract_id": contract.id, **values})
        )

    def test_the_wizard_shows_prints_and_downloads_a_period(self):
        contract = self._create_lived()
        wizard = self._create_wizard(contract, date_from="2026-03-06")
        lines = self.env["realestate.statement.line"].search(
            wizard.action_show()["domain"]
        )
        self.assertEqual(lines.mapped("balance"), [-50000])
        self.assertEqual(wizard.action_print()["data"]["date_from"], "2026-03-06")
        self.assertIn("/xlsx?download", wizard.action_download()["url"])
        self.assertTrue(wizard.xlsx_name.endswith(".xlsx"))
        self.assertTrue(wizard.xlsx)

    def test_a_period_that_ends_before_it_begins_is_refused(self):
        contract = self._create_active()
        with self.assertRaisesRegex(UserError, "ends before it begins"):
            self._create_wizard(contract, date_from="2026-03-09", date_to="2026-03-01")

    def _print(self, contract, **data):
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        html, _type = report._render_qweb_html(
            "realestate_collection.report_statement", contract.ids, data=data
        )
        pdf, _type = report._render_qweb_pdf(
            "realestate_collection.action_report_statement", contract.ids
        )
        self.assertTrue(pdf.startswith(b"%PDF"))
        return html.decode()

    def test_the_paper_shows_every_movement_and_the_balance(self):
        contract = self._create_lived()
        text = self._print(contract)
        for part in ("Statement of Account", contract.name, "Thanks", "Your credit"):
            self.assertIn(part, text)
        for item in contract.installment_ids[:2]:
            self.assertIn(item.move_id.name, text)

    def test_the_paper_of_a_period_shows_the_opening_balance(self):
        contract = self._create_lived()
        text = self._print(contract, date_from="2026-03-06", date_to="2026-03-10")
        self.assertIn("Opening balance", text)
        self.assertNotIn(contract.installment_ids[0].move_id.name, text)
