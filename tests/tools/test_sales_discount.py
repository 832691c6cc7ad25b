from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.discount import (
    Discount,
    DiscountError,
    percentage,
    settle,
    spread,
)


def money(places):
    return st.integers(0, 10**11).map(lambda minor: Decimal(minor).scaleb(-places))


places = st.sampled_from([0, 2, 3])
prices = places.flatmap(lambda p: st.tuples(st.just(p), money(p)))


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ({}, (1000, 0, 0)),
        ({"percent": "5"}, (950, 50, 5)),
        ({"percent": "33.3333"}, ("666.67", "333.33", "33.3333")),
        ({"amount": "0.01"}, ("999.99", "0.01", "0.001")),
        ({"amount": "1000"}, (0, 1000, 100)),
        ({"price": "900"}, (900, 100, 10)),
        ({"price": "1100"}, (1100, 0, 0)),
        ({"price": "900", "amount": "5", "percent": "7"}, (900, 100, 10)),
        ({"amount": "5", "percent": "7"}, (995, 5, "0.5")),
        ({"price": "666.67", "percent": "33.3333"}, ("666.67", "333.33", "33.3333")),
        ({"price": "900", "percent": "101"}, (900, 100, 10)),
    ],
)
def test_the_first_given_decides_and_the_others_agree(given_, expected):
    values = {name: Decimal(value) for name, value in given_.items()}
    assert settle(Decimal(1000), 2, **values) == Discount(
        *(Decimal(part) for part in expected)
    )


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"percent": "-0.01"}, "percent"),
        ({"percent": "100.01"}, "percent"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "1000.01"}, "amount"),
    ],
)
def test_what_cannot_be_is_refused(given_, code):
    values = {name: Decimal(value) for name, value in given_.items()}
    with pytest.raises(DiscountError) as error:
        settle(Decimal(1000), 2, **values)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("place", "price"), [(0, "667"), (2, "666.67"), (3, "666.667")]
)
def test_currencies_round_in_their_own_unit(place, price):
    assert settle(Decimal(1000), place, percent=Decimal("33.3333")).price == Decimal(
        price
    )


def test_a_unit_without_a_list_price_has_no_discount():
    assert settle(Decimal(0), 2, price=Decimal(900)) == Discount(Decimal(900))
    assert settle(Decimal(0), 2, percent=Decimal(10)) == Discount(
        Decimal(0), Decimal(0), Decimal(10)
    )
    assert percentage(Decimal(5), Decimal(0)) == 0


@given(prices, st.decimals(0, 100, places=4))
def test_price_and_discount_always_make_the_list_price(listed, percent):
    place, price_list = listed
    settled = settle(price_list, place, percent=percent)
    assert settled.price + settled.amount == price_list
    assert settled.price >= 0
    assert settle(price_list, place, price=settled.price).amount == settled.amount


@given(places, st.data())
def test_a_total_is_spread_exactly_and_never_above_a_list_price(place, data):
    lists = data.draw(st.lists(money(place), min_size=1, max_size=8))
    top = int(sum(lists).scaleb(place))
    total = Decimal(data.draw(st.integers(0, top))).scaleb(-place)
    parts = spread(total, lists, place)
    assert sum(parts) == total
    assert all(0 <= part <= whole for part, whole in zip(parts, lists, strict=True))


@pytest.mark.parametrize("total", ["-1", "300.01"])
def test_a_total_that_cannot_be_is_refused(total):
    with pytest.raises(DiscountError):
        spread(Decimal(total), [Decimal(100), Decimal(200)], 2)


def test_nothing_is_spread_over_nothing():
    assert spread(Decimal(0), [Decimal(0), Decimal(0)], 2) == [0, 0]
