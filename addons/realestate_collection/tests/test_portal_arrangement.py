import re

from odoo.tests import tagged

from .portal_common import CollectionPortalCase


@tagged("post_install", "-at_install")
class TestPortalArrangement(CollectionPortalCase):
    """The buyer looks at the offer and answers; others look at most."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_shared(cls.units[2])
        cls.arrangement = cls._offer(cls.contract)
        cls.page = f"/my/contracts/{cls.contract.id}/arrangement"

    def _post(self, verb, token=True, path=None, **values):
        page = self.url_open(self.page).text
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        data = {"arrangement": self.arrangement.id, **values}
        if token and found:
            data["csrf_token"] = found.group(1)
        return self.url_open(
            f"{path or self.page}/{verb}", data=data, allow_redirects=False
        )

    def test_the_contract_leads_to_the_offer(self):
        self._login(self.buyer_user)
        page = self._get(self.contract.access_url).text
        self.assertIn("See the offer", page)
        offer = self._get(self.page)
        self.assertEqual(offer.status_code, 200)
        for text in ("I accept these dates", "What falls due besides"):
            self.assertIn(text, offer.text)

    def test_the_buyer_accepts_and_the_facts_are_kept(self):
        self._login(self.buyer_user)
        response = self._post("accept")
        self.assertEqual(response.status_code, 303)
        self.assertIn("done=accepted", response.headers["Location"])
        self.assertEqual(self.arrangement.state, "accepted")
        self.assertEqual(self.arrangement.accepted_by_id, self.buyer_user)
        self.assertEqual(self.arrangement.accepted_how, "portal")
        self.assertTrue(self.arrangement.accepted_address)
        self.assertTrue(self.arrangement.accepted_agent)
        self.assertTrue(self.contract.is_dunning_held)
        page = self._get(self.page).text
        self.assertNotIn("I accept these dates", page)
        self.assertIn("Accepted on", page)

    def test_accepting_twice_says_it_stands_no_longer_and_changes_nothing(self):
        self._login(self.buyer_user)
        token = self._csrf()
        self._post("accept")
        accepted = self.arrangement.date_accepted
        response = self._post("refuse", csrf_token=token, reason="Changed my mind")
        self.assertEqual(response.status_code, 200)
        self.assertIn("stands no longer", response.text)
        self.assertEqual(self.arrangement.state, "accepted")
        self.assertEqual(self.arrangement.date_accepted, accepted)

    def test_the_buyer_refuses_and_says_what_would_suit(self):
        self._login(self.buyer_user)
        response = self._post("refuse", reason=" From <b>May</b> on ")
        self.assertEqual(response.status_code, 303)
        self.assertEqual(self.arrangement.state, "refused")
        self.assertEqual(self.arrangement.refuse_reason, "From <b>May</b> on")
        self.assertFalse(self.contract.is_dunning_held)
        self.assertNotIn(
            "<b>May</b>", str(self.arrangement.activity_ids.mapped("note"))
        )

    def test_a_co_buyer_looks_on(self):
        self._login(self.stranger)
        page = self._get(self.page).text
        self.assertIn("who is invoiced answers", page)
        self.assertNotIn("I accept these dates", page)
        response = self._post("accept", csrf_token=self._csrf())
        self.assertIn("Only the buyer", response.text)
        self.assertEqual(self.arrangement.state, "offered")

    def test_a_stranger_sees_nothing(self):
        other = self._create_bought(self.units[3])
        arrangement = self._offer(other)
        self._login(self.stranger)
        page = f"/my/contracts/{other.id}/arrangement"
        self._assert_sent_home(page)
        self.url_open(
            f"{page}/accept",
            data={"arrangement": arrangement.id, "csrf_token": self._csrf()},
            allow_redirects=False,
        )
        self._assert_sent_home(f"/my/contracts/{other.id}/papers/arrangement")
        self.assertEqual(arrangement.state, "offered")

    def test_a_link_shows_and_does_not_answer(self):
        token = self.contract._portal_ensure_token()
        self.authenticate(None, None)
        page = self._get(f"{self.page}?access_token={token}").text
        self.assertIn("Log in to answer", page)
        self.assertNotIn("I accept these dates", page)
        response = self.url_open(
            f"{self.page}/accept",
            data={"arrangement": self.arrangement.id, "access_token": token},
            allow_redirects=False,
        )
        self.assertNotEqual(response.status_code, 200)
        self.assertEqual(self.arrangement.state, "offered")

    def test_a_page_from_elsewhere_answers_nothing(self):
        self._login(self.buyer_user)
        with self.assertLogs("odoo.http", "WARNING"):
            response = self._post("accept", token=False)
        self.assertEqual(response.status_code, 400)
        for verb in ("accept", "refuse"):
            self.assertEqual(self._get(f"{self.page}/{verb}").status_code, 405)
        self.assertEqual(self.arrangement.state, "offered")

    def test_another_offer_than_the_one_seen_is_not_answered(self):
        self._login(self.buyer_user)
        for number in (self.arrangement.id + 1, "x", ""):
            response = self._post("accept", arrangement=number)
            self.assertIn("offer has changed", response.text)
        self.assertEqual(self.arrangement.state, "offered")

    def test_a_draft_is_nobodys_to_see(self):
        self.arrangement.action_draft()
        self._login(self.buyer_user)
        response = self._get(self.page)
        self.assertEqual(response.status_code, 303)
        self.assertNotIn("See the offer", self._get(self.contract.access_url).text)
