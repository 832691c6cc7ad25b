from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .document_common import JPEG, PDF, DocumentCommon


class DocumentRightsCase(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cobuyer = cls._create_partner(name="Second")
        cls.shared = cls._create_shared_contract(
            cls.units[1], cls.buyer, cls.cobuyer, state="approved"
        )
        cls.own = cls._get_paper(cls.shared, cls.buyer, cls.tax)
        cls.own_identity = cls._get_paper(cls.shared, cls.buyer, cls.identity)
        cls.others_identity = cls._get_paper(cls.shared, cls.cobuyer, cls.identity)
        stranger = cls._create_partner(name="Stranger")
        cls.portal, cls.second, cls.stranger = (
            new_test_user(
                cls.env,
                login=f"paper_{partner.name}",
                groups="base.group_portal",
                partner_id=partner.id,
            )
            for partner in (cls.buyer, cls.cobuyer, stranger)
        )

    def _seen(self, user, records):
        found = records.with_user(user).search([("id", "in", records.ids)])
        return found.with_user(self.env.user)


@tagged("post_install", "-at_install")
class TestDocumentRights(DocumentRightsCase):
    def test_agents_see_and_hand_in_papers_of_their_buyers(self):
        mine = self._create_contract(
            self.units[2], state="review", user_id=self.agent.id
        ).document_ids
        self.assertEqual(self._seen(self.agent, mine | self.own), mine)
        self._hand_in(mine[0], user=self.agent)
        self.assertEqual(mine[0].user_received_id, self.agent)
        with self.assertRaises(AccessError):
            mine[0].with_user(self.agent).action_accept()
        with self.assertRaises(AccessError):
            mine[0].with_user(self.agent).note = "Seen"
        with self.assertRaises(AccessError):
            self._hand_in(self.own, user=self.agent)

    def test_the_desk_sees_the_papers_of_its_projects(self):
        self.project.member_ids = self.supervisor
        papers = self.shared.document_ids
        self.assertEqual(self._seen(self.supervisor, papers), papers)
        self.assertEqual(self._seen(self.manager, papers), papers)
        self.assertFalse(self._seen(self.officer, papers))

    def test_readers_see_papers_and_open_all_but_identity(self):
        self._hand_in(self.own)
        self._hand_in(self.own_identity)
        for role in (self.lawyer, self.leader, self.archivist):
            with self.subTest(role=role.login):
                self.assertEqual(self._seen(role, self.own), self.own)
                self.assertTrue(self.own.with_user(role).read_file()["content"])
                with self.assertRaisesRegex(AccessError, "identity paper"):
                    self.own_identity.with_user(role).read_file()
                with self.assertRaises(AccessError):
                    self._hand_in(self.own, JPEG, user=role)
                with self.assertRaises(AccessError):
                    self.own.with_user(role).action_refuse("No")

    def test_nobody_reads_or_writes_the_file_as_a_field(self):
        self._hand_in(self.own)
        for user in (self.manager, self.officer, self.lawyer, self.portal):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.own.with_user(user).read(["file"])
                attachments = self.env["ir.attachment"].with_user(user)
                domain = [("res_model", "=", "realestate.document")]
                domain += [("res_field", "=", "file")]
                try:
                    found = attachments.search(domain)
                except AccessError:
                    continue
                self.assertFalse(found)

    def test_facts_are_forged_by_nobody(self):
        paper = self.own.with_user(self.manager)
        for values in (
            {"state": "accepted"},
            {"sha256": "00"},
            {"filename": "x.pdf"},
            {"user_received_id": self.officer.id},
            {"refuse_reason": "No"},
            {"is_automatic": False},
            {"company_id": 1},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                paper.write(values)
        made = {
            "contract_id": self.shared.id,
            "partner_id": self.buyer.id,
            "type_id": self.tax.id,
        }
        documents = self.env["realestate.document"].with_user(self.manager)
        for values in ({"state": "accepted"}, {"sha256": "00"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                documents.create({**made, **values})
        forged = documents.with_context(default_state="accepted").create(made)
        self.assertEqual(forged.state, "missing")
        command = [Command.update(self.own.id, {"state": "accepted"})]
        with self.assertRaises(UserError):
            self.shared.with_user(self.manager).document_ids = command

    def test_a_buyer_sees_the_own_papers_and_no_identity_of_a_cobuyer(self):
        papers = self.shared.document_ids
        own = papers.filtered(lambda one: one.partner_id == self.buyer)
        self.assertEqual(self._seen(self.portal, papers), own)
        self.assertEqual(self._seen(self.second, papers), papers - own)
        self.assertFalse(self._seen(self.stranger, papers))
        self._hand_in(self.others_identity)
        with self.assertRaises(AccessError):
            self.others_identity.with_user(self.portal).read_file()
        self.assertTrue(self.others_identity.with_user(self.second).read_file())

    def test_a_buyer_sees_nothing_before_the_contract_is_approved(self):
        self.assertFalse(self._seen(self.portal, self.contract.document_ids))
        with self.assertRaises(AccessError):
            self._hand_in(self.paper, user=self.portal)

    def test_buyers_see_papers_of_the_company_that_are_for_them(self):
        shown = self._create_type("SHOWN", side="company", is_portal=True)
        hidden = self._create_type("HIDDEN", side="company")
        papers = self.env["realestate.document"].create(
            [
                {"contract_id": self.shared.id, "type_id": kind.id}
                for kind in (shown, hidden, shown)
            ]
        )
        for paper in papers[:2]:
            paper._store_file(PDF, "contract.pdf")
            paper.action_accept()
        for user in (self.portal, self.second):
            self.assertEqual(self._seen(user, papers), papers[0])
            self.assertTrue(papers[0].with_user(user).read_file()["content"])
            with self.assertRaises(AccessError):
                self._hand_in(papers[0], user=user)
        self.assertFalse(self._seen(self.stranger, papers))
        self.assertFalse(papers[2].is_owed)

    def test_a_buyer_hands_in_the_own_and_decides_nothing(self):
        self._hand_in(self.own, user=self.portal)
        self.assertEqual(self.own.user_received_id, self.portal)
        own = self.own.with_user(self.portal)
        for method, arguments in (
            ("action_accept", ()),
            ("action_refuse", ("No",)),
            ("action_waive", ("Please",)),
            ("action_require", ()),
            ("unlink", ()),
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(own, method)(*arguments)
        with self.assertRaisesRegex(UserError, "nothing has to be handed in"):
            self._hand_in(self.own, JPEG, user=self.portal)
        for name in ("note", "user_received_id", "waive_reason"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                own.read([name])

    def test_strangers_and_bare_users_do_nothing(self):
        self._hand_in(self.own)
        for user in (self.stranger, self.plain):
            own = self.own.with_user(user)
            for method, arguments in (
                ("read", (["name"],)),
                ("read_file", ()),
                ("action_open", ()),
                ("action_receive", (PDF, "x.pdf")),
                ("action_accept", ()),
                ("action_refuse", ("No",)),
            ):
                with (
                    self.subTest(user=user.login, method=method),
                    self.assertRaises(AccessError),
                ):
                    getattr(own, method)(*arguments)
            contract = self.shared.with_user(user)
            with self.assertRaises(AccessError):
                contract.action_sync_documents()

    def test_the_other_company_sees_nothing(self):
        company = self._create_company("Rival", self.currency)
        rival = self._create_user(
            "rival", "realestate_sales.group_manager", company=company
        )
        own = self.own.with_context(allowed_company_ids=company.ids)
        self.assertFalse(self._seen(rival, own))
        with self.assertRaises(AccessError):
            self._hand_in(own, user=rival)
        with self.assertRaises(AccessError):
            own.with_user(rival).create(
                {
                    "contract_id": self.shared.id,
                    "partner_id": self.buyer.id,
                    "type_id": self.tax.id,
                }
            )

    def test_bare_users_learn_nothing_of_a_buyer_s_person(self):
        for name in ("realestate_birth_date", "realestate_nationality_id"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                self.buyer.with_user(self.plain).read([name])


@tagged("post_install", "-at_install")
class TestDocumentFile(HttpCase, DocumentRightsCase):
    def _open(self, user, document):
        user.password = user.login
        self.authenticate(user.login, user.login)
        with mute_logger("odoo.http"):
            return self.url_open(
                f"/realestate/documents/{document.id}/file", allow_redirects=False
            )

    def test_the_file_is_served_as_what_it_is(self):
        self._hand_in(self.own, PDF, "tax.pdf")
        answer = self._open(self.officer, self.own)
        self.assertEqual((answer.status_code, answer.content), (200, PDF))
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("inline", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("no-store", answer.headers["Cache-Control"])

    def test_pictures_of_telephones_are_downloaded(self):
        self._hand_in(self.own, b"\x00\x00\x00\x18ftypheic\x00\x00", "IMG_1.HEIC")
        answer = self._open(self.officer, self.own)
        self.assertIn("attachment", answer.headers["Content-Disposition"])

    def test_others_find_no_file(self):
        self._hand_in(self.own)
        self._hand_in(self.others_identity)
        for user, document in (
            (self.stranger, self.own),
            (self.plain, self.own),
            (self.portal, self.others_identity),
            (self.leader, self.others_identity),
            (self.portal, self.own_identity),
            (self.officer, self.env["realestate.document"].browse(2147483647)),
        ):
            with self.subTest(user=user.login, document=document.id):
                self.assertEqual(self._open(user, document).status_code, 404)
        for path in ("content", "image"):
            answer = self.url_open(
                f"/web/{path}/realestate.document/{self.own.id}/file",
                allow_redirects=False,
            )
            self.assertNotIn(PDF, answer.content)
