import base64

from odoo.fields import Command

from .common import RealestateSalesCommon

PDF = b"%PDF-1.7\n1 0 obj\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"


class DocumentCommon(RealestateSalesCommon):
    """Document types of the test's own, and a contract in review with its checklist."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project.jurisdiction_id = cls.env.ref("realestate_sales.jurisdiction_ph")
        cls.env["realestate.document.type"].search([]).active = False
        cls.identity = cls._create_type("IDENTITY", is_person=True, is_identity=True)
        cls.tax = cls._create_type("TAX", is_person=True, is_company=True)
        cls.contract = cls._create_contract(state="review", user_id=cls.officer.id)
        cls.paper = cls._get_paper(cls.contract, cls.buyer, cls.tax)
        cls.passport = cls._get_paper(cls.contract, cls.buyer, cls.identity)

    @classmethod
    def _create_type(cls, code, **values):
        return cls.env["realestate.document.type"].create(
            {"name": code.title(), "code": f"T_{code}", **values}
        )

    @classmethod
    def _get_paper(cls, contract, partner, kind):
        return contract.document_ids.filtered(
            lambda one: one.partner_id == partner and one.type_id == kind
        )

    @classmethod
    def _create_shared_contract(cls, unit, *partners, state="review", **values):
        buyers = [
            Command.create(
                {
                    "partner_id": partner.id,
                    "share": 100 / len(partners),
                    "is_main": not index,
                }
            )
            for index, partner in enumerate(partners)
        ]
        return cls._create_contract(
            unit,
            partner_id=partners[0].id,
            buyer_ids=buyers,
            state=state,
            **values,
        )

    @classmethod
    def _hand_in(cls, document, content=PDF, filename="paper.pdf", user=None):
        document.with_user(user or cls.officer).action_receive(content, filename)

    @classmethod
    def _accept(cls, document):
        cls._hand_in(document)
        document.with_user(cls.supervisor).action_accept()

    def _encode(self, content):
        return base64.b64encode(content).decode()
