from datetime import date

from .common import RealestateCollectionCommon


class ReportCommon(RealestateCollectionCommon):
    """Two projects, three officers' contracts, and money of two weeks in March 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reports = cls.env["realestate.collection.report"]
        cls.schedules = cls.env["realestate.collection.report.schedule"]
        cls.other = cls._create_project(code="OTHER", name="West")
        building = cls._create_building(cls.other, code="T9")
        [unit] = cls._create_units(1, building, first=901, price_list=1200000)
        # Due on the 5th from February on, on the 2nd, and on the 9th.
        cls.east = cls._create_active(cls.units[0])
        cls.late = cls._create_active(
            cls.units[1],
            date_contract=date(2025, 10, 2),
            collector_id=cls.collection_manager.id,
        )
        cls.west = cls._create_active(unit, date_contract=date(2026, 1, 9))
        cls.contracts = cls.east | cls.late | cls.west
        cls.installments.bill_due()

    @classmethod
    def _make(cls, period, day, **values):
        reports = cls.reports.with_company(values.pop("company", cls.company))
        return reports.make(period, day)

    def _get_line(self, report, project=None, user=None):
        return report.line_ids.filtered(
            lambda line: (
                line.project_id == (project or self.project)
                and line.user_id == (user or self.collector)
            )
        )
