"""The commands that pages name fit how the server runs."""

from pathlib import Path

import pytest

from wasched import config
from wasched.ui.core import server_commands

KEY = {"SECRET_KEY": "k" * 40}


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the server runs in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_in_a_clone_the_folder_is_named_and_no_container(clone: Path) -> None:
    found = config.read_settings(KEY)

    assert (
        server_commands.back_up_line(found) == ".venv/bin/python -m wasched backup wasched.tar.gz"
    )
    assert str(clone) in server_commands.back_up_folder(found)
    assert server_commands.reset_line(found) == ".venv/bin/python -m wasched user reset E-MAIL"


def test_in_a_container_nobody_else_can_read_the_archive(clone: Path) -> None:
    found = config.read_settings({**KEY, "IN_CONTAINER": "yes", "SESSION_PATH": "session"})

    assert server_commands.back_up_line(found) == (
        "(umask 077 && docker compose exec -T worker python -m wasched backup > wasched.tar.gz)"
    )
    assert "compose.yaml" in server_commands.back_up_folder(found)


def test_folders_that_another_shell_does_not_know_are_named(clone: Path) -> None:
    moved = {**KEY, "DB_PATH": "/srv/my data/app.db", "MEDIA_PATH": "/srv/films"}
    found, demo = (
        config.read_settings(moved),
        config.read_settings({**moved, "DEMO_URL": "http://localhost:1"}),
    )

    places = "DB_PATH='/srv/my data/app.db' MEDIA_PATH=/srv/films "
    assert server_commands.back_up_line(found).startswith(places)
    assert "/srv" not in server_commands.reset_line(found), "who is not signed in reads it"
    assert server_commands.reset_line(demo).startswith(places)
