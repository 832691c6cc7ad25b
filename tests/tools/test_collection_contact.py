"""When a buyer may be contacted."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_collection.tools.contact import (
    DAYS,
    HOURS,
    RATE,
    Contact,
    Rule,
    next_allowed,
)

OFFICE = Rule(weekdays=frozenset(range(5)), hour_from=8, hour_to=19)
NIGHT = Rule(hour_from=6, hour_to=22)


def at(text):
    return datetime.fromisoformat(text)


def contacts(*moments, channel="email"):
    return [Contact(at(moment), channel) for moment in moments]


@pytest.mark.parametrize(
    ("moment", "rules", "until"),
    [
        # 10 March 2026 is a Tuesday.
        ("2026-03-10 08:00", [OFFICE], None),
        ("2026-03-10 18:59", [OFFICE], None),
        ("2026-03-10 07:59", [OFFICE], "2026-03-10 08:00"),
        ("2026-03-10 19:00", [OFFICE], "2026-03-11 08:00"),
        ("2026-03-13 20:00", [OFFICE], "2026-03-16 08:00"),
        ("2026-03-14 12:00", [OFFICE], "2026-03-16 08:00"),
        ("2026-03-14 12:00", [OFFICE, NIGHT], "2026-03-16 08:00"),
        ("2026-03-14 12:00", [], None),
        ("2026-03-10 03:00", [Rule(hour_from=0, hour_to=0)], None),
        ("2026-03-10 05:30", [Rule(hour_from=5.5, hour_to=6)], None),
        # The last day of February in a leap year.
        ("2028-02-29 23:00", [NIGHT], "2028-03-01 06:00"),
    ],
)
def test_hours_and_days(moment, rules, until):
    wait = next_allowed(at(moment), rules)
    assert (wait and wait.until) == (until and at(until))
    weekend = at(moment).weekday() > 4
    assert wait is None or wait.reason == (DAYS if weekend else HOURS)


@pytest.mark.parametrize(
    ("rule", "past", "until"),
    [
        (Rule(per_day=1), ["2026-03-10 09:00"], "2026-03-11 00:00"),
        (Rule(per_day=2), ["2026-03-10 09:00"], None),
        (Rule(per_day=1), ["2026-03-09 23:59"], None),
        (Rule(per_week=1), ["2026-03-04 09:00"], "2026-03-11 00:00"),
        (Rule(per_week=1), ["2026-03-03 09:00"], None),
        (
            Rule(per_week=2),
            ["2026-03-05 09:00", "2026-03-09 09:00"],
            "2026-03-12 00:00",
        ),
        (Rule(per_month=1), ["2026-02-09 09:00"], "2026-03-11 00:00"),
        (Rule(per_month=1), ["2026-02-08 09:00"], None),
    ],
)
def test_rates_are_counted_over_the_last_days(rule, past, until):
    wait = next_allowed(at("2026-03-10 12:00"), [rule], contacts(*past))
    assert (wait and wait.until) == (until and at(until))
    assert wait is None or wait.reason == RATE


def test_a_rate_of_a_channel_counts_that_channel_only():
    past = contacts("2026-03-10 09:00", channel="sms")
    for channel, waits in (("", True), ("sms", True), ("email", False)):
        rule = Rule(per_day=1, channel=channel)
        assert bool(next_allowed(at("2026-03-10 12:00"), [rule], past)) == waits


def test_a_rate_that_ends_at_night_waits_for_the_morning():
    rule = Rule(hour_from=8, hour_to=19, per_day=1)
    wait = next_allowed(at("2026-03-10 12:00"), [rule], contacts("2026-03-10 09:00"))
    assert (wait.until, wait.reason) == (at("2026-03-11 08:00"), RATE)


@given(
    st.datetimes(at("2026-01-01"), at("2028-12-31")),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(0, 11),
    st.integers(12, 24),
)
def test_the_moment_found_is_allowed_and_none_before_it_by_the_hour(
    moment, weekdays, begin, end
):
    rule = Rule(weekdays=weekdays, hour_from=begin, hour_to=end)
    wait = next_allowed(moment, [rule])
    if wait is None:
        return
    assert next_allowed(wait.until, [rule]) is None
    hour = moment
    while hour < wait.until:
        assert next_allowed(hour, [rule]) is not None
        hour += timedelta(hours=1)


@given(
    st.lists(st.datetimes(at("2026-02-01"), at("2026-03-10")), max_size=12),
    st.integers(1, 3),
    st.integers(1, 5),
)
def test_no_rate_is_ever_passed(past, per_day, per_week):
    rule = Rule(per_day=per_day, per_week=per_week)
    moment = at("2026-03-10 12:00")
    wait = next_allowed(moment, [rule], map(Contact, past))
    when = wait.until if wait else moment
    same = [one for one in past if one.date() == when.date()]
    week = [one for one in past if one.date() > when.date() - timedelta(days=7)]
    assert len(same) < per_day
    assert len(week) < per_week
