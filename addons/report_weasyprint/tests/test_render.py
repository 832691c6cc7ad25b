from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.base.models.ir_actions_report import IrActionsReport

from ..tools import engine
from .common import PaperCase, pdf_pages, pdf_reader, pdf_text

#: As many pages as the partner's comment says, by forced page breaks.
LONG_BODY = """
    <p>First page of <t t-out="o.name"/></p>
    <p t-foreach="range(1, o.color)" t-as="page" class="rw-break">
        Later page of <t t-out="o.name"/>
    </p>
"""

SCRIPTS = {
    "en": "Contract of sale of a residential unit",
    "vi": "Hợp đồng mua bán căn hộ, tầng trệt",
    "zh-CN": "商品房买卖合同第五层",
    "zh-TW": "房屋買賣合約門窗",
    "ar": "عقد بيع وحدة سكنية",
    "hi": "विक्रय अनुबंध किस्तों में",
}


@tagged("post_install", "-at_install")
class TestRender(PaperCase):
    def test_paper_is_a_tagged_pdf_with_title_author_and_language(self):
        pdf = self._print(self._create_report(), self._create_partner())
        reader = pdf_reader(pdf)
        catalog = reader.trailer["/Root"]
        self.assertEqual(reader.getNumPages(), 1)
        self.assertEqual(reader.documentInfo["/Title"], "Statement S-1")
        self.assertEqual(reader.documentInfo["/Author"], self.company.name)
        self.assertEqual(catalog["/Lang"], "en-US")
        self.assertTrue(catalog["/MarkInfo"]["/Marked"])

    def test_every_script_is_drawn_and_can_be_copied(self):
        body = "".join(f'<p lang="{tag}">{text}</p>' for tag, text in SCRIPTS.items())
        text = pdf_text(self._print(self._create_report(body), self._create_partner()))
        for tag, expected in SCRIPTS.items():
            if tag == "ar":
                continue
            self.assertIn(expected, text, tag)
        # A reader tells visual from logical order by itself: compare the words.
        for word in SCRIPTS["ar"].split():
            self.assertIn(word, text)

    def test_language_decides_which_han_font_is_used(self):
        body = '<p lang="zh-CN">门窗直角骨</p><p lang="zh-TW">門窗直角骨</p>'
        pdf = self._print(self._create_report(body), self._create_partner())
        fonts = self._fonts(pdf)
        self.assertTrue(any("CJK-SC" in font for font in fonts), fonts)
        self.assertTrue(any("CJK-TC" in font for font in fonts), fonts)

    def test_no_letter_is_replaced_by_an_empty_box(self):
        body = "".join(f"<p>{text}</p>" for text in SCRIPTS.values())
        fonts = self._fonts(
            self._print(self._create_report(body), self._create_partner())
        )
        self.assertTrue(fonts)
        for font in fonts:
            self.assertIn("Noto", font)

    def _fonts(self, pdf):
        reader = pdf_reader(pdf)
        return {
            font.getObject()["/BaseFont"]
            for page in reader.pages
            for font in page["/Resources"]["/Font"].getObject().values()
        }

    def test_every_page_carries_company_number_and_folio(self):
        partner = self._create_partner(color=5)
        pages = pdf_pages(self._print(self._create_report(LONG_BODY), partner))
        self.assertEqual(len(pages), 5)
        for number, page in enumerate(pages, start=1):
            self.assertIn(self.company.name, page)
            self.assertIn("S-1", page)
            self.assertIn(f"Page {number} of 5", page)

    def test_batch_numbers_the_pages_of_each_record_from_one(self):
        partners = self._create_partner("Anna", color=2)
        partners += self._create_partner("Bruno", color=1)
        partners += self._create_partner("Carla", color=3)
        pages = pdf_pages(self._print(self._create_report(LONG_BODY), partners))
        folios = [
            ("Anna", 1, 2),
            ("Anna", 2, 2),
            ("Bruno", 1, 1),
            ("Carla", 1, 3),
            ("Carla", 2, 3),
            ("Carla", 3, 3),
        ]
        self.assertEqual(len(pages), len(folios))
        for page, (name, number, total) in zip(pages, folios, strict=True):
            self.assertIn(f"page of {name}", page)
            self.assertIn(f"Page {number} of {total}", page)

    def test_batch_is_one_tagged_pdf_named_after_the_report(self):
        partners = self._create_partner("Anna") + self._create_partner("Bruno")
        report = self._create_report()
        with patch.object(IrActionsReport, "_merge_pdfs") as odoo_merge:
            reader = pdf_reader(self._print(report, partners))
        odoo_merge.assert_not_called()
        self.assertEqual(reader.getNumPages(), 2)
        self.assertEqual(reader.documentInfo["/Title"], "Statements")
        self.assertTrue(reader.trailer["/Root"]["/MarkInfo"]["/Marked"])

    def test_batch_longer_than_a_run_loses_no_page_and_no_order(self):
        partners = self.env["res.partner"]
        for index in range(5):
            partners += self._create_partner(f"Buyer number {index}", color=1)
        with patch.object(engine, "PAGES_HELD", 2):
            pages = pdf_pages(self._print(self._create_report(LONG_BODY), partners))
        self.assertEqual(len(pages), 5)
        for index, page in enumerate(pages):
            self.assertIn(f"Buyer number {index}", page)

    def test_batch_is_much_smaller_than_its_papers(self):
        partners = self.env["res.partner"]
        for name in ("Anna Abel", "Bruno Quist", "Carla Fux", "Dora Wimp", "Jim Zyk"):
            partners += self._create_partner(name)
        report = self._create_report()
        single = len(self._print(report, partners[0]))
        self.assertLess(len(self._print(report, partners)), 3 * single)

    def test_streams_are_keyed_by_record_in_the_order_asked_for(self):
        anna = self._create_partner("Anna")
        bruno = self._create_partner("Bruno")
        report = self._create_report()
        streams = self.reports._render_qweb_pdf_prepare_streams(
            report.report_name, {}, res_ids=[bruno.id, anna.id]
        )
        self.assertEqual(list(streams), [bruno.id, anna.id])
        for partner in (anna, bruno):
            text = pdf_text(streams[partner.id]["stream"].getvalue())
            self.assertIn(f"Dear {partner.name}", text)
            self.assertIsNone(streams[partner.id]["attachment"])

    def test_record_asked_for_twice_is_printed_twice(self):
        partner = self._create_partner()
        pdf, _kind = self.reports._render_qweb_pdf(
            self._create_report().report_name, [partner.id, partner.id]
        )
        self.assertEqual(len(pdf_pages(pdf)), 2)

    def test_records_of_a_batch_are_read_together(self):
        report = self._create_report()
        partners = self.env["res.partner"]
        for index in range(6):
            partners += self._create_partner(f"Buyer {index}")

        def queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._print(report, records)
            return self.env.cr.sql_log_count - before

        queries(partners)
        self.assertLessEqual(queries(partners), queries(partners[:2]) + 2)

    def test_paper_follows_the_language_of_its_reader(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.env["ir.module.module"]._load_module_terms(
            ["report_weasyprint"], ["vi_VN"]
        )
        partners = self._create_partner("Nguyễn Văn An", lang="vi_VN")
        partners += self._create_partner("Anna", lang="en_US")
        pages = pdf_pages(self._print(self._create_report(), partners))
        self.assertIn("Trang 1 / 1", pages[0])
        self.assertIn("Page 1 of 1", pages[1])

    def test_table_repeats_its_head_and_closes_once(self):
        body = """<table class="rw-table">
            <thead><tr><th>Instalment</th><th class="rw-num">Amount</th></tr></thead>
            <tbody><tr t-foreach="range(90)" t-as="line">
                <td>Line <t t-out="line"/></td><td class="rw-num">1,000.00</td>
            </tr></tbody>
            <tfoot><tr><td>Grand total</td><td>90,000.00</td></tr></tfoot>
        </table>"""
        pages = pdf_pages(
            self._print(self._create_report(body), self._create_partner())
        )
        self.assertGreater(len(pages), 2)
        for page in pages:
            self.assertIn("Instalment", page)
        self.assertEqual("".join(pages).count("Grand total"), 1)
        self.assertIn("Grand total", pages[-1])

    def test_signatures_never_stand_on_a_page_of_their_own(self):
        # Whatever the length of the text, some of it is on the page that is signed.
        body = """<p t-foreach="range(o.color)" t-as="line">Clause</p>
            <t t-call="report_weasyprint.signature_block"
               signatures="[{'role': 'Buyer', 'name': o.name}]"/>"""
        report = self._create_report(body)
        for lines in range(22, 30):
            partner = self._create_partner(color=lines)
            signed = pdf_pages(self._print(report, partner))[-1]
            self.assertIn("Buyer", signed)
            self.assertIn("Clause", signed)

    def test_draft_is_written_across_every_page_until_it_is_none(self):
        parameters = 'doc_title="\'Contract\'" doc_draft="o.color > 1"'
        report = self._create_report(LONG_BODY, parameters=parameters)
        draft = self._print(report, self._create_partner(color=2))
        final = self._print(report, self._create_partner(color=1))
        self.assertEqual(pdf_text(draft, "-raw").count("DRAFT"), 2)
        self.assertNotIn("DRAFT", pdf_text(final, "-raw"))

    def test_amount_box_prints_numbers_in_the_currency_and_language(self):
        body = """<t t-call="report_weasyprint.amount_box"
            amounts="[('Price', 1250000)]" total="('Total', 1200000.5)"
            amount_currency="env.ref('base.USD')" amount_words="'One million'"/>"""
        text = pdf_text(self._print(self._create_report(body), self._create_partner()))
        for expected in ("Price", "1,250,000.00", "1,200,000.50", "One million"):
            self.assertIn(expected, text)

    def test_two_languages_stand_clause_beside_clause(self):
        body = """<t t-call="report_weasyprint.bilingual"
            bilingual_langs="('en_US', 'zh_CN')"
            bilingual_rows="[('First clause', '第一条'),
                             ('Second clause', '第二条')]"/>"""
        pdf = self._print(self._create_report(body), self._create_partner())
        lines = pdf_text(pdf, "-layout").splitlines()
        for english, chinese in (
            ("First clause", "第一条"),
            ("Second clause", "第二条"),
        ):
            line = next(line for line in lines if english in line)
            self.assertIn(chinese, line)

    def test_paper_size_and_orientation_follow_the_paper_format(self):
        letter = self.env["report.paperformat"].create(
            {"name": "Letter", "format": "Letter", "orientation": "Landscape"}
        )
        report = self._create_report(paperformat_id=letter.id)
        page = pdf_reader(self._print(report, self._create_partner())).pages[0]
        width, height = (float(side) for side in page.mediaBox[2:])
        self.assertAlmostEqual(width / 72 * 25.4, 279, delta=1)
        self.assertAlmostEqual(height / 72 * 25.4, 216, delta=1)

    def test_report_without_records_is_printed_once(self):
        self._create_template(
            "report_weasyprint.test_no_record",
            LAYOUT_WITHOUT_RECORD,
        )
        self.reports.create(
            {
                "name": "Summary",
                "model": "res.partner",
                "report_name": "report_weasyprint.test_no_record",
                "pdf_engine": "weasyprint",
            }
        )
        pdf, _kind = self.reports._render_qweb_pdf(
            "report_weasyprint.test_no_record", None, data={"word": "handed in"}
        )
        self.assertIn("Data: handed in", pdf_text(pdf))

    def test_tests_get_a_web_page_unless_they_ask_for_the_pdf(self):
        report = self._create_report()
        content, kind = self.env["ir.actions.report"]._render_qweb_pdf(
            report.report_name, self._create_partner().ids
        )
        self.assertEqual(kind, "html")
        self.assertIn(b"Dear Maria", content)

    def test_other_reports_keep_their_engine(self):
        report = self._create_report(pdf_engine="wkhtmltopdf")
        with (
            patch.object(engine, "lay_out") as lay_out,
            patch.object(
                IrActionsReport, "_render_qweb_pdf_prepare_streams", return_value={}
            ) as odoo_streams,
        ):
            self.reports._render_qweb_pdf_prepare_streams(
                report.report_name, {}, res_ids=self._create_partner().ids
            )
        lay_out.assert_not_called()
        odoo_streams.assert_called_once()

    def test_new_reports_are_wkhtmltopdf_unless_they_say_otherwise(self):
        report = self.reports.create(
            {"name": "Plain", "model": "res.partner", "report_name": "x.y"}
        )
        self.assertEqual(report.pdf_engine, "wkhtmltopdf")


LAYOUT_WITHOUT_RECORD = """
    <t t-call="report_weasyprint.layout" doc_title="'Summary'">
        <p>Data: <t t-out="word"/></p>
    </t>
"""
