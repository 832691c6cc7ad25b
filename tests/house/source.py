"""Read the suite's source for the house rules: files, classes, functions, models."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def manifests():
    """Return the manifest of each addon by the addon's name."""
    return {
        path.parent.name: ast.literal_eval(path.read_text("utf-8"))
        for path in sorted(ADDONS.glob("*/__manifest__.py"))
    }


@cache
def upstream(addon):
    """Return the names of all addons of the suite that ``addon`` builds on."""
    direct = [name for name in manifests()[addon]["depends"] if name in manifests()]
    return frozenset(direct).union(*(upstream(name) for name in direct))


def addon_of(path):
    """Return the name of the addon a file is in, or None."""
    path = Path(path)
    if not path.is_relative_to(ADDONS):
        return None
    return path.relative_to(ADDONS).parts[0]


def is_test(path):
    """Say whether a file is part of an addon's or the project's tests."""
    return "tests" in Path(path).relative_to(ROOT).parts


@cache
def python_files(tests=False):
    """Return the addons' Python files, those of the tests only on demand."""
    files = addon_files(".py")
    return tuple(path for path in files if tests or not is_test(path))


def addon_files(*suffixes):
    """Return the files of the addons that end in one of ``suffixes``."""
    return [
        path
        for addon in manifests()
        for path in sorted((ADDONS / addon).rglob("*"))
        if path.suffix in suffixes
    ]


@cache
def tree(path):
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


@dataclass(frozen=True)
class Model:
    """A class that defines or extends an Odoo model."""

    path: Path
    node: ast.ClassDef
    name: str
    parents: tuple
    is_new: bool

    @property
    def is_mixin(self):
        """Say whether this is an abstract model, there only to be inherited."""
        bases = [getattr(base, "attr", None) for base in self.node.bases]
        return "AbstractModel" in bases

    @property
    def fields(self):
        """Return the names assigned in the class body: its fields among them."""
        return {
            target.id
            for statement in self.node.body
            if isinstance(statement, ast.Assign)
            for target in statement.targets
            if isinstance(target, ast.Name)
        }


def class_attribute(node, name):
    """Return the literal assigned to ``name`` in a class body, else None."""
    for statement in node.body:
        if not isinstance(statement, ast.Assign):
            continue
        if any(isinstance(t, ast.Name) and t.id == name for t in statement.targets):
            try:
                return ast.literal_eval(statement.value)
            except ValueError:
                return None
    return None


def model_of(path, node):
    """Return the Model a class stands for, or None for any other class."""
    name = class_attribute(node, "_name")
    inherit = class_attribute(node, "_inherit")
    parents = [inherit] if isinstance(inherit, str) else list(inherit or [])
    model = name or (parents[0] if parents else None)
    if not model:
        return None
    return Model(path, node, model, tuple(parents), name not in (None, *parents))


@cache
def models():
    """Return every Model of the suite."""
    found = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and (model := model_of(path, node)):
                found.append(model)
    return tuple(found)


def functions(node):
    """Yield the functions in a class or module body, not those nested in classes."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, FUNCTIONS):
            yield child


def docstring_lines(function):
    """Return how many lines of a function are its docstring."""
    first = function.body[0]
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    if not is_text or not isinstance(first.value.value, str):
        return 0
    return first.end_lineno - first.lineno + 1


def where(path, node):
    """Return file and line, as an editor takes them."""
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def expect_none(wrong):
    """Fail with one line for each thing that breaks a rule."""
    __tracebackhide__ = True
    if isinstance(wrong, dict):
        wrong = [f"{name}: {', '.join(found)}" for name, found in wrong.items()]
    if wrong:
        pytest.fail("\n".join(sorted(wrong)), pytrace=False)
