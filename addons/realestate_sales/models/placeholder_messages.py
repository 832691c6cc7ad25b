"""Sentences for what :func:`tools.placeholder.check` finds wrong with a text."""

from markupsafe import Markup

from odoo.exceptions import ValidationError

from ..tools.placeholder import FORMATS, check, for_paper
from ..tools.placeholder_names import CATALOGUE
from .placeholder_labels import LABELS


def problem_sentence(env, problem):
    """The sentence that says what is wrong and what was probably meant."""
    texts = {
        "unknown": env._("“%(slot)s” is no placeholder.", slot=problem.slot),
        "elsewhere": env._(
            "placeholder “%(slot)s” does not exist on this paper.", slot=problem.slot
        ),
        "unknown_format": env._(
            "“%(slot)s” is a way of writing that this placeholder does not have.",
            slot=problem.slot,
        ),
        "unclosed": env._(
            "“%(slot)s” is opened with {{ and never closed with }}.", slot=problem.slot
        ),
        "unopened": env._(
            "“%(slot)s” is closed with }} and was never opened with {{.",
            slot=problem.slot,
        ),
        "wide_braces": env._(
            "“%(slot)s” has wide braces: write {{ and }}.", slot=problem.slot
        ),
        "in_tag": env._(
            "“%(slot)s” is a placeholder in a link, a picture or a colour: only text "
            "takes placeholders.",
            slot=problem.slot,
        ),
        "formatted": env._(
            "“%(slot)s” is formatted inside its braces: remove the formatting of the "
            "placeholder, or format all of it.",
            slot=problem.slot,
        ),
        "empty": env._("“%(slot)s” names no placeholder.", slot=problem.slot),
    }
    sentence = texts[problem.code]
    if not problem.hint:
        return sentence
    return env._(
        "%(sentence)s Did you mean “%(hint)s”?", sentence=sentence, hint=problem.hint
    )


def check_placeholders(env, name, paper, *texts):
    """Refuse texts with a broken placeholder, naming all of them.

    :param name: what is written, for the message
    :param paper: kind of paper the texts are for, None: any
    """
    problems = [
        problem for text in texts for problem in check(text or "", CATALOGUE, paper)
    ]
    if problems:
        sentences = (problem_sentence(env, problem) for problem in problems)
        raise ValidationError(
            env._(
                "%(name)s cannot be printed as it is written:\n%(problems)s",
                name=name,
                problems="\n".join(f"• {sentence}" for sentence in sentences),
            )
        )


def placeholder_table(env, paper):
    """The placeholders that texts for ``paper`` may use, as a table to look at."""
    kinds = {
        "text": env._("Text"),
        "date": env._("Date"),
        "amount": env._("Amount"),
        "words": env._("Amount in words"),
        "table": env._("Table"),
    }
    row = Markup("<tr><td><code>%s</code></td><td>%s</td><td>%s</td><td>%s</td></tr>")
    rows = Markup("").join(
        row
        % (
            f"{{{{ {one.name} }}}}",
            env._(LABELS[one.name]),
            kinds[one.kind],
            ", ".join(f"| {name}" for name in FORMATS[one.kind]),
        )
        for one in for_paper(CATALOGUE.values(), paper)
    )
    return Markup('<table class="table table-sm">%s</table>') % rows
