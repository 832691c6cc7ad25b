"""Where the project is and what belongs to it; shared by all root tests."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_modifyitems(items):
    """Run the tests marked ``last`` after all others: they look back at the run."""
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


@pytest.fixture(scope="session")
def root():
    """Return the project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def project_files():
    """Return the files git knows or would add, as paths below the project's folder."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    names = [Path(name) for name in listing.split("\0") if name]
    return [name for name in names if (ROOT / name).is_file()]
