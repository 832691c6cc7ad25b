"""What a stranger meets: the login page, and closed doors behind it."""

import urllib.request


def test_login_page_answers(server):
    with urllib.request.urlopen(f"{server.url}/web/login") as response:
        text = response.read().decode()
    assert response.status == 200
    assert 'name="password"' in text


def test_rpc_without_key_is_refused(json2):
    answer = json2().answer("res.partner", "search_read", domain=[], fields=["name"])
    assert answer.status == 401


def test_rpc_with_a_wrong_key_is_refused(server, json2):
    stranger = json2()
    stranger.key = "0" * 40
    answer = stranger.answer("res.partner", "search", domain=[])
    assert answer.status == 401


def test_rpc_with_the_administrators_key_answers(json2):
    names = json2("admin").call(
        "ir.module.module",
        "search_read",
        domain=[("name", "=", "account")],
        fields=["name", "state"],
    )
    assert [(row["name"], row["state"]) for row in names] == [("account", "installed")]


def test_database_manager_is_closed(page, server):
    page.goto(f"{server.url}/web/database/manager")
    assert "disabled by the administrator" in page.inner_text("body")
