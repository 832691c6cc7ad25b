"""Report lines of test per line of code, addon by addon; blank lines do not count."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = (".py", ".js")


def lines(paths):
    """Return the number of lines with something on them."""
    return sum(
        bool(line.strip())
        for path in paths
        for line in path.read_text("utf-8").splitlines()
    )


def sources(folder):
    """Return the Python and JavaScript files below a folder."""
    return [path for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES]


def main():
    """Print a line for each addon and one for the suite with its root tests."""
    total_code, total_tests = 0, lines(sources(ROOT / "tests"))
    for addon in sorted(path.parent for path in ROOT.glob("addons/*/__manifest__.py")):
        tests = [path for path in sources(addon) if "tests" in path.parts]
        code = [path for path in sources(addon) if "tests" not in path.parts]
        n_tests, n_code = lines(tests), lines(code)
        total_code, total_tests = total_code + n_code, total_tests + n_tests
        print(f"{addon.name}: {n_tests} / {n_code} = {n_tests / max(n_code, 1):.2f}")
    ratio = total_tests / max(total_code, 1)
    print(f"with tests/: {total_tests} / {total_code} = {ratio:.2f} (wanted: 1.00)")


if __name__ == "__main__":
    main()
