"""What must hold of the lists that the image is built and set up from; needs no engine."""

import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from packaging import tags
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from tests.containers.stack import script_inside
from tests.product import ROOT

PYTHON = (3, 13)
GLIBC = (2, 41)  # of Debian trixie
ON_ARM64 = {
    "sys_platform": "linux",
    "platform_system": "Linux",
    "platform_machine": "aarch64",
    "python_version": "3.13",
    "python_full_version": "3.13.0",
}

COMPILED_ELSEWHERE = ("requirements.txt", "requirements-build.txt")
INJECTED = {"LOCALHOST", "PORT", "REDIS_HOST", "REDIS_PORT", "DB_PATH", "SESSION_PATH"}
OF_NO_USE_THERE = {"HEALTH_FILE", "DEMO_URL", "CLIENT_ORIGIN", "MEDIA_PATH", "DATABASE_URL"} | {
    "IN_CONTAINER",  # the image says it of itself
    "DATA_DIR",  # of an installed package; the image has its volumes
}


def test_every_dependency_of_the_image_has_a_wheel_for_arm64() -> None:
    wheels = _wheels_for_the_image_on_arm64()
    pinned = [entry for name in COMPILED_ELSEWHERE for entry in _pinned(name)]

    assert len(pinned) > 50
    for name, version, hashes in pinned:
        assert wheels.get((name, version), set()) & hashes, f"{name} {version} has no wheel"


def test_nothing_is_compiled_while_the_image_is_built() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()

    assert set(re.findall(r"^FROM (\S+:\S+)", dockerfile, re.M)) == {"python:3.13-slim-trixie"}
    assert "PIP_ONLY_BINARY=:all:" in dockerfile
    assert "PIP_REQUIRE_HASHES=1" in dockerfile
    assert not re.search(r"apt(-get)? install|--platform|# syntax=", dockerfile)


def test_the_pages_are_packed_where_all_is_that_they_import() -> None:
    stage = (ROOT / "Dockerfile").read_text().split(" AS pages\n")[1].split("\nFROM ")[0]
    copied = [
        ROOT / one
        for line in re.findall(r"^COPY ((?!--).*) \S+$", stage, re.M)
        for one in line.split()
    ]
    there = {file for one in copied for file in ([one] if one.is_file() else one.glob("*.py"))}
    imported = {
        name
        for file in there
        for name in re.findall(r"^from (wasched[\w.]*) import", file.read_text(), re.M)
    }

    assert imported
    missing = {one for one in imported if (ROOT / f"{one.replace('.', '/')}.py") not in there}
    assert {one for one in missing if not (ROOT / one.replace(".", "/")).is_dir()} == set()


def test_the_example_settings_name_every_setting() -> None:
    config = (ROOT / "wasched" / "config.py").read_text()
    read = set(re.findall(r'environ(?:\.get\(|, )"([A-Z_]+)"', config))
    read |= set(re.findall(r'"(AWS_[A-Z_]+)"', config))  # by the names that its programs have
    shown = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert len(read) > 15
    assert read - INJECTED - OF_NO_USE_THERE - shown == set()
    assert shown - {f"{name}_FILE" for name in read} - read == set()


def test_compose_injects_what_no_env_file_may_change() -> None:
    compose = (ROOT / "compose.yaml").read_text()

    for name in INJECTED:
        assert re.search(rf"^  {name}: ", compose, re.M), name


def test_what_is_done_inside_a_container_needs_no_test_there(tmp_path: Path) -> None:
    """Where there is no folder of tests, it still knows what it is asked."""
    line = [sys.executable, "-P", "-", "statuses", "{}"]
    environ = {**os.environ, "PYTHONPATH": str(tmp_path), "DB_PATH": str(tmp_path / "app.db")}
    (tmp_path / "wasched").symlink_to(ROOT / "wasched")
    done = subprocess.run(
        line, cwd=tmp_path, env=environ, input=script_inside(), capture_output=True, check=False
    )

    assert b"no such table: message" in done.stderr


def _wheels_for_the_image_on_arm64() -> dict[tuple[str, str], set[str]]:
    """The hashes of the wheels that the image's Python takes on ARM64, by project and version."""
    platforms = [f"manylinux_2_{minor}_aarch64" for minor in range(GLIBC[1], 16, -1)]
    platforms.append("manylinux2014_aarch64")
    taken = {
        *tags.cpython_tags(PYTHON, platforms=platforms),
        *tags.compatible_tags(PYTHON, "cp313", platforms),
    }
    found = defaultdict[tuple[str, str], set[str]](set)
    for line in _lines("tools/wheels-aarch64.txt"):
        file, sha256 = line.split()
        name, version, _build, fitting = parse_wheel_filename(file)
        if fitting & taken:
            found[name, str(version)].add(sha256)
    return found


def _pinned(file: str) -> list[tuple[str, str, set[str]]]:
    """Project, version and hashes of each dependency that Linux needs."""
    entries = re.split(r"\n(?=\S)", "\n".join(_lines(file)))
    read = [(Requirement(entry.split("\\")[0].strip()), entry) for entry in entries]
    return [
        (
            canonicalize_name(wanted.name),
            str(wanted.specifier).removeprefix("=="),
            set(re.findall(r"sha256:(\w+)", entry)),
        )
        for wanted, entry in read
        if wanted.marker is None or wanted.marker.evaluate(ON_ARM64)
    ]


def _lines(name: str) -> list[str]:
    return [line for line in (ROOT / name).read_text().splitlines() if line and line[0] != "#"]
