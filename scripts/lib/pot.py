"""Bring an addon's translation template up to date, and its translations with it.

Usage: pot.py [--check] EXPORTED.pot addons/NAME/i18n/NAME.pot
"""

import argparse
import difflib
import re
import sys
from pathlib import Path

import polib

DATES = re.compile(r'^"(POT-Creation-Date|PO-Revision-Date): .*\n', re.MULTILINE)


def undated(text):
    """Return a template's text without the dates of its export."""
    return DATES.sub("", text)


def difference(old, new, name):
    """Return a unified diff of two templates, dates ignored; empty if they agree."""
    pair = (undated(text).splitlines(keepends=True) for text in (old, new))
    return "".join(difflib.unified_diff(*pair, fromfile=name, tofile="as exported"))


def merge_translations(template):
    """Give each .po beside the template exactly the template's terms."""
    reference = polib.pofile(str(template), wrapwidth=0)
    for path in sorted(template.parent.glob("*.po")):
        translation = polib.pofile(str(path), wrapwidth=78)
        translation.merge(reference)
        for entry in translation.obsolete_entries():
            translation.remove(entry)
        translation.save()


def main():
    """Compare or replace; exit 1 when a check finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("exported", type=Path)
    parser.add_argument("template", type=Path)
    arguments = parser.parse_args()
    template = arguments.template
    old = template.read_text("utf-8") if template.exists() else ""
    new = arguments.exported.read_text("utf-8")
    changes = difference(old, new, str(template))
    if not changes:
        return 0
    if arguments.check:
        print("".join(changes.splitlines(keepends=True)[:20]))
        print(f"{template} is not what the source says: run scripts/pot")
        return 1
    template.parent.mkdir(exist_ok=True)
    template.write_text(new, "utf-8")
    merge_translations(template)
    print(f"{template} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
