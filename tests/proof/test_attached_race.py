"""A home and its parking: however many want them at once, one gets both or nobody."""

from collections import Counter

from racing import assert_no_raw_error
from test_claim_race import hold, live_claims, reserve

HOMES = 40
RACERS = 12


def with_parking(env, office, count):
    """Return (home, parking) ids: each home is sold with a parking space."""
    homes = office.units(env, count)
    places = env["realestate.unit"].browse(office.units(env, count, price=50000))
    places.kind = "parking"
    for home, place in zip(homes, places, strict=True):
        place.main_unit_id = home
    return list(zip(homes, places.ids, strict=True))


def owners(env, pair):
    """Return who has a live claim on each unit of ``pair``."""
    units = env["realestate.unit"].browse(pair)
    return [unit.live_claim_id.user_id.id for unit in units]


def test_a_home_and_its_parking_have_one_winner(stage, office):
    with stage.env() as env:
        pairs = with_parking(env, office, HOMES)

    def job(racer):
        order = list(pairs)
        if racer.number % 3 == 0:
            racer.random.shuffle(order)
        for home, _place in order:
            reserving = racer.random.random() < 0.4
            call = (
                reserve(home, office.buyers[0], office.plan)
                if reserving
                else hold(home)
            )
            racer.attempt(
                ("claim", home),
                racer.lingering(call),
                uid=office.agents[racer.number],
                company=office.company,
                again=racer.number % 2,
            )

    outcomes = stage.race(RACERS, job)
    assert_no_raw_error(outcomes)
    homes = [home for home, _place in pairs]
    assert Counter(o.key[1] for o in outcomes if o.won) == Counter(homes)
    with stage.env() as env:
        both = [unit for pair in pairs for unit in pair]
        assert live_claims(env, both) == Counter(both)
        for pair in pairs:
            first, second = owners(env, pair)
            assert first == second, "the parking went to another than the home"


def test_parking_taken_away_while_the_home_is_held(stage, office):
    """Whoever comes first: what is detached is never claimed with the home, and what is
    attached never stays free beside a home that is held."""
    with stage.env() as env:
        pairs = with_parking(env, office, HOMES)
        # Half of the places are to be attached by the race, half detached.
        loose = env["realestate.unit"].browse([place for _home, place in pairs[::2]])
        loose.main_unit_id = False

    def job(racer):
        for number, (home, place) in enumerate(pairs):
            if racer.number:
                racer.attempt(
                    ("hold", home),
                    racer.meeting(racer.lingering(hold(home))),
                    uid=office.agents[racer.number],
                    company=office.company,
                    again=racer.number % 2,
                )
            else:
                main = home if number % 2 == 0 else False
                racer.attempt(
                    ("attach" if main else "detach", place),
                    racer.meeting(
                        racer.lingering(
                            lambda env, place=place, main=main: (
                                env["realestate.unit"]
                                .browse(place)
                                .write({"main_unit_id": main})
                            )
                        )
                    ),
                    company=office.company,
                )

    outcomes = stage.race(3, job, processes=3)
    assert_no_raw_error([o for o in outcomes if o.key[0] == "hold"])
    print(Counter((o.key[0], o.won) for o in outcomes))
    with stage.env() as env:
        for home, place in pairs:
            unit = env["realestate.unit"].browse(place)
            held = env["realestate.unit"].browse(home).live_claim_id
            if unit.main_unit_id:
                assert unit.live_claim_id.user_id == held.user_id, (home, place)
            else:
                assert not unit.live_claim_id, (home, place)
