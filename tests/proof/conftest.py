"""Proofs that need real connections and whole processes.

Odoo's own tests run in one transaction that is rolled back: nothing there can race,
be killed or be seen by anybody else. Here a fresh database gets the suite, Odoo runs in
this process and in others forked from it, and everything is committed.

``REALESTATE_PROOF_DB`` names the database. ``REALESTATE_PROOF_TEMPLATE`` names one with
the suite to copy it from, which saves the installation. Randomness is drawn from
``REALESTATE_PROOF_SEED``; the head of a run and its failures say which seed they had.
"""

import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
with warnings.catch_warnings():
    # Odoo and what it imports warn of their own age.
    warnings.simplefilter("ignore")
    import odoo.tools
    from odoo.modules.registry import Registry
    from odoo.service import model as _retrying  # noqa: F401  warns at import

import racing
from office import Office
from outside import Json2, serve
from street import Street, Visitor

ROOT = Path(__file__).resolve().parents[2]
LOCAL = Path(os.environ.get("REALESTATE_LOCAL", ROOT / ".local"))
DATABASE = os.environ.get("REALESTATE_PROOF_DB", "realestate_test_proof")
TEMPLATE = os.environ.get("REALESTATE_PROOF_TEMPLATE")


def pytest_itemcollected(item):
    """Leave the warnings of Odoo's own code to Odoo."""
    item.add_marker(pytest.mark.filterwarnings("ignore"))


def pytest_report_header():
    """Name the seed, so that a failing run can be had again."""
    return f"seed of the proofs: {racing.SEED}"


def suite():
    """Return the names of the suite's addons, as the scripts know them."""
    command = '. scripts/lib/env.sh && joined "${SUITE_LIST[@]}"'
    answer = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return answer.stdout.strip()


@pytest.fixture(scope="session")
def database():
    """Return the name of a database with the suite and no demo data."""
    template = [TEMPLATE] if TEMPLATE else []
    subprocess.run([ROOT / "scripts/newdb", DATABASE, *template], check=True)
    if not TEMPLATE:
        log = LOCAL / f"{DATABASE}.log"
        install = [
            *(ROOT / "scripts/odoo", "-d", DATABASE, "-i", suite()),
            *("--no-http", "--stop-after-init", "--logfile", log),
        ]
        code = subprocess.run(install, check=False).returncode
        if code:
            pytest.fail(f"the suite could not be installed: see {log}", pytrace=False)
    yield DATABASE
    odoo.sql_db.close_db(DATABASE)
    drop = ["dropdb", "--if-exists", "--force", DATABASE]
    subprocess.run([ROOT / "scripts/pg", *drop], check=True)
    shutil.rmtree(LOCAL / "filestore/filestore" / DATABASE, ignore_errors=True)


@pytest.fixture(scope="session")
def stage(database):
    """Return the Stage: this process's registry, forks of it and races on it."""
    arguments = ["-c", str(LOCAL / "odoo.conf"), "-d", database, "--no-http"]
    odoo.tools.config.parse_config(arguments, setup_logging=False)
    return racing.Stage(database, Registry(database))


@pytest.fixture(scope="session")
def office(stage):
    """Return the Office: a developer with books, staff, plans and buyers."""
    with stage.env() as env:
        return Office.open(env)


@pytest.fixture(scope="session")
def street(stage):
    """Return the Street: a buyer's secrets, and those who must not learn them."""
    with stage.env() as env:
        return Street.build(env)


@pytest.fixture(scope="session")
def server(street):
    """Serve the database, crons off."""
    with serve(DATABASE, LOCAL / f"{DATABASE}_server.log") as running:
        yield running


@pytest.fixture(scope="session")
def rpc(server, street):
    """Return a function: name of somebody of the street to JSON-2 client."""
    return lambda name: Json2(server, street.keys[name])


@pytest.fixture(scope="session")
def visit(server, street):
    """Return a function: name of somebody, or None for a passer-by, to Visitor."""
    return lambda name=None: Visitor(server, name and street.logins[name])
