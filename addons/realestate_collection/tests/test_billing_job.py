from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests import freeze_time, tagged

from .common import TODAY, RealestateCollectionCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestBillingJob(RealestateCollectionCommon):
    def test_the_job_bills_every_company(self):
        contract = self._create_active()
        other = self._create_company("Other Developer", self.currency)
        project = self._create_project(company_id=other.id, code="WEST")
        building = self._create_building(project)
        unit = self._create_units(1, building, price_list=1200000)
        theirs = self._create_active(unit)
        with self._without_commit():
            self.installments.with_context(allowed_company_ids=[])._cron_bill()
        for each in contract, theirs:
            self.assertEqual(each.installment_ids[:2].mapped("state"), ["billed"] * 2)
        self.assertEqual(theirs.installment_ids[0].move_id.company_id, other)

    def test_the_job_goes_on_batch_by_batch(self):
        contract = self._create_active()
        module = "odoo.addons.realestate_collection.models.realestate_installment"
        with self._without_commit(), patch(f"{module}.BATCH", 1):
            self.installments._cron_bill()
        self.assertEqual(contract.installment_ids[:2].mapped("state"), ["billed"] * 2)

    def test_the_job_looks_anew_at_what_others_changed(self):
        contract = self._create_active()
        batch = type(self.installments)._bill_batch
        calls = []

        def collide(items, chosen, day):
            calls.append(chosen)
            if len(calls) == 1:
                raise SerializationFailure()
            return batch(items, chosen, day)

        rollback = patch.object(self.env.cr, "rollback")
        with (
            self._without_commit(),
            rollback,
            patch.object(type(self.installments), "_bill_batch", collide),
        ):
            self.installments._cron_bill()
        self.assertEqual(len(calls), 2)
        self.assertEqual(contract.installment_ids[:2].mapped("state"), ["billed"] * 2)

    def test_the_job_gives_up_where_it_collides_for_ever(self):
        self._create_active()
        collide = patch.object(
            type(self.installments), "_bill_batch", side_effect=SerializationFailure()
        )
        rollback = patch.object(self.env.cr, "rollback")
        with collide, rollback, self.assertRaises(SerializationFailure):
            self.installments._cron_bill()

    def test_the_job_stops_when_its_time_is_up(self):
        self._create_active()
        other = self._create_company("Other Developer", self.currency)
        project = self._create_project(company_id=other.id, code="WEST")
        unit = self._create_units(1, self._create_building(project), price_list=1200000)
        theirs = self._create_active(unit)
        over = patch.object(
            type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kw: 0
        )
        with over:
            self.installments._cron_bill()
        billed = self.env["account.move"].search_count(
            [("realestate_installment_id", "!=", False)]
        )
        self.assertEqual(billed, 2, "one company's batch, then no more")
        self.assertTrue(theirs)
