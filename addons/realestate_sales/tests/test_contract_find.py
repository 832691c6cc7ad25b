from odoo.tests import tagged

from .common import RealestateSalesCommon


@tagged("post_install", "-at_install")
class TestContractFind(RealestateSalesCommon):
    """Contracts are found by what people know of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_contract()
        [unit] = cls._create_units(1, first=977)
        cls.other = cls._create_contract(
            unit, partner_id=cls._create_partner(name="Ingrid Ölund").id
        )

    def _find(self, text, **context):
        contracts = self.env["realestate.contract"].with_user(self.officer)
        return contracts.with_context(**context).name_search(text)

    def test_number_buyer_and_unit_lead_to_the_contract(self):
        for text in (self.other.name, "ingrid", "Ölund", "977"):
            found = [contract for contract, _name in self._find(text)]
            self.assertEqual(found, self.other.ids, text)
        self.assertEqual(self._find("nobody of this name"), [])

    def test_list_to_choose_from_names_buyer_and_unit(self):
        unit = self.other.line_ids.unit_id
        [(_id, plain)] = self._find("ingrid")
        self.assertEqual(plain, self.other.name)
        [(_id, chosen)] = self._find("ingrid", formatted_display_name=True)
        self.assertEqual(chosen, f"{plain}\t--Ingrid Ölund · {unit.name}--")

    def test_name_follows_the_buyer(self):
        contract = self.other.with_context(formatted_display_name=True)
        self.assertIn("Ingrid", contract.display_name)
        self.other.partner_id.name = "Inga Ölund"
        self.assertIn("Inga", contract.display_name)
