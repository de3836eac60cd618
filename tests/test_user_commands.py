"""The people of a server, from its own shell."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.new_database import migrated_file
from tests.node_database import make_node_database
from tests.owner import add_owner, signed_in
from tests.scopes import session_scope
from wasched import db
from wasched.adapters.clock import SystemClock
from wasched.models import PasswordLink, Schedule, User
from wasched.services.accounts import accounts
from wasched.services.identity import password_links, users

USER = [sys.executable, "-m", "wasched", "user"]


def _ask(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "DB_PATH": str(folder / "app.db"), "PORT": "3017"}
    return subprocess.run([*USER, *words], env=environ, text=True, capture_output=True)


@pytest.fixture
def served(tmp_path: Path) -> Path:
    """The data folder of a server that Miriam owns."""
    migrated_file(tmp_path / "app.db")
    engine = db.make_engine(f"sqlite:///{tmp_path / 'app.db'}")
    with session_scope(bound=engine) as session:
        add_owner(session, SystemClock().now())
    engine.dispose()
    return tmp_path


def test_a_link_to_a_new_password_is_all_that_is_printed_and_only_its_hash_is_kept(
    served: Path,
) -> None:
    done = _ask(served, "reset", "Miriam@choir.example")

    found = re.fullmatch(r"http://localhost:3017/new-password\?link=([\w-]{20,})\n", done.stdout)
    assert found, done
    assert "Miriam can choose a new password here, once, within an hour" in done.stderr
    assert not any(found[1].encode() in one.read_bytes() for one in served.glob("app.db*"))
    engine = db.make_engine(f"sqlite:///{served / 'app.db'}")
    with session_scope(bound=engine, write=False) as session:
        person = password_links.whose_link(session, found[1], SystemClock().now())
        kept = session.scalars(select(PasswordLink.token_hash)).one()
    engine.dispose()
    assert person == password_links.ResetUser("Miriam", "miriam@choir.example")
    assert kept == users.hash_secret(found[1])


def test_who_is_not_there_is_said_and_who_is_can_be_listed(served: Path) -> None:
    refused = _ask(served, "reset", "nobody@choir.example")
    listed = _ask(served, "list")

    assert refused.returncode == 2 and refused.stdout == ""
    assert refused.stderr == "Nobody here signs in with nobody@choir.example.\n"
    assert listed.stdout == "miriam@choir.example  Miriam  (admin)\n"


def test_a_folder_without_a_server_is_said_and_stays_empty(tmp_path: Path) -> None:
    done = _ask(tmp_path, "reset", "miriam@choir.example")

    assert done.returncode == 2
    assert done.stderr == (
        f"There is no database at {tmp_path / 'app.db'}. Say DB_PATH as the server has it.\n"
    )
    assert not (tmp_path / "app.db").exists()


def test_what_the_old_server_kept_is_looked_at_and_brought_over_in_the_shell(
    served: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old.db"
    make_node_database(old, SystemClock().now())
    engine = db.make_engine(f"sqlite:///{served / 'app.db'}")
    with session_scope(bound=engine) as session:
        owner = signed_in(session, session.scalars(select(User)).one())
        accounts.add_account(session, owner, "Choir phone", SystemClock().now())

    environ = {**os.environ, "DB_PATH": str(served / "app.db"), "PORT": "3017"}
    line = [sys.executable, "-m", "wasched", "import-node", str(old), "--zone", "Europe/Amsterdam"]
    done = subprocess.run(line, env=environ, text=True, capture_output=True)

    assert done.returncode == 0, done
    assert "3 groups, 3 lists, 2 daily messages" in done.stdout
    invited = re.findall(
        r"^(.*) <(.*)>  http://localhost:3017/new-password\?link=", done.stdout, re.M
    )
    assert invited == [("Jonas", "jonas@x.example")], "Miriam signs in here already"
    with session_scope(bound=engine, write=False) as session:
        zones = set(session.scalars(select(Schedule.zone)))
    engine.dispose()
    assert zones == {"Europe/Amsterdam"}
