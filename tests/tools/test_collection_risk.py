"""Risk of a late contract: figures, ceilings and reasons."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_collection.tools.risk import HIGHEST, RiskFacts, assess, band

D = Decimal
LATE = RiskFacts(days_late=33, overdue=D(200000), price=D(1200000), items=2)


def codes(risk):
    return [(factor.code, factor.points) for factor in risk.factors]


def test_nothing_overdue_is_no_risk():
    assert assess(replace(LATE, overdue=D(0), broken=9)) == assess(RiskFacts())
    assert assess(RiskFacts()).score == 0


def test_reasons_add_up_to_the_score_weightiest_first():
    risk = assess(LATE)
    assert codes(risk) == [("share", 16), ("days", 8), ("items", 5)]
    assert risk.score == 29


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({"days_late": 365}, ("days", 30)),
        ({"overdue": D(1200000)}, ("share", 20)),
        ({"items": 99}, ("items", 15)),
        ({"broken": 1}, ("broken", 10)),
        ({"broken": 5}, ("broken", 20)),
        ({"refused": True}, ("refused", 15)),
        ({"silent": 2}, ("silent", 5)),
        ({"silent": 9}, ("silent", 10)),
        ({"failed": 1}, ("failed", 5)),
        ({"earlier": 2}, ("earlier", 6)),
    ],
)
def test_each_factor_has_its_points_and_its_ceiling(change, points):
    assert points in codes(assess(replace(LATE, **change)))


def test_one_call_in_vain_is_no_risk_yet():
    assert assess(replace(LATE, silent=1)) == assess(LATE)


def test_contract_without_a_price_has_no_share():
    assert "share" not in dict(codes(assess(replace(LATE, price=D(0)))))


@pytest.mark.parametrize(
    ("score", "name"), [(0, "low"), (29, "low"), (30, "medium"), (60, "high")]
)
def test_score_has_a_class(score, name):
    assert band(score) == name


@given(
    st.builds(
        RiskFacts,
        days_late=st.integers(0, 5000),
        overdue=st.decimals(0, 10**9, places=2),
        price=st.decimals(0, 10**9, places=2),
        items=st.integers(0, 500),
        broken=st.integers(0, 50),
        silent=st.integers(0, 50),
        refused=st.booleans(),
        failed=st.integers(0, 50),
        earlier=st.integers(0, 50),
    )
)
def test_score_stays_on_its_scale_and_grows_with_what_is_bad(facts):
    score = assess(facts).score
    assert 0 <= score <= HIGHEST
    worse = replace(facts, days_late=facts.days_late + 60, broken=facts.broken + 1)
    assert assess(worse).score >= score
