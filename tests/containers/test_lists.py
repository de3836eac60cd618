"""What must hold of the lists that the image is built and set up from; needs no engine."""

import re

from tests.product import ROOT

COMPILED_ELSEWHERE = ("requirements.txt", "requirements-build.txt")
INJECTED = {"LOCALHOST", "PORT", "REDIS_HOST", "REDIS_PORT", "DB_PATH", "SESSION_PATH"}
OF_NO_USE_THERE = {"HEALTH_FILE", "DEMO_URL", "CLIENT_ORIGIN", "MEDIA_PATH", "DATABASE_URL"}


def test_every_dependency_of_the_image_has_a_wheel_for_arm64() -> None:
    wheels = {_plain(line.split("-")[0]) for line in _lines("tools/wheels-aarch64.txt")}
    versions = {
        (_plain(line.split("-")[0]), line.split("-")[1])
        for line in _lines("tools/wheels-aarch64.txt")
    }
    for name in COMPILED_ELSEWHERE:
        for pinned in _lines(name):
            found = re.match(r"([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^ ;\\]+)(.*)", pinned)
            if found is None or _is_for_another_system(found[3]):
                continue
            assert _plain(found[1]) in wheels, f"{found[1]} would have to be compiled"
            assert (_plain(found[1]), found[2]) in versions, f"{found[1]} {found[2]} has no wheel"


def test_nothing_is_compiled_while_the_image_is_built() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()

    assert "PIP_ONLY_BINARY=:all:" in dockerfile
    assert "PIP_REQUIRE_HASHES=1" in dockerfile
    assert not re.search(r"apt(-get)? install|--platform|# syntax=", dockerfile)


def test_the_example_settings_name_every_setting() -> None:
    config = (ROOT / "wasched" / "config.py").read_text()
    read = set(re.findall(r'environ(?:\.get\(|, )"([A-Z_]+)"', config))
    shown = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert len(read) > 15
    assert read - INJECTED - OF_NO_USE_THERE - shown == set()
    assert shown - {f"{name}_FILE" for name in read} - read == set()


def test_compose_injects_what_no_env_file_may_change() -> None:
    compose = (ROOT / "compose.yaml").read_text()

    for name in INJECTED:
        assert re.search(rf"^  {name}: ", compose, re.M), name


def _lines(name: str) -> list[str]:
    return [line for line in (ROOT / name).read_text().splitlines() if line and line[0] != "#"]


def _plain(name: str) -> str:
    """A project's name as an index knows it: PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _is_for_another_system(marker: str) -> bool:
    return bool(re.search(r"sys_platform == 'win32'|platform_system == 'Windows'|darwin", marker))
