from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from realestate_sales.tools import one_time_code
from realestate_sales.tools.one_time_code import (
    EXPIRED,
    MAX_SENDS,
    MAX_TRIES,
    RIGHT,
    SPENT,
    UNSENT,
    WRONG,
    CodeRecord,
    clean_code,
    draw_code,
    hash_code,
    mask_email,
    matches,
)

NOON = datetime(2028, 2, 29, 12)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def sent():
    return CodeRecord().sent("012345", "text", NOON)


def test_codes_have_six_digits_and_differ():
    codes = {draw_code() for _ in range(200)}
    assert len(codes) > 190
    assert all(len(code) == 6 and code.isdecimal() for code in codes)


def test_a_code_may_begin_with_zeros(monkeypatch):
    monkeypatch.setattr(one_time_code.secrets, "randbelow", lambda limit: 7)
    assert draw_code() == "000007"


def test_the_hash_does_not_show_the_code_and_is_salted():
    first, second = hash_code("012345", "x"), hash_code("012345", "x")
    assert first != second
    assert "012345" not in first
    assert matches("012345", first, "x") and matches("012345", second, "x")


@pytest.mark.parametrize(
    ("code", "context"),
    [("012346", "x"), ("12345", "x"), ("", "x"), ("012345", "y"), ("0123456", "x")],
)
def test_another_code_or_another_purpose_does_not_match(code, context):
    assert not matches(code, hash_code("012345", "x"), context)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("012345", "012345"),
        (" 012 345 ", "012345"),
        ("012-345", "012345"),
        ("０１２３４５", "012345"),
        ("01234a", "01234a"),
        ("", ""),
    ],
)
def test_what_is_typed_is_forgiven_its_form(typed, code):
    assert clean_code(typed) == code


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=12))
def test_nothing_that_is_typed_breaks_it(typed):
    record = CodeRecord().sent("012345", "text", NOON)
    right = clean_code(typed) == "012345"
    assert record.judge(typed, "text", NOON) == (RIGHT if right else WRONG)


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        (timedelta(0), RIGHT),
        (9 * MINUTE + 59 * SECOND, RIGHT),
        (10 * MINUTE, EXPIRED),
        (timedelta(days=365), EXPIRED),
        (-SECOND, EXPIRED),
    ],
)
def test_a_code_is_good_for_ten_minutes(sent, after, verdict):
    assert sent.judge("012345", "text", NOON + after) == verdict


def test_a_code_opens_only_what_it_was_sent_for(sent):
    assert sent.judge("012345", "another text", NOON) == WRONG


def test_the_fifth_wrong_try_is_the_last(sent):
    for _ in range(MAX_TRIES):
        assert sent.judge("999999", "text", NOON) == WRONG
        sent = sent.tried()
    assert sent.digest == ""
    assert sent.judge("012345", "text", NOON) == SPENT
    again = sent.sent("111111", "text", NOON + MINUTE)
    assert again.tries == 0
    assert again.judge("111111", "text", NOON + MINUTE) == RIGHT


def test_a_code_is_good_for_once(sent):
    used = sent.used()
    assert used.judge("012345", "text", NOON) == UNSENT
    assert used.wait(NOON) == MINUTE


def test_before_any_code_nothing_is_right():
    assert CodeRecord().judge("", "text", NOON) == UNSENT
    assert CodeRecord().judge("000000", "text", NOON) == UNSENT


def test_a_new_code_makes_the_old_one_worthless(sent):
    again = sent.sent("222222", "text", NOON + MINUTE)
    assert again.judge("012345", "text", NOON + MINUTE) == WRONG
    assert again.judge("222222", "text", NOON + MINUTE) == RIGHT


def test_the_next_code_waits_a_minute(sent):
    assert sent.wait(NOON + 59 * SECOND) == SECOND
    with pytest.raises(ValueError):
        sent.sent("222222", "text", NOON + 59 * SECOND)
    assert sent.sent("222222", "text", NOON + MINUTE).sends == 2


def test_an_hour_has_five_codes(sent):
    record, now = sent, NOON
    for count in range(2, MAX_SENDS + 1):
        now += MINUTE
        record = record.sent("222222", "text", now)
        assert record.sends == count
    assert record.wait(now + MINUTE) == NOON + timedelta(hours=1) - now - MINUTE
    with pytest.raises(ValueError):
        record.sent("333333", "text", now + MINUTE)
    later = NOON + timedelta(hours=1)
    assert record.sent("333333", "text", later).sends == 1


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("maria.buyer@example.com", "m••••@example.com"),
        ("m@example.com", "m••••@example.com"),
        (" li@例子.cn ", "l••••@例子.cn"),
        ('"a@b"@example.com', '"••••@example.com'),
        ("nobody", ""),
        ("@example.com", ""),
        ("", ""),
    ],
)
def test_an_address_is_shown_to_its_owner_only(address, shown):
    assert mask_email(address) == shown
