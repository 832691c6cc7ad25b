from odoo.tools import file_open

from .common import RealestateSalesCommon

HEADER = "Tower,Floor,Unit no.,Type,Area (sqm),List price (PHP),Status"
ROWS = (
    "Tower A,1,A-101,1BR,40.50,5000000,available",
    "Tower A,2,A-201,2BR,60,7500000.50,blocked",
    "Tower B,B1,P-1,Parking,12.5,900000,available",
)
NEW = {"project_name": "West Gardens"}


def csv(*rows, header=HEADER):
    return "\n".join((header, *(rows or ROWS))).encode()


def sample(name):
    with file_open(f"realestate_sales/demo/inventory/{name}", "rb") as file:
        return file.read()


class ImportCase(RealestateSalesCommon):
    def setUp(self):
        super().setUp()
        # Others' rights are what a run has: none of it works as superuser only.
        self.imports = self.env["realestate.import"].with_user(self.manager)

    def _run(self, content=None, dry_run=True, **options):
        content = csv() if content is None else content
        return self.imports.run("inventory", content, dry_run, **options)

    def _counts(self):
        models = ("project", "building", "unit.type", "unit", "pricelist")
        return [self.env[f"realestate.{name}"].search_count([]) for name in models]

    def _codes(self, report):
        return [error["code"] for error in report["errors"]]

    def _loaded_units(self, report):
        project = self.env["realestate.project"].browse(
            report["changes"]["project"]["id"]
        )
        return project.unit_ids

    def assertRefused(self, report, *codes):
        """The report has these errors and says that nothing was loaded."""
        self.assertEqual(self._codes(report), list(codes))
        self.assertFalse(report["ok"])
        self.assertFalse(report["loaded"])
