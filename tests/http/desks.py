"""The collector's desk in a browser, for the tests that look at it."""

HEAD = ".o_rd_head"
ROW = ".o_rd_row"


def open_desk(seat, server, login="collector", path="collection-desk"):
    """Open the desk with everybody's accounts; return the page."""
    seat.log_in(server.url, login)
    page = seat.page
    page.evaluate(
        "localStorage.setItem('realestate_collection.desk.filters',"
        " JSON.stringify({ officer: 0 }))"
    )
    page.goto(f"{server.url}/odoo/{path}")
    if path == "collection-desk":
        page.wait_for_selector(".o_rd_tab")
        page.click("[data-tab=all]")
        page.wait_for_selector(f"{HEAD}:not(.is-opening)")
    else:
        page.wait_for_selector(".o_rd_team")
    return page
