from contextlib import contextmanager

from odoo.fields import Command

from .common import RealestateSalesCommon

#: 09:00 to 12:00 and 13:00 to 17:00, Monday to Friday.
HOURS = [
    {"weekday": str(day), "hour_from": start, "hour_to": stop}
    for day in range(5)
    for start, stop in ((9, 12), (13, 17))
]


class SigningFactories:
    """Desks and appointments for a test class that has a company and contracts."""

    @classmethod
    def _create_desk(cls, **values):
        return cls.env["realestate.signing.desk"].create(
            {
                "name": "Main Desk",
                "company_id": cls.company.id,
                "tz": "Asia/Manila",
                "hours_ids": [Command.create(dict(line)) for line in HOURS],
                **values,
            }
        )

    @classmethod
    def _create_signing(cls, contract=None, start="2026-03-04 01:00:00", **values):
        """An appointment on Wednesday at 09:00 in Manila."""
        desk_id = values.pop("desk_id", None) or cls.desk.id
        return cls.env["realestate.signing"].create(
            {
                "contract_ids": [Command.set((contract or cls.contract).ids)],
                "desk_id": desk_id,
                "user_id": cls.officer.id,
                "date_start": start,
                **values,
            }
        )

    @contextmanager
    def _refused(self, error, text):
        """Expect an error that says ``text``; what was done is undone."""
        with self.assertRaises(error) as refused:
            yield
        self.assertRegex(str(refused.exception), text)


class SigningCommon(SigningFactories, RealestateSalesCommon):
    """A desk in Manila for one buyer at a time, and an approved contract.

    The clock of the tests stands at Monday, 2 March 2026, 08:00 UTC: 16:00 in Manila.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = cls._create_desk()
        cls.contract = cls._create_contract(state="approved", user_id=cls.officer.id)
