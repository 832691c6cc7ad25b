from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .signing_common import SigningFactories
from .test_portal import PortalCase


@tagged("post_install", "-at_install")
class TestSigningUi(SigningFactories, PortalCase):
    """From what is ready to what is signed, by the officer and by the buyer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The clock of the browser is the real one: where it is about noon now.
        hours = fields.Datetime.now().hour - 12
        zone = f"Etc/GMT{hours:+d}" if hours else "Etc/GMT"
        always = [
            Command.create({"weekday": str(day), "hour_from": 0, "hour_to": 24})
            for day in range(7)
        ]
        cls.desk = cls._create_desk(tz=zone, notice_hours=0, hours_ids=always)
        cls.ready = cls._create_contract(
            cls.units[1],
            partner_id=cls.buyer.id,
            state="approved",
            user_id=cls.officer.id,
        )

    def test_a_contract_from_ready_to_signed(self):
        self.start_tour(
            "/odoo/action-realestate_sales.realestate_contract_ready_action",
            "realestate_signing_invite",
            login=self.officer.login,
        )
        signing = self.ready.signing_id
        self.assertEqual(signing.state, "invited")
        self.assertEqual(signing.desk_id, self.desk)
        self.assertEqual(signing.user_id, self.officer)
        self.start_tour(
            self.ready.access_url,
            "realestate_signing_portal",
            login=self.buyer_user.login,
        )
        self.assertEqual(signing.state, "confirmed")
        self.start_tour(
            f"/odoo/realestate.signing/{signing.id}",
            "realestate_signing_done",
            login=self.officer.login,
        )
        self.assertEqual(signing.state, "done")
        self.assertEqual(self.ready.state, "signed")
