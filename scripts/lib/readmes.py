"""Write each addon's README.md from its manifest and the fragments in readme/.

Usage: readmes.py [--check]
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FRAGMENTS = [
    ("DESCRIPTION", None),
    ("CONFIGURE", "Configuration"),
    ("USAGE", "Usage"),
    ("HISTORY", "Changes"),
]


def readme(addon):
    """Return the text of an addon's README.md."""
    manifest = ast.literal_eval((addon / "__manifest__.py").read_text("utf-8"))
    parts = [f"<!-- Made from readme/ by scripts/readmes. -->\n\n# {manifest['name']}"]
    for name, title in FRAGMENTS:
        path = addon / "readme" / f"{name}.md"
        if path.exists():
            text = path.read_text("utf-8").strip()
            parts.append(f"## {title}\n\n{text}" if title else text)
    parts.append(f"Licence: {manifest['license']}. Author: {manifest['author']}.")
    return "\n\n".join(parts) + "\n"


def main():
    """Write what differs, or only name it with --check (exit 1)."""
    check = "--check" in sys.argv[1:]
    stale = []
    for manifest in sorted(ROOT.glob("addons/*/__manifest__.py")):
        path = manifest.with_name("README.md")
        text = readme(manifest.parent)
        if not path.exists() or path.read_text("utf-8") != text:
            stale.append(str(path.relative_to(ROOT)))
            if not check:
                path.write_text(text, "utf-8")
    for name in stale:
        print(f"{name} {'is not what readme/ says: run scripts/readmes' * check}")
    return 1 if stale and check else 0


if __name__ == "__main__":
    sys.exit(main())
