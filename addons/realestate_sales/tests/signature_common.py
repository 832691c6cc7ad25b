import base64
import io
from datetime import timedelta
from unittest.mock import patch

from PIL import Image, ImageDraw

from odoo import fields
from odoo.fields import Command

from .common import RealestateSalesCommon

CODE = "042042"


def drawn(text="M"):
    """A drawn signature as a browser sends it."""
    image = Image.new("RGBA", (240, 80), (0, 0, 0, 0))
    ImageDraw.Draw(image).text((20, 20), text, fill="black")
    data = io.BytesIO()
    image.save(data, "PNG")
    return base64.b64encode(data.getvalue()).decode()


class SignatureCommon(RealestateSalesCommon):
    """An approved contract of two buyers with portal logins."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer_user = cls._create_buyer_user("buyer", name="Maria Buyer")
        cls.second_user = cls._create_buyer_user("second", name="Ben Second")
        cls.buyer = cls.buyer_user.partner_id
        cls.second = cls.second_user.partner_id
        cls.contract = cls._create_shared(cls.unit)

    @classmethod
    def _create_buyer_user(cls, login, **values):
        return cls._create_user(
            login, "base.group_portal", email=f"{login}@example.com", **values
        )

    @classmethod
    def _create_shared(cls, unit, state="approved"):
        return cls._create_contract(
            unit,
            state=state,
            partner_id=cls.buyer.id,
            user_id=cls.officer.id,
            buyer_ids=[
                Command.create(
                    {"partner_id": cls.buyer.id, "share": 50, "is_main": True}
                ),
                Command.create({"partner_id": cls.second.id, "share": 50}),
            ],
        )

    def setUp(self):
        super().setUp()
        self.code = CODE
        self.mails = []

        def send(mail):
            self.assertTrue(mail.auto_delete)
            self.mails.append((mail.email_to, mail.subject, mail.body_html))
            # As it is once it has been sent.
            mail.unlink()

        self.patch(self.env.registry["mail.mail"], "send_after_commit", send)
        draw = patch(
            "odoo.addons.realestate_sales.tools.one_time_code.draw_code",
            lambda: self.code,
        )
        self.startPatcher(draw)

    def _ask(self, contract=None):
        """Issue the contract for signature; return main and second signature."""
        contract = contract or self.contract
        contract.with_user(self.officer).action_ask_signatures()
        return self._signatures(contract)

    def _signatures(self, contract=None):
        live = (contract or self.contract).signature_ids.filtered(
            lambda one: one.state != "void"
        )
        return [
            live.filtered(lambda one, partner=partner: one.partner_id == partner)
            for partner in (self.buyer, self.second)
        ]

    def _sign(self, signature, code=None, name="Maria Buyer", image=None, **proof):
        """Sign as the portal does, after it has found the signature."""
        own = signature.with_user(signature.signer_id.user_ids).sudo()
        proof = {"ip": "203.0.113.7", "user_agent": "Browser 1.0", **proof}
        return own._sign_online(
            self.code if code is None else code,
            name,
            drawn() if image is None else image,
            **proof,
        )

    def _send_code(self, signature):
        own = signature.with_user(signature.signer_id.user_ids).sudo()
        return own._send_code()

    def _later(self, signature, **delta):
        """Let time pass for what is kept of the codes of ``signature``."""
        past = fields.Datetime.now() - timedelta(**delta)
        own = signature.sudo()
        own._write_facts(code_sent_at=past, code_window_at=past)
