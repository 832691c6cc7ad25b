import base64
from io import BytesIO

from PIL import Image

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import RealestateSalesCommon


def draw(width=40, height=30):
    """A picture as the web client sends it."""
    stream = BytesIO()
    Image.new("RGB", (width, height), "#345").save(stream, format="PNG")
    return base64.b64encode(stream.getvalue())


@tagged("post_install", "-at_install")
class TestUnitTypeImage(RealestateSalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit_type = cls.env["realestate.unit.type"].create(
            {
                "name": "2BR",
                "project_id": cls.project.id,
                "image_ids": [
                    Command.create(
                        {"name": "Photo", "kind": "photo", "image_1920": draw()}
                    ),
                    Command.create({"name": "Second", "image_1920": draw()}),
                    Command.create(
                        {"name": "First", "sequence": 1, "image_1920": draw()}
                    ),
                ],
            }
        )
        cls.images = cls.unit_type.image_ids
        cls.unit.unit_type_id = cls.unit_type

    def test_plans_come_before_photos_in_their_order(self):
        images = self.images.search([("unit_type_id", "=", self.unit_type.id)])
        self.assertEqual(images.mapped("kind"), ["plan", "plan", "photo"])
        self.assertEqual(images.mapped("name"), ["First", "Second", "Photo"])

    def test_unit_shows_the_pictures_of_its_type(self):
        unit = self.unit.with_user(self.agent)
        self.assertEqual(unit.type_image_ids, self.images)
        self.assertFalse(self.units[1].type_image_ids)

    def test_smaller_sizes_are_made(self):
        image = self.images[0]
        image.image_1920 = draw(1600, 1200)
        small = Image.open(BytesIO(base64.b64decode(image.image_256)))
        self.assertEqual(small.size, (256, 192))

    def test_line_without_a_picture_is_refused_by_name(self):
        with self.assertRaisesRegex(ValidationError, "2BR: “Sketch” has no picture"):
            self.unit_type.image_ids = [Command.create({"name": "Sketch"})]
        with self.assertRaisesRegex(ValidationError, "has no picture"):
            self.images[0].image_1920 = False

    def test_copy_of_a_type_has_its_pictures(self):
        copy = self.unit_type.copy()
        self.assertEqual(len(copy.image_ids), 3)
        self.assertEqual(copy.image_count, 3)
        self.assertFalse(copy.image_ids & self.images)

    def test_pictures_go_with_their_type(self):
        self.unit.unit_type_id = False
        self.unit_type.unlink()
        self.assertFalse(self.images.exists())

    def test_form_adds_a_picture(self):
        with Form(self.unit_type.with_user(self.manager)) as form:
            with form.image_ids.new() as image:
                self.assertEqual(image.name, "2BR")
                image.image_1920 = draw().decode()
        self.assertEqual(self.unit_type.image_count, 4)

    def test_agent_adds_none(self):
        with self.assertRaises(AccessError):
            self.images.with_user(self.agent).create(
                {
                    "unit_type_id": self.unit_type.id,
                    "name": "Mine",
                    "image_1920": draw(),
                }
            )

    def test_another_company_sees_none(self):
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign", "realestate_sales.group_manager", company=other
        )
        images = self.images.with_user(foreign).with_context(
            allowed_company_ids=other.ids
        )
        self.assertFalse(images.search([("id", "in", images.ids)]))
        with self.assertRaises(AccessError):
            images.read(["image_128"])
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", images._name),
                    ("res_id", "in", images.ids),
                    ("res_field", "=", "image_1920"),
                ]
            )
        )
        self.assertEqual(len(attachments), 3)
        with self.assertRaises(AccessError):
            attachments.with_user(foreign).with_context(
                allowed_company_ids=other.ids
            ).read(["datas"])
