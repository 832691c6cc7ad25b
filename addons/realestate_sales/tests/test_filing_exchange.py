import base64
import io
from xml.etree import ElementTree

import openpyxl

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.filing_fields import FILING_FIELDS, IDENTITY, field_value
from .exchange_common import ExchangeCase


@tagged("post_install", "-at_install")
class TestFilingExchange(ExchangeCase):
    def _content(self, exchange, field="file"):
        return base64.b64decode(exchange[field])

    def test_a_file_has_a_row_for_each_filing(self):
        exchange = self._create_exchange()
        exchange.action_check()
        self.assertEqual((exchange.row_count, exchange.problem_count), (3, 0))
        self.assertFalse(exchange.file)
        exchange.action_make()
        first, *rest = self._content(exchange).decode().splitlines()
        self.assertEqual(first, "Reference,Buyer,Price")
        self.assertEqual(
            rest,
            [f"{filing.name},Maria Buyer,1000000.00" for filing in self.filings],
        )
        self.assertEqual(exchange.state, "done")
        self.assertEqual(exchange.user_id, self.clerk)
        self.assertEqual(len(exchange.sha256), 64)

    def test_the_same_rows_as_xml_and_as_a_workbook(self):
        self.format.write({"file_type": "xml", "root_tag": "Root", "row_tag": "Sale"})
        exchange = self._create_exchange()
        exchange.action_make()
        root = ElementTree.fromstring(self._content(exchange))
        self.assertEqual([one[0].text for one in root], self.filings.mapped("name"))
        self.assertTrue(exchange.filename.endswith(".xml"))
        self.format.file_type = "xlsx"
        exchange = self._create_exchange()
        exchange.action_make()
        book = openpyxl.load_workbook(io.BytesIO(self._content(exchange)))
        rows = list(book.active.values)
        self.assertEqual(rows[1], (self.filings[0].name, "Maria Buyer", 1000000))

    def test_rows_may_be_of_buyers_or_units(self):
        second = self._create_partner(name="Second Buyer")
        contract = self._create_contract(
            self.units[3],
            state="approved",
            line_ids=[
                Command.create({"unit_id": self.units[3].id}),
                Command.create({"unit_id": self.units[4].id, "price": 5}),
            ],
            buyer_ids=[
                Command.create({"partner_id": second.id, "share": 40}),
                Command.create(
                    {"partner_id": self.buyer.id, "share": 60, "is_main": True}
                ),
            ],
        )
        contract.action_sign()
        filing = contract.filing_ids
        self.format.column_ids = [Command.clear()] + [
            Command.create({"header": key, "source": key})
            for key in ("buyer.name", "buyer.share", "unit.number", "unit.price")
        ]
        wanted = {
            "filing": [("Maria Buyer", "60.00", "104", "1000000.00")],
            "buyer": [
                ("Maria Buyer", "60.00", "104", "1000000.00"),
                ("Second Buyer", "40.00", "104", "1000000.00"),
            ],
            "unit": [
                ("Maria Buyer", "60.00", "104", "1000000.00"),
                ("Maria Buyer", "60.00", "105", "5.00"),
            ],
        }
        for rows_per, rows in wanted.items():
            with self.subTest(rows_per=rows_per):
                self.format.rows_per = rows_per
                found = self.format._get_rows(filing)
                self.assertEqual([tuple(map(str, row)) for _filing, row in found], rows)

    def test_every_field_of_the_list_has_a_value_or_is_empty(self):
        filing = self.filings[0]
        contract = filing.contract_id
        for key in FILING_FIELDS:
            with self.subTest(key=key):
                value = field_value(key, filing, contract.buyer_ids, contract.line_ids)
                self.assertNotIsInstance(value, bool | float | int)
        self.assertEqual(str(field_value("units.area", filing, None, None)), "50.00")

    def test_only_fields_of_the_list_can_be_chosen(self):
        column = self.format.column_ids[0]
        for source in ("contract.access_token", "contract_id.access_token", "x", 7):
            with self.subTest(source=source), self.assertRaises(ValueError):
                column.source = source

    def test_problems_are_named_by_row_and_nothing_is_written(self):
        self.format.column_ids[1].width = 5
        exchange = self._create_exchange()
        exchange.action_check()
        self.assertEqual(exchange.problem_count, 3)
        self.assertRecordValues(
            exchange.line_ids[1],
            [{"row": 3, "filing_id": self.filings[1].id, "column": "Buyer"}],
        )
        self.assertIn("has 11 characters", exchange.line_ids[1].problem)
        with self.assertRaisesRegex(UserError, "3 problems keep the file"):
            exchange.action_make()
        exchange.skips_problems = True
        with self.assertRaisesRegex(UserError, "no filing is left"):
            exchange.action_make()

    def test_filings_with_problems_stay_behind_where_that_is_chosen(self):
        late = self.filings[1]
        late.action_cancel("Not this one")
        exchange = self._create_exchange(skips_problems=True)
        exchange.action_make()
        self.assertEqual(exchange.filing_ids, self.filings - late)
        self.assertEqual(exchange.row_count, 2)
        self.assertNotIn(late.name, self._content(exchange).decode())

    def test_all_that_is_prepared_is_taken(self):
        self.filings[0].action_submit()
        exchange = self._create_exchange(self.filings.browse())
        exchange.action_load()
        self.assertEqual(exchange.filing_ids, self.filings[1:])
        exchange.action_make()
        action = exchange.action_submit_filings()
        wizard = self.env["realestate.filing.decide"].with_user(self.clerk)
        wizard.with_context(**action["context"]).create({}).action_record()
        self.assertEqual(set(self.filings.mapped("state")), {"submitted"})

    def test_what_is_done_stays(self):
        exchange = self._create_exchange()
        exchange.action_make()
        for vals in ({"filing_ids": []}, {"format_id": self.format.copy().id}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "is done"):
                exchange.write(vals)
        for action in ("check", "make", "apply"):
            with self.subTest(action=action), self.assertRaisesRegex(UserError, "done"):
                getattr(exchange, f"action_{action}")()
        with self.assertRaisesRegex(UserError, "is done"):
            exchange.unlink()
        for vals in ({"file": b"eA=="}, {"sha256": "x"}, {"state": "draft"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                exchange.with_user(self.manager).write(vals)

    def test_names_that_xml_does_not_take_are_refused(self):
        self.format.file_type = "xml"
        for record, vals in (
            (self.format, {"row_tag": "a b"}),
            (self.format, {"root_tag": False}),
            (self.format.column_ids[0], {"header": "1 <x>"}),
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                record.write(vals)
        with self.assertRaisesRegex(UserError, "has no columns"):
            self.format.column_ids = [Command.clear()]
            self._create_exchange().action_check()

    def _identify(self):
        self.format.column_ids = [
            Command.create({"header": "ID", "source": IDENTITY, "sequence": 9})
        ]
        return self.env["realestate.partner.identity"].create(
            {
                "partner_id": self.buyer.id,
                "company_id": self.company.id,
                "kind": "passport",
                "number_shown": "P1234567",
            }
        )

    def test_id_numbers_are_for_who_may_read_them_and_leave_a_trace(self):
        identity = self._identify()
        exchange = self._create_exchange()
        exchange.action_check()
        with self.assertRaisesRegex(AccessError, "may read them whole"):
            exchange.action_make()
        self.assertFalse(identity.look_ids)
        reader = self._create_user(
            "reader",
            "realestate_sales.group_filing_officer,realestate_sales.group_identity",
        )
        exchange = self._create_exchange(user=reader)
        exchange.action_make()
        content = self._content(exchange, "secret_file").decode()
        self.assertIn(",P1234567", content)
        self.assertFalse(exchange.file)
        self.assertEqual(identity.look_ids.user_id, reader)
        self.assertEqual(identity.look_ids.mapped("reason"), [exchange.name])
        with self.assertRaises(AccessError):
            exchange.with_user(self.clerk).read(["secret_file"])
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", exchange._name), ("res_field", "=", "secret_file")]
        )
        self.assertTrue(attachment)
        with self.assertRaises(AccessError):
            attachment.with_user(self.clerk).read(["datas"])

    def test_a_look_shows_no_id_number(self):
        self._identify()
        self.format.column_ids.filtered(lambda c: c.source == IDENTITY).width = 2
        exchange = self._create_exchange()
        exchange.with_context(realestate_identity_masked=False).action_check()
        self.assertTrue(exchange.line_ids)
        for line in exchange.line_ids:
            self.assertNotIn("P1234567", line.problem)

    def test_only_filing_officers_and_managers_exchange_files(self):
        exchange = self._create_exchange()
        for user in (self.officer, self.supervisor, self.lawyer, self.agent):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    exchange.with_user(user).read(["file"])
                with self.assertRaises(AccessError):
                    self._create_exchange(user=user)
        other = self._create_company("Other Developer", self.currency)
        foreign = self._create_user(
            "foreign", "realestate_sales.group_filing_officer", company=other
        )
        theirs = exchange.with_user(foreign).with_context(allowed_company_ids=other.ids)
        self.assertFalse(theirs.search([("id", "=", exchange.id)]))
        with self.assertRaises(AccessError):
            theirs.action_make()
        with self.assertRaises(UserError):
            self._create_exchange(user=foreign, company_id=other.id).action_make()
