from odoo.tests import freeze_time, tagged

from .common import TODAY
from .hostile_common import OURS, HostileCommon

#: What a form takes and nobody means, by the type of the field.
EXTREMES = {
    "binary": (False, b"x"),
    "char": (False, "<b>%s</b>" * 500),
    "date": (False, "0001-01-01", "9999-12-31"),
    "datetime": (False, "9999-12-31 23:59:59"),
    "float": (-1, 1e30),
    "integer": (-1, 2**31 - 1),
    "many2many": ([(5,)],),
    "many2one": (False,),
    "monetary": (-1, 1e30),
    "one2many": ([(5,)],),
    "selection": (False,),
    "text": (False,),
}
#: Nothing is chosen, or several records are.
SINGLE = "Expected singleton"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestHostileValues(HostileCommon):
    """Whatever is typed into a form, it is taken or refused in a sentence."""

    def setUp(self):
        super().setUp()
        with self._without_commit(), self.mock_mail_gateway():
            self.env["realestate.dunning.notice"]._cron_send()
        batches = self.env["realestate.post.batch"]
        batches.create({"company_id": self.company.id, "name": "B"})
        self.missing = {
            model._name: answer
            for model in self._get_models()
            if not model.search([], limit=1)
            and (answer := self._create(model)) is not True
        }

    def _get_models(self):
        """The models of this addon that its manager fills in."""
        for name in sorted(self.env.registry):
            model = self.env[name].with_user(self.collection_manager)
            ours = model._original_module == "realestate_collection"
            if ours and model._auto and not model._abstract:
                if model.has_access("write") or model.has_access("create"):
                    yield model.with_context(
                        active_model="realestate.debt.proposal",
                        active_id=self.env["realestate.debt.proposal"]
                        .search([], limit=1)
                        .id,
                    )

    def _create(self, model):
        """A record of a model, filled in as somebody would."""
        batch = self.env["realestate.post.batch"]
        deliveries = self.env["realestate.dunning.delivery"]
        moves = self.env["account.move"]
        known = {
            "amount": 5,
            "batch_id": batch.search([], limit=1).id,
            "case_ids": self.contract._get_case().ids,
            "category_id": self.category.id,
            "channel": "call",
            "company_id": self.company.id,
            "contract_id": self.contract.id,
            "contract_ids": self.contract.ids,
            "decision": "partly",
            "delivery_ids": deliveries.search([], limit=1).ids,
            "dispute_id": self.dispute,
            "journal_id": self.bank.id,
            "mortgage_id": self.mortgage.id,
            "move_id": moves.search([("realestate_write_off", "=", True)]).id,
            "name": "x",
            "note": "x",
            "outcome": "promised",
            "promise_amount": 5,
            "promise_date": "2026-03-20",
            "reason": "x",
            "source": "x",
            "text": "x",
            "user_id": self.collector.id,
        }
        own = {
            name: value
            for name, value in known.items()
            if name in model._fields and not model._fields[name].related
        }
        # Some are the system's to make.
        return self._call(model.sudo(), "create", {"vals_list": [own]}, keep=True)

    def _get_calls(self, record, name, value):
        """Ways in which the value comes in: typed, saved, and acted upon."""

        def write():
            record.write({name: value})
            record.env.flush_all()
            record.env.invalidate_all()
            record.read()

        yield lambda: record.new({name: value}, origin=record).read()
        yield write
        for action in dir(type(record)) if record._transient else ():
            method = getattr(type(record), action)
            if action.startswith("action_") and method.__module__.startswith(OURS):
                yield lambda action=action: (
                    record.write({name: value}),
                    getattr(record, action)(),
                )

    def _get_values(self, model):
        for name, field in model._fields.items():
            if not field.readonly and not field.related and name != "id":
                for value in EXTREMES.get(field.type, ()):
                    yield name, value

    def work(self):
        """What :meth:`_call` calls."""
        self.job()

    def test_no_value_of_a_form_ends_in_a_traceback(self):
        self.assertFalse(self.missing)
        found = {}
        for model in self._get_models():
            record = model.search([], limit=1)
            for name, value in self._get_values(model):
                for job in self._get_calls(record, name, value):
                    self.job = job
                    answer = self._call(self, "work", {})
                    if isinstance(answer, Exception) and SINGLE not in str(answer):
                        key = (model._name, name, type(answer).__name__)
                        found.setdefault(key, (str(answer)[:80], repr(value)[:40]))
        self.assertFalse(found)
