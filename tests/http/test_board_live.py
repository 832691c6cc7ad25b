"""What one does on the sales control board, the others see without reloading."""

from boards import SECONDS, cell, open_board, wait_until_live


def test_a_hold_made_elsewhere_arrives_within_five_seconds(
    open_seat, server, json2, free_unit
):
    officer = open_board(open_seat, server, "officer", free_unit)
    hall = open_board(open_seat, server, "supervisor", free_unit, "sales-hall")
    agent = open_board(open_seat, server, "agent", free_unit)
    watchers = [officer, hall]
    for seat in watchers:
        wait_until_live(seat.page)
        seat.page.wait_for_selector(cell(free_unit, ".is-available"))

    agent.page.click(cell(free_unit))
    agent.page.click(".o_rb_card.is-pinned [data-do=hold]")
    for seat in watchers:
        seat.page.wait_for_selector(cell(free_unit, ".is-held"), timeout=SECONDS)
    agent.page.wait_for_selector(cell(free_unit, ".is-held.is-mine"))

    json2("agent").call("realestate.unit", "action_release", ids=[free_unit["id"]])
    for seat in [*watchers, agent]:
        seat.page.wait_for_selector(cell(free_unit, ".is-available"), timeout=SECONDS)
        assert not seat.errors

    # A board that is live does not say it were not, however long one waits.
    agent.page.wait_for_timeout(11_000)
    for seat in [*watchers, agent]:
        assert not seat.page.is_visible(".o_rb_lost")


def test_no_name_is_sent_to_the_sales_hall(open_seat, server, json2, free_unit):
    json2("agent").call("realestate.unit", "action_hold", ids=[free_unit["id"]])
    project = free_unit["project_id"][0]
    told = json2("officer").call("realestate.board", "load", project_id=project)
    names = {claim["user"] for claim in told["claims"].values()}
    names |= {claim["buyer"] for claim in told["claims"].values() if claim["buyer"]}
    assert len(names) > 2

    seat = open_seat()
    answers = []
    seat.page.on(
        "response",
        lambda answer: "realestate.board" in answer.url and answers.append(answer),
    )
    seat.log_in(server.url, "agent")
    seat.page.goto(f"{server.url}/odoo/sales-hall")
    seat.page.wait_for_selector(cell(free_unit, ".is-held"))
    methods = {answer.url.rsplit("/", 1)[1] for answer in answers}
    assert methods == {"get_hall_projects", "load_hall"}
    shown = [answer.text() for answer in answers] + [seat.page.inner_text(".o_rb")]
    assert not [name for name in names if any(name in text for text in shown)]


def test_the_screen_of_the_hall_offers_no_other_door(
    open_seat, server, json2, free_unit
):
    # What its login is refused is tested where that may be logged: TestBoardHallUser.
    project = free_unit["project_id"][0]
    board = json2("hall").call("realestate.board", "load_hall", project_id=project)
    assert board["units"]["id"]
    seat = open_board(open_seat, server, "hall", free_unit, "sales-hall")
    seat.page.click(cell(free_unit))
    seat.page.wait_for_selector(".o_rb_card.is-pinned")
    assert seat.page.locator(".o_rb_card button, [data-do=leave]").count() == 0
    assert seat.page.locator(".o_main_navbar").count() == 0
