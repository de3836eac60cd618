"""The keys of a server, from its own shell."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.new_database import begin_database
from tests.owner import add_owner, add_person
from tests.scopes import session_scope
from wasched import bootstrap, cli, config, db
from wasched.services.identity import keys


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server that Miriam runs."""
    monkeypatch.setenv("DB_PATH", str(tmp_path / "app.db"))
    for one in (config.settings, db.engine):
        one.cache_clear()
    begin_database()
    with session_scope() as session:
        add_owner(session, bootstrap.clock().now())
    yield
    db.engine().dispose()


def _types(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli.app, ["keys", *words])
    return done.exit_code, done.stdout, str(done.exception or "")


@pytest.mark.usefixtures("served")
def test_a_key_is_made_listed_and_revoked_in_the_shell() -> None:
    made = _types("create", "--name", "Bells", "--scope", "read", "--scope", "send")
    token = made[1].strip()
    with session_scope(write=False) as session:
        found = keys.whose_key(session, token, bootstrap.clock().now())
    assert made[0] == 0 and made[1] == f"{token}\n"
    assert found is not None and found[0].name == "Miriam"

    assert found[0].confirms
    assert _types("list")[1] == "Bells  read send  no end  unused  by Miriam\n"
    assert _types("revoke", "Bells")[1] == "Revoked: Bells\n"
    assert _types("list")[1] == ""
    assert "No key is called so" in _types("revoke", "Bells")[2]
    _types("create", "--name", "Bot", "--scope", "send", "--no-confirm")
    assert _types("list")[1].endswith("by Miriam  assistants send unasked\n")
    assert "2027-01-31" in _types("create", "--name", "x", "--scope", "read", "--until", "ever")[2]


@pytest.mark.usefixtures("served")
def test_of_several_spaces_one_is_named() -> None:
    with session_scope() as session:
        add_person(session, "Bob", bootstrap.clock().now())

    without = _types("create", "--name", "Bells", "--scope", "read")
    named = _types("create", "--name", "Bells", "--scope", "read", "--space", "Bob")

    assert without[2] == "Say by --space which space is meant: 1001 (Miriam), 1002 (Bob)."
    assert named[1].startswith("wsk_")
    assert _types("list", "--space", "1002")[1].endswith("by Bob\n")
