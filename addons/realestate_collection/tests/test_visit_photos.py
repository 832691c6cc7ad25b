import base64

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .case_common import CaseCommon
from .common import TODAY

PIXEL = b"\x89PNG\r\n\x1a\n" + b"0" * 30
LARGE = b"\x89PNG\r\n\x1a\n" + b"0" * (10 * 1024 * 1024)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestVisitPhotos(CaseCommon):
    """Photos of a visit are the caller's own files, and no way to those of others."""

    def _create_file(self, user, **values):
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .create({"name": "door.png", "raw": PIXEL, **values})
        )

    def _log(self, *files, **values):
        contact = self.env["realestate.contract.contact"].with_user(self.collector)
        wizard = contact.create(
            {
                "contract_id": self.contract.id,
                "kind": "visit",
                "outcome": "reached",
                "photo_ids": [Command.link(file.id) for file in files],
                **values,
            }
        )
        wizard.action_log()
        return self.contract.event_ids[:1]

    def test_what_the_officer_uploads_goes_to_the_visit(self):
        file = self._create_file(
            self.collector, res_model="realestate.contract.contact"
        )
        event = self._log(file)
        self.assertEqual(event.attachment_ids.raw, PIXEL)
        self.assertFalse(file.exists())

    def test_files_of_others_are_neither_read_nor_deleted(self):
        partner = self.env["res.partner"].create({"name": "Secret"})
        files = (
            self._create_file(self.env.user),
            self._create_file(self.manager),
            self._create_file(
                self.env.user, res_model="res.partner", res_id=partner.id
            ),
            self._create_file(
                self.collector, res_model="res.users", res_id=self.collector.id
            ),
        )
        for file in files:
            with self.subTest(file=file.res_model), self.assertRaises(AccessError):
                self._log(file)
            self.assertTrue(file.exists())
        self.assertFalse(self.contract.event_ids)

    def test_wrong_and_huge_files_are_refused_and_nothing_is_kept(self):
        page = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
        for content, said in (
            (page, "no picture"),
            (b"MZ" + b"0" * 100, "no picture"),
            (LARGE, "larger than 10 MB"),
        ):
            name, photo = "../../a\x00b.png", base64.b64encode(content).decode()
            with self.subTest(said=said), self.assertSays(UserError, said):
                self.contract.with_user(self.collector).log_contact(
                    "visit", "reached", photos=[(name, photo)]
                )
        self.assertFalse(self.contract.event_ids)

    def test_names_of_files_lead_nowhere(self):
        photo = base64.b64encode(PIXEL).decode()
        self.contract.with_user(self.collector).log_contact(
            "visit", "reached", photos=[("../../etc/a\x00b<i>.exe", photo), ["", photo]]
        )
        names = self.contract.event_ids.attachment_ids.mapped("name")
        self.assertEqual(len(names), 2)
        for name in names:
            self.assertRegex(name, r"^[^/\\\x00]+\.png$")

    def test_more_photos_than_a_visit_has_are_refused(self):
        photo = base64.b64encode(PIXEL).decode()
        with self.assertSays(UserError, "at most 20"):
            self.contract.with_user(self.collector).log_contact(
                "visit", "reached", photos=[("a", photo)] * 21
            )
