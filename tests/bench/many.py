"""A server that has been busy for two years: 10,000 people and 100,000 messages."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert
from sqlmodel import Session, select

from tests.scopes import session_scope
from wasched import db
from wasched.config import Settings
from wasched.domain.collation import sort_key
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.models import Account, Message, Recipient, RecipientKind, Schedule, User

PEOPLE, SCHEDULES = 10_000, 50_000
EACH = 1_000
"""So many recipients has each thousandth schedule; the others have one."""

_SPAN = timedelta(days=730)
_ENDS = (Status.READ, Status.DELIVERED, Status.DELIVERED, Status.SENT)
_NAMES = ("Dilnoza", "Łukasz", "Nguyễn", "Олена", "Ada", "Bob", "Eve", "Tomás", "Miriam", "Hoa")


def fill(settings: Settings, schedules: int = SCHEDULES) -> None:
    """Put everything into the database of a server that has been set up."""
    engine = db.make_engine(settings.database_url)
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    with session_scope(bound=engine) as session:
        space_id = session.exec(select(User.id)).one() or 0
        account_id = _account(session, space_id, now)
        _people(session, space_id, now)
        made = _schedules(space_id, account_id, now, schedules)
        session.execute(insert(Schedule), made)
        session.execute(insert(Message), _messages(made, space_id, account_id, now))
    engine.dispose()


def _account(session: Session, space_id: int, now: datetime) -> int:
    account = Account(
        space_id=space_id,
        name="Choir phone",
        zone="Europe/Berlin",
        created_at=now,
        state=LinkState.CONNECTED,
        state_since=now,
        linked_at=now,
    )
    session.add(account)
    session.flush()
    return account.id or 0


def _people(session: Session, space_id: int, now: datetime) -> None:
    person = {"space_id": space_id, "kind": RecipientKind.PERSON, "created_at": now}
    session.execute(
        insert(Recipient),
        [
            person | {"id": n, "name": name, "sort_key": sort_key(name), "phone": f"+49152{n:08}"}
            for n in range(1, PEOPLE + 1)
            for name in [f"{_NAMES[n % len(_NAMES)]} {n}"]
        ],
    )


def _schedules(
    space_id: int, account_id: int, now: datetime, count: int
) -> list[dict[str, object]]:
    """A third of them is still to come."""
    step = _SPAN / count
    rest = {"space_id": space_id, "account_id": account_id, "zone": "Europe/Berlin"}
    rest |= {"contents": [{"kind": "text", "text": "Rehearsal"}], "created_at": now}
    return [
        rest
        | {
            "id": n,
            "preview": f"Rehearsal number {n} is at 19:30. Bring the blue folder.",
            "starts_local": (now - _SPAN * 2 / 3 + n * step).replace(tzinfo=None),
            "changed_at": now,
        }
        for n in range(1, count + count // 1_000 + 1)
    ]


def _messages(
    schedules: list[dict[str, object]], space_id: int, account_id: int, now: datetime
) -> list[dict[str, object]]:
    found = []
    for made in schedules:
        number = made["id"]
        assert isinstance(number, int) and isinstance(made["starts_local"], datetime)
        at = made["starts_local"].replace(tzinfo=UTC)
        many = number % 1_000 == 0
        status = Status.SCHEDULED if at > now else _ENDS[number % len(_ENDS)]
        if at < now and number % 5_000 == 1:
            status = Status.FAILED
        rest = {"space_id": space_id, "schedule_id": number, "account_id": account_id}
        rest |= {"occurrence_at": at, "due_at": at, "try_at": at, "status": status}
        rest |= {"late_at": at + timedelta(minutes=30), "sent_at": at if at <= now else None}
        people = range(1, EACH + 1) if many else [number % PEOPLE + 1]
        found += [rest | {"recipient_id": one} for one in people]
    return found
