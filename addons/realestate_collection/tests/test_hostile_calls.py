from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .hostile_common import DESK, UNSOUND, HostileCommon

#: Odoo's own way of saying that a button was pressed on no record or on several.
SINGLE = "Expected singleton"
#: What the desk hands to the contract as it came.
PASSED_ON = {"log_contact"}


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestHostileCalls(HostileCommon):
    """Whatever a program sends to the methods that RPC reaches, whosever key it has:
    the answer is a sentence, and never a traceback."""

    def _find_tracebacks(self, user, only_sound=False):
        """What went wrong, each once: (model, method, argument, error, value)."""
        found = {}
        for model, method, parameters in self._get_methods():
            if model == DESK and method in PASSED_ON:
                continue
            record = self._get_record(model).with_user(user)
            sound = self._get_arguments(method, parameters)
            tries = [(None, None)]
            if not only_sound:
                tries += [(name, value) for name in sound for value in UNSOUND]
            for name, value in tries:
                arguments = {**sound, name: value} if name else sound
                answer = self._call(record, method, arguments)
                if isinstance(answer, Exception) and SINGLE not in str(answer):
                    key = (model, method, name, type(answer).__name__)
                    found.setdefault(key, (str(answer)[:80], repr(value)[:40]))
        return found

    def test_the_net_is_as_wide_as_the_addon(self):
        methods = {(model, name) for model, name, _parameters in self._get_methods()}
        self.assertGreater(len(methods), 130)
        for model, method, parameters in self._get_methods():
            # Money of the bank has not come, and dialogues are filled in first.
            wanted = method in self.sound and "release" not in method
            if not wanted or self.env[model]._transient:
                continue
            with self.subTest(model=model, method=method):
                record = self._get_record(model).with_user(self.collection_manager)
                sound = self._get_arguments(method, parameters)
                self.assertIs(self._call(record, method, sound), True)

    def test_no_manager_gets_a_traceback(self):
        self.assertFalse(self._find_tracebacks(self.collection_manager))

    def test_nobody_else_gets_a_traceback(self):
        for user in (self.collector, self.accountant, self.agent, self.plain):
            with self.subTest(user=user.login):
                self.assertFalse(self._find_tracebacks(user, only_sound=True))

    def test_refusals_name_what_is_wrong(self):
        contract = self.contract.with_user(self.collector)
        dispute = self.env["realestate.dispute"].browse(self.dispute)
        dispute = dispute.with_user(self.collector)
        aging = self.env["realestate.aging"].with_user(self.collector)
        for call, said in (
            (lambda: contract.propose_arrangement(0, "2026-03-20"), "1 to 120 parts"),
            (lambda: contract.propose_arrangement(2, "2023-02-29"), "is no date"),
            (lambda: contract.propose_arrangement(2, None), "the first part is due"),
            (
                lambda: contract.propose_arrangement(2, "2026-03-20", interval="day"),
                "every month, fortnight or week",
            ),
            (
                lambda: contract.propose_arrangement(2, "2026-03-20", amount_down=-1),
                "less than the arrears",
            ),
            (
                lambda: contract.open_dispute(self.category.id, "x", installments=5),
                "“5” is no list of instalments",
            ),
            (lambda: dispute.action_hand_over(self.officer, "soon"), "is no date"),
            (lambda: dispute.action_hand_over(self.officer, "2026-03-09"), "the past"),
            (lambda: aging.get_aging(groupby=["x"]), "no list of its fields"),
            (lambda: aging.get_aging(domain=["x"]), "is no domain"),
            (lambda: contract.explain_dunning("9999-12-31"), "is no date"),
        ):
            with self.subTest(said=said), self.assertSays(UserError, said):
                call()

    def test_ids_of_another_company_open_nothing(self):
        other = self._create_company("Other Developer", self.currency)
        project = self._create_project(company_id=other.id, code="WEST")
        unit = self._create_units(1, self._create_building(project), price_list=1200000)
        theirs = self._create_active(unit)
        user = self._create_user(
            "rival", "realestate_collection.group_officer", company=other
        )
        category = self.category.copy({"company_id": other.id})
        items, journal = theirs.installment_ids, other.realestate_bank_journal_id
        contract = self.contract.with_user(self.collection_manager)
        desk = contract.env[DESK]
        dispute = contract.env["realestate.dispute"].browse(self.dispute)
        case = contract._get_case()
        for name, call in {
            "account": lambda: desk.get_account(theirs.id),
            "panel": lambda: desk.get_panel(theirs.id, "ledger"),
            "action": lambda: desk.get_action(theirs.id, "payment"),
            "link": lambda: desk.get_payment_link(theirs.id),
            "contact": lambda: desk.log_contact(theirs.id, "call", "reached"),
            "category": lambda: contract.open_dispute(category.id, "x"),
            "answerer": lambda: contract.open_dispute(
                self.category.id, "x", user=user.id
            ),
            "items": lambda: contract.open_dispute(
                self.category.id, "x", installments=items.ids
            ),
            "owner": lambda: dispute.action_hand_over(user.id),
            "assigned": lambda: case.action_assign(user.id),
            "reassigned": lambda: desk.reassign(case.ids, user.id),
            "journal": lambda: contract.register_payment(5, journal.id, "2026-03-10"),
        }.items():
            with self.subTest(name=name), self.assertRaises(UserError):
                call()
        self.assertFalse(theirs.event_ids)
        self.assertEqual(case.user_id, self.contract._get_case().user_id)
