"""The sales control board in a browser, for the tests that look at it."""

#: How soon what happens elsewhere is to be seen, in milliseconds.
SECONDS = 5_000


def open_board(open_seat, server, login, unit, path="sales-board"):
    """Open the board of the unit's project; return the seat."""
    seat = open_seat()
    seat.log_in(server.url, login)
    key, project = "realestate_sales.board.project", unit["project_id"][0]
    seat.page.evaluate(f"localStorage.setItem('{key}', {project})")
    seat.page.goto(f"{server.url}/odoo/{path}")
    seat.page.wait_for_selector(cell(unit))
    return seat


def cell(unit, state=""):
    return f".o_rb_cell[data-u='{unit['id']}']{state}"


def wait_until_live(page):
    """Wait until the page listens to the bus."""
    page.wait_for_function(
        "odoo.__WOWL_DEBUG__.root.env.services.bus_service.workerState === 'CONNECTED'",
        timeout=20_000,
    )
    # The subscription follows the connection.
    page.wait_for_timeout(1_500)
