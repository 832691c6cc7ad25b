from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import CollectionPortalCase

#: What stands in no link of ours.
QUERIES = (
    "access_token=" + "x" * 3000,
    "access_token[]=1&access_token=%00&arrangement=-1",
    "date_from=0001-01-01&date_to=9999-12-31&days=%D9%A1%D9%A1",
    "date_from=%FF%FE&date_to=1e400&amount=1e400",
    "amount=-0.001&paid=x&done=%3Cscript%3E",
    "amount=nan&days=99&channel=pigeon&reason=" + "x" * 3000,
)
PAGES = (
    *("", "/statement", "/statement.xlsx", "/pay", "/papers/statement"),
    *("/arrangement", "/arrangement/accept", "/arrangement/refuse", "/papers/none"),
)


@tagged("post_install", "-at_install")
class TestPortalHostile(CollectionPortalCase):
    """A buyer or a stranger sends what no page of ours sends, by GET and by POST:
    nobody gets further than before, and nobody gets a traceback."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_bought(cls.units[2])
        cls.arrangement = cls._offer(cls.contract)

    def _get_addresses(self):
        for page in PAGES:
            yield f"{self.contract.access_url}{page}"
        yield f"/my/contracts/{10**30}/statement"
        yield f"/my/contracts/{2**31}/arrangement"
        yield "/my/reminders"

    def _assert_withstands(self, queries):
        token = self._csrf()
        failed = []
        for address in self._get_addresses():
            for query in queries:
                url = f"{address}?{query}"
                for data in (None, {"csrf_token": token, "arrangement": "x"}):
                    response = self.url_open(url, data=data, allow_redirects=False)
                    if response.status_code >= 500:
                        failed.append((url[:120], bool(data), response.status_code))
        self.assertFalse(failed)
        self.assertEqual(self.arrangement.state, "offered")
        self.assertFalse(self.buyer.realestate_reminder_channel)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_http")
    def test_the_buyer_gets_sentences_and_the_offer_stands(self):
        self._login(self.buyer_user)
        self._assert_withstands(QUERIES)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_http")
    def test_a_stranger_gets_nowhere(self):
        self._login(self.stranger)
        self._assert_withstands(QUERIES[:1])
