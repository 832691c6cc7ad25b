import base64
import io
import zipfile
from unittest.mock import patch

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..tools import image_archive
from .import_common import ImportCase


def draw(colour="#345", kind="PNG", size=(60, 40)):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


def pack(*names, **contents):
    """A ZIP file of pictures: names, or {name: content} by keyword ``files``."""
    files = {name: draw() for name in names} | contents.get("files", {})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@tagged("post_install", "-at_install")
class TestImportImages(ImportCase):
    """Plans and photos from a ZIP file, by their file names."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        types = cls.env["realestate.unit.type"]
        cls.small, cls.large = types.create(
            [{"name": name, "project_id": cls.project.id} for name in ("1BR", "2BR/2T")]
        )
        cls.units[:2].unit_type_id = cls.small

    def _run(self, content=None, dry_run=False, **options):
        options = {"project_id": self.project.id, **options}
        return self.imports.run("images", content, dry_run, **options)

    def _images(self, unit_type=None):
        images = self.env["realestate.unit.type.image"].search(
            [("unit_type_id", "=", (unit_type or self.small).id)]
        )
        return [(image.name, image.kind) for image in images]

    def _actions(self, report):
        return {one["file"]: one["action"] for one in report["pictures"]}

    def test_pictures_go_to_the_types_their_names_tell(self):
        report = self._run(
            pack("1BR.png", "1br_photo_2.png", "2BR-2T.png", "Photos/1BR 7.png")
        )
        self.assertTrue(report["loaded"], report["errors"])
        self.assertEqual(
            self._images(),
            [("1BR", "plan"), ("1br_photo_2", "photo"), ("1BR 7", "photo")],
        )
        self.assertEqual(self._images(self.large), [("2BR-2T", "plan")])
        self.assertEqual(report["changes"]["new"], 4)
        self.assertIn("4 pictures were added and 0 replaced", report["message"])

    def test_picture_named_by_a_unit_goes_to_its_type(self):
        report = self._run(pack("Tower 1-101.png", "t1_102_photo_1.png"))
        self.assertTrue(report["loaded"], report["errors"])
        self.assertEqual(
            self._images(), [("Tower 1-101", "plan"), ("t1_102_photo_1", "photo")]
        )
        self.assertEqual(report["pictures"][0]["unit_id"], self.unit.id)

    def test_dry_run_tells_of_every_file_and_writes_nothing(self):
        report = self._run(
            pack(
                "1BR.png", "9BR.png", "Tower 1-105.png", files={"plan.svg": b"<svg/>"}
            ),
            dry_run=True,
        )
        self.assertFalse(report["ok"])
        self.assertEqual(
            [(error["column"], error["code"]) for error in report["errors"]],
            [
                ("plan.svg", "file_format"),
                ("9BR.png", "image_unmatched"),
                ("Tower 1-105.png", "unit_without_type"),
            ],
        )
        self.assertEqual(
            self._actions(report),
            {
                "1BR.png": "new",
                "plan.svg": "refused",
                "9BR.png": "refused",
                "Tower 1-105.png": "refused",
            },
        )
        self.assertIn("3 files cannot be used", report["message"])
        self.assertEqual(self._images(), [])

    def test_one_file_without_a_place_and_nothing_is_loaded(self):
        self.assertFalse(self._run(pack("1BR.png", "9BR.png"))["loaded"])
        self.assertEqual(self._images(), [])

    def test_files_without_a_place_are_left_out_when_told_so(self):
        report = self._run(pack("1BR.png", "9BR.png"), skip_unmatched=True)
        self.assertTrue(report["loaded"], report["errors"])
        self.assertEqual(self._actions(report)["9BR.png"], "left_out")
        self.assertEqual([w["code"] for w in report["warnings"]], ["image_unmatched"])
        bad = pack("1BR.png", files={"../x.png": draw()})
        report = self._run(bad, skip_unmatched=True)
        self.assertEqual([e["code"] for e in report["errors"]], ["file_path"])

    def test_picture_of_the_same_name_is_replaced_and_the_same_one_left(self):
        self._run(pack("1BR.png", "1BR_photo_1.png"))
        before = self.small.image_ids
        report = self._run(pack("1br_photo_1.png", files={"1BR.jpg": draw("#fff")}))
        self.assertEqual(
            self._actions(report), {"1br_photo_1.png": "same", "1BR.jpg": "replace"}
        )
        self.assertEqual(self.small.image_ids, before)
        self.assertEqual(len(before), 2)
        plan = before.filtered(lambda image: image.kind == "plan")
        content = base64.b64decode(plan.image_1920)
        with Image.open(io.BytesIO(content)) as image:
            self.assertGreater(image.convert("L").getpixel((0, 0)), 250)

    def test_second_time_there_is_nothing_to_load(self):
        content = pack("1BR.png", "2BR-2T.png")
        self._run(content)
        before = (self.small | self.large).image_ids.mapped("write_date")
        report = self._run(content)
        self.assertTrue(report["changes"]["idle"])
        self.assertIn("2 pictures are there already", report["message"])
        self.assertEqual(
            (self.small | self.large).image_ids.mapped("write_date"), before
        )

    def test_picture_changed_by_hand_is_replaced_again(self):
        content = pack("1BR.png")
        self._run(content)
        self.small.image_ids.image_1920 = base64.b64encode(draw("#f00"))
        self.assertEqual(self._run(content)["changes"]["replace"], 1)

    def test_webp_is_kept_as_a_picture_every_size_can_be_made_of(self):
        self._run(pack(files={"1BR.webp": draw(kind="WEBP", size=(2400, 1200))}))
        content = base64.b64decode(self.small.image_ids.image_1920)
        with Image.open(io.BytesIO(content)) as image:
            self.assertEqual((image.format, image.size), ("JPEG", (1920, 960)))

    def test_two_files_of_one_name_are_an_error(self):
        report = self._run(pack("1BR.png", "more/1br.jpg"))
        self.assertEqual(
            [(e["column"], e["code"]) for e in report["errors"]],
            [("more/1br.jpg", "image_twice")],
        )
        self.assertIn("1BR.png", report["errors"][0]["message"])

    def test_type_of_two_projects_needs_the_project(self):
        west = self._create_project(name="West", code="WEST")
        other = self.small.copy({"project_id": west.id, "name": "1BR"})
        report = self._run(pack("1BR.png"), project_id=None)
        self.assertEqual([e["code"] for e in report["errors"]], ["image_ambiguous"])
        self.assertIn("West", report["errors"][0]["message"])
        self._run(pack("1BR.png"), project_id=west.id)
        self.assertEqual(len(other.image_ids), 1)
        self.assertFalse(self.small.image_ids)

    def test_own_type_of_the_project_goes_before_the_general_one(self):
        general = self.env["realestate.unit.type"].create({"name": "1BR"})
        shared = self.env["realestate.unit.type"].create({"name": "Studio"})
        report = self._run(pack("1BR.png", "Studio.png"))
        self.assertTrue(report["loaded"], report["errors"])
        self.assertFalse(general.image_ids)
        self.assertEqual(self._images(shared), [("Studio", "plan")])

    def test_what_is_no_archive_is_refused_in_words(self):
        for content, message in (
            (b"", "empty"),
            (b"Tower,Floor\nA,1", "no ZIP file"),
            (draw(), "no ZIP file"),
            (pack(), "empty"),
            (None, "bytes or base64"),
            ("x", "not base64"),
        ):
            with self.subTest(content), self.assertRaisesRegex(UserError, message):
                self._run(content)
        with (
            patch.object(image_archive, "MAX_UNPACKED", 100),
            self.assertRaisesRegex(UserError, "more than 0 MB"),
        ):
            self._run(pack("1BR.png"))

    def test_only_a_manager_loads_pictures(self):
        for user in (self.agent, self.officer, self.supervisor, self.plain):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.imports.with_user(user).run("images", pack("1BR.png"), False)

    def test_types_of_another_company_are_not_found(self):
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign", "realestate_sales.group_manager", company=other
        )
        imports = self.imports.with_user(foreign)
        imports = imports.with_context(allowed_company_ids=other.ids)
        report = imports.run("images", pack("1BR.png", "Tower 1-101.png"), False)
        self.assertEqual([e["code"] for e in report["errors"]], ["image_unmatched"] * 2)
        self.assertFalse(
            imports.env["realestate.import.picture"]
            .sudo(False)
            .search([("import_id.company_id", "=", self.company.id)])
        )

    def test_form_checks_and_loads(self):
        with Form(self.imports) as form:
            form.kind = "images"
            form.file = base64.b64encode(b"no archive")
            self.assertIn("no ZIP file", form.file_error)
            form.file = base64.b64encode(pack("1BR.png", "9BR.png"))
            self.assertFalse(form.file_error)
            form.project_id = self.project
        record = form.save()
        record.action_check()
        self.assertEqual(record.state, "failed")
        self.assertEqual(record.picture_ids.mapped("file"), ["9BR.png", "1BR.png"])
        with Image.open(
            io.BytesIO(base64.b64decode(record.picture_ids[0].thumbnail))
        ) as image:
            self.assertEqual(image.size, (60, 40))
        self.assertIn("2BR_photo_1.jpg", record.picture_ids[0].message)
        self.assertIn("Without a Place", record.summary)
        record.skip_unmatched = True
        self.assertEqual(record.state, "draft")
        self.assertFalse(record.picture_ids)
        record.action_load()
        self.assertEqual(record.state, "loaded")
        self.assertEqual(record.project_id, self.project)
        with self.assertRaises(AccessError):
            record.picture_ids.write({"action": "same"})

    def test_names_are_shown_as_text(self):
        name = "<img src=x onerror=alert(1)>.png"
        report = self._run(pack(name), dry_run=True)
        record = self.imports.browse(report["import_id"])
        self.assertEqual(record.picture_ids.file, name)
        self.assertNotIn("<img src=x", record.summary)
