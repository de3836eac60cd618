"""The rooms of the package: who may import whom, and what each process must not load."""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "wasched"

# For each room: the rooms of wasched it may use, and the libraries that only it may name.
BASE = {"domain", "config"}
CORE = {"domain", "models", "services", "db.hints", "db.faults"}
DOORS = {*CORE, "db", "bootstrap", "config", "logs", "self_check", "client_faults", "text"}
MAY_USE = {
    "domain": {"domain"},
    "packaged": set(),
    "config": {"domain", "packaged"},
    "private": set(),
    "client_faults": {"domain"},
    "log_filters": {"domain", "client_faults"},
    "text": {"text", "domain"},
    "logs": {"domain", "log_filters", "text"},
    "process": {"process", "logs", "private", "adapters.huey_library"},
    "models": {"models", "domain"},
    "db": {"db", "domain", "config", "models"},
    "migrations": {"models", "domain.collation"},
    "services": CORE,
    "adapters": {"adapters", "domain", "services.ports", "config", "private"},
    "own_files": {"config"},
    "doctor": {"adapters", "config", "db", "domain", "own_files"},
    "bootstrap": {"adapters", "services", "db", "config", "domain", "logs", "own_files"},
    "self_check": {"adapters", "services", "bootstrap", "config", "domain", "text"},
    "alerting": {"services", "bootstrap", "self_check", "config", "domain", "models", "text"},
    "background": {"services", "bootstrap", "adapters.alarms"},
    "people_reading": {"services", "bootstrap", "adapters.bounded_process", "domain"},
    "mailing": {"services", "bootstrap", "config", "domain", "text"},
    "webhook_lanes": {"services", "bootstrap", "domain", "text"},
    "tasks": {*DOORS, "adapters.huey_library", "background", "mailing", "people_reading"},
    "people_reader": {"services", "bootstrap", "adapters.bounded_child", "models"},
    "node_reader": {"services", "bootstrap", "adapters.bounded_child", "domain", "models"},
    "put_back": {"adapters", "domain", "models", "services"},
    "worker": {
        *(*DOORS, "alerting", "tasks", "adapters", "back_up_rounds", "people_reading", "put_back"),
        "webhook_lanes",
    },
    "api": {*DOORS, "api"},
    "ui": {*DOORS, "alerting", "ui", "api"},
    "wasched": {*DOORS, "alerting", "tasks", "ui", "api", "process", "packaged"},
    "commands": {"config", "packaged"},
    "launcher": {"services", "commands", "adapters", "config", "domain"},
    "rolling_back": {"adapters", "config", "db"},
    "moving_database": {"db", "services", "adapters", "config", "domain", "beside_keeping"},
    "beside_keeping": {"adapters", "config", "domain"},
    "cli_moving": {"moving_database", "domain"},
    "database_keeping": {"services", "db", "adapters", "config"},
    "keeping": {
        *("services", "db", "models", "adapters", "config"),
        *("beside_keeping", "database_keeping", "put_back"),
    },
    "back_up_keeping": {"services", "db", "adapters", "config", "domain", "keeping"},
    "back_up_child": {"adapters.bounded_child", "back_up_keeping", "config", "domain"},
    "back_up_rounds": {"services", "bootstrap", "config", "domain"},
    "cli_users": {"services", "db", "adapters", "bootstrap", "config", "domain"},
    "cli_client": {"adapters", "api.v1.at_hand", "cli_users", "config", "domain"},
    "cli_alerts": {"alerting", "services", "bootstrap", "cli_users", "config", "domain", "text"},
    "cli_keys": {"services", "bootstrap", "cli_users", "domain", "models"},
    "cli_media": {"services", "bootstrap", "adapters", "config", "domain"},
    "cli_node": {"services", "bootstrap", "adapters", "cli_users", "config", "domain", "text"},
    "cli": {
        *(
            "cli_alerts",
            "cli_client",
            "cli_keys",
            "cli_media",
            "cli_moving",
            "cli_node",
            "cli_users",
            "commands",
            "config",
            "doctor",
            "domain",
        ),
        *("back_up_keeping", "keeping", "launcher", "process", "rolling_back"),
    },
    "probe": set(),
    "__main__": {"cli"},
    "__init__": set(),
}
# Inside a package, a room may use those of the tiers before its own, and what stands in no room.
TIERS = {
    "services": (
        {"phone_numbers"},
        {"identity", "files", "accounts", "recipients"},
        {"content"},
        {"votes", "unanswered"},
        {"delivery", "replies"},
        {"schedules"},
        {"keywords"},
        {"line", "address_book", "webhooks"},
        {"messages", "server"},
        {"alerts", "moving", "node_import"},
    ),
    "ui": (
        {"core"},
        {"build", "components"},
        {"live"},
        {"frame"},
        {"accounts", "compose", "health", "recipients", "templates"},
        {"schedule", "settings"},
        {"calendar", "entrance", "home", "messages"},
        {"prefill"},
    ),
}
MODULES_AT_MOST = {"services": 12, "ui": 8}
"""How many modules may stand in a package directly: what has a subject goes into its room."""
ONLY_IN = {
    "neonize": {"adapters"},
    "reflex": {"ui", "wasched"},
    "fastapi": {"api"},
    "passlib": {"adapters"},
    "zxcvbn": {"adapters"},
    "webauthn": {"adapters"},
    "huey": {"adapters"},
    "redis": {"adapters"},
    "alembic": {"db", "migrations"},
    "cryptography": {"adapters"},
    "websockets": {"adapters"},
    "tests": set(),
    "icalendar": {"adapters"},
    "prometheus_client": {"adapters"},
    "mcp": {"api"},
    "mcp_types": {"api"},
    "standardwebhooks": {"adapters"},
    "obstore": {"adapters"},
    "apprise": {"adapters"},
    "webpush": {"adapters"},
    "python_calamine": {"services"},
    # Phrases are grammars, data of a language each: a parser library reads them, and nothing else.
    "lark": {"domain"},
}


Import = tuple[str, str, str]
"""The file, its room, and the dotted name it imports."""


@cache
def imports() -> list[Import]:
    """Every import in the package."""
    return [
        one
        for path in sorted(PACKAGE.rglob("*.py"))
        for one in imports_in(str(path.relative_to(PACKAGE)), path.read_text())
    ]


def imports_in(file: str, source: str) -> Iterator[Import]:
    """Every import in one file."""
    room = file.split("/")[0].removesuffix(".py")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = node.module in ("wasched", "wasched.services", "wasched.db")
            names = [f"{node.module}.{one.name}" if whole else node.module for one in node.names]
        else:
            continue
        yield from ((file, room, name) for name in names)


def test_each_room_uses_only_the_rooms_below_it() -> None:
    assert _out_of_order(imports()) == []


def test_every_room_is_known() -> None:
    assert {room for _file, room, _name in imports()} <= set(MAY_USE)


@pytest.mark.parametrize("package", TIERS)
def test_rooms_by_subject_use_only_those_below_them(package: str) -> None:
    folders = {one.name for one in (PACKAGE / package).iterdir() if (one / "__init__.py").exists()}

    assert folders == {room for tier in TIERS[package] for room in tier}
    assert _upward(package, imports()) == []


def test_every_room_has_its_line_in_the_documents() -> None:
    page = (PACKAGE.parent / "docs/architecture.md").read_text(encoding="utf-8")
    rooms = {*MAY_USE, *(one for tiers in TIERS.values() for tier in tiers for one in tier)}
    named = {one for one in rooms if f"`{one}/`" in page or f"`{one}.py`" in page}

    assert rooms - named == {"__init__", "__main__"}


@pytest.mark.parametrize("package", MODULES_AT_MOST)
def test_few_modules_stand_outside_the_rooms(package: str) -> None:
    directly = [one.name for one in (PACKAGE / package).glob("*.py") if one.stem != "__init__"]

    assert len(directly) <= MODULES_AT_MOST[package], directly


@pytest.mark.parametrize(
    ("file", "planted"),
    [
        ("domain/message.py", "from wasched.models import Message"),
        ("services/effects.py", "import wasched.db.engine"),
        ("cli.py", "from wasched.ui.home import page"),
        ("a_room_nobody_knows.py", "from wasched import config"),
        ("services/files/media.py", "from wasched.services.schedules import create"),
        ("services/line/sync.py", "from wasched.services import address_book"),
        ("ui/core/times.py", "def late():\n    from wasched.ui.home import text"),
        ("services/effects.py", "import redis"),
        ("adapters/whatsapp/link.py", "from tests.whatsapp_server.world import World"),
        ("ui/home/text.py", "from lark import Lark"),
    ],
)
def test_an_import_that_may_not_be_is_found(file: str, planted: str) -> None:
    found = list(imports_in(file, planted))

    assert _out_of_order(found) or any(_upward(one, found) for one in TIERS) or _misplaced(found)


# What follows from a change is asked for beside it (services/effects.py), and what carries it out
# is the one way to the queue: each name that leads there, and the functions that may use it.
TO_THE_QUEUE = {
    "task_hints": {"tasks._hand_over", "tasks._pass_between_workers"},
    "tasks._pass_between_workers": {
        *("tasks.drain", "tasks.check", "tasks.ask_line", "tasks.mail"),
    },
    "carry_out": {
        *("bootstrap.carry_out_effects", "bootstrap.follow", "worker._open", "wasched._start"),
    },
    "tasks._hand_over": {"tasks._pass_on", "tasks.carry_out"},
    "tasks._pass_on": {"tasks.carry_out"},
    **{
        f"tasks.{task}()": set[str]()
        for task in ("drain", "lay_out", "convert", "check", "read_people", "expect_people")
    },
}


def test_no_state_route_or_task_wakes_or_converts_by_hand() -> None:
    wrong = [
        sentence
        for path in sorted(PACKAGE.rglob("*.py"))
        for sentence in _by_hand(path.relative_to(PACKAGE).with_suffix("").parts, path.read_text())
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("module", "planted"),
    [
        ("ui/home/state", "async def send_now(self): tasks.carry_out(Wake(1, now))"),
        ("api/files", "def upload(): bootstrap.task_hints().hand_over(1, go)"),
        ("tasks", "def sweep(): _pass_on(check, account_id)"),
        ("tasks", "def sweep(): drain(account_id)"),
        ("tasks", "def clean_up(): carry_out(Convert(1))"),
    ],
)
def test_one_that_does_is_found(module: str, planted: str) -> None:
    assert _by_hand(tuple(module.split("/")), planted)


def test_each_library_is_named_in_its_room_only() -> None:
    assert _misplaced(imports()) == []


_TELLING = ("apprise", "webpush", "websockets")
_MEDIA = ("av", "pillow_heif", "pypdfium2")
"""What reads files of strangers, in processes of its own."""


@pytest.mark.parametrize(
    ("door", "strangers"),
    [
        (
            "wasched.wasched",
            {
                *("neonize", "lark", "icalendar", "prometheus_client", "mcp", "psycopg"),
                *(*_TELLING, *_MEDIA),
            },
        ),
        ("wasched.worker", {"reflex", "lark", "neonize", "obstore", "psycopg", *_TELLING, *_MEDIA}),
        ("wasched.adapters.whatsapp.child", {"sqlmodel", "sqlalchemy", "pydantic", *_MEDIA}),
        ("wasched", {"sqlmodel"}),
    ],
)
def test_a_process_loads_only_what_it_needs(door: str, strangers: set[str]) -> None:
    assert _loaded(door, strangers) == []


def test_a_second_source_of_time_zones_is_found() -> None:
    ruff = [sys.executable, "-m", "ruff", "check", "--stdin-filename", PACKAGE / "planted.py", "-"]
    planted = b"from zoneinfo import ZoneInfo\n\nBERLIN = ZoneInfo('Europe/Berlin')\n"

    assert b"TID251" in subprocess.run(ruff, input=planted, capture_output=True).stdout


def test_what_a_process_loads_is_found() -> None:
    assert _loaded("wasched.domain.sentences", {"wasched.domain.wall_clock"})


def _loaded(door: str, strangers: set[str]) -> list[str]:
    """Which of them a process has once it came in by a door."""
    code = f"import sys, {door}; print(*sorted({strangers!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def _out_of_order(found: Iterable[Import]) -> list[str]:
    """The imports of our own that the room of a file may not have."""
    return [
        f"{file} imports {name}"
        for file, room, name in found
        if name.startswith("wasched.") and not _may(room, name)
    ]


def _upward(package: str, found: Iterable[Import]) -> list[str]:
    """The imports from a room by subject into one beside or above it."""
    tier_of = {room: number for number, tier in enumerate(TIERS[package]) for room in tier}
    return [
        f"{file} imports {name}"
        for file, _room, name in found
        if (own := _subject(package, file.removesuffix(".py").split("/")))
        and (other := _subject(package, name.removeprefix("wasched.").split(".")))
        and own != other
        and tier_of[other] >= tier_of[own]
    ]


def _misplaced(found: Iterable[Import]) -> list[str]:
    """The libraries that a room names which are another's."""
    return [
        f"{file} imports {name}"
        for file, room, name in found
        for library, rooms in ONLY_IN.items()
        if name.split(".")[0] == library and room not in rooms
    ]


def _may(room: str, name: str) -> bool:
    inner = name.removeprefix("wasched.")
    return any(inner == one or inner.startswith(f"{one}.") for one in MAY_USE.get(room, ()))


def _subject(package: str, parts: list[str]) -> str:
    """The room of a module of that package, or "" for one that stands in no room."""
    if len(parts) < 2 or parts[0] != package:
        return ""
    return parts[1] if (PACKAGE / package / parts[1] / "__init__.py").exists() else ""


def _by_hand(module: tuple[str, ...], source: str) -> list[str]:
    """What the functions of a module use of the ways to the queue although they may not."""
    return [
        f"{user} uses {name}"
        for user, name in _uses(".".join(module), source)
        for of_module in (name, f"{'.'.join(module)}.{name}")
        if user not in TO_THE_QUEUE.get(of_module, {user})
    ]


def _uses(module: str, source: str) -> Iterator[tuple[str, str]]:
    """Each name that a function of a module uses, and calls (with brackets) by itself."""
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    yield f"{module}.{function.name}", f"{node.func.id}()"
                elif isinstance(node, ast.Name):
                    yield f"{module}.{function.name}", node.id
                elif isinstance(node, ast.Attribute):
                    yield f"{module}.{function.name}", node.attr
