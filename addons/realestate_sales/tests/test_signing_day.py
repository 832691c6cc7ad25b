from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .signing_common import SigningCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestSigningDay(SigningCommon):
    """The day's plan, printed for the desk."""

    def _print(self, day, **values):
        """The sheets of the wizard's records for ``day``."""
        wizard = self.env["realestate.signing.day"].create({"date": day, **values})
        return wizard.browse(wizard.action_print()["context"]["active_ids"])

    def _plans(self, day, **values):
        report = self.env["report.realestate_sales.report_signing_day"]
        values = report._get_report_values(self._print(day, **values).ids)
        return [values["get_sheet"](record) for record in values["docs"]]

    def test_a_sheet_for_each_desk_of_the_day_in_order(self):
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
        plans = self._plans("2026-03-04")
        self.assertEqual(
            [plan["desk"].name for plan in plans], ["Airport Desk", "Main Desk"]
        )
        self.assertEqual(
            [row["time"] for row in plans[1]["rows"]], ["09:00–10:00", "13:00–14:00"]
        )
        self.assertIn(("Opening hours", "09:00–12:00, 13:00–17:00"), plans[0]["facts"])
        self.assertEqual(len(self._plans("2026-03-03")), 1)
        one = self._plans("2026-03-04", desk_ids=second_desk.ids)
        self.assertEqual(one[0]["desk"], second_desk)

    def test_the_day_is_that_of_the_desk_not_of_the_reader(self):
        self.desk.hours_ids = [
            Command.create({"weekday": "2", "hour_from": 0, "hour_to": 1})
        ]
        # Tuesday in UTC, Wednesday in Manila.
        self._create_signing(start="2026-03-03 16:00:00")
        self.assertEqual(len(self._plans("2026-03-04")[0]["rows"]), 1)
        with self._refused(UserError, "No appointment stands"):
            self._plans("2026-03-03")

    def test_it_says_who_comes_and_what_is_missing(self):
        reservation = self._create_reservation(self.units[1])
        contract = reservation.action_convert()
        self._walk(contract, "approved")
        self.buyer.phone = "+63 900"
        self._create_signing(contract | self.contract, note="Wheelchair")
        row = self._plans("2026-03-04")[0]["rows"][0]
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
        row = self._plans("2026-03-04")[0]["rows"][0]
        self.assertEqual(row["buyers"], [("Maria Buyer, by Pedro Proxy", "+63 911")])
        proxy.email = "pedro@example.com"
        signing.action_invite()
        self.assertFalse(signing.activity_ids)

    def test_it_is_a_pdf(self):
        self._create_signing()
        sheets = self._print("2026-03-04")
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        name = "realestate_sales.report_signing_day"
        content, kind = report._render_qweb_pdf(name, sheets.ids)
        self.assertEqual(kind, "pdf")
        self.assertTrue(content.startswith(b"%PDF"))
        html = report._render_qweb_html(name, sheets.ids)[0].decode()
        for part in ("Signing Plan", "09:00–10:00", "T1-101", "Maria Buyer"):
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
        sheet = self.env["realestate.signing.day"].browse(
            action["context"]["active_ids"]
        )
        self.assertEqual(sheet._get_signings(), signing)
        with self._refused(UserError, "No appointment stands"):
            self._print("2026-03-05")
        with self.assertRaises(AccessError):
            sheet.with_user(self.supervisor).read(["date"])
