from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.report_weasyprint.tests.common import pdf_pages, pdf_text

from .pricing_common import BASE, PricingCommon

RULES = [
    BASE,
    {"name": "Floor rise", "kind": "floor", "value": 1000, "floor_unit": "area"},
    {"name": "Sea view", "kind": "view", "value": 4, "view": "Sea"},
]


@tagged("post_install", "-at_install")
class TestPricePaper(PricingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit.write({"floor": "3", "view": "Sea", "area_predicted": 50.25})
        cls.pricelist = cls._create_pricelist(
            RULES, rounding_step=1000, floor_percent=93
        )
        cls.env["res.lang"]._activate_lang("vi_VN")
        names = {"vi_VN": "Giá gốc"}
        cls.pricelist.rule_ids[0].update_field_translations("name", names)
        cls.pricelist.action_compute()
        cls.pricelist.action_approve()

    def _print(self, record, user=None):
        name = {"realestate.unit": "unit", "realestate.reservation": "reservation"}
        reports = self.env["ir.actions.report"].with_user(user or self.env.user)
        reports = reports.with_context(force_report_rendering=True)
        return reports._render_qweb_pdf(
            f"realestate_sales.action_report_{name[record._name]}_price", record.ids
        )[0]

    def _read(self, record):
        return " ".join(pdf_text(self._print(record)).split())

    def _get_sheet(self, record, lang="en_US"):
        name = {"realestate.unit": "unit", "realestate.reservation": "reservation"}
        paper = self.env[f"report.realestate_sales.report_{name[record._name]}_price"]
        return paper.with_context(lang=lang)._get_sheet(record)

    def test_every_step_and_the_rounding_are_printed(self):
        text = self._read(self.unit)
        for part in (
            "Price Calculation",
            "Test Developer",
            "T1-101",
            "50.25 m² × 20,000.00",
            "1 floor × 50.25 m² × 1,000.00",
            "4% of the base price 1,005,000.00",
            "To the nearest 1,000.00",
            "1,095,000.00",
            "EAST v1, effective from",
            "One Million",
        ):
            self.assertIn(part, text)

    def test_what_stands_on_no_floor_prints_none(self):
        self.assertIn(("Floor", "3"), self._get_sheet(self.unit)["facts"])
        self.unit.floor = False
        self.assertNotIn("Floor", dict(self._get_sheet(self.unit)["facts"]))

    def test_a_calculation_is_one_page(self):
        for record in (self.unit, self._create_reservation(self.unit)):
            with self.subTest(record._name):
                self.assertEqual(len(pdf_pages(self._print(record))), 1)

    def test_steps_come_to_the_list_price(self):
        sheet = self._get_sheet(self.unit)
        self.assertEqual(
            self.currency.round(sum(row["amount"] for row in sheet["rows"])),
            self.unit.price_list,
        )
        self.assertEqual(sheet["rows"][-1]["total"], self.unit.price_list)

    def test_the_floor_price_is_not_for_the_buyer(self):
        self.assertEqual(self.unit.price_floor, 1018350)
        self.assertNotIn("1,018,350", self._read(self.unit))
        reservation = self._create_reservation(fee=0)
        self.assertNotIn("1,018,350", self._read(reservation))

    def test_price_changed_at_the_unit_ends_in_an_adjustment(self):
        self.unit.price_list = 1200000
        rows = self._get_sheet(self.unit)["rows"]
        self.assertEqual(rows[-1]["text"], "Price entered by hand")
        self.assertEqual(rows[-1]["amount"], 105000)

    def test_unit_of_no_price_list_has_one_step(self):
        unit = self._create_units(1, first=900)
        sheet = self._get_sheet(unit)
        self.assertEqual([row["amount"] for row in sheet["rows"]], [1000000])
        self.assertNotIn("Price list", dict(sheet["facts"]))
        self.assertTrue(self._print(unit).startswith(b"%PDF"))

    def test_reserved_unit_shows_what_was_agreed(self):
        reservation = self._create_reservation(confirmed=False, fee=0)
        reservation.price = 1050000
        sheet = self._get_sheet(reservation)
        self.assertEqual(sheet["discount"], -45000)
        self.assertEqual(sheet["total"], 1050000)
        text = self._read(reservation)
        for part in ("Maria Buyer", "Agreed difference", "-45,000.00", "1,050,000.00"):
            self.assertIn(part, text)

    def test_without_a_discount_there_is_no_difference(self):
        reservation = self._create_reservation(fee=0)
        self.assertNotIn("Agreed difference", self._read(reservation))

    def test_each_reads_it_in_their_language(self):
        self.buyer.lang = "vi_VN"
        reservation = self._create_reservation(fee=0)
        sheet = self._get_sheet(reservation)
        self.assertEqual(sheet["rows"][0]["name"], "Giá gốc")
        self.assertEqual(sheet["lang"], "vi_VN")
        self.assertIn("1.005.000,00", sheet["figure"](1005000))
        self.assertIn("Một triệu", sheet["words"])
        self.assertEqual(self._get_sheet(self.unit, "vi_VN")["lang"], "vi_VN")
        self.assertEqual(self._get_sheet(self.unit)["lang"], "en_US")

    def test_sales_staff_print_and_others_do_not(self):
        reservation = self._create_reservation(fee=0)
        for record in (self.unit, reservation):
            self.assertTrue(self._print(record, self.agent).startswith(b"%PDF"))
            with self.assertRaises(AccessError):
                self._print(record, self.plain)

    def test_nobody_prints_another_company_s_prices(self):
        other = self._create_company("Other Developer", self.currency)
        stranger = self._create_user(
            "stranger", "realestate_sales.group_manager", company=other
        )
        with self.assertRaises(AccessError):
            self._print(self.unit, stranger)
