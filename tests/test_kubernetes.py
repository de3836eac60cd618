"""The manifests for Kubernetes are what a cluster takes, with no more rights than they need."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.product import ROOT
from tools.set_up_tests import find_client
from wasched.config import read_settings

MANIFESTS = sorted((ROOT / "deploy" / "kubernetes").glob("*.yaml"))
VERSIONS = ("1.31", "1.37")
"""Of Kubernetes: the oldest and the newest that are looked at."""


def resources(kind: str) -> Iterator[dict[str, Any]]:
    """All of one kind."""
    for path in MANIFESTS:
        for one in yaml.safe_load_all(path.read_text()):
            if one["kind"] == kind:
                yield one


def validate(version: str, *paths: Path) -> "subprocess.CompletedProcess[str]":
    program = find_client("kubernetes-validate")
    assert program, "There is no kubernetes-validate here: tools/set_up_tests.py installs it."
    line = [program, "--strict", "-k", version, *map(str, paths)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_cluster_takes_every_manifest(version: str) -> None:
    done = validate(version, *MANIFESTS)

    assert done.returncode == 0, done.stdout + done.stderr
    assert (done.stdout + done.stderr).count(" passed ") == 9


def test_a_word_that_no_cluster_knows_is_found(tmp_path: Path) -> None:
    wrong = Path(shutil.copy(MANIFESTS[0], tmp_path))
    wrong.write_text(wrong.read_text().replace("readOnlyRootFilesystem", "readOnlyRootFileSystem"))

    assert validate(VERSIONS[-1], wrong).returncode != 0


def test_pods_have_no_more_rights_than_the_containers_of_compose() -> None:
    found = [*resources("Deployment"), *resources("StatefulSet")]
    assert {one["metadata"]["name"] for one in found} == {"wasched-api", "wasched-worker"}
    for one in found:
        pod = one["spec"]["template"]["spec"]
        assert one["spec"]["replicas"] == 2
        assert pod["securityContext"]["runAsNonRoot"] and not pod["automountServiceAccountToken"]
        for container in pod["containers"]:
            rights = container["securityContext"]
            assert rights["readOnlyRootFilesystem"] and not rights["allowPrivilegeEscalation"]
            assert rights["capabilities"] == {"drop": ["ALL"]}
            assert container["resources"]["limits"]["memory"]


def test_each_part_is_found_by_its_service_and_kept_by_its_budget() -> None:
    [api], [worker] = resources("Deployment"), resources("StatefulSet")
    labels = {
        one["metadata"]["name"]: one["spec"]["template"]["metadata"]["labels"]
        for one in (api, worker)
    }
    services = {one["metadata"]["name"]: one["spec"]["selector"] for one in resources("Service")}
    budgets = [one["spec"]["selector"]["matchLabels"] for one in resources("PodDisruptionBudget")]

    assert services == {
        "wasched": labels["wasched-api"],
        worker["spec"]["serviceName"]: labels["wasched-worker"],
    }
    assert budgets == [*labels.values()]


def test_the_settings_make_sense_and_no_secret_has_a_value(tmp_path: Path) -> None:
    [settings], [secret] = resources("ConfigMap"), resources("Secret")
    given = dict(settings["data"])
    for name in secret["stringData"]:
        assert given.pop(f"{name}_FILE") == f"/run/secrets/wasched/{name}"
        given[name] = "postgresql://wasched:x@db/wasched" if name == "DATABASE_URL" else "x" * 40
    read = read_settings(given | {"DB_PATH": str(tmp_path / "app.db")})

    assert not any(secret["stringData"].values())
    assert read.is_on_a_server and read.public_url and read.redis_url
