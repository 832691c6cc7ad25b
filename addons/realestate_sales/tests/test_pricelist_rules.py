import random

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .pricing_common import BASE, PricingCommon

FLOORS = ["B2", "B1", "G", "M", "1", "2", "3", "5", "6", "12", "12A", "15", "PH"]
VIEWS = [False, "Sea", "sea ", "Hướng Sông", "City"]


@tagged("post_install", "-at_install")
class TestPricelistRules(PricingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.units.write({"area_predicted": 52.35})

    def test_a_rule_follows_from_its_kind_and_may_be_changed(self):
        pricelist = self._create_pricelist(
            [
                BASE,
                {"name": "Rise", "kind": "floor", "value": 1000},
                {"name": "Corner", "kind": "corner", "value": 5},
                {"name": "Corner", "kind": "corner", "value": 9, "method": "amount"},
            ]
        )
        self.assertEqual(
            pricelist.rule_ids.mapped("method"),
            ["per_area", "per_floor", "percent", "amount"],
        )
        self.assertEqual(
            pricelist.rule_ids.mapped("is_corner"), [False, False, True, True]
        )
        self.assertEqual(
            pricelist.rule_ids.mapped("effect"),
            ["20,000.00 per m²", "1,000.00 per floor", "5.00% of the base", "9.00"],
        )

    def test_lines_are_computed_for_every_unit(self):
        pricelist = self._create_pricelist(floor_percent=95)
        result = pricelist.action_compute()
        self.assertEqual(len(pricelist.line_ids), 5)
        self.assertEqual(pricelist.line_ids[0].price_list, 1047000)
        self.assertEqual(pricelist.line_ids[0].price_floor, 994650)
        self.assertIn("5 units priced", result["params"]["message"])
        self.assertEqual(pricelist.line_count, 5)

    def test_computing_again_updates_the_lines(self):
        pricelist = self._create_pricelist()
        pricelist.action_compute()
        lines = pricelist.line_ids
        pricelist.rule_ids.value = 30000
        pricelist.action_compute()
        self.assertEqual(pricelist.line_ids, lines)
        self.assertEqual(set(lines.mapped("price_list")), {1570500})

    def test_price_entered_by_hand_is_left_alone(self):
        pricelist = self._create_pricelist()
        pricelist.action_compute()
        line = pricelist.line_ids[2]
        line.price_list = 1500000
        result = pricelist.action_compute()
        self.assertEqual(line.price_list, 1500000)
        self.assertIn("1 left as entered by hand", result["params"]["message"])
        line.is_manual = False
        pricelist.action_compute()
        self.assertEqual(line.price_list, 1047000)

    def test_copy_takes_the_rules_and_forgets_the_hand(self):
        pricelist = self._create_pricelist()
        pricelist.action_compute()
        pricelist.line_ids.price_list = 1500000
        copy = pricelist.copy()
        self.assertEqual(copy.rule_ids.mapped("name"), ["Base"])
        self.assertFalse(any(copy.line_ids.mapped("is_manual")))

    def test_what_stands_on_no_floor_pays_for_none(self):
        self.units[1].floor = False
        self.units[2].floor = "3"
        rise = {"name": "Rise", "kind": "floor", "value": 1000}
        low = {"name": "Garden", "kind": "custom", "value": 5000, "method": "amount"}
        pricelist = self._create_pricelist([BASE, rise, {**low, "floor_to": "2"}])
        pricelist.action_compute()
        prices = self._prices(pricelist)
        self.assertEqual(
            [prices[unit][0] for unit in self.units[:3]],
            [1047000 + 5000, 1047000, 1047000 + 1000],
        )
        rows = pricelist._explain(self.units[1])["rows"]
        self.assertEqual([row["name"] for row in rows], ["Base", "Rise"])
        self.assertIn("on no floor", rows[1]["text"])
        self.assertEqual(rows[1]["amount"], 0)

    def test_plots_beside_a_tower_count_as_no_floor_of_it(self):
        rise = {"name": "Rise", "kind": "floor", "value": 1000}
        self.units[1].floor = "3"
        pricelist = self._create_pricelist([BASE, rise])
        pricelist.action_compute()
        before = self._prices(pricelist)[self.units[1]]
        self._create_units(3, first=900, floor=False, area_predicted=52.35)
        pricelist.action_compute()
        prices = self._prices(pricelist)
        self.assertEqual(prices[self.units[1]], before)
        self.assertEqual(len(prices), 8)

    def test_unit_that_no_base_is_for_keeps_its_line(self):
        pricelist = self._create_pricelist([{**BASE, "unit_kind": "parking"}])
        pricelist.action_load_units()
        self.units[0].kind = "parking"
        result = pricelist.action_compute()
        prices = self._prices(pricelist)
        self.assertEqual(prices[self.units[0]], (1047000, 1047000))
        self.assertEqual(prices[self.units[1]], (1000000, 0))
        self.assertIn("4 without a price", result["params"]["message"])

    def test_price_is_rounded_to_the_step_of_the_list(self):
        pricelist = self._create_pricelist(rounding_step=10000, rounding_method="up")
        pricelist.action_compute()
        self.assertEqual(set(pricelist.line_ids.mapped("price_list")), {1050000})

    def test_archived_unit_is_not_priced(self):
        self.units[4].action_archive()
        pricelist = self._create_pricelist()
        pricelist.action_compute()
        self.assertEqual(pricelist.line_ids.unit_id, self.units[:4])

    def test_rules_that_price_nothing_say_why(self):
        cases = [
            ([], "has no rule"),
            ([{"name": "Sea", "kind": "view", "value": 5}], "move it below the base"),
            ([{**BASE, "kind": "custom"}], "starts with one"),
            ([{**BASE, "value": 0}], "Rule Base has the value 0"),
        ]
        for rules, message in cases:
            with self.subTest(message=message):
                pricelist = self._create_pricelist(rules)
                with self.assertRaisesRegex(UserError, message):
                    pricelist.action_compute()

    def test_unreadable_floor_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "“sky” cannot be put in order"):
            self._create_pricelist([{**BASE, "floor_from": "sky"}])

    def test_building_of_another_project_is_refused(self):
        building = self._create_building(self._create_project(code="WEST"))
        with self.assertRaisesRegex(ValidationError, "of another project than East"):
            self._create_pricelist([{**BASE, "building_ids": building.ids}])

    def test_rules_of_an_approved_version_stay(self):
        pricelist = self._create_pricelist()
        pricelist.action_compute()
        pricelist.action_approve()
        attempts = [
            lambda: pricelist.rule_ids.write({"value": 1}),
            pricelist.rule_ids.unlink,
            pricelist.rule_ids.copy,
            lambda: pricelist.write({"floor_percent": 1}),
            lambda: pricelist.write({"date_effective": "2030-01-01"}),
            pricelist.action_compute,
        ]
        for attempt in attempts:
            with self.assertRaisesRegex(UserError, "copy it to make the next"):
                attempt()

    def test_rule_is_not_moved_into_an_approved_version(self):
        approved = self._create_pricelist()
        approved.action_compute()
        approved.action_approve()
        with self.assertRaisesRegex(UserError, "copy it to make the next"):
            self._create_pricelist().rule_ids.pricelist_id = approved

    def test_only_who_may_write_computes(self):
        pricelist = self._create_pricelist()
        for user in (self.agent, self.supervisor):
            with self.assertRaisesRegex(UserError, "not allowed to modify"):
                pricelist.with_user(user).action_compute()
        self.assertFalse(pricelist.line_ids)
        pricelist.with_user(self.manager).action_compute()
        self.assertEqual(len(pricelist.line_ids), 5)


@tagged("post_install", "-at_install")
class TestPricingSql(PricingCommon):
    """The statement of the database and the pure tool price every unit the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(19)
        cls.types = cls.env["realestate.unit.type"].create(
            [{"name": name} for name in ("Studio", "Loft")]
        )

    def _create_random_units(self, project, count):
        pick = self.random.choice
        buildings = self._create_building(project) + self._create_building(
            project, code="T2"
        )
        return self.env["realestate.unit"].create(
            [
                {
                    "building_id": pick(buildings).id,
                    "number": str(number),
                    "floor": pick([False, *FLOORS]),
                    "area_predicted": self.random.randrange(0, 20000) / 100,
                    "unit_type_id": pick([False, *self.types.ids]),
                    "view": pick(VIEWS),
                    "is_corner": pick([True, False]),
                    "kind": pick(["home", "parking"]),
                }
                for number in range(count)
            ]
        )

    def _prepare_random_rule(self, buildings, number):
        pick, maybe = self.random.choice, self._maybe
        is_base = number == 0 or self.random.random() < 0.15
        kind = "base" if is_base else pick(["floor", "view", "corner", "custom"])
        methods = ["per_area", "amount", "per_floor", "percent"]
        method = pick(methods[:2] if is_base else methods)
        unit = pick(["amount", "area"] if is_base else ["amount", "area", "percent"])
        is_percent = method == "percent" or (
            method == "per_floor" and unit == "percent"
        )
        largest = 10 if is_percent else 50000
        low, high = sorted(self.random.sample(range(len(FLOORS)), 2))
        return {
            "name": f"Rule {number}",
            "kind": kind,
            "method": method,
            "value": round(self.random.uniform(0 if is_base else -1, 1) * largest, 4)
            or 1,
            "percent_of": pick(["base", "total"]),
            "floor_unit": unit,
            "building_ids": maybe(buildings[:1].ids, []),
            "unit_type_ids": maybe(self.types[:1].ids, []),
            "unit_kind": maybe("home", False),
            "floor_from": maybe(FLOORS[low], False),
            "floor_to": maybe(FLOORS[high], False),
            "view": maybe("SEA", False),
            "is_corner": maybe(True, False),
        }

    def _maybe(self, value, otherwise):
        return value if self.random.random() < 0.25 else otherwise

    def test_sql_prices_every_unit_as_the_tool_does(self):
        compared = 0
        for number in range(30):
            currency = self._activate_currency(["VND", "PHP", "KWD"][number % 3])
            project = self._create_project(code=f"R{number}", currency_id=currency.id)
            units = self._create_random_units(project, 40)
            rules = [
                self._prepare_random_rule(units.building_id, i)
                for i in range(self.random.randrange(1, 9))
            ]
            pricelist = self._create_pricelist(
                rules,
                project_id=project.id,
                floor_percent=round(self.random.uniform(0, 100), 2),
                rounding_step=self.random.choice([0, 1, 7, 500, 1000]),
                rounding_method=self.random.choice(["nearest", "up", "down"]),
            )
            pricelist.action_compute()
            expected = {
                unit: (float(price.price_list), float(price.price_floor))
                for unit, price in pricelist._price_units(units).items()
                if price.is_priced
            }
            with self.subTest(number=number, rules=rules):
                self.assertEqual(self._prices(pricelist), expected)
            compared += len(expected)
        self.assertGreater(compared, 500)

    def test_queries_do_not_grow_with_the_units(self):
        counts = []
        for size in (20, 200):
            project = self._create_project(code=f"S{size}")
            self._create_random_units(project, size)
            pricelist = self._create_pricelist(project_id=project.id)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            pricelist._compute_lines()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
