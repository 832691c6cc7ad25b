import inspect
import math
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .mortgage_common import MortgageCommon

OURS = "odoo.addons.realestate_collection."
DESK = "realestate.collection.desk"
#: What JSON can carry, and a sloppy or hostile program sends.
UNSOUND = (
    *(None, True, -1, 10**30, math.inf, math.nan, "x" * 10000, "1e400"),
    *("2023-02-29", "0001-01-01", "9999-12-31", {"a": 1}, [1, "x"], [[1], None]),
)
CONTACT = {
    "kind": "visit",
    "outcome": "promised",
    "note": "x",
    "next_action": "call",
    "date_next": "2026-03-20",
    "promise_amount": 5,
    "promise_date": "2026-03-20",
    "place": "x",
    "latitude": 1,
    "longitude": 1,
    "photos": [],
}
TERMS = {
    "part_count": 2,
    "date_first": "2026-03-20",
    "amount_down": 0,
    "date_down": None,
    "interval": "month",
    "note": "x",
    "reason": "Why",
}
FILTERS = {"project": 1, "officer": 1, "text": "x"}


class Done(Exception):
    """The call went through: nothing of it is kept."""


class HostileCommon(MortgageCommon):
    """One of everything, and a way to call whatever RPC reaches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._furnish()
        cls.sound = cls._get_sound_calls()

    @classmethod
    def _furnish(cls):
        cls.category = cls.env["realestate.dispute.category"].search([], limit=1)
        # Somebody else, for whom nothing waits, is dunned.
        cls._create_billed(cls.units[1])
        cls.contract.log_contact(
            "call", "promised", promise_amount=1000, promise_date="2026-03-20"
        )
        cls.dispute = cls.contract.open_dispute(cls.category, "Dear", user=cls.officer)
        cls.contract._write_off(1000, None, "Bankrupt")
        cls.env["realestate.dunning.ladder"].run()
        only = {"contract_id": cls.contract.id}
        cls.env["realestate.cancellation.package"].create(only)
        cls.env["realestate.debt.proposal"].create(only)
        cls.contract.propose_arrangement(2, date(2026, 3, 20))
        cls.env["realestate.collection.report"].make("day", "2026-03-09")

    @classmethod
    def _get_sound_calls(cls):
        """Arguments that each method takes, by the model or the method's name."""
        case = cls.contract._get_case()
        on = {"contract_id": cls.contract.id}
        money = {"journal": None, "date": "2026-03-10", "memo": "", "external_ref": ""}
        return {
            "action_assign": {"user": cls.collector.id},
            "action_hand_over": {"user": cls.officer.id, "date_limit": "2026-03-20"},
            "action_decide": {"decision": "partly", "note": "x", "is_mailed": False},
            "action_register_release": {**money, "amount": 5},
            "action_match_release": {"moves": []},
            "action_unmatch_release": {"moves": []},
            "bill_due": {"date": "2026-03-10", "limit": 5},
            "get_aging": {"date": "2026-03-10", "groupby": ["project_id"]},
            "get_action": {**on, "kind": "contract"},
            "get_queue": {"tab": "all", "filters": FILTERS, "after": None, "limit": 5},
            "get_counts": {"filters": FILTERS},
            "get_panel": {**on, "panel": "timeline"},
            "get_team": {"period": "week"},
            "get_account": on,
            "get_contact_warnings": on,
            "get_payment_link": on,
            "log_contact": CONTACT,
            "make": {"period": "day", "day": "2026-03-09"},
            "open_desk": {"filters": FILTERS, "tab": "all"},
            "open_dispute": {
                "category": cls.category.id,
                "text": "x",
                "installments": cls.contract.installment_ids[:1].ids,
                "user": cls.officer.id,
                "date_limit": "2026-03-20",
            },
            "propose_arrangement": TERMS,
            "reassign": {"case_ids": case.ids, "user_id": cls.collector.id},
            "register_payment": {**money, "amount": 5, "payer": None},
            "stop_dunning": {
                "reason": "Why",
                "date_to": "2026-03-20",
                "with_reminders": True,
            },
        }

    # === WHAT RPC REACHES === #

    def _get_methods(self):
        """Yield (model, method, its parameters) of all that this addon lets RPC
        call."""
        for model, cls in sorted(self.env.registry.items()):
            if cls._abstract and model != DESK:
                continue
            for name in dir(cls):
                method = None if name.startswith("_") else getattr(cls, name, None)
                function = inspect.unwrap(method) if callable(method) else None
                if (
                    inspect.isfunction(function)
                    and function.__module__.startswith(OURS)
                    and not hasattr(method, "_api_private")
                    and name not in ("create", "write")
                ):
                    yield model, name, inspect.signature(function).parameters

    def _get_arguments(self, method, parameters):
        """Sound arguments, as far as they are known; any text for the others."""
        known = self.sound.get(method, {})
        names = [
            one.name
            for one in list(parameters.values())[1:]
            if one.kind is not one.VAR_KEYWORD
        ]
        if len(names) < len(parameters) - 1:
            names = dict.fromkeys([*names, *known])
        other = {"contract_id": self.contract.id, "domain": [], "tab": "all"}
        return {name: known.get(name, other.get(name, "x")) for name in names}

    def _get_record(self, model):
        records = self.env[model]
        if records._abstract:
            return records
        if model == "realestate.contract":
            return self.contract
        for domain in ([("contract_id", "=", self.contract.id)], []):
            if not domain or "contract_id" in records._fields:
                found = records.search(domain, limit=1)
                if found:
                    return found
        return records

    def _call(self, record, method, arguments, keep=False):
        """What came of a call of which nothing is kept: True, the sentence of a
        refusal, or the error that is none."""
        try:
            with self.env.cr.savepoint(), self._without_commit():
                with self.mock_mail_gateway(), mute_logger("odoo.sql_db"):
                    getattr(record, method)(**arguments)
                    self.env.flush_all()
                if keep:
                    return True
                raise Done
        except Done:
            return True
        except UserError as error:
            return str(error)
        except IntegrityError as error:
            # Odoo tells callers in the words of the constraint.
            return self.env["base"]._sql_error_to_message(error)
        except Exception as error:  # noqa: BLE001 - every other error is a defect
            return error
        finally:
            self.env.invalidate_all()
