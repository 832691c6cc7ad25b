from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .fee_common import FeeCommon
from .test_papers_sale import SalePapersCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 08:00:00")
class TestFeePaper(SalePapersCase, FeeCommon):
    """Fees in the detailed cost list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_type(
            name="Value Added Tax",
            code="VAT",
            ownership="own",
            in_price=True,
            formula="net",
            rate=12,
        )
        cls._create_type(name="Transfer", code="SELLER", payer="seller", rate=1)
        cls._create_type(name="Fund", code="FUND", due_rule="handover", rate=0.5)

    def test_the_cost_list_shows_each_fee_and_the_sum(self):
        contract = self._create_contract(state="approved")
        text = self._read_paper("cost_list", contract)
        for part in (
            "Inside the price",
            # 12/112 of 1,000,000.
            "107,142.86",
            "12 % of the price without it",
            "Fees and taxes beside the price",
            "City Treasury",
            "2 % of",
            "20,000.00",
            "With the handover",
            "5,000.00",
            "Paid by the seller",
            "10,000.00",
            # The seller's is not the buyer's to pay.
            "1,025,000.00",
            "One Million, Twenty-Five Thousand",
        ):
            with self.subTest(part=part):
                self.assertIn(part.lower(), text.lower())

    def test_without_fees_the_cost_list_is_that_of_the_price(self):
        self.env["realestate.fee.type"].search([]).active = False
        text = self._read_paper("cost_list", self._create_contract())
        self.assertNotIn("Fees and taxes", text)
        self.assertNotIn("In all", text)

    def test_the_cost_list_speaks_the_buyer_s_language(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.deed.with_context(lang="vi_VN").name = "Thuế trước bạ"
        self.buyer.lang = "vi_VN"
        text = self._read_paper("cost_list", self._create_contract())
        self.assertIn("Thuế trước bạ", text)
        self.assertNotIn("Fees and taxes beside the price", text)

    def test_many_fees_and_buyers_stay_on_the_paper(self):
        for number in range(25):
            self._create_type(name=f"Fee {number:02}", code=f"N{number}", rate=0.1)
        other = self._create_partner(name="Second Buyer")
        contract = self._create_contract(
            buyer_ids=[
                Command.create(
                    {"partner_id": self.buyer.id, "share": 50, "is_main": True}
                ),
                Command.create({"partner_id": other.id, "share": 50}),
            ]
        )
        text = self._read_paper("cost_list", contract)
        for number in range(25):
            self.assertIn(f"Fee {number:02}", text)
        self.assertIn("Second Buyer", text)
        # 25 × 1,000 more.
        self.assertIn("1,050,000.00", text)
