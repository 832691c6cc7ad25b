from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.report_weasyprint.tests.common import pdf_pages

from ..report.paper_text import Preview
from ..tools.placeholder_names import CATALOGUE
from .test_contract_text import ContractTextCase
from .test_papers import PapersCase


@tagged("post_install", "-at_install")
class TestContractTextPaper(PapersCase, ContractTextCase):
    """Clauses as they are printed."""

    def _get_html(self, contract):
        return (
            self.env["ir.actions.report"]
            ._render_qweb_html("realestate_sales.action_report_contract", contract.ids)[
                0
            ]
            .decode()
        )

    def test_placeholders_are_filled_and_escaped(self):
        self.buyer.name = "Maria <b>{{ seller.name }}</b>"
        html = self._get_html(self._create_contract())
        self.assertIn(
            "Maria &lt;b&gt;{{ seller.name }}&lt;/b&gt; keeps two dogs.", html
        )

    def test_every_placeholder_of_a_contract_is_filled(self):
        names = [name for name, one in CATALOGUE.items() if "contract" in one.papers]
        body = "".join(f"<p>{name} = {{{{ {name} }}}};</p>" for name in names)
        clause = self._create_clause("ALL")
        self._create_version(clause, body)
        self._create_template(clause, company_id=self.company.id)
        contract = self._create_contract()
        text = self._read(contract)
        self.assertNotIn("{{", text)
        self.assertIn("price.amount = 1,000,000.00", text)
        self.assertIn("price.words = One Million", text)
        self.assertIn("units.names = T1-101", text)
        self.assertIn("date.paper = Jan 31, 2026", text)

    def test_formats_are_followed(self):
        clause = self._create_clause("ALL")
        self._create_version(
            clause,
            "<p>{{ buyer.name | upper }}, {{ date.paper | long }}, "
            "{{ price.amount | words }}, {{ price.amount | figure }}.</p>",
        )
        self._create_template(clause, company_id=self.company.id)
        text = self._read(self._create_contract())
        self.assertRegex(
            text, "MARIA BUYER, January 31, 2026, One Million .*, 1,000,000.00\\."
        )

    def test_changed_wording_is_marked(self):
        contract = self._create_contract()
        self.assertNotIn('re-changed"', self._get_html(contract))
        self._change(contract)
        html = self._get_html(contract)
        self.assertEqual(html.count('class="re-changed"'), 1)
        self.assertIn("differs from the seller's standard text", self._read(contract))
        contract.clause_ids[1].is_removed = True
        text = self._read(contract)
        self.assertIn("The standard clause is left out: Pets", text)
        self.assertNotIn("two dogs", text)

    def test_two_languages_stand_side_by_side(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.env["res.lang"]._activate_lang("zh_CN")
        for second, title, words, noise in (
            ("vi_VN", "Hợp đồng mua bán", "Một triệu peso Philippines", "Không ồn ào"),
            ("zh_CN", "买卖合同", "菲律宾比索壹佰万元整", "买受人不得喧哗"),
        ):
            self._create_version(self.noise, f"<p>{noise}</p>", lang=second)
            template = self._create_template(
                self.noise + self.pets,
                code=second,
                lang="en_US",
                lang2=second,
                company_id=self.company.id,
            )
            contract = self._create_contract(
                self.units[1 if second == "vi_VN" else 2],
                paper_template_id=template.id,
                state="review",
            )
            self.assertEqual(len(contract.clause_ids), 4)
            text = self._read(contract)
            bare = text.replace(" ", "")
            for part in (title, words, noise, "SalesContract", "OneMillion", "nonoise"):
                with self.subTest(second=second, part=part):
                    self.assertIn(part.replace(" ", ""), bare)
            self.assertIn("2026-02-28", text)

    def test_many_buyers_and_a_long_schedule_in_two_languages(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        template = self._create_template(
            self.noise, code="ZH", lang2="zh_CN", company_id=self.company.id
        )
        contract = self._create_contract(
            plan_id=self._create_long_plan(60).id, paper_template_id=template.id
        )
        contract.buyer_ids.share = 50
        contract.buyer_ids = [
            Command.create(
                {"partner_id": self._create_partner(name=f"B{n}").id, "share": 10}
            )
            for n in range(5)
        ]
        pages = pdf_pages(self._print(contract))
        self.assertIn("Instalment 60/60", " ".join(" ".join(pages).split()))
        for number, page in enumerate(pages, start=1):
            self.assertIn(f"Page {number} of {len(pages)}", page)

    def test_a_buyer_of_the_second_language_reads_one(self):
        template = self._create_template(
            self.noise, code="EN2", lang2="en_US", company_id=self.company.id
        )
        contract = self._create_contract(paper_template_id=template.id)
        self.assertEqual(contract._get_text_languages(), ["en_US"])

    def test_nobody_prints_another_text_by_asking_for_it(self):
        contract = self._create_contract(state="approved")
        draft = self._create_template(
            self.pets, code="DRAFT", approved=False, company_id=self.company.id
        )
        paper = self.env["report.realestate_sales.report_contract"]
        sheet = paper.with_context(paper_preview=draft.id)._get_sheet(contract)
        self.assertEqual(len(sheet["clauses"]), 2)
        self.assertFalse(sheet["watermark"])
        sheet = paper.with_context(paper_preview=Preview(draft))._get_sheet(contract)
        self.assertEqual(len(sheet["clauses"]), 1)
        self.assertEqual(sheet["watermark"], "DRAFT")
