import random
from decimal import Decimal

from odoo.tests import tagged

from .import_common import ImportCase, csv

FLOORS = ("B2", "LG", "G", "Mezzanine", "5", "12A", "PH", "Tầng 7", "第8层")
TYPES = ("1BR", "2PN", "三室两厅", "Parking", "Storage", "Studio", "")
STATUSES = ("available", "blocked", "Mở bán", "销控", "")
SPOILERS = (
    {"floor": "cloud nine"},
    {"area": "-4"},
    {"price": "1e6"},
    {"price": "0"},
    {"number": ""},
    {"status": "sold"},
    {"status": "perhaps"},
)


@tagged("post_install", "-at_install")
class TestImportRandom(ImportCase):
    """Whatever the file: all of it with its exact sums, or nothing."""

    def setUp(self):
        super().setUp()
        self.random = random.Random(20260101)

    def _row(self, index):
        choice = self.random.choice
        return {
            "tower": choice(("Tower A", "Toà B", "3号楼")),
            "floor": choice(FLOORS),
            "number": f"N{index}",
            "type": choice(TYPES),
            "area": f"{self.random.randint(100, 20000) / 100:.2f}",
            "price": f"{self.random.randint(10**6, 10**9) / 100:.2f}",
            "status": choice(STATUSES),
        }

    def _content(self, rows):
        return csv(*(",".join(row.values()) for row in rows))

    def _load(self, rows, number):
        return self._run(
            self._content(rows), dry_run=False, project_name=f"Project {number}"
        )

    def test_sound_files_are_loaded_with_exact_sums(self):
        for number in range(12):
            rows = [self._row(index) for index in range(self.random.randint(1, 40))]
            with self.subTest(number):
                report = self._load(rows, number)
                self.assertTrue(report["loaded"], report["errors"])
                units = self._loaded_units(report)
                self.assertEqual(len(units), len(rows))
                prices = {row["number"]: Decimal(row["price"]) for row in rows}
                self.assertEqual(
                    {u.number: Decimal(f"{u.price_list:.2f}") for u in units}, prices
                )
                self.assertEqual(
                    Decimal(f"{report['totals']['price_list']:.2f}"),
                    sum(prices.values()),
                )
                self.assertEqual(
                    len(units.filtered("is_released")), report["totals"]["released"]
                )

    def test_floors_stand_in_the_order_of_the_building(self):
        rows = [{**self._row(i), "floor": f} for i, f in enumerate(FLOORS)]
        self.random.shuffle(rows)
        units = self._loaded_units(self._load(rows, 0))
        self.assertEqual(
            units.sorted("floor_sequence").mapped("floor"),
            ["B2", "LG", "G", "Mezzanine", "5", "Tầng 7", "第8层", "12A", "PH"],
        )

    def test_one_spoilt_cell_anywhere_and_nothing_is_loaded(self):
        before = self._counts()
        for number, spoiler in enumerate(SPOILERS):
            rows = [self._row(index) for index in range(20)]
            place = self.random.randrange(len(rows))
            rows[place].update(spoiler)
            with self.subTest(spoiler):
                report = self._load(rows, number)
                self.assertFalse(report["loaded"])
                self.assertEqual(
                    {error["row"] for error in report["errors"]}, {place + 2}
                )
                self.assertEqual(self._counts(), before)

    def test_check_and_load_agree(self):
        for number in range(6):
            rows = [self._row(index) for index in range(15)]
            if number % 2:
                rows.append(rows[0])
            content = self._content(rows)
            options = {"project_name": f"Project {number}"}
            with self.subTest(number):
                checked = self._run(content, **options)
                loaded = self._run(content, dry_run=False, **options)
                self.assertEqual(checked["ok"], loaded["loaded"])
                self.assertEqual(checked["totals"], loaded["totals"])
                self.assertEqual(checked["errors"], loaded["errors"])

    def test_encoding_of_the_file_does_not_matter(self):
        rows = [self._row(index) for index in range(10)]
        text = self._content(rows).decode()
        known = self._run(text.encode(), project_name="West")["totals"]
        for encoding in ("utf-8-sig", "utf-16"):
            with self.subTest(encoding):
                report = self._run(text.encode(encoding), project_name="West")
                self.assertEqual(report["totals"], known)
        with self.subTest("semicolons and Windows line ends"):
            other = text.replace(",", ";").replace("\n", "\r\n")
            report = self._run(other.encode(), project_name="West")
            self.assertEqual(report["totals"], known)
