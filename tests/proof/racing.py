"""Run jobs against one database from many connections and processes at once.

A :class:`Stage` forks this process, whose registry is loaded already; every fork starts
threads, every thread attempts calls, each in a transaction of its own that it commits.
What came of each attempt is an :class:`Outcome` that the parent gets back.
"""

import logging
import multiprocessing
import os
import random
import signal
import threading
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace

import odoo.service.model
import odoo.sql_db
from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.service.model import retrying

SEED = int(
    os.environ.get("REALESTATE_PROOF_SEED") or random.SystemRandom().getrandbits(32)
)
#: Seconds after which a race that hangs is a failure.
PATIENCE = 120
FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Outcome:
    """What came of one attempt: a result, or the error its caller got."""

    racer: int
    key: object
    result: object = None
    error: str = ""
    text: str = ""
    refused: bool = False
    trace: str = ""

    @property
    def won(self):
        """Whether the attempt was committed."""
        return not self.error

    @property
    def raw(self):
        """Whether the caller got anything but an answer meant for people."""
        return bool(self.error) and not self.refused


class Racer:
    """One connection of a race."""

    def __init__(self, stage, number, gate, outcomes):
        self.stage = stage
        self.number = number
        self.random = random.Random(SEED * 1000 + number)
        self._gate = gate
        self._outcomes = outcomes

    def pause(self, seconds):
        """Sleep for a random time up to ``seconds``."""
        time.sleep(self.random.uniform(0, seconds))

    def lingering(self, call, seconds=0.01):
        """Return ``call`` that waits at random before its transaction ends."""

        def linger(env):
            result = call(env)
            env.flush_all()
            self.pause(seconds)
            return result

        return linger

    def meeting(self, call):
        """Return ``call`` that sees the database as it is, then waits until all racers
        have seen it so, and only then goes on. Tried again, it waits for nobody."""
        met = []

        def meet(env):
            if not met:
                env.cr.execute("SELECT 1")
                met.append(self._gate.wait(PATIENCE))
            return call(env)

        return meet

    def attempt(self, key, call, uid=SUPERUSER_ID, company=None, again=True):
        """Run ``call(env)`` in its own transaction and commit it.

        :param key: names the attempt in its Outcome
        :param again: whether collisions are tried again as Odoo does for every RPC;
            False hands the bare call's errors and the commit's to the caller
        """
        try:
            with self.stage.env(uid, company) as env:
                if again:
                    result = retrying(partial(call, env), env)
                else:
                    result = call(env)
            outcome = Outcome(self.number, key, result)
        except Exception as error:  # noqa: BLE001 - every error is an outcome
            kind = type(error)
            outcome = Outcome(
                self.number,
                key,
                error=f"{kind.__module__}.{kind.__qualname__}",
                text=str(error),
                refused=isinstance(error, UserError),
                trace=traceback.format_exc(),
            )
        self._outcomes.append(outcome)
        return outcome


class Stage:
    """A database, this process's registry of it, and the forks that play on it."""

    def __init__(self, database, registry):
        self.database = database
        self.registry = registry

    @contextmanager
    def env(self, uid=SUPERUSER_ID, company=None):
        """Give an environment on a cursor of its own, committed at the end."""
        self.registry.check_signaling()
        context = {"allowed_company_ids": [company]} if company else {}
        with self.registry.cursor() as cr:
            yield api.Environment(cr, uid, context)
        self.registry.signal_changes()

    def fork(self, work):
        """Start ``work()`` in a process of its own and return that process."""
        # A connection must not be shared by two processes.
        odoo.sql_db.close_all()
        process = FORK.Process(target=self._play, args=(work,))
        process.start()
        return process

    def _play(self, work):
        # Lost races are what the tests ask for; pytest reads what else is said.
        logging.disable(logging.CRITICAL)
        # Odoo waits for seconds before it tries again: here a twentieth will do.
        wait = partial(_scaled_sleep, 0.05)
        odoo.service.model.time = SimpleNamespace(sleep=wait)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.current_thread().dbname = self.database
        work()

    def race(self, count, job, processes=4):
        """Run ``job(racer)`` on ``count`` connections that all start together.

        :return: the outcomes of all attempts
        """
        shares = [range(count)[number::processes] for number in range(processes)]
        shares = [share for share in shares if share]
        gate = FORK.Barrier(count)
        pipes, forks = [], []
        for share in shares:
            reader, writer = FORK.Pipe(duplex=False)
            forks.append(self.fork(partial(self._run_share, share, job, gate, writer)))
            writer.close()
            pipes.append(reader)
        try:
            return self._gather(pipes)
        finally:
            for process in forks:
                process.kill()
                process.join()

    def _run_share(self, share, job, gate, writer):
        outcomes, crashes = [], []

        def run(number):
            try:
                threading.current_thread().dbname = self.database
                gate.wait(PATIENCE)
                job(Racer(self, number, gate, outcomes))
            except BaseException:  # noqa: BLE001 - told to the parent
                gate.abort()
                crashes.append(traceback.format_exc())

        threads = [threading.Thread(target=run, args=(number,)) for number in share]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        writer.send((outcomes, crashes))
        writer.close()

    def _gather(self, pipes):
        deadline = time.monotonic() + PATIENCE
        outcomes = []
        for pipe in pipes:
            assert pipe.poll(deadline - time.monotonic()), f"hangs; seed {SEED}"
            found, crashes = pipe.recv()
            assert not crashes, f"seed {SEED}\n{crashes[0]}"
            outcomes += found
        return outcomes


def _scaled_sleep(scale, seconds):
    time.sleep(scale * seconds)


def assert_no_raw_error(outcomes):
    """Fail when a caller got an error that is not meant for people."""
    raw = [outcome for outcome in outcomes if outcome.raw]
    kinds = sorted({outcome.error for outcome in raw})
    assert not raw, (
        f"{len(raw)} of {len(outcomes)} attempts got {kinds}; seed {SEED}\n"
        f"{raw[0].key}: {raw[0].trace}"
    )
