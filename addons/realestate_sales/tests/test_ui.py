from odoo.tests import HttpCase, tagged

from .common import RealestateSalesCommon
from .test_portal import PortalCase


@tagged("post_install", "-at_install")
class TestSellingUi(HttpCase, RealestateSalesCommon):
    def test_a_supervisor_sells_a_unit_and_prints_the_contract(self):
        printed = []
        reports = self.env.registry["ir.actions.report"]
        render = reports._render_qweb_pdf

        def note(report, ref, res_ids=None, data=None):
            printed.append((ref, res_ids))
            return render(report, ref, res_ids=res_ids, data=data)

        self.patch(reports, "_render_qweb_pdf", note)
        self.start_tour(
            "/odoo/action-realestate_sales.realestate_reservation_action",
            "realestate_sell",
            login=self.supervisor.login,
        )
        contract = self.unit.live_claim_id.origin
        self.assertEqual(contract.state, "active")
        self.assertEqual(contract.partner_id, self.buyer)
        self.assertEqual(contract.user_approved_id, self.supervisor)
        self.assertEqual(len(contract.installment_ids), 17)
        self.assertTrue(contract._is_schedule_exact())
        self.assertEqual(self.unit.state, "contracted")
        self.assertEqual(printed, [("realestate_sales.report_contract", contract.ids)])

    def test_a_manager_prices_a_project_by_rules(self):
        self.unit.action_hold()
        self.start_tour(
            "/odoo/action-realestate_sales.realestate_pricelist_action",
            "realestate_price",
            login=self.manager.login,
        )
        self.assertEqual(self.units.mapped("price_list"), [1000000] + [1500000] * 4)
        pricelist = self.env["realestate.pricelist"].search([])
        self.assertEqual(pricelist.user_approved_id, self.manager)
        self.assertEqual(pricelist.line_ids.unit_id, self.units)

    def test_a_manager_makes_prices_and_releases_a_tower(self):
        tower = self._create_building(name="Tower 2", code="T2")
        self.start_tour(
            "/odoo/action-realestate_sales.realestate_building_action",
            "realestate_generate",
            login=self.manager.login,
        )
        units = tower.unit_ids
        self.assertEqual(len(units), 10)
        self.assertEqual(set(units.mapped("state")), {"available"})
        self.assertEqual(set(units.mapped("price_list")), {1500000})
        release = units.release_ids
        self.assertRecordValues(
            release, [{"name": "Tower 2", "state": "done", "unit_count": 10}]
        )
        self.assertEqual(release.user_done_id, self.manager)


@tagged("post_install", "-at_install")
class TestPortalUi(PortalCase):
    def test_a_buyer_looks_at_the_contract(self):
        self.start_tour("/my", "realestate_portal", login=self.buyer_user.login)
