import base64
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .import_common import NEW, ImportCase, csv


@tagged("post_install", "-at_install")
class TestImportOutside(HttpCase, ImportCase):
    """What comes over the wire: JSON-2, downloads."""

    def _call(self, user, method="run", model="realestate.import", **values):
        key = (
            self.env["res.users.apikeys"]
            .with_user(user)
            .sudo()
            ._generate("rpc", "test", fields.Datetime.now() + timedelta(days=1))
        )
        return self.url_open(
            f"/json/2/{model}/{method}",
            json=values,
            headers={"Authorization": f"bearer {key}"},
        )

    def _inventory(self, **values):
        content = base64.b64encode(csv()).decode()
        return {"kind": "inventory", "content": content, **NEW, **values}

    def test_manager_checks_and_loads_by_json(self):
        report = self._call(self.manager, **self._inventory()).json()
        self.assertTrue(report["ok"])
        self.assertFalse(report["loaded"])
        report = self._call(self.manager, **self._inventory(dry_run=False)).json()
        self.assertTrue(report["loaded"], report["errors"])
        units = self._loaded_units(report)
        self.assertEqual(len(units), 3)
        self.assertEqual(units.create_uid, self.manager)

    @mute_logger("odoo.http")
    def test_others_load_nothing_by_json(self):
        before = self._counts()
        for user in (self.agent, self.officer, self.supervisor, self.plain):
            with self.subTest(user.login):
                answer = self._call(user, **self._inventory(dry_run=False))
                self.assertEqual(answer.status_code, 403)
        self.assertEqual(self._counts(), before)

    @mute_logger("odoo.http")
    def test_nonsense_by_json_is_answered_in_words(self):
        for values in (
            {"kind": "contracts"},
            {"content": 5},
            {"content": "Tower,Floor"},
            {"project_id": "x"},
            {"mapping": "x"},
        ):
            with self.subTest(values):
                answer = self._call(self.manager, **self._inventory(**values))
                self.assertEqual(answer.status_code, 422)
                self.assertTrue(answer.json()["message"])

    @mute_logger("odoo.http")
    def test_private_steps_cannot_be_called(self):
        report = self._run(**NEW)
        for method in ("_run", "_load_inventory", "_update_state"):
            with self.subTest(method):
                answer = self._call(
                    self.manager, method, ids=[report["import_id"]], dry_run=False
                )
                self.assertGreaterEqual(answer.status_code, 400)
        self.assertFalse(self.imports.browse(report["import_id"]).date_loaded)

    @mute_logger("odoo.http")
    def test_file_is_for_managers_only(self):
        report = self._run(filename="west.csv", **NEW)
        url = f"/web/content/realestate.import/{report['import_id']}/file"
        for user, status in ((self.manager, 200), (self.supervisor, 404)):
            self.authenticate(user.login, user.login)
            self.assertEqual(self.url_open(url).status_code, status)
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "realestate.import"),
                ("res_field", "=", "file"),
                ("res_id", "=", report["import_id"]),
            ]
        )
        self.assertTrue(attachment.with_user(self.manager).datas)
        with self.assertRaises(AccessError):
            attachment.with_user(self.supervisor).read(["datas"])


@tagged("post_install", "-at_install")
class TestImportKinds(ImportCase):
    def test_another_module_adds_a_kind_by_two_methods(self):
        def load(record, dry_run):
            rows = record._read_table().rows
            return {
                "ok": True,
                "loaded": False,
                "dry_run": dry_run,
                "rows_read": len(rows),
                "message": "Read.",
                "errors": [],
                "warnings": [],
                "totals": {},
                "changes": {},
            }

        imports = type(self.imports)
        kind = imports._fields["kind"]
        with (
            patch.object(kind, "selection", [*kind.selection, ("buyers", "Buyers")]),
            patch.object(kind, "_selection", {**kind._selection, "buyers": "Buyers"}),
            patch.object(
                imports, "_match_buyers", lambda self, headers: {}, create=True
            ),
            patch.object(imports, "_import_buyers", load, create=True),
        ):
            report = self.imports.run("buyers", b"Name,Phone\nMaria,1\nAna,2")
            self.assertEqual(report["rows_read"], 2)
            record = self.imports.browse(report["import_id"])
            self.assertEqual((record.kind, record.state), ("buyers", "checked"))
