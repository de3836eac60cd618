"""Two apis and two workers as compose.scale.yaml runs them, on any Docker engine."""

import http.client
import json
import re
import ssl
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.containers.figures import say, seconds, shown, usage
from tests.containers.stack import Stack, exec_in, fresh_clone, inspect, run, script_inside
from tests.containers.stand_ins import have_images
from tests.ports import free_port
from tests.product import ROOT, until
from wasched.domain.message import GONE_OUT

pytestmark = pytest.mark.smoke

FILE = "compose.scale.yaml"
SERVICES = yaml.safe_load((ROOT / FILE).read_text())["services"]
CONTAINERS = {name: one["container_name"] for name, one in SERVICES.items()}
THEIRS = {one["image"] for one in SERVICES.values()} - {"wa-scheduler"}
COOKIE = "wasched_api"


class ScaleStack(Stack):
    """A fresh clone, its secrets, and the containers that Compose makes of the larger file."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.port = free_port()
        run("tools/make_secrets.sh", folder=folder)
        (folder / ".env").write_text(
            f"PUBLIC_URL=https://localhost:{self.port}\nPRACTICE_MODE=true\nACCOUNTS_MAX=100\n"
        )
        ports = {"services": {"caddy": {"ports": [f"127.0.0.1:{self.port}:{self.port}"]}}}
        (folder / "ports.yaml").write_text(
            yaml.safe_dump(ports).replace("ports:", "ports: !override")
        )

    def compose(self, *words: str, given: bytes = b"") -> str:
        """Run `docker compose …` in the clone; returns what it printed."""
        files = ("-f", FILE, "-f", "ports.yaml")
        return run(
            "docker", "compose", *files, *words, folder=self.folder, given=given, seconds=1800
        )

    def inside(self, deed: str, **given: object) -> Any:
        """Do a deed of inside.py with the product's own code, beside a worker."""
        line = ("exec", "-T", "worker-1", "python", "-", deed, json.dumps(given))
        return json.loads(self.compose(*line, given=script_inside()).splitlines()[-1])

    def ask(self, path: str, cookie: str = "") -> tuple[int, str]:
        """Status of a page through the proxy, and the cookie that it gave."""
        trust = ssl._create_unverified_context()  # the proxy's own, of this machine
        line = http.client.HTTPSConnection("localhost", self.port, timeout=30, context=trust)
        try:
            line.request("GET", path, headers={"Cookie": f"{COOKIE}={cookie}"} if cookie else {})
            answer = line.getresponse()
            answer.read()
            given = re.search(rf"{COOKIE}=([^;]+)", answer.getheader("Set-Cookie") or "")
            return answer.status, given[1] if given else ""
        finally:
            line.close()


@pytest.fixture(scope="module")
def scale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScaleStack]:
    """The whole of it, healthy."""
    stand_ins = have_images(*THEIRS)
    say(f"stand-ins: {', '.join(stand_ins) or 'none'}")
    made = ScaleStack(fresh_clone(tmp_path_factory.mktemp("scale")))
    try:
        made.compose("build")
        say(f"two of each from `up` to healthy: {seconds(made.up):.0f} s")
        yield made
    finally:
        _keep_logs()
        made.down()


def test_every_container_is_healthy_and_has_no_more_rights_than_it_needs(
    scale: ScaleStack,
) -> None:
    for container in CONTAINERS.values():
        assert scale.is_healthy(container), container
        found = inspect(container)["HostConfig"]
        assert found["ReadonlyRootfs"] and found["CapDrop"] == ["ALL"], container
        assert "no-new-privileges:true" in found["SecurityOpt"], container
        assert found["Memory"] and found["PidsLimit"], container


def test_no_secret_is_in_an_environment_or_in_a_log(scale: ScaleStack) -> None:
    secrets = [one.read_text() for one in (scale.folder / "secrets").iterdir()]
    for container in CONTAINERS.values():
        said = scale.logs(container) + json.dumps(inspect(container))
        assert not [one for one in secrets if one in said], container


def test_the_stores_reach_nobody_outside(scale: ScaleStack) -> None:
    for name in ("postgresql", "dragonfly", "s3"):
        networks = inspect(CONTAINERS[name])["NetworkSettings"]["Networks"]
        assert list(networks) == ["wa-scheduler-stores"]
    assert inspect("wa-scheduler-stores")["Internal"]


def test_a_browser_stays_with_one_api_and_goes_to_the_other_when_it_is_gone(
    scale: ScaleStack,
) -> None:
    given = Counter(scale.ask("/healthz")[1] for _ in range(40))
    assert len(given) == 2 and "" not in given, given
    mine = next(iter(given))
    assert [scale.ask("/set-up/", mine) for _ in range(5)] == [(200, "")] * 5

    for one in ("api-1", "api-2"):
        scale.compose("kill", one)
        assert {scale.ask("/set-up/", cookie)[0] for cookie in given} == {200}
        scale.up()


def test_what_one_worker_leaves_behind_the_other_sends(scale: ScaleStack) -> None:
    scale.inside("begin")
    scale.inside("hurry")
    texts = [f"Text {number}" for number in range(40)]
    scale.inside("schedule", to=["+4915100000002"], texts=texts, in_s=5, step_s=0.5)
    for one in ("worker-2", "postgresql", "dragonfly"):
        scale.compose("kill", one)
        scale.compose("start", one)

    until(lambda: set(scale.inside("statuses")) <= GONE_OUT, "all are sent", 300)
    assert len(scale.inside("statuses")) == len(texts)
    say(f"memory, one account in practice: {shown(usage(CONTAINERS.values()))}")


def test_postgresql_is_as_the_product_asks_for_it(scale: ScaleStack) -> None:
    ask = "SELECT current_setting('server_encoding'), datcollate FROM pg_database"
    line = ("psql", "-U", "wasched", "-d", "wasched", "-tAc", f"{ask} WHERE datname = 'wasched'")

    assert exec_in(CONTAINERS["postgresql"], *line).strip() == "UTF8|C"


def _keep_logs() -> None:
    folder = Path("test-results") / "containers"
    folder.mkdir(parents=True, exist_ok=True)
    for container in CONTAINERS.values():
        done = subprocess.run(["docker", "logs", container], capture_output=True, check=False)
        (folder / f"{container}.log").write_bytes(done.stdout + done.stderr)
