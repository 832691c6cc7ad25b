from datetime import date, timedelta
from itertools import combinations

import pytest
from realestate_sales.tools.mortgage import OPTIONAL, STAGES, asked_for, stage_of

START = date(2026, 1, 1)


def passed(*stages, **days):
    facts = {stage: START + timedelta(days=9) for stage in stages}
    return facts | days


def test_new_mortgage_waits_for_its_papers_since_its_start():
    assert stage_of({}, START) == ("documents", START)


def test_each_stage_passed_leads_to_the_next():
    for number, stage in enumerate(STAGES):
        days = {one: START + timedelta(days=n) for n, one in enumerate(STAGES[:number])}
        since = START + timedelta(days=max(number - 1, 0))
        assert stage_of(days, START) == (stage, since)


def test_everything_passed_is_done():
    assert stage_of(passed(*STAGES), START) == ("done", START + timedelta(days=9))


def test_money_that_comes_early_waits_for_the_registration():
    early = passed(*STAGES[:6], release=date(2026, 1, 5))
    assert stage_of(early, START)[0] == "registration"


def test_waits_since_the_last_thing_before_it_happened():
    facts = {"documents": date(2026, 3, 1), "appointment": date(2026, 2, 1)}
    assert stage_of(facts, START) == ("notary", date(2026, 3, 1))


@pytest.mark.parametrize(
    "skipped", [s for size in range(4) for s in combinations(OPTIONAL, size)]
)
def test_what_the_bank_does_not_ask_for_is_never_waited_for(skipped):
    seen = [stage_of(passed(*STAGES[:n]), START, skipped)[0] for n in range(10)]
    assert set(seen) == set(STAGES) - set(skipped) | {"done"}


def test_refusal_and_cancellation_end_it_at_any_stage():
    refused = passed(*STAGES[:4], refused=date(2026, 2, 2))
    assert stage_of(refused, START) == ("refused", date(2026, 2, 2))
    cancelled = passed(refused=date(2026, 2, 2), cancelled=date(2026, 2, 3))
    assert stage_of(cancelled, START) == ("cancelled", date(2026, 2, 3))


# kinds and situations of the paper, loan, borrower, asked for
PAPERS = [
    ({"commercial"}, set(), "commercial", set(), True),
    ({"commercial"}, set(), "fund", set(), False),
    ({"fund"}, set(), "combined", set(), True),
    (set(), set(), "combined", {"married"}, False),
    ({"commercial"}, {"married"}, "commercial", set(), False),
    ({"commercial"}, {"married"}, "commercial", {"married"}, True),
    ({"commercial"}, {"married", "foreigner"}, "commercial", {"foreigner"}, True),
    ({"commercial"}, {"self_employed"}, "commercial", {"married"}, False),
]


@pytest.mark.parametrize(("kinds", "wanted", "loan", "borrower", "asked"), PAPERS)
def test_papers_by_kind_of_loan_and_situation(kinds, wanted, loan, borrower, asked):
    assert asked_for(kinds, wanted, loan, borrower) is asked
