import io
import zipfile

from PIL import Image, ImageDraw

from odoo import api, fields, models

from ..tools.workbook import Column, Sheet, write_workbook

#: Phase, building, floor, number, type, view, corner, area, measured area, prices, what
#: it is sold with, delivery standard, on the market.
SAMPLE_UNITS = (
    (
        "Phase 1",
        "Tower A",
        "12",
        "A-1201",
        "1BR",
        "Sea",
        True,
        42.5,
        None,
        5250000,
        5000000,
        None,
        None,
        True,
    ),
    (
        "Phase 1",
        "Tower A",
        "12",
        "A-1202",
        "2BR",
        "City",
        False,
        68.4,
        68.15,
        7900000,
        7500000,
        None,
        None,
        True,
    ),
    (
        "Phase 1",
        "Tower A",
        "12A",
        "A-12A01",
        "2BR",
        "City",
        False,
        68.4,
        None,
        7980000,
        7500000,
        None,
        None,
        False,
    ),
    (
        "Phase 1",
        "Tower A",
        "B1",
        "P-014",
        "Parking",
        None,
        None,
        12.5,
        None,
        900000,
        None,
        "A-1201",
        None,
        False,
    ),
)
#: Where it says whether a unit is a corner.
CORNER = 6
SAMPLE_PICTURES = ("2BR.png", "2BR_photo_1.jpg", "Tower A-A-1201.png")


class RealestateImport(models.Model):
    """Files to begin with: an example of each kind, and the units as they are."""

    # A file for each concern keeps them short.
    _inherit = "realestate.import"  # pylint: disable=consider-merging-classes-inherited

    samples = fields.Html(compute="_compute_samples", sanitize=False)

    @api.depends("kind", "project_id")
    def _compute_samples(self):
        for record in self:
            record.samples = self.env["ir.qweb"]._render(
                "realestate_sales.realestate_import_samples",
                {"kind": record.kind, "project": record.project_id._origin},
            )

    @api.model
    def _write_sample(self, kind):
        """Name and content of an example.

        :raises KeyError: when there is none of this kind
        """
        writers = {
            "inventory": self._write_sample_units,
            "prices": self._write_sample_prices,
            "images": self._write_sample_images,
        }
        return writers[kind]()

    def _write_sample_units(self):
        name = self.env._("Units")
        columns = self._get_unit_columns(self.env.company.currency_id)
        rows = [self._with_words(row) for row in SAMPLE_UNITS]
        content = write_workbook([Sheet(name, columns, rows)])
        return f"{name}.xlsx", content

    def _write_sample_prices(self):
        name = self.env._("Prices")
        columns = self._get_unit_columns(self.env.company.currency_id)
        kept = (1, 3, 9, 10)
        rows = [[row[index] for index in kept] for row in SAMPLE_UNITS]
        sheet = Sheet(name, [columns[index] for index in kept], rows)
        return f"{name}.xlsx", write_workbook([sheet])

    def _write_sample_images(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in SAMPLE_PICTURES:
                archive.writestr(name, self._draw_sample(name))
        return f"{self.env._('Plans and Photos')}.zip", buffer.getvalue()

    def _draw_sample(self, name):
        image = Image.new("RGB", (400, 300), "white")
        pen = ImageDraw.Draw(image)
        pen.rectangle((20, 20, 380, 280), outline="black", width=6)
        pen.line((200, 20, 200, 180), fill="black", width=4)
        pen.line((200, 180, 380, 180), fill="black", width=4)
        pen.text((40, 250), name, fill="black")
        buffer = io.BytesIO()
        image.save(buffer, "JPEG" if name.endswith(".jpg") else "PNG")
        return buffer.getvalue()

    @api.model
    def _write_units(self, project):
        """Name and content of a spreadsheet of the units of ``project``, which loads
        again without a change.

        :raises MissingError: when there is no such project
        """
        project.check_access("read")
        rows = [
            self._with_words(
                (
                    unit.phase_id.name,
                    unit.building_id.name,
                    unit.floor or None,
                    unit.number,
                    unit.unit_type_id.name,
                    unit.view,
                    unit.is_corner,
                    unit.area_predicted or None,
                    unit.area_measured or None,
                    unit.price_list or None,
                    unit.price_floor or None,
                    self._get_main_name(unit),
                    unit.delivery_standard_id.name,
                    unit.is_released if not unit.live_claim_id else None,
                )
            )
            for unit in project.unit_ids.sorted()
        ]
        columns = self._get_unit_columns(project.currency_id)
        sheet = Sheet(project.name, columns, rows)
        places = project.currency_id.decimal_places
        name = f"{self.env._('Units')} {project.name}.xlsx"
        return name, write_workbook([sheet], places)

    @api.model
    def _get_main_name(self, unit):
        main = unit.main_unit_id
        return main and f"{main.building_id.name}-{main.number}" or None

    @api.model
    def _get_unit_columns(self, currency):
        """Headers that the import recognises, in the language of the user."""
        return [
            Column(self.env._("Phase")),
            Column(self.env._("Building")),
            Column(self.env._("Floor")),
            Column(self.env._("Unit number")),
            Column(self.env._("Type")),
            Column(self.env._("View")),
            Column(self.env._("Corner")),
            Column(self.env._("Area (m²)"), "area"),
            Column(self.env._("Measured area (m²)"), "area"),
            Column(self.env._("List price (%s)", currency.name), "money"),
            Column(self.env._("Floor price (%s)", currency.name), "money"),
            Column(self.env._("Sold with")),
            Column(self.env._("Delivery standard")),
            Column(self.env._("Status")),
        ]

    @api.model
    def _with_words(self, row):
        """The row with its corner and its status as words: no status of a claimed
        unit.
        """
        words = {True: self.env._("available"), False: self.env._("blocked")}
        corner = row[CORNER] if row[CORNER] is None else self._get_yes_no(row[CORNER])
        return (*row[:CORNER], corner, *row[CORNER + 1 : -1], words.get(row[-1]))

    @api.model
    def _get_yes_no(self, value):
        return self.env._("yes") if value else self.env._("no")
