from odoo.tests import tagged

from .test_papers import PapersCase


@tagged("post_install", "-at_install")
class TestPapersMoney(PapersCase):
    """Amounts as the reader's country writes them."""

    def _create_contract_in(self, currency, price, lang="en_US"):
        self.env["res.lang"]._activate_lang(lang)
        self.buyer.lang = lang
        project = self._create_project(
            code=currency, currency_id=self._activate_currency(currency).id
        )
        building = self._create_building(project, code="A")
        return self._create_contract(self._create_units(1, building, price_list=price))

    def test_rupees_are_grouped_in_lakhs(self):
        text = self._read(self._create_contract_in("INR", 12345678))
        self.assertIn("1,23,45,678.00", text)
        self.assertNotIn("12,345,678.00", text)
        self.assertRegex(text, "One Crore, Twenty-Three Lakh")

    def test_rupees_keep_the_thousands_of_other_languages(self):
        text = self._read(self._create_contract_in("INR", 12345678, "zh_CN"))
        self.assertIn("12,345,678.00", text)
        self.assertIn(
            "印度卢比壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元整", text.replace(" ", "")
        )

    def test_dong_and_yuan_are_spelt_in_their_words(self):
        text = self._read(self._create_contract_in("VND", 3850000000, "vi_VN"))
        self.assertIn("3.850.000.000", text)
        self.assertIn("Ba tỷ tám trăm năm mươi triệu đồng", text)
        text = self._read(self._create_contract_in("CNY", 1234567.89, "zh_TW"))
        self.assertIn(
            "人民幣壹佰貳拾參萬肆仟伍佰陸拾柒元捌角玖分", text.replace(" ", "")
        )

    def test_three_decimals_are_printed(self):
        text = self._read(self._create_contract_in("KWD", 1250.125))
        self.assertIn("1,250.125", text)
