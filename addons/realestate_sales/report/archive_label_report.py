import base64

from reportlab.graphics.barcode import createBarcodeDrawing

from odoo import models
from odoo.tools.misc import get_lang

#: Contracts that fit on a label by name; of more, the first and the last.
NAMED = 6


class ArchiveLabelReport(models.AbstractModel):
    """Labels of archive boxes, eight a page: code, place, what is in it, and a code
    that a telephone opens the box with.
    """

    _name = "report.realestate_sales.report_archive_label"
    _description = "Label of an Archive Box"
    _inherit = ["realestate.paper"]

    _paper_model = "realestate.archive.label"

    def _get_lang(self, record):
        """A paper of the house: in the language of who prints it."""
        return get_lang(self.env).code

    def _get_sheet(self, record):
        """The labels that ``record`` asks for, in the order of their codes."""
        boxes = record.box_ids.sorted("name")
        labels = [
            self._prepare_label(box) for box in boxes for _n in self._times(record)
        ]
        return {
            "lang": self._get_lang(record),
            "company": boxes.company_id[:1],
            # A sheet that is partly used goes on where it ends.
            "labels": [None] * record.used_count + labels,
        }

    def _times(self, record):
        return range(record.copies)

    def _prepare_label(self, box):
        return {
            "code": box.name,
            "place": box.place,
            "project": box.project_id.name or "",
            "company": box.company_id.name,
            "count": self.env._("Originals: %(count)s", count=box.document_count),
            "contents": self._get_contents(box),
            "image": self._draw_code(f"{box.get_base_url()}/odoo/{box._name}/{box.id}"),
        }

    def _get_contents(self, box):
        """The contracts whose originals are in the box."""
        names = sorted(set(box.document_ids.contract_id.mapped("name")))
        if len(names) <= NAMED:
            return ", ".join(names)
        return self.env._(
            "%(first)s to %(last)s, %(count)s contracts",
            first=names[0],
            last=names[-1],
            count=len(names),
        )

    def _draw_code(self, address):
        """A QR code as the address of a picture that prints sharp at any size."""
        drawing = createBarcodeDrawing("QR", value=address, barBorder=0)
        picture = drawing.asString("svg").encode()
        return f"data:image/svg+xml;base64,{base64.b64encode(picture).decode()}"
