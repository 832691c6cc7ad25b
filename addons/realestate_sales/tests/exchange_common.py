import base64

from odoo.fields import Command

from .filing_common import FilingCase


class ExchangeCase(FilingCase):
    """A format of three columns and three prepared filings."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.format = cls._create_format()
        cls.filings = cls.env["realestate.filing"].union(
            *(cls._file(cls._sign(unit), "prepared") for unit in cls.units[:3])
        )

    @classmethod
    def _create_format(cls, columns=None, **values):
        columns = columns or [
            ("Reference", "filing.reference"),
            ("Buyer", "buyer.name"),
            ("Price", "contract.price"),
        ]
        return cls.env["realestate.filing.format"].create(
            {
                "name": "Authority",
                "file_type": "csv",
                "column_ids": [
                    Command.create(
                        {"sequence": place, "header": header, "source": source}
                    )
                    for place, (header, source) in enumerate(columns)
                ],
                **values,
            }
        )

    def _create_exchange(self, filings=None, user=None, **values):
        user = user or self.clerk
        return (
            self.env["realestate.filing.exchange"]
            .with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids)
            .create(
                {
                    "format_id": self.format.id,
                    "company_id": self.company.id,
                    "filing_ids": (self.filings if filings is None else filings).ids,
                    **values,
                }
            )
        )

    def _create_answer(self, *lines, **values):
        text = "Reference,Result,Number,Date,Reason\n" + "\n".join(lines)
        return self._create_exchange(
            self.filings.browse(),
            direction="in",
            answer=base64.b64encode(text.encode()),
            answer_name="answer.csv",
            **values,
        )
