import re
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..controllers.portal import PORTAL_STATES, RealestatePortal
from .common import RealestateSalesCommon


class PortalCase(HttpCase, RealestateSalesCommon):
    """A buyer and a stranger with portal accounts, and an active contract."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer_user = cls._create_portal_user("buyer", name="Maria Buyer")
        cls.buyer = cls.buyer_user.partner_id
        cls.stranger = cls._create_portal_user("stranger", name="Sam Stranger")
        cls.contract = cls._create_contract(partner_id=cls.buyer.id, state="active")
        cls.url = cls.contract.access_url

    @classmethod
    def _create_portal_user(cls, login, **values):
        return cls._create_user(
            login,
            "base.group_portal",
            email=f"{login}@example.com",
            **values,
        )

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _get(self, path):
        return self.url_open(path, allow_redirects=False)

    def _assert_sent_home(self, path):
        response = self._get(path)
        self.assertEqual(response.status_code, 303, path)
        self.assertTrue(response.headers["Location"].endswith("/my"), path)


@tagged("post_install", "-at_install")
class TestPortalList(PortalCase):
    def test_a_buyer_sees_own_contracts_only(self):
        other = self._create_contract(
            self.units[1], partner_id=self.stranger.partner_id.id, state="active"
        )
        self._login(self.buyer_user)
        page = self._get("/my/contracts").text
        self.assertIn(self.contract.name, page)
        self.assertNotIn(other.name, page)

    def test_a_co_buyer_sees_the_shared_contract(self):
        contract = self._create_contract(
            self.units[1],
            partner_id=self.buyer.id,
            buyer_ids=[
                Command.create(
                    {"partner_id": self.buyer.id, "share": 50, "is_main": True}
                ),
                Command.create(
                    {"partner_id": self.stranger.partner_id.id, "share": 50}
                ),
            ],
            state="approved",
        )
        self._login(self.stranger)
        page = self._get("/my/contracts").text
        self.assertIn(contract.name, page)
        self.assertNotIn(self.contract.name, page)
        self.assertEqual(self._get(contract.access_url).status_code, 200)

    def test_drafts_and_cancelled_contracts_are_not_listed(self):
        draft = self._create_contract(self.units[1], partner_id=self.buyer.id)
        cancelled = self._create_contract(
            self.units[2], partner_id=self.buyer.id, state="approved"
        )
        cancelled.action_cancel("Loan refused")
        self._login(self.buyer_user)
        page = self._get("/my/contracts").text
        self.assertNotIn(draft.name, page)
        self.assertNotIn(cancelled.name, page)

    def test_the_home_counts_own_contracts(self):
        for user, count in ((self.buyer_user, 1), (self.stranger, 0)):
            self._login(user)
            answer = self.make_jsonrpc_request(
                "/my/counters", {"counters": ["realestate_contract_count"]}
            )
            self.assertEqual(answer["realestate_contract_count"], count)
        self.assertIn("/my/contracts", self._get("/my/home").text)

    def test_pages_hold_a_few_contracts_each(self):
        second = self._create_contract(
            self.units[1],
            partner_id=self.buyer.id,
            state="active",
            date_contract="2026-01-01",
        )
        self._login(self.buyer_user)
        with patch.object(RealestatePortal, "_items_per_page", 1):
            first_page = self._get("/my/contracts").text
            second_page = self._get("/my/contracts/page/2").text
        self.assertIn(self.contract.name, first_page)
        self.assertNotIn(second.name, first_page)
        self.assertIn(second.name, second_page)
        self.assertNotIn(self.contract.name, second_page)

    def test_the_list_is_sorted_as_asked_and_survives_nonsense(self):
        second = self._create_contract(
            self.units[1],
            partner_id=self.buyer.id,
            state="active",
            line_ids=[Command.create({"unit_id": self.units[1].id, "price": 5000000})],
        )
        self._login(self.buyer_user)
        by_price = self._get("/my/contracts?sortby=amount").text
        self.assertLess(by_price.index(second.name), by_price.index(self.contract.name))
        by_name = self._get("/my/contracts?sortby=name").text
        self.assertLess(by_name.index(self.contract.name), by_name.index(second.name))
        self.assertEqual(self._get("/my/contracts?sortby=price_floor").status_code, 200)

    def test_staff_without_a_role_meet_an_empty_list(self):
        self.plain.password = self.plain.login
        self._login(self.plain)
        page = self._get("/my/contracts")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn(self.contract.name, page.text)


@tagged("post_install", "-at_install")
class TestPortalContract(PortalCase):
    def test_the_page_shows_units_schedule_and_balance(self):
        self._login(self.buyer_user)
        page = self._get(self.url).text
        for part in (
            "T1-101",
            "Tower 1",
            "East Residences",
            "1,000,000.00",
            "Down payment 1/4",
            "Instalment 12/12",
            "Not yet invoiced",
        ):
            self.assertIn(part, page)

    def test_the_page_keeps_internal_things_internal(self):
        unit = self._create_units(1, first=301, price_floor=765432)
        contract = self._create_contract(
            unit, partner_id=self.buyer.id, state="approved"
        )
        contract.message_post(body="Weak credit, be careful")
        self._login(self.buyer_user)
        page = self._get(contract.access_url).text
        self.assertNotIn("765,432", page)
        self.assertNotIn("Weak credit", page)

    def test_a_stranger_is_sent_home(self):
        self._login(self.stranger)
        self._assert_sent_home(self.url)
        self._assert_sent_home(f"{self.url}?report_type=pdf")
        self._assert_sent_home(f"{self.url}/papers/contract")
        self._assert_sent_home(f"{self.url}?access_token=")
        self._assert_sent_home(f"{self.url}?access_token=wrong")
        self._assert_sent_home("/my/contracts/2147483647")

    def test_the_public_needs_the_token(self):
        self._assert_sent_home(self.url)
        self._assert_sent_home(f"{self.url}?access_token=wrong")
        page = self._get(self.contract.get_portal_url())
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.contract.name, page.text)

    def test_the_token_of_one_contract_opens_no_other(self):
        other = self._create_contract(
            self.units[1], partner_id=self.stranger.partner_id.id, state="active"
        )
        token = self.contract._portal_ensure_token()
        self._assert_sent_home(f"{other.access_url}?access_token={token}")

    def test_a_token_opens_neither_drafts_nor_cancelled_contracts(self):
        contract = self._create_contract(self.units[1], partner_id=self.buyer.id)
        url = contract.get_portal_url()
        self._assert_sent_home(url)
        self._walk(contract, "approved")
        self.assertEqual(self._get(url).status_code, 200)
        contract.action_cancel("Loan refused")
        self._assert_sent_home(url)
        self._login(self.buyer_user)
        self._assert_sent_home(url)

    def test_page_and_record_rule_agree_on_the_states(self):
        rule = self.env.ref("realestate_sales.realestate_contract_portal_rule")
        states = re.search(r"'state', 'in', \(([^)]*)\)", rule.domain_force)[1]
        self.assertEqual(set(re.findall(r"\w+", states)), set(PORTAL_STATES))

    def test_links_to_papers_keep_the_token(self):
        page = self._get(self.contract.get_portal_url()).text
        token = self.contract.access_token
        self.assertIn(f"/papers/contract?access_token={token}", page)
        self._login(self.buyer_user)
        self.assertNotIn(token, self._get(self.url).text)

    def test_special_characters_are_shown_not_run(self):
        self.project.name = "<script>alert(1)</script>"
        self._login(self.buyer_user)
        page = self._get(self.url).text
        self.assertNotIn("<script>alert(1)", page)
        self.assertIn("&lt;script&gt;alert(1)", page)


@tagged("post_install", "-at_install")
class TestPortalPapers(PortalCase):
    def setUp(self):
        super().setUp()
        self.rendered = []
        render = type(self.env["ir.actions.report"])._render_qweb_pdf

        def note(report, ref, res_ids=None, data=None):
            self.rendered.append((ref, res_ids))
            forced = report.with_context(force_report_rendering=True)
            return render(forced, ref, res_ids=res_ids, data=data)

        reports = self.env.registry["ir.actions.report"]
        self.patch(reports, "_render_qweb_pdf", note)

    def _assert_pdf(self, response, name):
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertIn(name, response.headers["Content-Disposition"])
        self.assertTrue(response.content.startswith(b"%PDF"))

    def test_the_buyer_downloads_the_contract(self):
        self._login(self.buyer_user)
        self._assert_pdf(self._get(f"{self.url}/papers/contract"), "Sales_Contract")
        self._assert_pdf(self._get(f"{self.url}?report_type=pdf"), "Sales_Contract")
        download = self._get(f"{self.url}/papers/contract?download=true")
        self.assertIn("attachment", download.headers["Content-Disposition"])

    def test_the_token_opens_the_papers(self):
        token = self.contract._portal_ensure_token()
        path = f"{self.url}/papers/contract?access_token="
        self._assert_pdf(self._get(path + token), "Sales_Contract")
        self._assert_sent_home(path + "wrong")

    def test_the_reservation_form_comes_with_its_contract(self):
        reservation = self.units[1].action_reserve(self.buyer, self.plan, 20000)
        reservation.action_confirm()
        contract = reservation.action_convert()
        self._walk(contract, "approved")
        self._login(self.buyer_user)
        self.assertIn("/papers/reservation", self._get(contract.access_url).text)
        paper = self._get(f"{contract.access_url}/papers/reservation")
        self._assert_pdf(paper, "Reservation_RES")
        self.assertEqual(self.rendered[-1][1], reservation.ids)

    def test_an_unknown_paper_leads_back_to_the_contract(self):
        self._login(self.buyer_user)
        for paper in ("reservation", "statement_of_sam", "action_report_contract"):
            response = self._get(f"{self.url}/papers/{paper}")
            self.assertEqual(response.status_code, 303)
            self.assertTrue(response.headers["Location"].endswith(self.url))
        self.assertFalse(self.rendered)

    def test_other_kinds_of_reports_are_not_served(self):
        self._login(self.buyer_user)
        page = self._get(f"{self.url}?report_type=text")
        self.assertIn("text/html", page.headers["Content-Type"])
        self.assertFalse(self.rendered)

    def test_the_report_route_refuses_strangers(self):
        self._login(self.stranger)
        path = f"/report/pdf/realestate_sales.report_contract/{self.contract.id}"
        with mute_logger("odoo.http"):
            response = self._get(path)
        self.assertNotEqual(response.status_code, 200)
        self.assertNotIn(b"%PDF", response.content)
