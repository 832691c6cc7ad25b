"""Measure ways to do the same work by turns, and tell what came of it.

A machine that others use too has good and bad minutes. So the ways take turns, each
round in the opposite order of the one before, and what counts is the median of the
rounds and the ratio within a round. Every measurement starts from the database as it
was committed and is rolled back.
"""

import gc
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

#: Rounds of each benchmark; with ``BENCH_QUICK`` just enough to see that it runs.
QUICK = bool(os.environ.get("BENCH_QUICK"))


def scaled(full, quick):
    """Return ``full``, or ``quick`` when the run only tries the benchmarks out."""
    return quick if QUICK else full


@dataclass(frozen=True)
class Sample:
    """What one call cost per item: milliseconds on the clock, milliseconds of work of
    this process and of the one PostgreSQL serves it with, queries."""

    wall: float
    cpu: float
    queries: float


@dataclass(frozen=True)
class Way:
    """One way to do the work.

    ``run`` does it and returns how many items it did; ``prepare`` is called before and
    not measured.
    """

    label: str
    run: Callable[[], int]
    prepare: Callable[[], object] | None = None


@dataclass(frozen=True)
class Row:
    """A line of the table. Times are medians per ``unit``, with the least and the most
    of the rounds; ``met`` is None where no aim was set."""

    label: str
    unit: str
    wall: float
    wall_range: tuple[float, float]
    cpu: float
    queries: float
    rounds: int
    ratio: str = ""
    aim: str = ""
    met: bool | None = None


@dataclass
class Table:
    """The lines of one benchmark and what they were measured on."""

    title: str
    about: str
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_dict(self):
        """Return the table ready for JSON."""
        return asdict(self)


def measure(env, ways, rounds, warm_up=True):
    """Run the ways by turns, ``rounds`` times each.

    :param warm_up: do everything once unmeasured, so that nobody pays for caches
    :return: the samples of each way, in the order of the rounds
    """
    samples = [[] for _way in ways]
    if warm_up:
        for way in ways:
            _measure_once(env, way)
    for number in range(rounds):
        order = list(enumerate(ways))
        for place, way in order if number % 2 == 0 else reversed(order):
            samples[place].append(_measure_once(env, way))
            print(f"    {way.label}: {samples[place][-1].wall:.2f} ms", flush=True)
    return samples


def _measure_once(env, way):
    env.cr.rollback()
    env.invalidate_all(flush=False)
    if way.prepare:
        way.prepare()
        env.flush_all()
        env.invalidate_all()
    gc.collect()
    queries = env.cr.sql_log_count
    backend = env.cr._cnx.get_backend_pid()
    cpu, wall = _cpu_seconds(backend), time.perf_counter()
    items = way.run()
    env.flush_all()
    wall, cpu = time.perf_counter() - wall, _cpu_seconds(backend) - cpu
    queries = env.cr.sql_log_count - queries
    env.cr.rollback()
    env.invalidate_all(flush=False)
    return Sample(wall * 1000 / items, cpu * 1000 / items, queries / items)


def _cpu_seconds(backend):
    """Return the processor time of this process and of a PostgreSQL process so far."""
    # After the name in brackets, which may hold anything: fields 3 and on.
    fields = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def row(label, unit, samples, **verdict):
    """Return the table's line of one way."""
    walls = [sample.wall for sample in samples]
    return Row(
        label=label,
        unit=unit,
        wall=median(walls),
        wall_range=(min(walls), max(walls)),
        cpu=median(sample.cpu for sample in samples),
        queries=median(sample.queries for sample in samples),
        rounds=len(samples),
        **verdict,
    )


@dataclass(frozen=True)
class Ratio:
    """How many times as long one way took as the other: on the clock, which a busy
    machine spoils, and in processor time, which it does not."""

    wall: float
    cpu: float

    def __str__(self):
        return f"{times(self.wall)} ({times(self.cpu)})"


def ratio(slow, fast):
    """Return the median of the rounds' ratios."""
    pairs = list(zip(slow, fast, strict=True))
    return Ratio(
        wall=median(first.wall / second.wall for first, second in pairs),
        cpu=median(first.cpu / max(second.cpu, 1e-6) for first, second in pairs),
    )


def times(value):
    """Return a ratio as text."""
    return f"{value:.1f}×" if value < 100 else f"{value:.0f}×"
