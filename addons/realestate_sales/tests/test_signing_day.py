from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .signing_common import SigningCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestSigningDay(SigningCommon):
    """The day's plan, printed for the desk."""

    def _report(self):
        return self.env["report.realestate_sales.report_signing_day"]

    def _plans(self, signings):
        return self._report()._get_report_values(signings.ids)["plans"]

    def test_a_sheet_for_each_desk_and_day_in_order(self):
        second_desk = self._create_desk(name="Airport Desk")
        contracts = [self.contract] + [
            self._create_contract(unit, state="approved") for unit in self.units[1:4]
        ]
        places = [
            ("2026-03-04 05:00:00", self.desk),
            ("2026-03-04 01:00:00", self.desk),
            ("2026-03-03 01:00:00", self.desk),
            ("2026-03-04 01:00:00", second_desk),
        ]
        signings = self.env["realestate.signing"]
        for contract, (start, desk) in zip(contracts, places, strict=True):
            signings |= self._create_signing(contract, start=start, desk_id=desk.id)
        plans = self._plans(signings)
        self.assertEqual(
            [(str(plan["date"]), plan["desk"].name) for plan in plans],
            [
                ("2026-03-03", "Main Desk"),
                ("2026-03-04", "Airport Desk"),
                ("2026-03-04", "Main Desk"),
            ],
        )
        self.assertEqual(
            [row["time"] for row in plans[2]["rows"]], ["09:00–10:00", "13:00–14:00"]
        )
        self.assertIn(("Opening hours", "09:00–12:00, 13:00–17:00"), plans[0]["facts"])

    def test_the_day_is_that_of_the_desk_not_of_the_reader(self):
        self.desk.hours_ids = [
            Command.create({"weekday": "2", "hour_from": 0, "hour_to": 1})
        ]
        # Tuesday in UTC, Wednesday in Manila.
        signing = self._create_signing(start="2026-03-03 16:00:00")
        self.assertEqual(str(self._plans(signing)[0]["date"]), "2026-03-04")

    def test_it_says_who_comes_and_what_is_missing(self):
        reservation = self._create_reservation(self.units[1])
        contract = reservation.action_convert()
        self._walk(contract, "approved")
        self.buyer.phone = "+63 900"
        signing = self._create_signing(contract | self.contract, note="Wheelchair")
        row = self._plans(signing)[0]["rows"][0]
        self.assertEqual(row["buyers"], [("Maria Buyer", "+63 900")])
        self.assertEqual(
            [one["units"] for one in row["contracts"]], ["T1-101", "T1-102"]
        )
        self.assertEqual(row["contracts"][0]["due"], "")
        self.assertIn("20,000.00", row["contracts"][1]["due"])
        self.assertIn("20,000.00", " ".join(row["missing"]))
        self.assertEqual(row["officer"], self.officer.name)

    def test_who_signs_for_a_buyer_is_named(self):
        proxy = self._create_partner(name="Pedro Proxy", phone="+63 911")
        contract = self._create_contract(self.units[1])
        contract.buyer_ids.write(
            {
                "proxy_id": proxy.id,
                "proxy_document": "SPA 7",
                "proxy_date": "2026-01-05",
            }
        )
        self._walk(contract, "approved")
        signing = self._create_signing(contract)
        row = self._plans(signing)[0]["rows"][0]
        self.assertEqual(row["buyers"], [("Maria Buyer, by Pedro Proxy", "+63 911")])
        proxy.email = "pedro@example.com"
        signing.action_invite()
        self.assertFalse(signing.activity_ids)

    def test_it_is_one_pdf_with_a_page_for_each_desk(self):
        signing = self._create_signing()
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = report._render_qweb_pdf(
            "realestate_sales.report_signing_day", signing.ids
        )
        self.assertEqual(kind, "pdf")
        self.assertTrue(content.startswith(b"%PDF"))
        html = report._render_qweb_html(
            "realestate_sales.report_signing_day", signing.ids
        )[0].decode()
        for part in (
            "Signing Plan",
            "09:00–10:00",
            "T1-101",
            "Maria Buyer",
            "Main Desk",
        ):
            self.assertIn(part, html)

    def test_the_wizard_prints_a_day(self):
        signing = self._create_signing()
        cancelled = self._create_contract(self.units[1], state="approved")
        self._create_signing(cancelled, start="2026-03-04 02:00:00").action_cancel(
            "Ill"
        )
        wizard = Form(self.env["realestate.signing.day"].with_user(self.officer))
        wizard.date = "2026-03-04"
        action = wizard.save().action_print()
        self.assertEqual(action["context"]["active_ids"], signing.ids)
        wizard = self.env["realestate.signing.day"].create({"date": "2026-03-05"})
        with self.assertRaisesRegex(UserError, "No appointment stands"):
            wizard.action_print()
