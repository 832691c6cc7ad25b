"""What becomes of a notice that goes by several channels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_collection.tools.delivery import (
    ALL,
    ANY,
    CHANNELS,
    WRITTEN,
    Part,
    fate,
)

STATES = ("queued", "sent", "delivered", "failed", "cancelled")


def parts(text):
    """Read ``email sent, letter queued`` as deliveries."""
    return [Part(*words.split()) for words in text.split(", ") if words]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (ANY, "", "sent"),
        (ANY, "email queued", "queued"),
        (ANY, "email sent", "sent"),
        (ANY, "email failed", "failed"),
        (ANY, "email cancelled", "cancelled"),
        (ANY, "email failed, letter queued", "queued"),
        (ANY, "email sent, letter queued", "sent"),
        (ANY, "email failed, letter sent", "sent"),
        (ANY, "email failed, call sent", "failed"),
        (ANY, "email failed, call delivered", "sent"),
        (ANY, "call sent", "sent"),
        (ANY, "call failed, visit sent", "sent"),
        (ANY, "email cancelled, letter sent", "sent"),
        (ALL, "email sent, letter queued", "queued"),
        (ALL, "email sent, letter sent", "sent"),
        (ALL, "email sent, letter delivered", "sent"),
        (ALL, "email failed, letter queued", "failed"),
        (ALL, "email sent, letter cancelled", "sent"),
        (ALL, "email sent, call failed", "sent"),
        (ALL, "call sent, visit failed", "failed"),
        (ALL, "email cancelled, letter cancelled", "cancelled"),
    ],
)
def test_the_notice_follows_its_deliveries(rule, text, expected):
    assert fate(rule, parts(text)) == expected


deliveries = st.lists(
    st.builds(Part, st.sampled_from(CHANNELS), st.sampled_from(STATES)),
    max_size=5,
    unique_by=lambda part: part.channel,
)


@given(st.sampled_from([ANY, ALL]), deliveries)
def test_nothing_is_sent_that_reached_nobody(rule, made):
    if fate(rule, made) == "sent" and made:
        assert any(part.state in ("sent", "delivered") for part in made)


@given(deliveries)
def test_all_is_stricter_than_any(made):
    if fate(ALL, made) == "sent":
        assert fate(ANY, made) == "sent"


@given(deliveries)
def test_a_written_delivery_that_went_out_is_enough_for_any(made):
    gone = [part for part in made if part.channel in WRITTEN and part.state == "sent"]
    if gone:
        assert fate(ANY, made) == "sent"
