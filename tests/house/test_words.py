"""The project speaks of itself alone: no machine's paths, no registry's name."""

import re
from pathlib import Path

import pytest
from source import ROOT, expect_none

# Spelled in parts, so that this file does not break its own rule.
HOSTS = [
    "registry." + "npmjs",
    "pypi." + "org",
    "pythonhosted." + "org",
    "deb.debian." + "org",
    "snapshot.debian." + "org",
    "security.debian." + "org",
    "nodesource." + "com",
]
PATHS = [
    r"(?<![\w.])/" + r"work/",
    r"/tmp" + r"/w/",
    r"/root" + r"/",
    r"\." + "library",
]
FORBIDDEN = re.compile("|".join([*map(re.escape, HOSTS), *PATHS]))


def text_of(path):
    """Return a file's text, or nothing for what is no text."""
    try:
        return (ROOT / path).read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_names_a_machine_or_a_registry(project_files):
    wrong = [
        f"{path}:{number}: {match[0]}"
        for path in project_files
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if (match := FORBIDDEN.search(line))
    ]
    expect_none(wrong)


LINES = ["/" + "work/main", "https://" + HOSTS[1] + "/simple", "~/." + "library/x"]


@pytest.mark.parametrize("line", LINES)
def test_the_rule_finds_what_it_is_for(line):
    assert FORBIDDEN.search(line)


def test_every_addon_has_what_an_addon_needs(project_files):
    needed = ["__manifest__.py", "readme/DESCRIPTION.md", "readme/HISTORY.md"]
    addons = {path.parts[1] for path in project_files if path.parts[0] == "addons"}
    known = set(project_files)
    missing = [
        f"{addon}/{name}"
        for addon in sorted(addons)
        for name in needed
        if Path("addons", addon, name) not in known
    ]
    expect_none(missing)
