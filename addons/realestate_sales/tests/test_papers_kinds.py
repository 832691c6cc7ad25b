import base64

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.report_weasyprint.tests.common import pdf_text

from ..tools.placeholder_names import CATALOGUE, PAPERS
from .test_papers_pair import PairCase

#: The report that prints each kind of paper.
REPORTS = {
    "price": ("unit_price", "reservation_price"),
    "liquidation": ("contract_liquidation",),
}


@tagged("post_install", "-at_install")
class TestPaperKinds(PairCase):
    """What an administrator can write into any paper can be printed."""

    def _create_whole(self, kind):
        """A template of one clause with every placeholder that ``kind`` knows."""
        names = [name for name, one in CATALOGUE.items() if kind in one.papers]
        clause = self.env["realestate.clause"].create(
            {"name": "All", "code": "ALL", "kind": kind}
        )
        version = self.env["realestate.clause.version"].create(
            {
                "clause_id": clause.id,
                "lang": "en_US",
                "body": "".join(f"<p>{n} = {{{{ {n} }}}};</p>" for n in names),
            }
        )
        version.action_approve()
        template = self.env["realestate.paper.template"].create(
            {
                "name": kind,
                "code": "ALL",
                "kind": kind,
                "company_id": self.company.id,
                "line_ids": [Command.create({"clause_id": clause.id})],
            }
        )
        template.action_approve()
        return names

    def test_every_placeholder_of_every_paper_is_printed(self):
        names = {kind: self._create_whole(kind) for kind in PAPERS}
        records = self._create_records()
        for kind in PAPERS:
            for paper in REPORTS.get(kind, (kind,)):
                text = self._read_paper(paper, records[paper])
                with self.subTest(paper=paper):
                    self.assertNotIn("{{", text)
                    for name in names[kind]:
                        self.assertIn(f"{name} =", text)

    def test_every_kind_of_template_is_tried_out_on_a_record(self):
        self._create_records()
        for kind in PAPERS:
            template = self._create_pair("zh_CN", kind, code="TRY")
            # Receipts are of payments, which the desk does not see.
            user = self.env.user if kind == "receipt" else self.manager
            preview = self._preview(template, user)
            with self.subTest(kind=kind):
                preview.action_show()
                text = pdf_text(base64.b64decode(preview.pdf))
                # The template's own second language, not the contract's.
                self.assertRegex(text, r"[\u4e00-\u9fff]")

    def test_who_sees_no_payments_is_told_so(self):
        template = self.env.ref("realestate_sales.paper_template_receipt")
        preview = self._preview(template, self.lawyer)
        self.assertFalse(preview.sudo().payment_id)
        with self.assertRaisesRegex(UserError, "Payments, which you may not see"):
            preview.action_show()

    def _preview(self, template, user):
        action = template.with_user(user).action_preview()
        preview = self.env["realestate.paper.preview"].with_user(user)
        return preview.with_context(**action["context"]).create({})
