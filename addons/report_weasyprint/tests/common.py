import io
import subprocess

from odoo.tests import TransactionCase
from odoo.tools.pdf import PdfFileReader

LAYOUT = '<t t-call="report_weasyprint.layout" lang="lang" %s>%s</t>'
LAYOUT_PARAMETERS = (
    'company="o.company_id or res_company" doc_title="\'Statement\'" doc_number="o.ref"'
)


def pdf_text(pdf, *options):
    """Return the text a reader can copy out of ``pdf``, pages parted by form feeds."""
    command = ["pdftotext", *options, "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def pdf_pages(pdf):
    """Return the text of each page of ``pdf``."""
    return pdf_text(pdf).split("\f")[:-1]


def pdf_reader(pdf):
    """Return Odoo's own PDF reader over ``pdf``."""
    return PdfFileReader(io.BytesIO(pdf))


class PaperCase(TransactionCase):
    """Factories for reports of partners, and a PDF at the end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"lang": "en_US", "tz": "UTC"})
        cls.company = cls.env.company
        cls.company.write(
            {
                "name": "Harbour Heights Development",
                "street": "7 Bayside Avenue",
                "company_registry": "CS201912345",
                "primary_color": False,
                "company_details": False,
                "report_header": False,
                "report_footer": False,
            }
        )
        cls.reports = cls.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )

    @classmethod
    def _create_report(cls, body="<p>Dear <t t-out='o.name'/></p>", **values):
        """Return a WeasyPrint report of partners whose paper holds ``body``."""
        name = f"report_weasyprint.test_{cls.env['ir.ui.view'].search_count([])}"
        parameters = values.pop("parameters", LAYOUT_PARAMETERS)
        cls._create_template(f"{name}_document", LAYOUT % (parameters, body))
        cls._create_template(
            name,
            f"""<t t-foreach="docs" t-as="o">
                <t t-set="lang" t-value="o.lang or lang"/>
                <t t-call="{name}_document" t-lang="lang"/>
            </t>""",
        )
        return cls.reports.create(
            {
                "name": "Statements",
                "model": "res.partner",
                "report_type": "qweb-pdf",
                "report_name": name,
                "pdf_engine": "weasyprint",
                **values,
            }
        )

    @classmethod
    def _create_template(cls, key, arch):
        return cls.env["ir.ui.view"].create(
            {"type": "qweb", "key": key, "name": key, "arch": f"<t>{arch}</t>"}
        )

    @classmethod
    def _create_partner(cls, name="Maria dela Cruz", **values):
        return cls.env["res.partner"].create({"name": name, "ref": "S-1", **values})

    def _print(self, report, partners):
        """Return the PDF of ``report`` for ``partners``, printed by their user."""
        reports = partners.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        pdf, kind = reports._render_qweb_pdf(report.report_name, partners.ids)
        self.assertEqual(kind, "pdf")
        return pdf
