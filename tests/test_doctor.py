"""The doctor says line by line whether the door is closed, and how to mend what is not."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel

from tests import postgresql
from tests.files import SAMPLES
from tests.media_bucket import KEYS, refusing_server
from tests.owner import add_owner, add_to_space
from tests.product import ROOT
from tests.scopes import session_scope
from wasched import config, db, doctor
from wasched.adapters import damage_note
from wasched.doctor import Finding
from wasched.models import Role, SecondStep
from wasched.services.identity import keys, password_links, team
from wasched.services.server import health

GOOD = {
    "PUBLIC_URL": "https://wasched.example.org",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvw",
}


@pytest.fixture(autouse=True)
def no_container(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Wherever the tests run, this is a machine of its own."""
    monkeypatch.setattr(doctor, "_IN_CONTAINER", (tmp_path / "none",))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder for the server's own user."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder


@dataclass(frozen=True)
class Kept:
    """A database with the newest tables, and the settings that lead to it."""

    engine: Engine
    environ: dict[str, str]


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, data: Path) -> Iterator[Kept]:
    """One of each kind."""
    if request.param == "postgresql":
        url = postgresql.emptied_database()
        made = Kept(db.make_engine(url), {"DATABASE_URL": url})
    else:
        made = Kept(db.make_engine(f"sqlite:///{data / 'app.db'}"), {})
        SQLModel.metadata.create_all(made.engine)
    yield made
    made.engine.dispose()


def bad(data: Path, **environ: str) -> dict[str, Finding]:
    """What is to be mended, by name."""
    found = doctor.run_checks({**GOOD, "DB_PATH": str(data / "app.db"), **environ})
    return {one.what: one for one in found if one.mend}


def test_a_closed_door_is_good_in_all(data: Path) -> None:
    assert bad(data) == {}


@pytest.mark.parametrize(
    ("environ", "what", "mend"),
    [
        ({"PUBLIC_URL": "http://wasched.example.org"}, {"https"}, "PUBLIC_URL=https://"),
        ({"PUBLIC_URL": "", "LOCALHOST": "0.0.0.0"}, {"PUBLIC_URL", "https", "bind address"}, ""),
        ({"LOCALHOST": "192.0.2.7"}, {"bind address"}, "LOCALHOST=127.0.0.1"),
        ({"TRUSTED_PROXIES": "::1, 0.0.0.0/0"}, {"trusted proxies"}, "TRUSTED_PROXIES"),
        ({"ALLOW_REGISTRATION": "yes"}, {"sign-up"}, "invite people"),
        ({"SECRET_KEY": "ab" * 20}, {"secret key"}, "openssl rand"),
        ({"PORT": "many"}, {"settings"}, "Give a whole number"),
    ],
    ids=lambda given: next(iter(given)) if isinstance(given, dict) else "",
)
def test_each_open_door_is_said_with_its_mend(
    data: Path, environ: dict[str, str], what: set[str], mend: str
) -> None:
    found = bad(data, **environ)

    assert set(found) == what
    assert any(mend in one.mend for one in found.values())


def test_a_server_for_this_machine_alone_needs_neither_address_nor_tls(data: Path) -> None:
    assert bad(data, PUBLIC_URL="") == {}


def test_within_a_container_every_address_of_it_is_listened_on(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_IN_CONTAINER", (tmp_path,))

    assert bad(data, LOCALHOST="0.0.0.0") == {}


def test_who_has_no_second_step_is_named_unless_only_this_machine_opens_the_pages(
    data: Path, kept: Kept
) -> None:
    with session_scope(bound=kept.engine) as session:
        owner = add_owner(session, datetime.now(UTC))
    assert bad(data, PUBLIC_URL="", **kept.environ).keys() & {"second step"} == set()
    assert "miriam@choir.example" in bad(data, **kept.environ)["second step"].says

    with session_scope(bound=kept.engine) as session:
        session.add(SecondStep(user_id=owner.id, secret="A" * 32, since=datetime.now(UTC)))
    assert "second step" not in bad(data, **kept.environ)


def test_invitations_password_links_keys_and_a_worker_that_runs_are_told(
    data: Path, kept: Kept
) -> None:
    now = datetime.now(UTC)
    with session_scope(bound=kept.engine) as session:
        health.note_heartbeat(session, "here", now - timedelta(days=1), now)
        owner = replace(add_owner(session, now), confirmed_at=now)
        add_to_space(session, owner, "Uwe", Role.VIEWER, now)
        team.invite_member(session, owner, "Bob", Role.EDITOR, now)
        long_ago = now - timedelta(days=8)
        earlier = replace(owner, confirmed_at=long_ago)
        team.invite_member(session, earlier, "Late", Role.VIEWER, long_ago)
        team.invite_member(session, owner, "Eve", team.OWN, now)
        password_links.link_for_email(session, "uwe@example.org", now)
        keys.make_key(session, owner, "Sheet", ["read"], now, expires_at=now + timedelta(days=9))

    found = doctor.run_checks({"DB_PATH": str(data / "app.db"), **kept.environ})
    told = {one.what: one.says for one in found}

    by = "UTC, made by miriam@choir.example"
    until = f"{now + timedelta(days=7):%Y-%m-%d %H:%M}"
    assert told["invitations"].startswith(
        f"2 stand open: into Miriam as editor until {until} {by}; to a space of their own until"
    )
    assert told["password links"].startswith("1 is open: for uwe@example.org until ")
    day = f"{now + timedelta(days=9):%Y-%m-%d}"
    assert told["keys"] == (
        f"1 lets a program in: “Sheet” into Miriam until {day}, made by miriam@choir.example."
    )
    assert told["workers"].startswith("1 is at work: here holds 0 accounts.")
    if kept.environ:  # a file without a version is none that can be read
        assert f"The worker has run since {now - timedelta(days=1):%Y-%m-%d}" in told["database"]


def test_a_server_of_a_database_that_is_away_or_newer_is_said_with_its_mend(
    data: Path, tmp_path: Path
) -> None:
    url = postgresql.emptied_database()
    engine = db.make_engine(url)
    away = f"postgresql:///wasched?host={tmp_path}"
    assert "look at DATABASE_URL" in bad(data, DATABASE_URL=away)["database"].mend
    set_to = "UPDATE alembic_version SET version_num = "
    with engine.begin() as connection:
        connection.exec_driver_sql(f"{set_to}'9999'")
    said = bad(data, DATABASE_URL=url)["database"]
    with engine.begin() as connection:
        connection.exec_driver_sql(f"{set_to}'{db.HEAD}'")
    engine.dispose()

    assert "newer wasched (9999" in said.says and "restore a back-up" in said.mend


def test_files_that_others_may_read_are_said(data: Path) -> None:
    (data / "somebody.else").touch(0o666)
    assert bad(data) == {}
    for name in ("queue.db-wal", "media/x", "log/server.jsonl", "session/account-1.db"):
        (data / name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (data / name).touch(0o644)
        (data / name).chmod(0o644)

        assert str(data / name) in bad(data)["file modes"].says
        (data / name).unlink()
    data.chmod(0o755)
    assert f"chmod -R go= '{data}'" in bad(data)["file modes"].mend


def test_little_room_and_damage_are_said(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)
    damage_note.of_links(data / "app.db").add("account-1.db", now)
    assert "account-1.db" in bad(data)["damage"].mend
    damage_note.of_database(data / "app.db").add("database disk image is malformed", now)
    assert "restore --replace" in bad(data)["damage"].mend

    monkeypatch.setattr(doctor, "_ROOM", 1 << 60)
    assert "Make room" in bad(data)["room"].mend


def test_attached_files_that_cannot_be_kept_are_said(data: Path, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    bucket = {"MEDIA_TO": "s3://vault/media"}

    in_folder = bad(data, MEDIA_PATH=str(tmp_path / "a file"))["attached files"]
    with refusing_server(403, "AccessDenied") as address:
        in_bucket = bad(data, **bucket, **KEYS, AWS_ENDPOINT_URL=address)["attached files"]

    assert in_folder.mend.startswith("The store of attached files cannot be used")
    assert in_bucket.says == "They cannot be kept in s3://vault/media."
    assert in_bucket.mend.endswith("the keys may not do that.")


def test_it_reads_well_in_80_columns_and_its_exit_code_tells(data: Path) -> None:
    def run(**environ: str) -> subprocess.CompletedProcess[str]:
        surroundings = {**os.environ, **GOOD, "DB_PATH": str(data / "app.db"), **environ}
        line = [sys.executable, "-m", "wasched", "doctor"]
        return subprocess.run(line, cwd=ROOT, env=surroundings, capture_output=True, text=True)

    good, wrong = run(), run(ALLOW_REGISTRATION="yes", TRUSTED_PROXIES="0.0.0.0/0")

    assert (good.returncode, wrong.returncode) == (0, 1)
    assert good.stderr == "" and "MEND" not in good.stdout
    assert [line for line in wrong.stdout.splitlines() if "MEND sign-up" in line]
    assert all(len(line) < 80 for line in wrong.stdout.splitlines())


def test_every_check_says_something_and_looks_at_settings_alone(data: Path) -> None:
    settings = config.read_settings({**GOOD, "DB_PATH": str(data / "app.db")})

    assert all(check(settings).says.endswith(".") for check in doctor.CHECKS)


def test_it_tells_what_an_update_would_do_and_that_a_newer_one_is_not_touched(data: Path) -> None:
    file = data / "app.db"
    said = lambda: doctor.check_update(config.read_settings({**GOOD, "DB_PATH": str(file)}))  # noqa: E731
    assert "none yet" in said().says
    with closing(sqlite3.connect(file)) as made:
        made.executescript((SAMPLES / "database-0018.sql").read_text(encoding="utf-8"))
    assert "at 0018. The next start keeps a copy" in said().says
    assert "webhooks" in said().says and "No worker runs" in said().says
    with closing(sqlite3.connect(file)) as made, made:
        made.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer wasched (9999" in said().says and "roll-back" in said().mend


def test_it_says_when_nobody_would_be_told_that_something_is_wrong(data: Path) -> None:
    def told(**environ: str) -> str:
        found = doctor.run_checks({**GOOD, "DB_PATH": str(data / "app.db"), **environ})
        return next(one.says for one in found if one.what == "alerts")

    assert "Nobody is told" in told() and "PING_URL" in told()
    watched = told(SMTP_URL="smtp://127.0.0.1:25", PING_URL="https://hc-ping.com/secret")
    assert watched == "People are told when they are needed: by e-mail."
