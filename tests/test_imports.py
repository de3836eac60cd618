"""The rooms of the package: who may import whom, and what each process must not load."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "wasched"

# For each room: the rooms of wasched it may use, and the libraries that only it may name.
BASE = {"domain", "config"}
CORE = {"domain", "models", "services"}
DOORS = {*CORE, "db", "tasks", "bootstrap", "config", "logs", "self_check", "client_faults"}
MAY_USE = {
    "domain": {"domain"},
    "config": {"domain"},
    "private": set(),
    "client_faults": {"domain"},
    "log_filters": {"domain", "client_faults"},
    "logs": {"domain", "log_filters"},
    "process": {"process", "logs", "private"},
    "models": {"models", "domain"},
    "db": {"domain", "config", "models"},
    "migrations": {"models", "domain.collation"},
    "services": CORE,
    "adapters": {"adapters", "domain", "services.ports", "config", "private"},
    "own_files": {"config"},
    "doctor": {"adapters", "config", "domain", "own_files"},
    "bootstrap": {"adapters", "services", "db", "config", "domain", "logs", "own_files"},
    "self_check": {"adapters", "services", "bootstrap", "config"},
    "background": {"services", "bootstrap"},
    "tasks": {*DOORS, "background"},
    "people_reader": {"services", "bootstrap", "adapters.bounded_child", "models", "domain"},
    "put_back": {"adapters", "models", "services"},
    "worker": {*DOORS, "adapters", "put_back"},
    "api": {*DOORS, "api"},
    "ui": {*DOORS, "ui", "api"},
    "wasched": {*DOORS, "ui", "api", "process"},
}
ONLY_IN = {
    "neonize": {"adapters"},
    "reflex": {"ui", "wasched"},
    "fastapi": {"api"},
    "passlib": {"adapters"},
    "zxcvbn": {"adapters"},
    "huey": {"adapters", "bootstrap", "tasks", "worker"},
    "redis": {"adapters"},
    "alembic": {"db", "migrations"},
    # Phrases are grammars, data of a language each: a parser library reads them, and nothing else.
    "lark": {"domain"},
}


def imports() -> list[tuple[str, str, str]]:
    """Every import in the package: the file, its room, and the dotted name it imports."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                whole = node.module in ("wasched", "wasched.services")
                names = [
                    f"{node.module}.{one.name}" if whole else node.module for one in node.names
                ]
            else:
                continue
            found += [(str(path.relative_to(PACKAGE)), room, name) for name in names]
    return found


def test_each_room_uses_only_the_rooms_below_it() -> None:
    wrong = [
        f"{file} imports {name}"
        for file, room, name in imports()
        if name.startswith("wasched.") and room in MAY_USE and not _may(room, name)
    ]
    assert wrong == []


def test_each_library_is_named_in_its_room_only() -> None:
    wrong = [
        f"{file} imports {name}"
        for file, room, name in imports()
        for library, rooms in ONLY_IN.items()
        if name.split(".")[0] == library and room not in rooms
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("door", "stranger"),
    [
        ("wasched.wasched", "neonize"),
        ("wasched.wasched", "lark"),
        ("wasched.worker", "reflex"),
        ("wasched.worker", "lark"),
        ("wasched.worker", "neonize"),
        ("wasched", "sqlmodel"),
    ],
)
def test_a_process_loads_only_what_it_needs(door: str, stranger: str) -> None:
    code = f"import sys, {door}; sys.exit({stranger!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def _may(room: str, name: str) -> bool:
    inner = name.removeprefix("wasched.")
    return any(inner == one or inner.startswith(f"{one}.") for one in MAY_USE[room])
