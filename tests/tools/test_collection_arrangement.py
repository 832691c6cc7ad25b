"""New dates for arrears: exact, and kept or broken by money alone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_collection.tools import arrangement
from realestate_collection.tools.arrangement import (
    ArrangementError,
    Part,
    build_parts,
    check_terms,
    get_heaviest,
    judge,
    simulate,
)

D = Decimal
DAYS = [date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)]
PARTS = [Part(day, D("100.00")) for day in DAYS]


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ((D(0), 3), "amount"),
        ((D(-5), 3), "amount"),
        ((D(100), 0), "count"),
        ((D(100), 121), "count"),
        ((D(100), 3, D(100)), "down"),
        ((D(100), 3, D(-1)), "down"),
    ],
)
def test_terms_that_are_no_arrangement_say_why(terms, code):
    with pytest.raises(ArrangementError) as caught:
        check_terms(*terms)
    assert caught.value.code == code


def test_terms_of_one_part_and_of_the_most_are_allowed():
    check_terms(D(100), 1)
    check_terms(D(1200), arrangement.MAX_PARTS, D("0.01"))


def test_the_down_payment_comes_first():
    parts = build_parts(
        [D(50), D(50)], DAYS[:2], down=D(20), date_down=date(2026, 3, 20)
    )
    assert [part.amount for part in parts] == [20, 50, 50]
    assert [part.is_down for part in parts] == [True, False, False]
    assert parts[0].date == date(2026, 3, 20)


@pytest.mark.parametrize("day", [None, date(2026, 4, 2)])
def test_a_down_payment_after_the_first_part_is_refused(day):
    with pytest.raises(ArrangementError) as caught:
        build_parts([D(50)], DAYS[:1], down=D(20), date_down=day)
    assert caught.value.code == "date_down"


def test_parts_of_nothing_are_refused():
    with pytest.raises(ArrangementError) as caught:
        build_parts([D(0), D(1)], DAYS[:2])
    assert caught.value.code == "small"


@pytest.mark.parametrize(
    ("received", "day", "state", "missing"),
    [
        (0, date(2026, 3, 31), "running", 0),
        (0, date(2026, 4, 1), "running", 0),
        (0, date(2026, 4, 4), "running", 0),  # the last day of grace
        (0, date(2026, 4, 5), "broken", 100),
        ("99.99", date(2026, 4, 5), "broken", "0.01"),
        (100, date(2026, 4, 5), "running", 0),
        (200, date(2026, 5, 30), "running", 0),  # ahead makes up for later
        (250, date(2026, 6, 5), "broken", 50),
        (300, date(2026, 4, 2), "kept", 0),
        (400, date(2026, 7, 1), "kept", 0),
        (-50, date(2026, 4, 2), "running", 0),
    ],
)
def test_whether_it_is_kept_follows_from_money(received, day, state, missing):
    standing = judge(PARTS, D(received), day, grace_days=3)
    assert (standing.state, standing.missing) == (state, D(missing))


def test_each_part_says_how_it_stands():
    standing = judge(PARTS, D(150), date(2026, 5, 2), grace_days=3)
    assert [part.state for part in standing.parts] == ["paid", "late", "open"]
    assert [part.paid for part in standing.parts] == [100, 50, 0]
    assert standing.due == 200
    standing = judge(PARTS, D(150), date(2026, 4, 30))
    assert [part.state for part in standing.parts] == ["paid", "partial", "open"]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 400), st.decimals("0.01", "9999", places=2, allow_nan=False)
        ),
        min_size=1,
        max_size=12,
    ),
    st.decimals("-10", "99999", places=2),
    st.integers(0, 500),
    st.integers(0, 30),
)
def test_money_is_neither_lost_nor_made(rows, received, offset, grace):
    start = date(2026, 1, 1)
    parts = [Part(start + timedelta(days=day), amount) for day, amount in rows]
    standing = judge(parts, received, start + timedelta(days=offset), grace)
    total = sum(amount for _day, amount in rows)
    assert sum(part.paid for part in standing.parts) == min(max(received, 0), total)
    assert (standing.state == "kept") == (received >= total)
    if standing.state == "running":
        assert not standing.missing
    more = judge(parts, received + 1, start + timedelta(days=offset), grace)
    order = ("broken", "running", "kept")
    assert order.index(more.state) >= order.index(standing.state)
    earlier = judge(parts, received, start + timedelta(days=offset) - timedelta(1))
    assert earlier.missing <= judge(parts, received, start + timedelta(offset)).missing


def test_what_falls_due_besides_is_seen_month_by_month():
    months = simulate(
        PARTS,
        [
            (date(2026, 4, 5), D(70)),
            (date(2026, 6, 30), D(70)),
            (date(2026, 7, 1), D(70)),
        ],
    )
    assert [(m.date, m.arranged, m.besides, m.total) for m in months] == [
        (date(2026, 4, 1), 100, 70, 170),
        (date(2026, 5, 1), 100, 0, 100),
        (date(2026, 6, 1), 100, 70, 170),
    ]
    assert get_heaviest(months).date == date(2026, 4, 1)


def test_nothing_to_simulate_is_nothing():
    assert simulate([], [(date(2026, 4, 5), D(70))]) == []
    assert get_heaviest([]) is None
