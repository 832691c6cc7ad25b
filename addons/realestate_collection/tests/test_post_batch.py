from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import TODAY
from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPostBatch(DunningCommon):
    """Letters are collected, printed in the order of the post and handed over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.philippines = cls.env.ref("base.ph")
        cls.company.country_id = cls.philippines
        cls.batches = cls.env["realestate.post.batch"].with_user(cls.collector)

    def setUp(self):
        super().setUp()
        self.levels[5].write({"send_email": False, "send_letter": True})

    def _create_letters(self, *places):
        """Letters that wait for the post, to these (zip, street)."""
        contracts = self._create_many(len(places))
        for contract, (code, street) in zip(contracts, places, strict=True):
            contract.partner_id.write(
                {
                    "zip": code,
                    "street": street,
                    "city": "Manila",
                    "country_id": self.philippines.id,
                }
            )
        self.installments.bill_due()
        notices = self._run().notice_ids
        self._send()
        return notices.delivery_ids.sorted("id")

    def _print(self, batch):
        action = batch.action_print()
        with self._without_commit():
            self.env["paper.batch"]._cron_print()
        return self.env["paper.batch"].browse(action["res_id"])

    def test_letters_are_collected_in_the_order_of_the_post(self):
        letters = self._create_letters(
            ("1200", "10 Ayala"), ("900", "1 Luna"), ("1200", "9 Ayala")
        )
        batch = self.batches.collect()
        self.assertEqual(batch.letter_count, 3)
        pile = batch._get_letters()
        self.assertEqual(pile.ids, [letters[n].id for n in (1, 2, 0)])
        self.assertEqual(pile.mapped("post_place"), [1, 2, 3])
        self.assertEqual(batch.user_id, self.collector)

    def test_a_letter_is_collected_once(self):
        self._create_letters(("900", "1 Luna"))
        self.batches.collect()
        with self.assertSays(UserError, "No letter waits"):
            self.batches.collect()

    def test_who_has_paid_gets_no_letter(self):
        letters = self._create_letters(("900", "1 Luna"), ("901", "2 Luna"))
        self._pay(letters[0].contract_id, 200000)
        batch = self.batches.collect()
        self.assertEqual(batch.delivery_ids.sudo(), letters[1])
        self.assertEqual(letters[0].state, "cancelled")
        self.assertEqual(letters[0].notice_id.state, "cancelled")

    def test_the_pile_is_one_file_and_each_letter_is_kept_as_printed(self):
        letters = self._create_letters(("901", "2 Luna"), ("900", "1 Luna"))
        batch = self.batches.collect()
        self.assertEqual(batch.print_state, "none")
        job = self._print(batch)
        self.assertEqual((batch.print_state, job.state), ("done", "done"))
        self.assertEqual(job.user_id, self.collector)
        self.assertEqual(
            job.line_ids.mapped("res_id"),
            [letters[1].notice_id.id, letters[0].notice_id.id],
        )
        self.assertEqual(len(job.file_ids), 1)
        for letter in letters:
            self.assertTrue(letter.attachment_id.raw.startswith(b"%PDF"))
            self.assertEqual(letter.attachment_id.res_id, letter.contract_id.id)

    def test_posting_sends_the_letters_on_that_day(self):
        letters = self._create_letters(("900", "1 Luna"))
        batch = self.batches.collect()
        self._print(batch)
        batch.date_posted = "2026-03-10"
        batch.action_post()
        self.assertEqual((batch.state, letters.state), ("posted", "sent"))
        self.assertEqual(letters.notice_id.state, "sent")
        self.assertEqual(str(batch.date_posted), "2026-03-10")

    def test_who_pays_after_printing_is_taken_out_of_the_pile_first(self):
        letters = self._create_letters(("900", "1 Luna"), ("901", "2 Luna"))
        batch = self.batches.collect()
        self._print(batch)
        self._pay(letters[0].contract_id, 200000)
        answer = batch.action_post()
        self.assertIn("Take these letters out", answer["params"]["message"])
        self.assertIn("Buyer 0", answer["params"]["message"])
        self.assertEqual((batch.state, letters[1].state), ("open", "queued"))
        batch.action_post()
        self.assertEqual(letters.mapped("state"), ["cancelled", "sent"])
        self.assertEqual((batch.letter_count, batch.out_count), (1, 1))

    def test_letters_were_posted_in_no_day_to_come(self):
        self._create_letters(("900", "1 Luna"))
        batch = self.batches.collect()
        batch.date_posted = "2026-03-11"
        with self.assertSays(UserError, "days to come"):
            batch.action_post()

    def test_a_posted_batch_stays_as_it_is(self):
        self._create_letters(("900", "1 Luna"))
        batch = self.batches.collect()
        batch.action_post()
        for call in (batch.action_post, batch.action_print, batch.action_cancel):
            with self.subTest(call=call.__name__), self.assertRaises(UserError):
                call()
        with self.assertRaises(UserError):
            batch.date_posted = "2026-03-01"

    def test_letters_of_a_dissolved_batch_wait_for_the_next(self):
        letters = self._create_letters(("900", "1 Luna"))
        first = self.batches.collect()
        first.action_cancel()
        self.assertFalse(letters.post_batch_id)
        second = self.batches.collect()
        self.assertEqual(letters.post_batch_id, second.sudo())
        self.assertNotEqual(first.name, second.name)

    def test_the_post_s_numbers_are_pasted(self):
        letters = self._create_letters(("901", "2 Luna"), ("900", "1 Luna"))
        batch = self.batches.collect()
        wizard = self.env["realestate.post.numbers"].with_user(self.collector)
        form = Form(wizard.with_context(default_batch_id=batch.id))
        self.assertEqual(form.letter_count, 2)
        self.assertEqual(form.letter_ids[:].ids, letters[::-1].ids)
        wizard.create({"batch_id": batch.id, "text": "RR 1\nRR 2"}).action_record()
        self.assertEqual(letters.mapped("registered_number"), ["RR 2", "RR 1"])
        self.assertEqual(batch.unnumbered_count, 0)
        with self.assertSays(UserError, "3 numbers for 2 letters"):
            wizard.create(
                {"batch_id": batch.id, "text": "RR 1\nRR 2\nRR 3"}
            ).action_record()

    def test_the_cover_list_names_every_letter(self):
        letters = self._create_letters(("900", "1 Luna"), ("901", "2 Luna"))
        batch = self.batches.collect()
        letters[0].registered_number = "RR 77"
        report = self.env["ir.actions.report"].with_user(self.collector)
        html, _type = report._render_qweb_html(
            "realestate_collection.report_post_batch", batch.ids
        )
        text = html.decode()
        for part in ("Buyer 0", "1 Luna", "RR 77", letters[1].contract_id.name):
            self.assertIn(part, text)

    def test_collecting_does_not_grow_with_the_letters(self):
        self._create_letters(*(("900", f"{n} Luna") for n in range(3)))
        self.batches.collect().action_cancel()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.batches.collect()
        self.env.flush_all()
        self.assertLess(self.env.cr.sql_log_count - before, 120)

    # === RIGHTS === #

    def test_nobody_else_collects_or_posts(self):
        self._create_letters(("900", "1 Luna"))
        for user in (self.agent, self.manager, self.accountant):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["realestate.post.batch"].with_user(user).collect()
        batch = self.batches.collect()
        for user in (self.agent, self.accountant):
            for button in ("action_post", "action_print", "action_cancel"):
                with self.subTest(user=user.login, button=button):
                    with self.assertRaises(AccessError):
                        getattr(batch.with_user(user), button)()
        for values in ({"state": "posted"}, {"name": "X"}, {"user_id": 1}):
            with self.subTest(values=values), self.assertRaises(UserError):
                batch.write(values)
