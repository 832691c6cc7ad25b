"""The size ratchet: what is small stays small, what is too large may only shrink.

``size_ratchet.txt`` lists the exceptions with the size each had when it was let in; it
starts empty. A listed item that has shrunk must be listed with its new size.
"""

import ast
from pathlib import Path

from source import (
    ADDONS,
    ROOT,
    docstring_lines,
    expect_none,
    functions,
    python_files,
    tree,
)

METHOD_LINES = 40
FILE_LINES = 400
CLASS_METHODS = 25
RATCHET = Path(__file__).with_name("size_ratchet.txt")


def ratchet():
    """Return the exceptions: name to size."""
    lines = RATCHET.read_text("utf-8").splitlines()
    listed = [line for line in lines if line and not line.startswith("#")]
    return {name: int(size) for name, size in (line.rsplit(" ", 1) for line in listed)}


def written_files():
    """Return the files whose length counts: what people write, not data or texts."""
    suffixes = {".py", ".xml", ".js"}
    skipped = {"data", "demo", "i18n", "lib", "__pycache__"}
    for folder in (ADDONS, ROOT / "scripts", ROOT / "tests", ROOT / "bench"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in suffixes and not skipped & set(path.parts):
                yield path


def sizes():
    """Yield (name, size, limit) of each file, class and function of the suite."""
    for path in written_files():
        name = str(path.relative_to(ROOT))
        yield name, len(path.read_text("utf-8").splitlines()), FILE_LINES
    for path in python_files():
        for owner in [tree(path), *ast.walk(tree(path))]:
            if isinstance(owner, ast.ClassDef | ast.Module):
                yield from owner_sizes(path, owner)


def owner_sizes(path, owner):
    """Yield the sizes of a class or module: its functions, and how many a class has."""
    prefix = f"{path.relative_to(ROOT)}::"
    if isinstance(owner, ast.ClassDef):
        prefix += f"{owner.name}"
        yield prefix, len(list(functions(owner))), CLASS_METHODS
        prefix += "."
    for function in functions(owner):
        lines = function.end_lineno - function.lineno + 1
        yield (
            f"{prefix}{function.name}",
            lines - docstring_lines(function),
            METHOD_LINES,
        )


def test_nothing_is_larger_than_the_house_allows():
    listed = ratchet()
    wrong = {
        f"{name}: {size}, allowed {max(limit, listed.get(name, 0))}"
        for name, size, limit in sizes()
        if size > max(limit, listed.get(name, 0))
    }
    expect_none(wrong)


def test_the_ratchet_only_tightens():
    measured = {name: (size, limit) for name, size, limit in sizes()}
    wrong = []
    for name, allowed in ratchet().items():
        size, limit = measured.get(name, (0, 0))
        if size <= limit:
            wrong.append(f"{name} needs no exception any more: remove it")
        elif size < allowed:
            wrong.append(f"{name} has shrunk from {allowed} to {size}: say so")
    expect_none(wrong)
