"""The product's database, read and written through its services, beside the running product."""

from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from tests.known_numbers import know_numbers
from tests.owner import add_owner, signed_in
from tests.product import Product, until
from tests.scopes import session_scope
from tests.whatsapp_server.client import CommandError, Simulator
from wasched import db
from wasched.domain.content import Text
from wasched.domain.link import LinkState
from wasched.models import (
    Account,
    Attempt,
    Contact,
    Message,
    Pairing,
    PairingKind,
    Recipient,
    User,
)
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.schedules import create


class Books:
    """What a test schedules and sees where the pages are not what is tested."""

    def __init__(self, product: Product) -> None:
        self._engine = db.make_engine(product.settings.database_url)
        self.owner = self._owner()

    @property
    def database(self) -> db.Database:
        """The product's database, as services are given it."""
        return db.Database(self._engine)

    def scope(self, *, write: bool = True) -> AbstractContextManager[Session]:
        """A session on the product's database."""
        return session_scope(write=write, bound=self._engine)

    def link(self, phones: Simulator, phone: str, **pace: float) -> int:
        """Link an account to a phone by its QR code; returns its id. `pace` sets its columns.

        The number does not warm up.
        """
        with self.scope() as session:
            know_numbers(session, [phone])
            account_id = accounts.add_account(session, self.owner, "Choir phone", now())
            account = session.get_one(Account, account_id)
            defaults = {"gap_min_s": 0, "gap_max_s": 0, "daily_cap": 10**6, "stranger_cap": 10**6}
            for name, value in (defaults | pace).items():
                setattr(account, name, value)
        until(lambda: self._scan(phones, account_id, phone), "a QR code is shown, and scanned")
        until(lambda: self.account(account_id).state == LinkState.CONNECTED, "it is connected")
        return account_id

    def schedule(
        self,
        account_id: int,
        to: str,
        text: str,
        at: datetime | None = None,
        zone: str = "UTC",
        **more: Any,
    ) -> int:
        """Schedule a text to a number, for now if no time in the zone is given; the schedule's id.

        `more` are fields of the draft.
        """
        day, clock = (at.date(), at.time()) if at else (None, None)
        request = create.ScheduleRequest(account_id, (to,), (Text(text),), day, clock, zone, **more)
        with self.scope() as session:
            return create.create_schedule(session, self.owner, request, now()).schedule_id

    def account(self, account_id: int) -> Account:
        """The account as it stands."""
        with self.scope(write=False) as session:
            return session.get_one(Account, account_id)

    def messages(self) -> list[Message]:
        """Every message as it stands, the oldest first."""
        with self.scope(write=False) as session:
            return list(session.scalars(select(Message).order_by(Message.id)))

    def last_attempt(self, message: Message) -> Attempt:
        """The latest try of a message that was tried."""
        with self.scope(write=False) as session:
            return session.scalars(
                select(Attempt)
                .where(Attempt.message_id == message.id)
                .order_by(Attempt.number.desc())
                .limit(1)
            ).one()

    def phone(self, recipient_id: int) -> str:
        """The digits of a recipient's number."""
        with self.scope(write=False) as session:
            return (session.get_one(Recipient, recipient_id).phone or "").removeprefix("+")

    def wait_until_known(self, *names: str) -> None:
        """Wait until a linked phone has told of these people and groups."""
        until(lambda: set(names) <= self._known(), f"{names} are known")

    def close(self) -> None:
        """Let go of the database file."""
        self._engine.dispose()

    def _scan(self, phones: Simulator, account_id: int, phone: str) -> bool:
        """True once the code that is shown was taken: it may be just about to change."""
        if not (code := self._qr(account_id)):
            return False
        with suppress(CommandError):
            phones.scan(qr=code, phone=phone)
            return True
        return False

    def _qr(self, account_id: int) -> str:
        with self.scope(write=False) as session:
            shown = session.get(Pairing, (account_id, PairingKind.QR))
            return shown.code if shown else ""

    def _known(self) -> set[str]:
        with self.scope(write=False) as session:
            contacts, groups = select(Contact.name), select(Recipient.name)
            return {*session.scalars(contacts), *session.scalars(groups)}

    def _owner(self) -> Caller:
        with self.scope() as session:
            user = session.scalar(select(User).where(col(User.is_admin)))
            if user is None:
                return add_owner(session, now(), "Europe/Berlin")
            return signed_in(session, user)


def now() -> datetime:
    """The present instant in UTC."""
    return datetime.now(UTC)
