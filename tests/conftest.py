"""Where the project is and what belongs to it; shared by all root tests."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

# How long one example takes says more about the machine than about the code. A build
# draws the same examples each time, so that it judges the change; people draw new ones.
settings.register_profile(
    "suite",
    deadline=None,
    print_blob=True,
    derandomize=os.environ.get("CI") == "true",
)
settings.load_profile("suite")

ROOT = Path(__file__).resolve().parents[1]
#: A real inventory kept outside the project, beside its folder.
REAL_INVENTORY = ROOT.parent / "shared/data/ph_tower_inventory.csv"


def pytest_collection_modifyitems(config, items):
    """Leave out what this machine has no input for; put what looks back last.

    A skipped test fails the run. ``real_input`` is for the few that read the real
    inventory, which is no part of the project: elsewhere they are not asked for.
    """
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)
    if not REAL_INVENTORY.exists():
        unasked = [item for item in items if item.get_closest_marker("real_input")]
        config.hook.pytest_deselected(items=unasked)
        items[:] = [item for item in items if item not in unasked]


@pytest.fixture(scope="session")
def real_inventory():
    """Return the file of a real tower; for tests marked ``real_input``."""
    return REAL_INVENTORY


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
