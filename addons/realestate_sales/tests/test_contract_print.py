import base64

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.report_weasyprint.tests.common import pdf_text

from .common import RealestateSalesCommon
from .signing_common import SigningFactories


@tagged("post_install", "-at_install")
class TestContractPrint(SigningFactories, RealestateSalesCommon):
    """The contracts of a day, printed by one job."""

    def test_job_prints_the_contracts_of_the_officer(self):
        contracts = self._create_contract() + self._create_contract(self.units[1])
        action = contracts.with_user(self.officer).action_print_job()
        self.assertEqual(action["res_model"], "paper.batch")
        batch = self.env["paper.batch"].browse(action["res_id"])
        self.assertEqual(batch.user_id, self.officer)
        self.assertEqual(batch.line_ids.mapped("name"), contracts.mapped("name"))
        self.env.flush_all()
        with self.enter_registry_test_mode():
            cron = self.env.ref("report_weasyprint.ir_cron_print_papers")
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((batch.state, batch.failed_count), ("done", 0))
        text = pdf_text(base64.b64decode(batch.file_ids.pdf))
        for contract in contracts:
            self.assertIn(contract.name, text)

    def test_contracts_of_others_are_not_printed(self):
        contract = self._create_contract()
        with self.assertRaises(AccessError):
            contract.with_user(self.plain).action_print_job()
        with self.assertRaises(AccessError):
            contract.with_user(self.agent).action_print_job()

    def test_readers_of_contracts_may_run_it_from_the_list(self):
        contract = self._create_contract()
        action = self.env.ref("realestate_sales.realestate_contract_print_action")
        for user in (self.officer, self.archivist):
            run = action.with_user(user).with_context(
                active_model="realestate.contract", active_ids=contract.ids
            )
            self.assertEqual(run.run()["res_model"], "paper.batch")

    def test_contracts_of_a_day_are_printed_in_its_order(self):
        desk = self._create_desk()
        late = self._create_contract(state="approved")
        early = self._create_contract(self.units[1], state="approved")
        signings = self._create_signing(
            late, start="2027-03-03 03:00:00", desk_id=desk.id
        )
        signings += self._create_signing(
            early, start="2027-03-03 01:00:00", desk_id=desk.id
        )
        action = signings.with_user(self.officer).action_print_contracts()
        batch = self.env["paper.batch"].browse(action["res_id"])
        self.assertEqual(batch.line_ids.mapped("name"), [early.name, late.name])
        self.assertEqual(batch.name, "Contracts to Sign 2027-03-03")
