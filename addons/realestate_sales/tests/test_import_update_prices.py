from odoo.exceptions import AccessError
from odoo.tests import tagged

from .import_common import csv
from .pricing_common import PricingCommon

HEADER = "Building,Unit,List price (PHP),Floor price (PHP)"


@tagged("post_install", "-at_install")
class TestImportUpdatePrices(PricingCommon):
    """Prices of known units come by an approved price list, whoever brings them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pricelist = cls._create_pricelist(floor_percent=90)
        cls.pricelist.action_compute()
        cls.pricelist.with_user(cls.manager).action_approve()

    def _run(self, *rows, kind="inventory", user=None, dry_run=False, **options):
        imports = self.env["realestate.import"].with_user(user or self.manager)
        if kind == "inventory":
            options = {"project_id": self.project.id, "mode": "update", **options}
        return imports.run(kind, csv(*rows, header=HEADER), dry_run, **options)

    def _effective(self):
        return self.env["realestate.pricelist"].search(
            [("project_id", "=", self.project.id), ("state", "=", "effective")]
        )

    def _line(self, unit):
        return self._effective().line_ids.filtered(lambda line: line.unit_id == unit)

    def test_new_prices_are_a_new_version_approved_by_the_importer(self):
        report = self._run("Tower 1,101,1500000,", "Tower 1,102,1200000,1150000")
        self.assertTrue(report["loaded"], report["errors"])
        version = self._effective()
        self.assertEqual(version.version, self.pricelist.version + 1)
        self.assertEqual(version.user_approved_id, self.manager)
        self.assertEqual(self.pricelist.state, "superseded")
        self.assertEqual(
            [(unit.price_list, unit.price_floor) for unit in self.units[:3]],
            [(1500000, 900000), (1200000, 1150000), (1000000, 900000)],
        )
        history = self.unit.price_history_ids.sorted("id")[-1]
        self.assertEqual(history.pricelist_id, version)
        self.assertEqual((history.price_before, history.price_list), (1e6, 1.5e6))

    def test_other_prices_stay_as_the_rules_made_them(self):
        self._run("Tower 1,101,1500000,")
        version = self._effective()
        self.assertEqual(len(version.line_ids), 5)
        self.assertEqual(
            [self._line(unit).is_manual for unit in self.units[:2]], [True, False]
        )
        self.assertEqual(len(version.rule_ids), len(self.pricelist.rule_ids))
        self.assertEqual(version.floor_percent, 90)

    def test_price_that_waits_for_a_claim_to_end_still_waits(self):
        self.units[1].action_hold()
        dearer = self.pricelist.copy()
        dearer._write_prices({unit: (2000000, 1800000) for unit in self.units})
        dearer.action_approve()
        self.assertEqual(self.units[1].price_list, 1000000)
        self._run("Tower 1,101,2500000,")
        self.assertEqual(self._line(self.units[1]).skip_reason, "hold")
        self.units[1].action_release()
        self._effective().action_apply_left()
        self.assertEqual(self.units[1].price_list, 2000000)
        self.assertEqual(self.units[0].price_list, 2500000)

    def test_draft_and_version_to_come_are_left_alone(self):
        draft = self.pricelist.copy()
        draft._write_prices({self.units[2]: (3000000, 0)})
        self._run("Tower 1,101,1500000,")
        self.assertEqual(draft.state, "draft")
        line = draft.line_ids.filtered(lambda line: line.unit_id == self.units[2])
        self.assertEqual(line.price_list, 3000000)
        self.assertEqual(self.units[2].price_list, 1000000)

    def test_both_kinds_of_import_agree(self):
        draft = self.pricelist.copy()
        rows = ("Tower 1,101,1500000,1400000", "Tower 1,102,1600000,1500000")
        report = self._run(*rows, kind="prices", pricelist_id=draft.id)
        self.assertTrue(report["loaded"], report["errors"])
        self.assertEqual(self.unit.price_list, 1000000)
        draft.action_approve()
        report = self._run(*rows)
        self.assertTrue(report["changes"]["idle"], report["updates"])
        self.assertEqual(self._effective(), draft)

    def test_floor_price_is_never_above_the_list_price(self):
        report = self._run("Tower 1,101,800000,")
        self.assertEqual([e["code"] for e in report["errors"]], ["floor_above_list"])
        report = self._run("Tower 1,101,,1100000")
        self.assertEqual([e["code"] for e in report["errors"]], ["floor_above_list"])
        self.assertEqual((self.unit.price_list, self.unit.price_floor), (1e6, 9e5))

    def test_floor_price_of_a_promised_unit_is_not_lowered(self):
        reservation = self._create_reservation(self.unit, confirmed=False, fee=0)
        report = self._run("Tower 1,101,,100000")
        self.assertEqual([e["code"] for e in report["errors"]], ["price_claimed"])
        self.assertEqual(reservation.unit_id.price_floor, 900000)

    def test_nobody_below_a_manager_changes_prices(self):
        for user in (self.agent, self.officer, self.supervisor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._run("Tower 1,101,1500000,", user=user)
        self.assertEqual(self._effective(), self.pricelist)

    def test_first_price_of_all_makes_the_first_version(self):
        project = self._create_project(name="West", code="WEST")
        building = self._create_building(project, name="Hall", code="H")
        free = self._create_units(2, building, price_list=1)
        free.action_withdraw("Not yet")
        free.price_list = 0
        report = self._run("Hall,101,700000,650000", project_id=project.id)
        self.assertTrue(report["loaded"], report["errors"])
        version = self.env["realestate.pricelist"].search(
            [("project_id", "=", project.id)]
        )
        self.assertEqual(
            (version.state, version.line_ids.unit_id), ("effective", free[0])
        )
        self.assertEqual(free.mapped("price_list"), [700000, 0])
