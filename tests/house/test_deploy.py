"""The files of the deployment agree with each other and hold no secret.

``docker-compose config`` is a check of the release, by hand: no engine is needed here.
"""

import configparser
import re

import pytest
import yaml
from source import ROOT, manifests

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


@pytest.fixture
def conf():
    """Return the options of the production configuration."""
    parser = configparser.RawConfigParser()
    parser.read_string((ROOT / "odoo.conf").read_text("utf-8"))
    return dict(parser["options"])


@pytest.mark.parametrize("name", ["db", "odoo"])
def test_each_service_is_watched_and_restarted(name):
    service = COMPOSE["services"][name]
    assert service["healthcheck"]["test"]
    assert service["restart"] == "unless-stopped"


def test_data_lives_in_named_volumes():
    named = set(COMPOSE["volumes"])
    used = {
        volume.split(":")[0]
        for service in COMPOSE["services"].values()
        for volume in service["volumes"]
    }
    assert used == named


def test_secrets_come_from_the_environment(conf):
    values = [
        value
        for service in COMPOSE["services"].values()
        for name, value in service["environment"].items()
        if "PASSWORD" in name
    ]
    assert values
    assert all(re.fullmatch(r"\$\{\w+:\?.+\}", value) for value in values)
    assert not {name for name in conf if "passw" in name}


def test_nothing_listens_to_the_world_by_default():
    for port in COMPOSE["services"]["odoo"]["ports"]:
        assert port.startswith("${ODOO_LISTEN:-127.0.0.1}:")
    assert "ports" not in COMPOSE["services"]["db"]


def test_odoo_waits_for_a_healthy_database():
    condition = COMPOSE["services"]["odoo"]["depends_on"]["db"]["condition"]
    assert condition == "service_healthy"


def test_connections_fit_into_the_database(conf):
    processes = int(conf["workers"]) + int(conf["max_cron_threads"]) + 1
    command = " ".join(COMPOSE["services"]["db"]["command"])
    allowed = int(re.search(r"max_connections=(\d+)", command)[1])
    assert processes * int(conf["db_maxconn"]) < allowed


def test_the_image_finds_the_addons_where_it_puts_them(conf):
    assert f"COPY addons {conf['addons_path']}\n" in DOCKERFILE


def test_the_database_manager_is_closed(conf):
    assert conf["list_db"] == "False"
    assert conf["dbfilter"] == f"^{conf['db_name']}$"
    assert conf["proxy_mode"] == "True"


def test_the_image_has_the_version_of_weasyprint_that_is_tested():
    def pinned(name):
        text = (ROOT / name).read_text("utf-8")
        return re.search(r"^weasyprint==(\S+)", text, re.MULTILINE)[1]

    assert pinned("requirements-docker.txt") == pinned("requirements.txt")


def test_versions_of_the_addons_are_of_odoo_19():
    versions = {name: manifest["version"] for name, manifest in manifests().items()}
    assert all(re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", v) for v in versions.values())
