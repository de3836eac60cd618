"""What must hold of compose.scale.yaml and what lies beside it; needs no engine."""

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.product import ROOT

OURS = {"api-1", "api-2", "worker-1", "worker-2"}


@pytest.fixture(scope="module")
def scale() -> dict[str, Any]:
    """The file as it is read."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.scale.yaml").read_text())
    return found


@pytest.fixture(scope="module")
def one_server() -> dict[str, Any]:
    """compose.yaml, for one small server."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return found


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    """The folder that tools/make_secrets.sh makes."""
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "make_secrets.sh", tmp_path / "tools")
    make_secrets(tmp_path)
    return tmp_path / "secrets"


def make_secrets(folder: Path) -> None:
    subprocess.run(["tools/make_secrets.sh"], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def test_no_container_has_more_rights_than_those_of_one_server(
    scale: dict[str, Any], one_server: dict[str, Any]
) -> None:
    hardened = one_server["x-hardened"]
    for name, service in scale["services"].items():
        for key in ("cap_drop", "security_opt", "read_only", "restart", "logging"):
            assert service[key] == hardened[key], name
        assert service["mem_limit"] and service["pids_limit"] <= 256, name
        assert service["healthcheck"]["test"], name
        assert service["container_name"].startswith("wa-scheduler-"), name
        assert bool(service.get("cap_add")) == (name == "caddy"), name


def test_two_of_each_have_the_limits_that_they_have_on_one_server(
    scale: dict[str, Any], one_server: dict[str, Any]
) -> None:
    for name in OURS:
        mine, alone = scale["services"][name], one_server["services"][name.partition("-")[0]]
        for key in ("command", "mem_limit", "pids_limit", "healthcheck", "init", "tmpfs"):
            assert mine[key] == alone[key], name
        assert mine.get("stop_grace_period") == alone.get("stop_grace_period")
        assert mine["image"] == alone["image"]
        assert name.startswith("api") or mine["hostname"] == name


def test_only_the_proxy_is_published_and_only_it_stands_beside_the_apis(
    scale: dict[str, Any],
) -> None:
    services = scale["services"]
    assert {name for name, one in services.items() if "ports" in one} == {"caddy"}
    on_web = {name for name, one in services.items() if "web" in one["networks"]}
    assert on_web == {"caddy", "api-1", "api-2"}
    stores = {name for name, one in services.items() if one["networks"] == ["stores"]}
    assert stores == {"postgresql", "dragonfly", "s3"} and scale["networks"]["stores"]["internal"]
    subnet = scale["networks"]["web"]["ipam"]["config"][0]["subnet"]
    assert services["api-1"]["environment"]["TRUSTED_PROXIES"] == subnet


def test_the_proxy_knows_each_api_and_keeps_a_browser_with_one(scale: dict[str, Any]) -> None:
    caddyfile = (ROOT / "Caddyfile").read_text()
    [apis] = re.findall(r"reverse_proxy (.+) \{", caddyfile)

    assert set(apis.split()) == {f"{one}:3001" for one in OURS if one.startswith("api")}
    assert "lb_policy cookie" in caddyfile and "health_uri /healthz" in caddyfile


def test_every_secret_is_a_file_that_is_made_and_none_has_a_default(
    scale: dict[str, Any], secrets: Path
) -> None:
    named = {Path(one["file"]).name for one in scale["secrets"].values()}
    asked_for = {
        one for service in scale["services"].values() for one in service.get("secrets", [])
    }

    assert named == asked_for == {one.name for one in secrets.iterdir()}
    for service in scale["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|KEY|DATABASE_URL|ROOT_USER", name):
                assert name.endswith("_FILE") and Path(value).name in named, name


def test_secrets_are_made_once_and_nobody_else_gets_into_their_folder(secrets: Path) -> None:
    before = {one.name: one.read_text() for one in secrets.iterdir()}
    make_secrets(secrets.parent)

    assert {one.name: one.read_text() for one in secrets.iterdir()} == before
    assert len(set(before.values())) == len(before) and min(map(len, before.values())) >= 20
    assert before["postgresql_password"] in before["database_url"]
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    assert all(os.stat(one).st_mode & stat.S_IROTH for one in secrets.iterdir())  # noqa: PTH116


def test_postgresql_is_made_as_the_product_asks_for_it(scale: dict[str, Any]) -> None:
    made = scale["services"]["postgresql"]["environment"]["POSTGRES_INITDB_ARGS"]

    assert {"--encoding=UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8"} <= set(made.split())
