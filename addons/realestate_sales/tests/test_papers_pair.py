import re

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.report_weasyprint.tests.common import pdf_pages, pdf_text

from ..tools.placeholder_names import PAPERS
from .test_papers_sale import SalePapersCase

#: Title of each paper, English and Chinese, as its report is called.
TITLES = {
    "reservation": ("Reservation", "认购书"),
    "reservation_price": ("Price Calculation", "价格计算表"),
    "unit_price": ("Price Calculation", "价格计算表"),
    "deposit": ("Deposit Agreement", "定金协议"),
    "contract": ("Sales Contract", "商品房买卖合同"),
    "cost_list": ("Detailed Cost List", "费用明细表"),
    "contract_liquidation": ("Liquidation Minutes", "终止结算协议"),
    "seal_request": ("Seal Request", "用章申请"),
    "receipt": ("Receipt", "收据"),
}


class PairCase(SalePapersCase):
    """A record of each paper, and a contract template in two languages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("zh_CN", "vi_VN"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.standard = cls.env.ref("realestate_sales.paper_template_contract")

    @classmethod
    def _create_pair(cls, second, kind="contract", **values):
        standard = cls.env.ref(f"realestate_sales.paper_template_{kind}")
        template = standard.copy(
            {"code": "PAIR", "company_id": cls.company.id, "lang2": second, **values}
        )
        template.action_approve()
        return template

    def _create_records(self):
        """By report a record that it prints."""
        reservation = self._create_reservation(fee=20000)
        payment = self._pay(reservation.move_id)
        deposit = self.env["realestate.deposit"].create(
            {"reservation_id": reservation.id, "amount": 100000}
        )
        contract = self._create_contract(self.units[1], state="signed")
        ended = self._create_contract(self.units[2], state="approved")
        ended.action_cancel("Loan refused")
        return {
            "reservation": reservation,
            "reservation_price": reservation,
            "unit_price": self.units[3],
            "deposit": deposit,
            "contract": contract,
            "cost_list": contract,
            "contract_liquidation": ended,
            "seal_request": self._create_seal_request(contract),
            "receipt": payment,
        }

    def _create_seal_request(self, contracts):
        seal = self.env["realestate.seal"].create(
            {"name": "Seal", "keeper_id": self.manager.id}
        )
        return self.env["realestate.seal.request"].create(
            {
                "seal_id": seal.id,
                "contract_ids": [Command.set(contracts.ids)],
                "purpose": "Signed today",
            }
        )


@tagged("post_install", "-at_install")
class TestPaperLanguages(PairCase):
    def test_every_paper_stands_in_the_two_languages_of_the_contract(self):
        self._create_pair("zh_CN")
        for paper, record in self._create_records().items():
            with self.subTest(paper=paper):
                sheet = self._get_paper_sheet(paper, record)
                self.assertEqual(sheet["pair_langs"], ["en_US", "zh_CN"])
                pdf = self._print_paper(paper, record)
                bare = re.sub(r"\s", "", pdf_text(pdf))
                for title in TITLES[paper]:
                    self.assertIn(title.replace(" ", ""), bare)
                self.assertNotIn("{{", bare)
                # Every clause has its other half.
                self.assertTrue(all(one and two for one, two in sheet["pairs"]))
                pages = pdf_pages(pdf)
                self.assertIn(f"Page {len(pages)} of {len(pages)}", pages[-1])

    def test_every_paper_speaks_each_language_alone(self):
        records = self._create_records()
        house = ("unit_price", "seal_request")
        for lang, index in (("en_US", 0), ("zh_CN", 1)):
            self.buyer.lang = lang
            for paper, record in records.items():
                if paper in ("contract", "cost_list", "contract_liquidation"):
                    record._write_facts(text_lang=lang)
                if paper in house:
                    record = record.with_context(lang=lang)
                with self.subTest(paper=paper, lang=lang):
                    report = self.env[f"report.realestate_sales.report_{paper}"]
                    sheet = report.with_context(lang=lang)._get_sheet(record)
                    self.assertEqual(sheet["title"], TITLES[paper][index])
                    self.assertEqual(sheet["lang"], lang)
                    self.assertTrue(sheet["clauses"])
                    self.assertFalse(sheet["pairs"])

    def test_forms_are_one_page(self):
        self._create_pair("zh_CN")
        records = self._create_records()
        for paper in ("unit_price", "seal_request", "receipt"):
            with self.subTest(paper=paper):
                pages = pdf_pages(self._print_paper(paper, records[paper]))
                self.assertEqual(len(pages), 1)

    def test_a_paper_s_own_template_comes_before_the_contract(self):
        self._create_pair("zh_CN")
        self._create_pair("vi_VN", "deposit")
        deposit = self._create_deposit()
        sheet = self._get_paper_sheet("deposit", deposit)
        self.assertEqual(sheet["pair_langs"], ["en_US", "vi_VN"])
        sheet = self._get_paper_sheet("reservation", deposit.reservation_id)
        self.assertEqual(sheet["pair_langs"], ["en_US", "zh_CN"])

    def test_papers_follow_the_languages_that_the_contract_was_pinned_to(self):
        contract = self._create_contract(state="approved")
        self._create_pair("zh_CN")
        self.assertNotIn("pair_langs", self._get_paper_sheet("cost_list", contract))
        draft = self._create_contract(self.units[1])
        self.assertIn("pair_langs", self._get_paper_sheet("cost_list", draft))

    def test_figures_are_written_once_and_clauses_in_their_own_way(self):
        self.buyer.lang = "vi_VN"
        self._create_pair("en_US")
        deposit = self._create_deposit()
        sheet = self._get_paper_sheet("deposit", deposit)
        self.assertIn("100.000,00", sheet["total"][1])
        self.assertNotIn("100,000.00", sheet["total"][1])
        first, second = sheet["pairs"][0]
        self.assertIn("100.000,00", first["text"])
        self.assertIn("100,000.00", second["text"])

    def test_days_stand_year_first(self):
        self._create_pair("zh_CN")
        deposit = self._create_deposit(date_deposit="2026-03-01")
        sheet = self._get_paper_sheet("deposit", deposit)
        self.assertEqual(sheet["date"], "2026-03-01")
        text = self._read_paper("deposit", deposit)
        self.assertIn("2026-03-01", text)

    def test_delivery_standards_stand_side_by_side(self):
        self._create_pair("zh_CN")
        standard = self.env["realestate.delivery.standard"].create(
            {"name": "Bare", "code": "B", "description": "<p>Screed</p>"}
        )
        words = {"zh_CN": {"Screed": "毛坯"}}
        standard.update_field_translations("description", words)
        self.unit.delivery_standard_id = standard
        contract = self._create_contract()
        rich = self._get_sheet(contract)["standards"][0]["rich"]
        self.assertRegex(rich, "<td><p>Screed</p></td><td lang=.*<p>毛坯</p></td>")

    def test_a_label_has_one_colon(self):
        self._create_pair("zh_CN")
        sheet = self._get_paper_sheet("deposit", self._create_deposit())
        label = str(sheet["labels"]["date"])
        self.assertTrue(label.startswith("Date / "), label)
        self.assertIn("房源", sheet["labels"]["unit"])

    def test_the_seal_request_follows_contracts_that_agree(self):
        plain = self._create_contract(state="signed")
        self._create_pair("zh_CN")
        pair = self._create_contract(self.units[1], state="signed")
        request = self._create_seal_request(pair)
        sheet = self._get_paper_sheet("seal_request", request)
        self.assertEqual(sheet["pair_langs"], ["en_US", "zh_CN"])
        request = self._create_seal_request(pair | plain)
        sheet = self._get_paper_sheet("seal_request", request)
        self.assertNotIn("pair_langs", sheet)

    def test_id_numbers_are_printed_and_looked_at_once(self):
        self.env["realestate.partner.identity"].create(
            {
                "partner_id": self.buyer.id,
                "kind": "passport",
                "number_shown": "P7654321",
                "company_id": self.company.id,
            }
        )
        self._create_pair("zh_CN")
        deposit = self._create_deposit()
        looks = self.env["realestate.identity.look"]
        domain = [("partner_id", "=", self.buyer.id), ("kind", "=", "print")]
        before = looks.search_count(domain)
        self.assertIn("P7654321", self._read_paper("deposit", deposit))
        self.assertEqual(looks.search_count(domain), before + 1)

    def test_each_paper_comes_with_clauses_in_four_languages(self):
        for kind in PAPERS:
            template = self.env.ref(f"realestate_sales.paper_template_{kind}")
            self.assertEqual(template.state, "approved")
            for clause in template.line_ids.clause_id:
                with self.subTest(clause=clause.code):
                    versions = clause._get_versions()
                    self.assertLessEqual(
                        {"en_US", "zh_CN", "zh_TW", "vi_VN"}, versions.keys()
                    )
                    slots = {
                        tuple(sorted(re.findall(r"{{.*?}}", version.body)))
                        for version in versions.values()
                    }
                    self.assertEqual(len(slots), 1)


@tagged("post_install", "-at_install")
class TestPaperInterest(PairCase):
    """The schedule of a plan that bears interest."""

    def _create_loan(self, count):
        return self._create_plan(
            [
                {"name": "Down payment", "kind": "down_payment", "value": 40},
                {
                    "name": "Instalment",
                    "amount_type": "balance",
                    "count": count,
                    "offset_months": 1,
                    "interest_rate": 12,
                    "interest_method": "principal",
                },
            ]
        )

    def test_the_schedule_shows_principal_interest_and_payment(self):
        # 600,000 in 3 equal parts at 1 % a month on what is owed:
        # 6,000 + 4,000 + 2,000 of interest.
        contract = self._create_contract(plan_id=self._create_loan(3).id)
        parts = contract.installment_ids
        self.assertEqual(parts.mapped("amount_interest"), [0, 6000, 4000, 2000])
        text = self._read(contract)
        for part in (
            "Principal",
            "Interest",
            "206,000.00",
            "202,000.00",
            # The sums: of interest, and of price and interest.
            "Price and interest",
            "12,000.00",
            "1,012,000.00",
        ):
            self.assertIn(part, text)
        totals = self._get_sheet(contract)["totals"]
        self.assertEqual([row["interest"] for row in totals], [0, 12000])

    def test_without_interest_there_is_no_column_for_it(self):
        text = self._read(self._create_contract())
        self.assertNotIn("Principal", text)
        self.assertNotIn("Price and interest", text)

    def test_cost_list_and_reservation_show_it_too(self):
        plan = self._create_loan(3)
        contract = self._create_contract(plan_id=plan.id)
        self.assertIn("1,012,000.00", self._read_paper("cost_list", contract))
        reservation = self.units[1].action_reserve(self.buyer, plan, 0)
        self.assertIn("1,012,000.00", self._read(reservation))

    def test_many_buyers_and_a_long_loan_in_two_languages(self):
        self._create_pair("zh_CN")
        contract = self._create_contract(plan_id=self._create_loan(120).id)
        contract.buyer_ids.share = 50
        contract.buyer_ids = [
            Command.create(
                {"partner_id": self._create_partner(name=f"B{n}").id, "share": 10}
            )
            for n in range(5)
        ]
        for paper in ("contract", "cost_list"):
            pages = pdf_pages(self._print_paper(paper, contract))
            text = " ".join(" ".join(pages).split())
            self.assertIn("Instalment 120/120", text)
            self.assertIn("价款及利息", text.replace(" ", ""))
            for number, page in enumerate(pages, start=1):
                self.assertIn(f"Page {number} of {len(pages)}", page)
