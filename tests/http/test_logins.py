"""Every demo user, one by one, gets in by the form and meets a page without errors."""


def test_each_role_of_the_office_lands_in_the_web_client(open_seat, server, demo_users):
    office = [login for login, user in demo_users.items() if user["internal"]]
    assert "admin" in office
    for login in office:
        seat = open_seat()
        seat.log_in(server.url, login)
        # The screen of the sales hall fills the page.
        seat.page.wait_for_selector(".o_main_navbar, .o_rb.is-hall")
        seat.page.wait_for_selector(".o_action_manager > *")
        assert not seat.errors, f"{login}: {seat.errors}"


def test_each_buyer_lands_in_the_portal(open_seat, server, demo_users):
    for login, user in demo_users.items():
        if user["internal"]:
            continue
        seat = open_seat()
        seat.log_in(server.url, login)
        seat.page.wait_for_load_state()
        assert "/my" in seat.page.url, f"{login} landed on {seat.page.url}"
        assert not seat.errors, f"{login}: {seat.errors}"


def test_a_wrong_password_stays_outside(seat, server):
    seat.page.goto(f"{server.url}/web/login")
    seat.page.fill("input[name=login]", "admin")
    seat.page.fill("input[name=password]", "not the password")
    seat.page.click("button[type=submit]:has-text('Log in')")
    seat.page.wait_for_selector(".alert-danger")
    assert "/web/login" in seat.page.url
