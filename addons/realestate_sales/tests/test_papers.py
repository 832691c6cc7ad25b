import re

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.report_weasyprint.tests.common import pdf_pages, pdf_text

from .common import RealestateSalesCommon


class PapersCase(RealestateSalesCommon):
    """Prints papers and reads them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer.write(
            {
                "street": "12 Katipunan Avenue",
                "city": "Quezon City",
                "vat": "123-456-789",
                "phone": "+63 917 555 0101",
                "email": "maria@example.com",
                "lang": "en_US",
            }
        )

    def _print(self, records, user=None):
        paper = {
            "realestate.contract": "contract",
            "realestate.reservation": "reservation",
        }[records._name]
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        return reports.with_user(user or self.env.user)._render_qweb_pdf(
            f"realestate_sales.action_report_{paper}", records.ids
        )[0]

    def _read(self, records):
        """The text of a paper, spaces and line ends made one."""
        return " ".join(pdf_text(self._print(records)).split())

    def _get_watermark(self, record):
        """The text that stands across the pages, where there is one."""
        paper = record._name.rsplit(".", 1)[1]
        html = self.env["ir.actions.report"]._render_qweb_html(
            f"realestate_sales.action_report_{paper}", record.ids
        )[0]
        found = re.search(r'class="rw-watermark">([^<]*)<', html.decode())
        return found and found[1]

    def _get_sheet(self, record):
        paper = record._name.rsplit(".", 1)[1]
        return self.env[f"report.realestate_sales.report_{paper}"]._get_sheet(record)

    def _create_long_plan(self, count):
        return self._create_plan(
            [
                {"name": "Down payment", "kind": "down_payment", "value": 10},
                {
                    "name": "Instalment",
                    "amount_type": "balance",
                    "count": count,
                    "offset_months": 1,
                },
            ]
        )

    def _create_milestone_plan(self):
        self.env["realestate.milestone"].create(
            {"project_id": self.project.id, "code": "top", "name": "Topping out"}
        )
        return self._create_plan(
            [
                {"name": "Down payment", "kind": "down_payment", "value": 40},
                {
                    "name": "Structure",
                    "value": 50,
                    "trigger": "milestone",
                    "milestone_code": "top",
                    "offset_days": 30,
                },
                {
                    "name": "Rest",
                    "amount_type": "balance",
                    "trigger": "milestone",
                    "milestone_code": "top",
                },
            ]
        )


@tagged("post_install", "-at_install")
class TestContractPaper(PapersCase):
    def test_it_names_the_parties_the_units_and_the_price(self):
        text = self._read(self._create_contract())
        for part in (
            "Test Developer",
            "Maria Buyer",
            "12 Katipunan Avenue",
            "123-456-789",
            "+63 917 555 0101",
            "T1-101",
            "Tower 1",
            "50.00",
            "1,000,000.00",
            "One Million",
            "East Residences",
        ):
            self.assertIn(part, text)

    def test_floors_have_a_column_only_where_there_are_any(self):
        contract = self._create_contract()
        for floor, count in (("12A", 1), (False, 0)):
            self.unit.floor = floor
            html = self.env["ir.actions.report"]._render_qweb_html(
                "realestate_sales.action_report_contract", contract.ids
            )[0]
            text = html.decode()
            self.assertIn("T1-101", text)
            self.assertEqual(text.count(">Floor</th>"), count)
            self.assertEqual(text.count(">12A</td>"), count)
            self.assertNotIn("False", text)

    def test_it_lists_every_instalment_and_comes_to_the_price(self):
        contract = self._create_contract()
        text = self._read(contract)
        for installment in contract.installment_ids:
            self.assertIn(installment.name, text)
        rows = self._get_sheet(contract)["rows"]
        self.assertEqual(len(rows), 16)
        self.assertEqual(rows[-1]["rest"], 0)
        self.assertEqual(round(sum(row["amount"] for row in rows), 2), 1000000)

    def test_its_summary_has_a_line_for_each_kind(self):
        totals = self._get_sheet(self._create_contract())["totals"]
        self.assertEqual(
            [
                (part["label"], part["count"], part["amount"], part["percent"])
                for part in totals
            ],
            [
                ("Down Payment", 4, 200000, "20%"),
                ("Instalment", 12, 800000, "80%"),
            ],
        )
        self.assertEqual(totals[0]["first"], "Feb 28, 2026")
        self.assertEqual(totals[0]["last"], "May 31, 2026")

    def test_a_long_schedule_repeats_its_head_and_numbers_its_pages(self):
        contract = self._create_contract(plan_id=self._create_long_plan(120).id)
        pages = pdf_pages(self._print(contract))
        self.assertGreater(len(pages), 3)
        for number, page in enumerate(pages, start=1):
            self.assertIn(f"Page {number} of {len(pages)}", page)
            if "Instalment 60/120" in page or "Instalment 119/120" in page:
                self.assertIn("Left to pay", page)
        self.assertIn("Instalment 120/120", " ".join(pages))
        for page in pages[1:]:
            self.assertIn(contract.name, page)

    def test_several_buyers_stand_with_shares_and_sign_each(self):
        contract = self._create_contract()
        others = [self._create_partner(name=f"Buyer {number}") for number in range(5)]
        contract.buyer_ids.share = 50
        contract.buyer_ids = [
            Command.create({"partner_id": other.id, "share": 10}) for other in others
        ]
        sheet = self._get_sheet(contract)
        self.assertEqual(len(sheet["buyers"]), 6)
        self.assertEqual(sheet["buyers"][0]["share"], "50%")
        self.assertEqual(
            [signature["name"] for signature in sheet["signatures"]],
            ["Maria Buyer", *(other.name for other in others), "Test Developer"],
        )
        pages = pdf_pages(self._print(contract))
        self.assertIn("Buyers and their shares", pages[0])
        self.assertEqual(pages[-1].count("Buyer, share 10%"), 5)

    def test_a_single_buyer_needs_no_table_of_shares(self):
        contract = self._create_contract()
        self.assertEqual(self._get_sheet(contract)["buyers"], [])
        self.assertNotIn("Buyers and their shares", self._read(contract))

    def test_draft_is_written_across_until_the_terms_are_agreed(self):
        contract = self._create_contract()
        self.assertEqual(self._get_watermark(contract), "DRAFT")
        contract.action_submit()
        self.assertEqual(self._get_watermark(contract), "DRAFT")
        contract.action_approve()
        self.assertFalse(self._get_watermark(contract))
        self.assertIn("For signature", self._read(contract))

    def test_an_unfinished_draft_can_be_printed(self):
        contract = self._create_contract(plan_id=False, line_ids=[])
        sheet = self._get_sheet(contract)
        self.assertEqual((sheet["rows"], sheet["totals"], sheet["units"]), ([], [], []))
        self.assertIn("Maria Buyer", self._read(contract))

    def test_a_sealed_contract_says_when(self):
        contract = self._create_contract(state="approved")
        contract.action_sign("2026-02-01")
        contract.action_seal("2026-02-03")
        text = self._read(contract)
        self.assertIn("Sealed on Feb 3, 2026", text)
        self.assertNotIn("For signature", text)

    def test_a_cancelled_contract_is_marked_and_keeps_its_schedule(self):
        contract = self._create_contract(state="approved")
        contract.action_cancel("Loan refused")
        self.assertEqual(self._get_watermark(contract), "CANCELLED")
        self.assertIn("Down payment 1/4", self._read(contract))

    def test_milestones_stand_in_for_dates_until_they_are_reached(self):
        contract = self._create_contract(plan_id=self._create_milestone_plan().id)
        text = self._read(contract)
        self.assertIn("30 days after: Topping out", text)
        self.assertIn("When reached: Topping out", text)
        self.assertIn("the seller tells the buyer", text)
        self._walk(contract, "active")
        self.project.milestone_ids.action_reach("2026-06-01")
        text = self._read(contract)
        self.assertIn("Jul 1, 2026", text)
        self.assertNotIn("30 days after", text)

    def test_special_terms_are_printed_and_come_first(self):
        contract = self._create_contract(note="<p>The seller fits a kitchen.</p>")
        text = self._read(contract)
        self.assertIn("The seller fits a kitchen.", text)
        self.assertIn("they come before the terms above", text)
        contract.note = "<p><br></p>"
        self.assertNotIn("Special terms", self._read(contract))

    def test_the_reservation_fee_is_part_of_the_price(self):
        contract = self._create_reservation(fee=20000).action_convert()
        text = self._read(contract)
        self.assertRegex(
            text, r"The price includes the reservation fee of .?20,000\.00"
        )

    def test_it_speaks_the_buyer_s_language(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.env["res.lang"]._activate_lang("zh_CN")
        contract = self._create_contract()
        for lang, date, total, words in (
            ("vi_VN", "28 thg 2, 2026", "1.000.000,00", "Một triệu peso Philippines"),
            ("zh_CN", "2026年2月28日", "1,000,000.00", "菲律宾比索壹佰万元整"),
        ):
            self.buyer.lang = lang
            text = self._read(contract)
            for part in (date, total, words):
                self.assertIn(part.replace(" ", ""), text.replace(" ", ""))

    def test_a_buyer_without_a_language_is_written_to_in_the_user_s(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.buyer.lang = False
        contract = self._create_contract().with_context(lang="vi_VN")
        paper = self.env["report.realestate_sales.report_contract"]
        sheet = paper.with_context(lang="vi_VN")._get_sheet(contract)
        self.assertEqual(sheet["lang"], "vi_VN")

    def test_a_batch_prints_each_contract_in_its_own_language(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        english = self._create_contract()
        vietnamese = self._create_contract(
            self.units[1],
            partner_id=self._create_partner(name="Lan", lang="vi_VN").id,
        )
        text = " ".join(pdf_text(self._print(english + vietnamese)).split())
        self.assertIn("Feb 28, 2026", text)
        self.assertIn("28 thg 2, 2026", text)

    def test_a_currency_without_decimals_prints_none(self):
        dong = self._activate_currency("VND")
        project = self._create_project(code="HN", currency_id=dong.id)
        building = self._create_building(project, code="A")
        unit = self._create_units(1, building, price_list=3850000000)
        text = self._read(self._create_contract(unit))
        self.assertIn("3,850,000,000", text)
        self.assertNotIn("3,850,000,000.00", text)
        self.assertIn("Three Billion", text)

    def test_measured_areas_need_no_remark(self):
        contract = self._create_contract()
        self.assertIn("Area according to the plans", self._read(contract))
        self.unit.action_measure(50.75, "Survey")
        text = self._read(contract)
        self.assertIn("50.75", text)
        self.assertNotIn("Area according to the plans", text)

    def test_sales_staff_print_and_others_do_not(self):
        contract = self._create_contract(user_id=self.agent.id)
        self.assertTrue(self._print(contract, self.agent).startswith(b"%PDF"))
        with self.assertRaises(AccessError):
            self._print(contract, self.plain)

    def test_nobody_prints_another_company_s_contract(self):
        other = self._create_company("Other Developer", self.currency)
        stranger = self._create_user(
            "stranger", "realestate_sales.group_manager", other
        )
        contract = self._create_contract()
        with self.assertRaises(AccessError):
            self._print(contract, stranger)

    def test_the_file_is_named_after_the_contract(self):
        contract = self._create_contract()
        self.assertEqual(
            contract._get_report_base_filename(), f"Sales Contract {contract.name}"
        )
