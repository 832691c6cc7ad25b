"""Wordings compared: whatever is shown, both texts can be read back from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from realestate_sales.tools.text_diff import (
    ADDED,
    REMOVED,
    SAME,
    Piece,
    compare,
    is_same,
    plain_text,
)


def marked(old, new):
    signs = {SAME: "{}", ADDED: "[+{}]", REMOVED: "[-{}]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in compare(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The buyer pays.", "The buyer pays.", "The buyer pays."),
        ("", "", ""),
        ("", "All new", "[+All new]"),
        ("All gone", "", "[-All gone]"),
        (
            "within 30 days of notice",
            "within 45 days of notice",
            "within [-30][+45] days of notice",
        ),
        ("three blue cars", "three green bikes", "three [-blue cars][+green bikes]"),
        ("1,000.00 pesos", "1,500.00 pesos", "[-1,000.00][+1,500.00] pesos"),
        ("买方于30日内付款", "买方于45日内付款", "买方于[-30][+45]日内付款"),
        ("trong vòng ba ngày", "trong vòng bảy ngày", "trong vòng [-ba][+bảy] ngày"),
    ],
)
def test_changes_are_whole_words(old, new, expected):
    assert marked(old, new) == expected


def test_lines_stay_apart():
    assert marked("One line.\nSecond.", "One line.\nThird.") == (
        "One line.\n[-Second][+Third]."
    )


@given(st.text(max_size=80), st.text(max_size=80))
def test_both_wordings_can_be_read_back(old, new):
    pieces = compare(old, new)
    assert "".join(one.text for one in pieces if one.kind != ADDED) == old
    assert "".join(one.text for one in pieces if one.kind != REMOVED) == new
    assert all(piece.text for piece in pieces)


@given(st.text(max_size=80))
def test_the_same_wording_has_no_change(text):
    assert {piece.kind for piece in compare(text, text)} <= {SAME}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (None, ""),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<p>One<br>Two</p>", "One\nTwo"),
        ("<ul><li>a</li><li>b</li></ul>", "• a\n• b"),
        ("<p>Price:&nbsp;<b>5 &lt; 6</b> &amp; more</p>", "Price: 5 < 6 & more"),
        ("<p>Many\n   spaces</p><p><br></p>", "Many spaces"),
        ("<p>seen</p><style>p {}</style><!-- hidden <b> -->", "seen"),
        ("<p>{{ buyer.name }}</p>", "{{ buyer.name }}"),
    ],
)
def test_rich_text_is_compared_by_what_is_read(html, expected):
    assert plain_text(html) == expected


def test_formatting_alone_is_no_change():
    assert is_same("<p>The <b>price</b></p>", "<div>The price</div>")
    assert not is_same("<p>The price</p>", "<p>The cost</p>")
    assert is_same(False or None, "<p><br></p>")


def test_pieces_say_what_they_are():
    assert compare("a b", "a c") == [
        Piece(SAME, "a "),
        Piece(REMOVED, "b"),
        Piece(ADDED, "c"),
    ]
