import io

import xlsxwriter

from odoo import api, models
from odoo.tools import format_date

#: Column widths of the spreadsheet, in characters.
WIDTHS = (12, 12, 16, 22, 48, 18, 18, 18)
FIRST_ROW = 6


class RealestateStatementXlsx(models.AbstractModel):
    """The statement of account as a spreadsheet with real numbers, dates and sums."""

    _name = "realestate.statement.xlsx"
    _description = "Statement of Account Spreadsheet"

    @api.model
    def _write_workbook(self, contract, statement):
        """Return the workbook of a :meth:`realestate.contract._get_statement`."""
        output = io.BytesIO()
        book = xlsxwriter.Workbook(output, {"in_memory": True})
        book.set_properties(
            {"title": contract.name, "author": contract.company_id.sudo().name}
        )
        sheet = book.add_worksheet(self.env._("Statement"))
        formats = self._formats(book, statement["currency"])
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        self._write_head(sheet, formats, contract, statement)
        last = self._write_lines(sheet, formats, statement)
        self._write_totals(sheet, formats, statement, last)
        sheet.freeze_panes(FIRST_ROW, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(FIRST_ROW - 1)
        book.close()
        return output.getvalue()

    @api.model
    def _formats(self, book, currency):
        decimals = currency.decimal_places
        number = "#,##0" + ("." + "0" * decimals if decimals else "")
        bold = {"bold": True}
        head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        total = {"bold": True, "top": 1}
        return {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "bold": book.add_format(bold),
            "head": book.add_format(head),
            "head_right": book.add_format({**head, "align": "right"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            "money": book.add_format({"num_format": number}),
            "total": book.add_format(total),
            "total_money": book.add_format({**total, "num_format": number}),
        }

    @api.model
    def _write_head(self, sheet, formats, contract, statement):
        sheet.write_string(0, 0, self.env._("Statement of Account"), formats["title"])
        sheet.write_string(
            1, 0, f"{contract.name} · {contract.partner_id.display_name}"
        )
        sheet.write_string(2, 0, contract.unit_names or "")
        until = format_date(self.env, statement["date_to"])
        period = self.env._(
            "Until %(date)s, in %(currency)s",
            date=until,
            currency=statement["currency"].name,
        )
        sheet.write_string(3, 0, period)
        titles = (
            self.env._("Date"),
            self.env._("Due"),
            self.env._("Type"),
            self.env._("Document"),
            self.env._("Description"),
            self.env._("Charged"),
            self.env._("Credited"),
            self.env._("Balance"),
        )
        for column, title in enumerate(titles):
            style = formats["head_right" if column > 4 else "head"]
            sheet.write_string(FIRST_ROW - 1, column, title, style)

    @api.model
    def _write_lines(self, sheet, formats, statement):
        """Write the opening balance and the movements; return the last row's number,
        counted from 1 as in formulas."""
        row = FIRST_ROW
        sheet.write_string(row, 4, self.env._("Opening balance"), formats["bold"])
        sheet.write_number(row, 7, statement["opening"], formats["money"])
        for line in statement["lines"]:
            row += 1
            sheet.write_datetime(row, 0, line["date"], formats["date"])
            if line["date_due"]:
                sheet.write_datetime(row, 1, line["date_due"], formats["date"])
            sheet.write_string(row, 2, line["kind_label"])
            sheet.write_string(row, 3, line["number"] or "")
            sheet.write_string(row, 4, line["description"])
            sheet.write_number(row, 5, line["debit"], formats["money"])
            sheet.write_number(row, 6, line["credit"], formats["money"])
            sheet.write_formula(
                row,
                7,
                f"=H{row}+F{row + 1}-G{row + 1}",
                formats["money"],
                line["balance"],
            )
        return row + 1

    @api.model
    def _write_totals(self, sheet, formats, statement, last):
        first, style = FIRST_ROW + 2, formats["total_money"]
        sheet.write_string(last, 4, self.env._("Total"), formats["total"])
        for column, letter, key in ((5, "F", "debit"), (6, "G", "credit")):
            formula = f"=SUM({letter}{first - 1}:{letter}{last})"
            sheet.write_formula(last, column, formula, style, statement[key])
        sheet.write_formula(last, 7, f"=H{last}", style, statement["closing"])
