from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .test_papers import PapersCase


@tagged("post_install", "-at_install")
class TestDeliveryStandard(PapersCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bare, cls.full = cls.env["realestate.delivery.standard"].create(
            [
                {"name": "Bare shell", "description": "<p>Plastered walls</p>"},
                {
                    "name": "Fully finished",
                    "project_id": cls.project.id,
                    "description": "<ul><li>Oak floors</li></ul>",
                },
            ]
        )
        cls.unit_type = cls.env["realestate.unit.type"].create(
            {
                "name": "2BR",
                "project_id": cls.project.id,
                "delivery_standard_id": cls.full.id,
            }
        )
        cls.units[:3].unit_type_id = cls.unit_type

    def test_units_take_over_the_standard_of_their_type(self):
        self.assertEqual(self.units[:3].delivery_standard_id, self.full)
        self.assertFalse(self.units[3].delivery_standard_id)
        self.assertIn("Oak floors", self.unit.delivery_description)
        new = self._create_units(1, first=901, unit_type_id=self.unit_type.id)
        self.assertEqual(new.delivery_standard_id, self.full)
        self.unit_type.delivery_standard_id = self.bare
        self.assertEqual(self.units[:3].delivery_standard_id, self.bare)

    def test_unit_may_have_another_standard(self):
        with Form(self.unit.with_user(self.manager)) as form:
            form.delivery_standard_id = self.bare
        self.assertEqual(self.unit.delivery_standard_id, self.bare)
        self.assertEqual(self.units[1].delivery_standard_id, self.full)

    def test_unit_without_a_type_keeps_its_standard(self):
        self.units[3].delivery_standard_id = self.bare
        self.units[3].unit_type_id = self.unit_type.copy(
            {"delivery_standard_id": False}
        )
        self.assertEqual(self.units[3].delivery_standard_id, self.bare)

    def test_sold_unit_keeps_what_was_promised(self):
        self._create_contract()
        self.unit_type.delivery_standard_id = self.bare
        self.assertEqual(self.unit.delivery_standard_id, self.full)
        self.assertEqual(self.units[1].delivery_standard_id, self.bare)
        with self.assertRaisesRegex(UserError, "T1-101 is Contracted and cannot be de"):
            self.unit.delivery_standard_id = self.bare
        self.unit.delivery_standard_id = self.full

    def test_promised_text_stays_and_a_copy_changes(self):
        contract = self._create_contract()
        self.full.description = "<p>Ash floors</p>"
        contract.action_submit()
        with self.assertRaisesRegex(
            UserError, f"Fully finished is promised by contract {contract.name}"
        ):
            self.full.with_user(self.manager).description = "<p>Vinyl</p>"
        self.full.sequence = 3
        copy = self.full.copy()
        self.assertEqual(copy.name, "Fully finished (copy)")
        copy.description = "<p>Vinyl</p>"
        contract.action_cancel("Changed their mind")
        self.full.description = "<p>Vinyl</p>"

    def test_standard_of_another_project_is_refused(self):
        elsewhere = self._create_project(name="West", code="WEST")
        standard = self.bare.copy({"name": "West", "project_id": elsewhere.id})
        for record in (self.unit, self.unit_type):
            with self.assertRaisesRegex(ValidationError, "West belongs to project"):
                record.delivery_standard_id = standard

    def test_contract_prints_each_standard_with_its_units(self):
        self.units[3].delivery_standard_id = self.bare
        contract = self._create_contract(
            line_ids=[
                (0, 0, {"unit_id": unit.id}) for unit in (self.unit, self.units[3])
            ]
        )
        text = self._read(contract)
        self.assertIn("Fully finished (T1-101)", text)
        self.assertIn("Oak floors", text)
        self.assertIn("Bare shell (T1-104)", text)

    def test_contract_without_a_standard_does_not_speak_of_it(self):
        self.assertNotIn(
            "Delivery standard", self._read(self._create_contract(self.units[4]))
        )

    def test_text_is_in_the_buyer_s_language(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.full.update_field_translations(
            "description", {"vi_VN": {"Oak floors": "Sàn gỗ sồi"}}
        )
        self.buyer.lang = "vi_VN"
        self.assertIn("Sàn gỗ sồi", self._read(self._create_contract()))
        self.buyer.lang = "en_US"
        self.assertIn("Oak floors", self._read(self._create_contract(self.units[1])))

    def test_count_and_button_agree(self):
        self.assertEqual((self.full.unit_count, self.bare.unit_count), (3, 0))
        action = self.full.action_open_units()
        self.assertEqual(self.units.search_count(action["domain"]), 3)

    def test_agent_reads_and_changes_nothing(self):
        standard = self.full.with_user(self.agent)
        self.assertIn("Oak", standard.description)
        with self.assertRaises(AccessError):
            standard.description = "<p>Gold</p>"

    def test_another_company_sees_its_own_and_the_common_ones(self):
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign", "realestate_sales.group_manager", company=other
        )
        standards = (
            (self.full | self.bare)
            .with_user(foreign)
            .with_context(allowed_company_ids=other.ids)
        )
        self.assertEqual(standards.search([("id", "in", standards.ids)]), self.bare)
