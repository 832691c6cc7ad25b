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
