import json
from urllib.parse import quote

from odoo.tests import HttpCase, new_test_user, tagged

from .common import PaperCase, pdf_text

#: Runs the print action in the web client and looks at what it asks the server for.
PRINT_IN_BROWSER = """
const { download } = odoo.loader.modules.get("@web/core/network/download");
const asked = [];
const send = XMLHttpRequest.prototype.open;
XMLHttpRequest.prototype.open = function (method, url) {
    asked.push(url);
    return send.apply(this, arguments);
};
download._download = async (options) => {
    const [url, type] = JSON.parse(options.data.data);
    const expected = "%(url)s";
    if (url !== expected || type !== "qweb-pdf" || options.url !== "/report/download") {
        throw new Error(`downloads ${type} ${url} instead of ${expected}`);
    }
    if (asked.some((url) => url.includes("check_wkhtmltopdf"))) {
        throw new Error("asked for wkhtmltopdf");
    }
    console.log("test successful");
};
const { action } = odoo.__WOWL_DEBUG__.root.env.services;
action.doAction(%(action)s, { additionalContext: { active_ids: [%(partner)s] } });
"""


@tagged("post_install", "-at_install")
class TestWebClient(PaperCase, HttpCase):
    def test_print_action_tells_the_engine(self):
        report = self._create_report()
        action = report.report_action(self._create_partner())
        self.assertEqual(action["pdf_engine"], "weasyprint")
        self.assertIn("pdf_engine", report._get_readable_fields())

    def test_nobody_is_sent_to_the_layout_wizard(self):
        self.company.external_report_layout_id = False
        admin = self.env.ref("base.user_admin")
        report = self._create_report().with_user(admin)
        action = report.report_action(self._create_partner())
        self.assertEqual(action["type"], "ir.actions.report")

    def test_engine_is_shown_on_the_report_form(self):
        arch = self.env["ir.actions.report"].get_view(
            self.env.ref("base.act_report_xml_view").id, "form"
        )["arch"]
        self.assertIn('name="pdf_engine"', arch)

    def test_routes_serve_the_pdf(self):
        report = self._create_report(print_report_name="'Paper of ' + object.name")
        partner = self._create_partner()
        context = quote(json.dumps({"force_report_rendering": True}))
        self.authenticate("admin", "admin")
        response = self.url_open(
            f"/report/pdf/{report.report_name}/{partner.id}?context={context}"
        )
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertIn("Dear Maria", pdf_text(response.content))

    def test_web_client_downloads_without_asking_for_wkhtmltopdf(self):
        report = self._create_report()
        partner = self._create_partner()
        code = PRINT_IN_BROWSER % {
            "url": f"/report/pdf/{report.report_name}/{partner.id}",
            "action": report.id,
            "partner": partner.id,
        }
        new_test_user(self.env, "paper_clerk", groups="base.group_user")
        ready = "odoo.isReady === true"
        self.browser_js("/odoo", code, ready=ready, login="paper_clerk")
