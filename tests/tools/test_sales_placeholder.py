"""Placeholders: what is wrong is found when it is written, and nothing is run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from realestate_sales.tools.placeholder import FORMATS, check, fill, for_paper, parse
from realestate_sales.tools.placeholder_names import CATALOGUE, CONTRACT, PAPERS


def problems(text, paper=CONTRACT):
    return [
        (problem.code, problem.slot, problem.hint)
        for problem in check(text, CATALOGUE, paper)
    ]


def filled(text, **values):
    return fill(text, lambda slot: values[slot.name.replace(".", "_")])


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "<p>No placeholder, one { brace } and 50 % off</p>",
        "<p>{{ buyer.name }} buys {{units.names}}</p>",
        "<p>{{&nbsp;buyer.name&nbsp;}}</p>",
        "<p>{{ buyer.name | upper }} on {{ date.paper|long }}</p>",
        "<p>{{ price.amount }} ({{ price.amount | words }}, {{ price.words }})</p>",
        "{{ schedule.table }}",
    ],
)
def test_what_is_right_has_no_problem(text):
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>{{ buyer.nmae }}</p>", ("unknown", "buyer.nmae", "buyer.name")),
        ("{{ Buyer.Name }}", ("unknown", "Buyer.Name", "buyer.name")),
        ("{{ name }}", ("unknown", "name", "plan.name")),
        ("{{ zzzzzz }}", ("unknown", "zzzzzz", "")),
        ("{{ buyer.__class__ }}", ("unknown", "buyer.__class__", "buyer.address")),
        ("{{ 7*7 }}", ("unknown", "7*7", "")),
        ("{{ deposit.amount }}", ("elsewhere", "deposit.amount", "price.amount")),
        ("{{ }}", ("empty", "{{ }}", "")),
        ("{{}}", ("empty", "{{}}", "")),
        (
            "{{ price.amount | wrods }}",
            ("unknown_format", "price.amount | wrods", "words"),
        ),
        (
            "{{ buyer.name | words }}",
            ("unknown_format", "buyer.name | words", "upper"),
        ),
        ("{{ price.amount | }}", ("unknown_format", "price.amount |", "words, figure")),
        ("{{ units.table | upper }}", ("unknown_format", "units.table | upper", "")),
        ("{{ buyer.<b>name</b> }}", ("formatted", "{{ buyer.name }}", "")),
        ("<p>{{ buyer.name</p>", ("unclosed", "{{ buyer.name", "")),
        ("<p>buyer.name }}</p>", ("unopened", "buyer.name }}", "")),
        ("｛｛ buyer.name ｝｝", ("wide_braces", "｛｛ buyer.name ｝｝", "")),
    ],
)
def test_what_is_wrong_is_named_with_what_was_meant(text, expected):
    assert problems(text)[0] == expected


def test_every_problem_of_a_text_is_found():
    text = "<p>{{ a }} {{ buyer.name | long }}</p><p>{{ price.amount </p>"
    assert [code for code, _slot, _hint in problems(text)] == [
        "unclosed",
        "unknown",
        "unknown_format",
    ]


def test_a_placeholder_inside_another_leaves_the_outer_one_unclosed():
    assert ("unclosed", "{{ a {{ buyer.name }}", "") in problems(
        "{{ a {{ buyer.name }}"
    )


@pytest.mark.parametrize(
    "tag",
    [
        '<a href="{{ buyer.email }}">mail</a>',
        '<a href="%7B%7B%20buyer.email%20%7D%7D">mail</a>',
        '<p style="color: {{ buyer.name }}">x</p>',
    ],
)
def test_tags_take_no_placeholder(tag):
    assert problems(tag)[0][0] == "in_tag"


def test_a_long_piece_is_named_short():
    slot = check("{{ " + "long words " * 30, CATALOGUE, CONTRACT)[0].slot
    assert len(slot) <= 40
    assert slot.endswith("…")


def test_values_are_escaped_and_put_in_once():
    text = filled(
        "<p>{{ buyer.name }} &amp; {{ seller.name }}</p>",
        buyer_name="<script>x</script> {{ seller.name }}",
        seller_name="A & B",
    )
    assert text == (
        "<p>&lt;script&gt;x&lt;/script&gt; {{ seller.name }} &amp; A &amp; B</p>"
    )
    assert isinstance(text, Markup)


def test_tables_stay_tables():
    text = filled("<p>{{ units.table }}</p>", units_table=Markup("<table></table>"))
    assert text == "<p><table></table></p>"


def test_the_formatter_is_handed_on():
    slots = parse("{{ price.amount | words }}{{&nbsp; date.paper &nbsp;|&nbsp; long }}")
    assert [(slot.name, slot.format) for slot in slots] == [
        ("price.amount", "words"),
        ("date.paper", "long"),
    ]
    assert fill("{{ price.amount | words }}", lambda slot: slot.format) == "words"


def test_no_text_is_filled_with_no_text():
    assert fill(None, lambda slot: "x") == ""
    assert fill("", lambda slot: "x") == ""


@given(st.text(alphabet="{} <>|.abuyern&;\n", max_size=60))
def test_no_text_breaks_the_check(text):
    found = check(text, CATALOGUE, CONTRACT)
    if not found:
        fill(text, lambda slot: CATALOGUE[slot.name].label)


@given(st.text(max_size=60))
def test_a_value_never_becomes_html_or_a_placeholder(value):
    text = fill("{{ buyer.name }}", lambda slot: value)
    assert "<" not in text
    assert Markup(text).unescape() == Markup.escape(value).unescape()


def test_a_text_for_any_paper_may_use_what_all_papers_know():
    assert problems("{{ buyer.name }} {{ seller.name }}", None) == []
    assert problems("{{ schedule.table }}", None)[0][0] == "elsewhere"
    everywhere = {one.name for one in for_paper(CATALOGUE.values(), None)}
    assert "buyer.name" in everywhere
    assert "price.amount" not in everywhere


def test_the_catalogue_is_sound():
    for name, placeholder in CATALOGUE.items():
        assert placeholder.name == name
        assert placeholder.kind in FORMATS
        assert placeholder.papers <= PAPERS.keys()
        assert placeholder.papers
        assert placeholder.label
        assert parse("{{ " + name + " }}")[0].name == name
    for paper in PAPERS:
        assert for_paper(CATALOGUE.values(), paper)
