"""Which papers each buyer owes, by the kind of buyer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.checklist import (
    KINDS,
    Buyer,
    PaperType,
    buyer_kinds,
    is_minor,
    of_age_on,
    required_papers,
)

DAY = date(2026, 2, 28)
AGES = [
    (date(2008, 2, 28), date(2026, 2, 28)),
    (date(2008, 3, 1), date(2026, 3, 1)),
    # Born on a day that the year of the birthday does not have.
    (date(2008, 2, 29), date(2026, 3, 1)),
    (date(2004, 2, 29), date(2022, 3, 1)),
    (date(1999, 12, 31), date(2017, 12, 31)),
]


@pytest.mark.parametrize(("born", "day"), AGES)
def test_somebody_comes_of_age_on_a_birthday(born, day):
    assert of_age_on(born) == day
    assert is_minor(born, day - timedelta(days=1))
    assert not is_minor(born, day)


def test_a_leap_day_has_its_birthday_in_a_leap_year():
    assert of_age_on(date(2008, 2, 29), 20) == date(2028, 2, 29)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_nobody_comes_of_age_before_eighteen_full_years(born):
    day = of_age_on(born)
    assert day.year - born.year == 18
    assert (day.month, day.day) >= (born.month, born.day)
    assert 6573 <= (day - born).days <= 6575


KINDS_OF_BUYERS = [
    (Buyer(1), {"person"}),
    (Buyer(1, is_company=True), {"company"}),
    # A company has no age, no spouse and is under its own papers abroad too.
    (
        Buyer(1, is_company=True, nationality="SG", born=DAY, spouse=2),
        {"company"},
    ),
    (Buyer(1, nationality="PH"), {"person"}),
    (Buyer(1, nationality="SG"), {"person", "foreigner"}),
    (Buyer(1, spouse=2), {"person", "couple"}),
    (Buyer(1, born=date(2008, 3, 1)), {"person", "minor"}),
    (Buyer(1, born=date(2008, 2, 29)), {"person", "minor"}),
    (Buyer(1, born=date(2008, 2, 28)), {"person"}),
    (
        Buyer(1, nationality="CN", born=date(2020, 1, 1), spouse=2),
        {"person", "foreigner", "minor", "couple"},
    ),
]


@pytest.mark.parametrize(("buyer", "kinds"), KINDS_OF_BUYERS)
def test_a_buyer_is_of_these_kinds(buyer, kinds):
    assert buyer_kinds(buyer, "PH", DAY) == kinds
    assert kinds <= set(KINDS)


def test_nobody_is_a_foreigner_where_the_country_is_unknown():
    assert "foreigner" not in buyer_kinds(Buyer(1, nationality="SG"), "", DAY)


IDENTITY = PaperType(10, frozenset({"person"}))
REGISTRATION = PaperType(11, frozenset({"company"}))
MARRIAGE = PaperType(12, frozenset({"couple"}))
TAX = PaperType(13, frozenset({"person", "company"}))
BY_HAND = PaperType(14, frozenset())
TYPES = [IDENTITY, REGISTRATION, MARRIAGE, TAX, BY_HAND]


def papers(*buyers):
    return required_papers(buyers, TYPES, "PH", DAY)


def test_each_buyer_owes_the_papers_of_each_kind_once():
    assert papers(Buyer(1), Buyer(2, is_company=True)) == [
        (1, 10),
        (1, 13),
        (2, 11),
        (2, 13),
    ]


def test_a_couple_shows_one_marriage_certificate():
    both = papers(Buyer(1, spouse=2), Buyer(2, spouse=1))
    assert [pair for pair in both if pair[1] == 12] == [(1, 12)]


def test_who_buys_without_the_spouse_shows_it_too():
    assert (1, 12) in papers(Buyer(1, spouse=9), Buyer(2))


def test_two_couples_show_two():
    buyers = [Buyer(1, spouse=2), Buyer(3, spouse=4), Buyer(2, spouse=1)]
    found = [pair for pair in papers(*buyers) if pair[1] == 12]
    assert found == [(1, 12), (3, 12)]


def test_what_is_asked_of_no_kind_is_asked_of_nobody():
    assert all(kind != 14 for _buyer, kind in papers(Buyer(1), Buyer(2)))


BUYERS = st.builds(
    Buyer,
    key=st.integers(1, 6),
    is_company=st.booleans(),
    nationality=st.sampled_from(["", "PH", "SG"]),
    born=st.none() | st.dates(date(1950, 1, 1), date(2026, 1, 1)),
    spouse=st.none() | st.integers(1, 6),
)


@given(st.lists(BUYERS, unique_by=lambda buyer: buyer.key))
def test_nothing_is_asked_twice_and_no_kind_goes_without(buyers):
    found = papers(*buyers)
    assert len(found) == len(set(found))
    for buyer in buyers:
        asked = {kind for key, kind in found if key == buyer.key}
        assert 13 in asked
        assert (11 in asked) == buyer.is_company
        assert (10 in asked) != buyer.is_company
