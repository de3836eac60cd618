"""What a full server has because several work there: roles, keys, what waits for approval."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from playwright.sync_api import StorageState
from sqlmodel import Session, select

from tests.books import Books
from tests.browser.conftest import invited
from tests.owner import signed_in
from tests.product import Product
from wasched.domain.content import Text
from wasched.models import Passkey, Role, User
from wasched.services.identity import calendar_addresses, keys, team, users
from wasched.services.schedules import create

_CHANGED = {"recipient": "name", "recipient_list": "name", "template": "name"}
"""Tables of what people edit, and what of it somebody else calls otherwise."""


def come(product: Product) -> dict[str, StorageState]:
    """An author and a viewer join the owner's space, who has all that Settings offers; cookies."""
    states = {
        str(one): invited(product, one, f"{one}@choir.example", one)
        for one in (Role.AUTHOR, Role.VIEWER)
    }
    with Books(product).scope() as session:
        _settle_owner(session, datetime.now(UTC))
        _ask_for_approval(session, datetime.now(UTC))
    return states


def waiting_schedule(product: Product) -> int:
    """The schedule that waits for approval."""
    with closing(sqlite3.connect(product.settings.db_path)) as connection:
        asked = "SELECT max(id) FROM schedule WHERE approval = 'waiting'"
        return int(connection.execute(asked).fetchone()[0])


def change_everything(product: Product) -> None:
    """Somebody else calls everything otherwise, and no open page hears of it."""
    with closing(sqlite3.connect(product.settings.db_path)) as connection, connection:
        for table, column in _CHANGED.items():
            connection.execute(
                f"UPDATE {table} SET {column} = {column} || ' II', version = version + 1"
            )


def _settle_owner(session: Session, now: datetime) -> None:
    user = session.exec(select(User).where(User.is_admin)).one()
    owner = replace(signed_in(session, user), confirmed_at=now)
    users.give_space(session, owner.id, "Bakery", now)
    keys.make_key(session, owner, "The shop's till", ["read"], now)
    calendar_addresses.make_address(session, owner, now)
    team.invite_member(session, owner, "Nadia", Role.EDITOR, now)
    session.add(
        Passkey(
            user_id=owner.id,
            name="Phone",
            host="localhost",
            credential_id="made-up",
            public_key=b"made up",
            sign_count=0,
            created_at=now,
        )
    )


def _ask_for_approval(session: Session, now: datetime) -> None:
    user = session.exec(select(User).where(User.email == "author@choir.example")).one()
    at = now + timedelta(days=5)
    request = create.ScheduleRequest(
        *(1, ("+4915100000012",), (Text("Is that how we say it?"),)),
        *(at.date(), at.time().replace(second=0, microsecond=0), "UTC"),
    )
    create.create_schedule(session, signed_in(session, user), request, now)
