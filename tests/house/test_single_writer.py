"""A state is written in one place, or computed from facts.

For each model with a field ``state`` at most one method writes it; everybody else calls
that method. Writers are looked for as assignments, as values of write, create and
update, as SQL and in the XML of data and demo.
"""

import ast
import re
from xml.etree import ElementTree

from source import ADDONS, FUNCTIONS, expect_none, models, python_files, tree, where

WRITING_CALLS = {"write", "_write", "create", "update", "copy", "new"}
SQL_STATE = re.compile(r"\bupdate\b.*\bset\b[^;]*\bstate\s*=", re.I | re.S)


def has_state_key(node):
    """Say whether an expression holds a literal of values with the key ``state``."""
    for part in ast.walk(node):
        if isinstance(part, ast.Dict):
            keys = [key.value for key in part.keys if isinstance(key, ast.Constant)]
            if "state" in keys:
                return True
        is_dict = isinstance(part, ast.Call) and isinstance(part.func, ast.Name)
        if is_dict and part.func.id == "dict":
            if "state" in [keyword.arg for keyword in part.keywords]:
                return True
    return False


def targets(node):
    """Return the targets an assignment writes to, tuples flattened."""
    if isinstance(node, ast.Assign):
        found = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        found = [node.target]
    else:
        return []
    return [part for target in found for part in ast.walk(target)]


def writes_state(node):
    """Say whether one statement or expression writes a ``state``."""
    if any(
        isinstance(target, ast.Attribute) and target.attr == "state"
        for target in targets(node)
    ):
        return True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        if node.func.attr in WRITING_CALLS:
            return any(has_state_key(argument) for argument in arguments)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return bool(SQL_STATE.search(node.value))
    return False


def state_writers(module):
    """Yield (class or None, function) of each function that writes a state."""
    owners = {}
    for owner in ast.walk(module):
        if isinstance(owner, ast.ClassDef):
            owners.update({id(child): owner for child in owner.body})
    for function in ast.walk(module):
        if isinstance(function, FUNCTIONS):
            if any(writes_state(node) for node in ast.walk(function)):
                yield owners.get(id(function)), function


def ancestors(name):
    """Return ``name`` and every model of the suite that it inherits."""
    family = {name}
    for model in models():
        if model.name == name:
            for parent in set(model.parents) - family:
                family |= ancestors(parent)
    return family


def writers_of(model):
    """Return where a class writes a state, one entry per method."""
    return [
        f"{where(model.path, function)} {function.name}"
        for owner, function in state_writers(tree(model.path))
        if owner is model.node
    ]


def stateful_models():
    """Return the names of the suite's models with a field ``state``."""
    return {model.name for model in models() if "state" in model.fields}


def test_each_state_has_one_writer():
    """Counted over the classes of a model in all addons, and over its mixins."""
    wrong = {}
    for name in stateful_models():
        family = ancestors(name)
        writers = [
            writer
            for model in models()
            if model.name in family
            for writer in writers_of(model)
        ]
        if len(writers) > 1:
            wrong[name] = writers
    expect_none(wrong)


def test_nobody_writes_another_model_s_state():
    """Mixins apart, a function that writes a state belongs to a model that has one."""
    entitled = {
        id(model.node)
        for model in models()
        if model.is_mixin or model.name in stateful_models()
    }
    wrong = [
        f"{where(path, function)} {function.name}"
        for path in python_files()
        for owner, function in state_writers(tree(path))
        if id(owner) not in entitled
    ]
    expect_none(wrong)


def test_no_data_file_writes_a_state():
    names = stateful_models()
    wrong = []
    for path in sorted([*ADDONS.glob("*/data/*.xml"), *ADDONS.glob("*/demo/*.xml")]):
        for record in ElementTree.parse(path).iter("record"):
            state = record.find("field[@name='state']")
            if record.get("model") in names and state is not None:
                wrong.append(f"{path.relative_to(ADDONS)}: {record.get('id')}")
    expect_none(wrong)


PROBE = """
class Good:
    def _update_state(self, state):
        self.write({"state": state, "date": today()})

    def action_done(self):
        self._update_state("done")

class Bad:
    def action_done(self):
        self.state = "done"

    def action_cancel(self):
        self.write(dict(state="cancel"))

    def _sql(self):
        self.env.cr.execute("UPDATE thing SET day = now(), state = 'x'")
"""


def test_the_rule_finds_what_it_is_for():
    found = {
        (owner.name, function.name)
        for owner, function in state_writers(ast.parse(PROBE))
    }
    assert found == {
        ("Good", "_update_state"),
        ("Bad", "action_done"),
        ("Bad", "action_cancel"),
        ("Bad", "_sql"),
    }
