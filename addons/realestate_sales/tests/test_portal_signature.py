from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .signature_common import SignatureCommon, drawn


class PortalSignatureCase(HttpCase, SignatureCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls._create_buyer_user("stranger", name="Sam Stranger")
        cls.url = f"{cls.contract.access_url}/sign"

    def setUp(self):
        super().setUp()
        self.first, self.second_signature = self._ask()

    def _login(self, user):
        self.authenticate(user and user.login, user and user.login)

    def _get(self, path):
        return self.url_open(path, allow_redirects=False)

    def _post(self, what, **params):
        return self.make_jsonrpc_request(f"{self.url}/{what}", params)

    def _confirm(self, **params):
        values = {"code": self.code, "name": "Maria", "signature": drawn(), **params}
        return self._post("confirm", **values)


@tagged("post_install", "-at_install")
class TestPortalSignature(PortalSignatureCase):
    def test_a_buyer_signs_by_login_and_code(self):
        self._login(self.buyer_user)
        home = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["realestate_signature_count"]}
        )
        self.assertEqual(home["realestate_signature_count"], 1)
        self.assertIn(f"{self.url}", self._get(self.contract.access_url).text)
        page = self._get(self.url).text
        self.assertIn(self.contract.paper_sha256, page)
        self.assertIn("Ben Second", page)
        self.assertEqual(self._post("code"), {"sent_to": "b••••@example.com"})
        answer = self._confirm(tz="Asia/Manila")
        self.assertEqual(answer["redirect_url"], self.url)
        self.assertEqual(self.first.state, "signed")
        self.assertEqual(self.first.tz, "Asia/Manila")
        self.assertTrue(self.first.ip)
        self.assertIn("You have signed", self._get(self.url).text)
        self.assertNotIn(
            "waits for your signature", self._get(self.contract.access_url).text
        )

    def test_the_last_signature_signs_the_contract(self):
        for user in (self.buyer_user, self.second_user):
            self._login(user)
            self._post("code")
            self._confirm()
        self.assertEqual(self.contract.state, "signed")
        self.assertIn("All buyers have signed", self._get(self.url).text)

    def test_the_page_shows_the_kept_text(self):
        reports = self.env.registry["ir.actions.report"]
        render = reports._render_qweb_pdf

        def draw(report, ref, res_ids=None, data=None):
            forced = report.with_context(force_report_rendering=True)
            return render(forced, ref, res_ids=res_ids, data=data)

        self.patch(reports, "_render_qweb_pdf", draw)
        self._login(self.buyer_user)
        paper = self._get(f"{self.contract.access_url}/papers/contract")
        self.assertEqual(paper.content, self.contract._read_paper())

    def test_looking_changes_nothing(self):
        self._login(self.buyer_user)
        before = self.contract.read(["write_date", "state"])
        marks = self.first.sudo().read(["write_date", "state", "code_sends"])
        for _ in range(2):
            self.assertEqual(self._get(self.url).status_code, 200)
        for what in ("code", "confirm", "refuse"):
            with self.subTest(what=what), mute_logger("odoo.http"):
                answer = self._get(f"{self.url}/{what}?reason=x&code={self.code}")
                self.assertNotEqual(answer.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(self.contract.read(["write_date", "state"]), before)
        self.assertEqual(
            self.first.sudo().read(["write_date", "state", "code_sends"]), marks
        )

    def test_a_wrong_code_stays_counted(self):
        self._login(self.buyer_user)
        self._post("code")
        for left in (4, 3, 2, 1):
            self.assertIn(f"{left} tries", self._confirm(code="999999")["error"])
        self.assertIn("too many wrong", self._confirm(code="999999")["error"])
        self.assertIn("too many wrong", self._confirm()["error"])
        self.assertEqual(self.first.state, "open")

    def test_an_expired_link_says_so_and_signs_nothing(self):
        self._login(self.buyer_user)
        self._post("code")
        yesterday = fields.Datetime.now() - timedelta(days=1)
        self.first.sudo()._write_facts(date_expiry=yesterday)
        page = self._get(self.url).text
        self.assertIn("invitation has expired", page)
        self.assertNotIn("contract_signature_form", page)
        self.assertIn("expired", self._confirm()["error"])
        self.assertIn("expired", self._post("code")["error"])

    def test_a_stranger_neither_sees_nor_signs(self):
        self._login(self.stranger)
        response = self._get(self.url)
        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith("/my"))
        self.assertEqual(
            self._get(f"{self.contract.access_url}/papers/contract").status_code, 303
        )
        for what in ("code", "confirm", "refuse"):
            answer = self._post(what, code=self.code, name="Sam", reason="x")
            with self.subTest(what=what):
                self.assertIn("nothing of yours", answer["error"])
        self.assertEqual(len(self.mails), 2)
        self.assertEqual(self.contract.signature_ids.mapped("state"), ["open"] * 2)

    def test_a_cobuyer_signs_for_nobody_else(self):
        self._login(self.buyer_user)
        self._post("code")
        self._login(self.second_user)
        self.assertIn("Ask for a code first", self._confirm()["error"])
        self.assertEqual(self.contract.signature_ids.mapped("state"), ["open"] * 2)

    def test_the_link_with_the_token_shows_and_does_not_sign(self):
        token = self.contract._portal_ensure_token()
        self._login(None)
        shown = self._get(f"{self.contract.access_url}?access_token={token}")
        self.assertEqual(shown.status_code, 200)
        self.assertNotIn("waits for your signature", shown.text)
        page = self._get(f"{self.url}?access_token={token}")
        self.assertIn("/web/login", page.headers["Location"])
        with mute_logger("odoo.http"):
            for what in ("code", "confirm", "refuse"):
                answer = self.url_open(
                    f"{self.url}/{what}?access_token={token}",
                    json={"params": {"access_token": token, "code": self.code}},
                )
                with self.subTest(what=what):
                    self.assertEqual(answer.json()["error"]["code"], 100)
        self.assertEqual(self.contract.signature_ids.mapped("state"), ["open"] * 2)

    def test_staff_do_not_sign_for_a_buyer(self):
        self.officer.password = self.officer.login
        self._login(self.officer)
        self.assertIn("nothing of yours", self._post("code")["error"])
        self.assertIn("nothing of yours", self._confirm()["error"])
        self.first.buyer_id._write_facts(proxy_id=self.officer.partner_id.id)
        own, _second = self._ask()
        self.assertEqual(own.signer_id, self.officer.partner_id)
        self.assertFalse(own.has_login)
        self.assertIn("nothing of yours", self._post("code")["error"])

    def test_a_cancelled_contract_is_signed_by_nobody(self):
        self._login(self.buyer_user)
        self._post("code")
        self.contract.action_cancel("The bank refused")
        self.assertIn("nothing of yours", self._confirm()["error"])
        self.assertEqual(self._get(self.url).status_code, 303)

    def test_a_refusal_is_told_to_the_officer(self):
        self._login(self.buyer_user)
        self.assertIn("Say what keeps you", self._post("refuse")["error"])
        self._post("refuse", reason="<script>alert(1)</script>")
        self.assertEqual(self.first.state, "refused")
        activity = self.contract.activity_ids
        self.assertEqual(activity.user_id, self.officer)
        self.assertNotIn("<script>", activity.note)

    def test_who_signs_for_a_buyer_sees_the_contract_and_signs(self):
        proxy = self._create_buyer_user("proxy", name="Pia Proxy")
        self.first.buyer_id._write_facts(proxy_id=proxy.partner_id.id)
        self._login(self.buyer_user)
        self.assertIn("not named to sign", self._post("code")["error"])
        own, _second = self._ask()
        self.assertEqual((self.first.state, own.signer_id), ("void", proxy.partner_id))
        self._login(proxy)
        self.assertIn("You sign for", self._get(self.url).text)
        self._post("code")
        self._confirm(name="Pia Proxy")
        self.assertEqual((own.state, own.partner_id), ("signed", self.buyer))
        other = self._create_shared(self.units[1])
        self.assertEqual(self._get(other.access_url).status_code, 303)

    def test_portal_users_read_no_signature(self):
        with self.assertRaises(AccessError):
            self.first.with_user(self.buyer_user).read(["ip"])
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "realestate.document"), ("res_field", "=", "file")]
        )
        self._login(self.buyer_user)
        for one in attachment:
            answer = self._get(f"/web/content/{one.id}")
            self.assertNotEqual(answer.status_code, 200)


@tagged("post_install", "-at_install")
class TestPortalSignatureUi(PortalSignatureCase):
    def test_two_buyers_sign_one_after_the_other(self):
        for user, state in (
            (self.buyer_user, "approved"),
            (self.second_user, "signed"),
        ):
            self.start_tour(
                self.contract.access_url, "realestate_sign", login=user.login
            )
            self.assertEqual(self.contract.state, state)
        signatures = self.contract.signature_ids
        self.assertEqual(set(signatures.mapped("method")), {"portal"})
        codes = [mail for mail in self.mails if self.code in mail[2]]
        self.assertEqual(len(codes), 2)
