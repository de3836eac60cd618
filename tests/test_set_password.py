"""A new password from the server's own shell."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.owner import add_owner
from wasched import db
from wasched.adapters.clock import SystemClock
from wasched.adapters.passwords import Argon2Passwords
from wasched.models import SignIn, User
from wasched.services import people

UPGRADE = [sys.executable, "-c", "from wasched import db; db.upgrade()"]
SET = [sys.executable, "-m", "wasched", "set-password"]


@pytest.mark.parametrize(
    ("email", "typed", "says"),
    [
        ("Miriam@choir.example", "four words are easy\n", "Miriam has a new password"),
        ("miriam@choir.example", "1234567890\n", "Easy to guess: "),
        ("miriam@choir.example", "", "at least 10 characters"),
        ("nobody@choir.example", "four words are easy\n", "Nobody here signs in with nobody@"),
    ],
)
def test_who_forgot_a_password_gets_another_one(
    tmp_path: Path, email: str, typed: str, says: str
) -> None:
    environ = {**os.environ, "DB_PATH": str(tmp_path / "app.db")}
    subprocess.run(UPGRADE, env=environ, check=True)
    engine, now = db.make_engine(f"sqlite:///{tmp_path / 'app.db'}"), SystemClock().now()
    with db.session_scope(bound=engine) as session:
        owner = add_owner(session, now)
        people.open_session(session, owner.id, "192.0.2.1", "Firefox", now)

    done = subprocess.run([*SET, email], env=environ, input=typed, text=True, capture_output=True)

    is_set = says in done.stdout
    assert is_set or (says in done.stderr and "Traceback" not in done.stderr)
    assert (done.returncode == 0) == is_set
    with db.session_scope(bound=engine, write=False) as session:
        kept = session.scalar(select(User.password_hash)) or ""
        signed_in = session.scalars(select(SignIn)).all()
    engine.dispose()
    assert Argon2Passwords().verify("four words are easy", kept) == is_set
    assert (signed_in == []) == is_set
