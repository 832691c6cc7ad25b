import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .pricing_common import BASE, PricingCommon

RULES = [
    BASE,
    {"name": "Rise", "kind": "floor", "value": 0.25, "floor_unit": "percent"},
    {"name": "Sea", "kind": "view", "value": 4, "view": "sea"},
    {
        "name": "Opening",
        "kind": "custom",
        "method": "percent",
        "value": -1,
        "percent_of": "total",
    },
]


@tagged("post_install", "-at_install")
class TestPricelistExplain(PricingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number, unit in enumerate(cls.units, start=1):
            unit.floor = str(number)
        cls.units[2].view = "Sea"
        cls.pricelist = cls._create_pricelist(RULES, rounding_step=1000)

    def test_every_step_is_told_in_words_and_figures(self):
        rows = self.pricelist._explain(self.units[2])["rows"]
        self.assertEqual(
            [(row["name"], row["text"], row["amount"]) for row in rows],
            [
                ("Base", "50.00 m² × 20,000.00", 1000000),
                ("Rise", "2 floors × 0.25% of the base price 1,000,000.00", 5000),
                ("Sea", "4% of the base price 1,000,000.00", 40000),
                ("Opening", "-1% of the price so far 1,045,000.00", -10450),
                ("Rounding", "To the nearest 1,000.00", 450),
            ],
        )
        self.assertEqual(rows[-1]["total"], 1035000)

    def test_other_methods_are_told_too(self):
        rules = [
            {**BASE, "method": "amount", "value": 500000},
            {"name": "A", "kind": "floor", "value": 1000},
            {"name": "B", "kind": "floor", "value": 12.5, "floor_unit": "area"},
        ]
        pricelist = self._create_pricelist(rules, rounding_step=7)
        for method, text in (("up", "Up to the next"), ("down", "Down to")):
            pricelist.rounding_method = method
            rows = pricelist._explain(self.units[4])["rows"]
            self.assertEqual(
                [row["text"] for row in rows],
                [
                    "Fixed amount",
                    "4 floors × 1,000.00",
                    "4 floors × 50.00 m² × 12.50",
                    f"{text} 7.00",
                ],
            )

    def test_price_by_hand_ends_in_an_adjustment(self):
        explained = self.pricelist._explain(self.unit, 1200000, is_manual=True)
        last = explained["rows"][-1]
        self.assertEqual(explained["price_list"], 1200000)
        self.assertEqual(last["text"], "Price entered by hand")
        self.assertEqual(sum(row["amount"] for row in explained["rows"]), 1200000)
        changed = self.pricelist._explain(self.unit, 1200000)["rows"][-1]
        self.assertIn("changed after the rules", changed["text"])

    def test_list_without_rules_explains_the_price_it_has(self):
        pricelist = self._create_pricelist([])
        rows = pricelist._explain(self.unit, 1000000)["rows"]
        self.assertEqual([row["amount"] for row in rows], [1000000])
        with self.assertRaisesRegex(UserError, "has no rule"):
            pricelist._explain(self.unit)

    def test_preview_shows_the_steps_to_whoever_sells(self):
        action = self.pricelist.with_user(self.agent).action_preview()
        preview = (
            self.env[action["res_model"]]
            .with_user(self.agent)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(preview.unit_id, self.unit)
        self.assertIn("50.00 m² × 20,000.00", preview.calculation)
        self.assertIn("990,000.00", preview.calculation)
        preview.unit_id = False
        self.assertIn("Choose a unit", preview.calculation)
        self.pricelist.rule_ids[0].kind = "custom"
        preview.unit_id = self.units[1]
        self.assertIn("before it, and no base does", preview.calculation)

    def test_preview_of_a_line_is_of_its_unit(self):
        self.pricelist.action_compute()
        action = self.pricelist.line_ids[3].action_preview()
        self.assertEqual(action["context"]["default_unit_id"], self.units[3].id)


@tagged("post_install", "-at_install")
class TestPricelistComparison(PricingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        types = cls.env["realestate.unit.type"].create(
            [{"name": "Loft"}, {"name": "Studio"}]
        )
        cls.units[:2].unit_type_id = types[0]
        cls.units[2:4].unit_type_id = types[1]
        cls.first = cls._create_pricelist()
        cls.first.action_load_units()
        cls.first.line_ids[4].unlink()
        cls.second = cls._create_pricelist()
        cls.second.action_load_units()
        cls.second.line_ids[0].unlink()
        cls.second.line_ids[0].price_list = 1100000
        cls.second.line_ids[1].price_list = 900000

    def _compare(self, user=None):
        pricelist = self.second.with_user(user or self.env.user)
        action = pricelist.action_compare()
        comparison = pricelist.env[action["res_model"]].browse(action["res_id"])
        return comparison

    def test_totals_by_type_and_in_all(self):
        types, total = self._compare()._get_totals()
        names = ("name", "units", "up", "down", "same", "new", "gone", "difference")
        self.assertEqual(
            [tuple(row[name] for name in names) for row in types],
            [
                ("Loft", 2, 1, 0, 0, 0, 1, -900000),
                ("Studio", 2, 0, 1, 1, 0, 0, -100000),
                ("Without type", 1, 0, 0, 0, 1, 0, 1000000),
            ],
        )
        self.assertEqual(total["before"], 4000000)
        self.assertEqual(total["after"], 4000000)
        self.assertEqual(total["percent"], 0)

    def test_summary_says_it(self):
        summary = self._compare().summary
        self.assertIn("EAST v1", summary)
        self.assertIn("4,000,000.00", summary)
        self.assertIn("1 no longer priced", " ".join(summary.split()))

    def test_units_are_listed_with_both_prices(self):
        action = self._compare(self.agent).action_open_units()
        lines = self.env[action["res_model"]].with_user(self.agent)
        lines = lines.search(action["domain"])
        self.assertEqual(
            {line.unit_id: (line.change, line.difference) for line in lines},
            {
                self.units[0]: ("gone", -1000000),
                self.units[1]: ("up", 100000),
                self.units[2]: ("down", -100000),
                self.units[3]: ("same", 0),
                self.units[4]: ("new", 1000000),
            },
        )
        self.assertEqual(lines[1].change_percent, 10)

    def test_listing_twice_does_not_double(self):
        comparison = self._compare()
        domain = comparison.action_open_units()["domain"]
        comparison.action_open_units()
        lines = self.env["realestate.pricelist.comparison.line"].search(domain)
        self.assertEqual(len(lines), 5)

    def test_spreadsheet_has_totals_and_units(self):
        comparison = self._compare()
        self.assertIn("EAST v1 - EAST v2.xlsx", comparison.action_download()["url"])
        content = base64.b64decode(comparison.spreadsheet)
        book = openpyxl.load_workbook(io.BytesIO(content))
        by_type, by_unit = (list(sheet.values) for sheet in book)
        self.assertEqual(by_type[0][:2], ("Type", "Units"))
        self.assertEqual(by_type[-1][0], "Total")
        self.assertEqual(by_type[-1][-4:-1], (4000000, 4000000, 0))
        self.assertEqual(
            by_unit[2], ("T1-102", "Loft", "Raised", 1000000, 1100000, 100000, 10)
        )
        self.assertEqual(len(by_unit), 7)

    def test_compares_with_the_effective_version_first(self):
        self.first.action_approve()
        self._create_pricelist()
        self.assertEqual(self._compare().other_id, self.first)

    def test_only_version_has_nothing_to_be_compared_with(self):
        project = self._create_project(code="WEST")
        pricelist = self._create_pricelist(project_id=project.id)
        with self.assertRaisesRegex(UserError, "the only price list of"):
            pricelist.action_compare()

    def test_versions_of_two_projects_are_not_compared(self):
        other = self._create_pricelist(project_id=self._create_project(code="WEST").id)
        with self.assertRaisesRegex(ValidationError, "of the same project"):
            self._compare().other_id = other

    def test_another_company_learns_nothing(self):
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign", "realestate_sales.group_manager", company=other
        )
        comparison = self.env["realestate.pricelist.comparison"].with_user(foreign)
        with self.assertRaises(AccessError):
            comparison.create(
                {"pricelist_id": self.second.id, "other_id": self.first.id}
            )
        mine = self._compare()
        mine.action_open_units()
        with self.assertRaises(AccessError):
            mine.with_user(foreign)._get_totals()
        with self.assertRaises(AccessError):
            mine.with_user(foreign).read(["summary"])
        lines = self.env["realestate.pricelist.comparison.line"]
        lines = lines.with_user(foreign)
        lines = lines.with_context(allowed_company_ids=other.ids)
        self.assertFalse(lines.search([]))
        preview = self.env["realestate.pricelist.preview"].with_user(foreign)
        with self.assertRaises(AccessError):
            preview.create(
                {"pricelist_id": self.second.id, "unit_id": self.unit.id}
            ).read(["calculation"])
