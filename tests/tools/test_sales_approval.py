from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.approval import (
    SummaryRow,
    Tier,
    choose_tiers,
    compare_summaries,
    deviation,
    fingerprint,
)

LEADER = Tier("leader", 20, Decimal(5_000_000))
BOARD = Tier("board", 30, Decimal(0), Decimal(10))
DESK = Tier("desk", 10)

money = st.decimals(0, 10**9, places=2)
percents = st.decimals(0, 100, places=2)
values = st.recursive(
    st.none() | st.booleans() | st.text() | st.integers() | money | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("amount", "percent", "expected"),
    [
        (0, 0, ["desk"]),
        (4_999_999, "9.99", ["desk"]),
        (5_000_000, 0, ["desk", "leader"]),
        (5_000_000, 10, ["desk", "leader", "board"]),
        (1, 10, ["desk", "board"]),
    ],
)
def test_tiers_are_asked_from_their_limits_on_in_order(amount, percent, expected):
    chosen = choose_tiers([BOARD, LEADER, DESK], Decimal(amount), Decimal(percent))
    assert [tier.key for tier in chosen] == expected


def test_both_limits_of_a_tier_count():
    both = Tier("both", 10, Decimal(100), Decimal(5))
    assert choose_tiers([both], Decimal(100), Decimal(4)) == []
    assert choose_tiers([both], Decimal(99), Decimal(5)) == []
    assert choose_tiers([both], Decimal(100), Decimal(5)) == [both]


@given(money, percents, money, percents)
def test_more_is_never_approved_by_fewer(amount, percent, more, further):
    tiers = [DESK, LEADER, BOARD]
    few = choose_tiers(tiers, amount, percent)
    many = choose_tiers(tiers, amount + more, percent + further)
    assert set(few) <= set(many)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], 0),
        ([(100, 100)], 0),
        ([(100, 110), (200, 210)], 10),
        ([(100, 110), (200, 150)], 25),
        ([(0, 900), (100, 101)], 1),
        ([(0, 900)], 0),
        ([(Decimal("0.01"), Decimal("0.02"))], 100),
    ],
)
def test_the_biggest_deviation_up_or_down_counts(pairs, expected):
    assert deviation([(Decimal(a), Decimal(b)) for a, b in pairs]) == expected


@given(st.lists(st.tuples(money, money)), money.filter(bool), money)
def test_another_changed_price_never_makes_the_deviation_smaller(pairs, before, after):
    assert deviation([*pairs, (before, after)]) >= deviation(pairs)


@given(st.dictionaries(st.text(), values, max_size=5), st.randoms())
def test_order_of_names_does_not_matter(facts, rng):
    items = list(facts.items())
    rng.shuffle(items)
    assert fingerprint(dict(items)) == fingerprint(facts)


@given(values, values)
def test_other_facts_have_another_fingerprint(one, other):
    same = fingerprint({"fact": one}) == fingerprint({"fact": other})
    assert same == (_comparable(one) == _comparable(other))


def _comparable(value):
    """Equality as meant: a number is not a text, True is not 1, 1 is 1.00."""
    if isinstance(value, bool) or value is None:
        return ("fixed", value)
    if isinstance(value, int | Decimal):
        return ("number", Decimal(value))
    if isinstance(value, date):
        return ("date", value)
    if isinstance(value, dict):
        return {name: _comparable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_comparable(item) for item in value]
    return ("text", value)


@pytest.mark.parametrize("number", [1, 1.0, Decimal("1.00"), Decimal("1")])
def test_equal_numbers_are_the_same_fact(number):
    assert fingerprint({"price": number}) == fingerprint({"price": 1})


def test_one_minor_unit_is_another_fact():
    assert fingerprint({"price": 1000000}) != fingerprint({"price": 1000000.01})
    assert fingerprint({"price": 100}) != fingerprint({"price": 1000})
    assert fingerprint({"price": 0}) == fingerprint({"price": -0.0})


def test_text_is_not_a_number():
    assert fingerprint({"price": "1"}) != fingerprint({"price": 1})
    assert fingerprint({"day": "2026-02-28"}) != fingerprint({"day": date(2026, 2, 28)})


@pytest.mark.parametrize("value", [{1, 2}, object(), b"x"])
def test_what_has_no_stable_text_is_refused(value):
    with pytest.raises(TypeError, match="no stable text"):
        fingerprint({"fact": value})


def rows(**texts):
    return [SummaryRow(key, key.upper(), text) for key, text in texts.items()]


def test_summary_says_what_changed_came_and_went():
    compared = compare_summaries(rows(a="1", b="2", d="4"), rows(a="1", b="0", c="3"))
    assert [(row.key, row.text, row.before) for row in compared] == [
        ("a", "1", None),
        ("b", "2", "0"),
        ("d", "4", ""),
        ("c", "", "3"),
    ]


def test_what_was_never_asked_before_has_not_changed():
    assert compare_summaries(rows(a="1"), []) == rows(a="1")


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1)))
def test_the_same_again_has_not_changed(texts):
    same = [SummaryRow(key, key, text) for key, text in texts.items()]
    assert compare_summaries(same, same) == same
