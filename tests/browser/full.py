"""A server as it is after a while: accounts, people, and messages in every status."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from tests.owner import signed_in
from tests.scopes import session_scope
from tests.services.sent import a_send
from wasched import db
from wasched.config import Settings
from wasched.domain import log_tail
from wasched.domain.link import LinkState
from wasched.domain.log_tail import KeptLine
from wasched.domain.message import Status
from wasched.domain.reasons import Code, Reason, because
from wasched.domain.webhook_secret import make_secret
from wasched.models import (
    Account,
    DeliveryState,
    Message,
    OutboxEvent,
    Pairing,
    PairingKind,
    Recipient,
    RecipientKind,
    Reply,
    Schedule,
    ScheduleRecipient,
    Upload,
    User,
    Webhook,
    WebhookDelivery,
    WebhookState,
)
from wasched.services.address_book import lists
from wasched.services.address_book.imports import (
    column_kinds,
    import_queue,
    pending_imports,
    row_verdicts,
)
from wasched.services.address_book.imports.import_request import ImportRequest
from wasched.services.address_book.imports.sheet import Sheet
from wasched.services.caller import Caller
from wasched.services.content import kept_drafts, templates
from wasched.services.server import health
from wasched.ui.compose import draft_text
from wasched.ui.compose.content_fields import Written
from wasched.ui.compose.draft_text import Chip, Options
from wasched.ui.compose.time_fields import Fields

_CHOIR_FILE = (
    ("Amina Albrecht", "0151 0000 2001", "alto"),
    ("Dilnoza Karimova", "+49 151 00000 101", "alto"),
    ("Bruno Bianchi", "0151 0000 2002", "bass"),
    ("Chiara Çelik", "", "soprano"),
    ("Bruno Bianchi", "+49 151 0000 2002", "bass"),
    ("Daniel Dvořák", "0151", "tenor"),
    ("Elif Ekström", "+46 70 000 20 05", "soprano"),
    ("فريد حداد", "+961 3 000 206", "tenor"),
)
CHOIR = (
    "Dilnoza Karimova",
    "Łukasz Wójcik",
    "ليلى عبد الرحمن بن عبد العزيز الهاشمي حداد",
    "Nguyễn Thị Hoa",
    "Олена Василівна Коваль-Тимошенко",
)
_ARABIC = (
    "مرحبا بكم جميعا في بروفة الجوقة مساء اليوم في تمام الساعة السابعة والنصف، أحضروا الملف الأزرق"
)

_WHY = {
    Status.UNKNOWN: Reason(Code.CONNECTION_BROKE),
    Status.MISSED: because(Code.WAS_NOT_LINKED, account="Bakery"),
    Status.FAILED: Reason(Code.NOT_ON_WHATSAPP),
    Status.SKIPPED: Reason(Code.REPLIED),
}


def fill(settings: Settings) -> None:
    """Put everything into the database of a server that has been set up."""
    engine = db.make_engine(settings.database_url)
    with session_scope(bound=engine) as session:
        _fill(session, datetime.now(UTC).replace(microsecond=0))
    engine.dispose()
    _log(settings)


def link_phone(settings: Settings, email: str) -> None:
    """Give somebody who has nothing yet an account that is connected."""
    engine = db.make_engine(settings.database_url)
    with session_scope(bound=engine) as session:
        user = session.exec(select(User).where(User.email == email)).one()
        who = signed_in(session, user)
        _account(session, who, "Choir phone", LinkState.CONNECTED, datetime.now(UTC))
    engine.dispose()


def _log(settings: Settings) -> None:
    """What the worker warned of an hour ago."""
    at = datetime.now(UTC) - timedelta(hours=1)
    says, trace = "Keeping the accounts failed; trying again", "Traceback\n  File worker.py, line 1"
    file = log_tail.file_of(settings.data_path, log_tail.LogPart.WORKER)
    file.parent.mkdir(exist_ok=True)
    file.write_text(
        f"{log_tail.write_line(KeptLine(at, log_tail.LogPart.WORKER, True, says, trace))}\n"
    )


def _fill(session: Session, now: datetime) -> None:
    user = session.exec(select(User)).one()
    owner = signed_in(session, user)
    templates.add_template(
        session, owner, "Market day", "We stand at the market today, {first_name}.", now
    )
    _unfinished(session, owner, now)
    _webhook(session, owner, now)
    choir = _account(session, owner, "Choir phone", LinkState.CONNECTED, now)
    bakery = _account(session, owner, "Bakery", LinkState.LOGGED_OUT, now)
    _account(session, owner, "Miriam", LinkState.RECONNECTING, now)
    _account(session, owner, "Tomás", LinkState.CONNECTED, now, paused_at=now - timedelta(days=9))
    _code(session, bakery, now)
    _past(session, owner, choir, bakery, now)
    _coming(session, owner, choir, bakery, now)
    _repeating(session, owner, choir, now)
    _book(session, owner, choir, now)
    _import(session, owner, now)
    _say_why(session)
    _replies(session, now)
    _take_time(session, now)
    # A worker that seems to run for as long as a test does.
    health.note_heartbeat(session, "worker", now, now + timedelta(hours=2))


def _webhook(session: Session, owner: Caller, now: datetime) -> None:
    """A webhook that is paused, so that nothing leaves, and what it answered before that."""
    row = Webhook(
        space_id=owner.space_id,
        url="https://hooks.example.org/wasched",
        secret=make_secret(),
        state=WebhookState.PAUSED,
        state_since=now - timedelta(hours=2),
        created_at=now - timedelta(days=3),
    )
    session.add(row)
    session.flush()
    for minutes, status in ((150, 200), (130, 500)):
        at = now - timedelta(minutes=minutes)
        told = OutboxEvent(space_id=owner.space_id, kind="message.failed", object_id=1, at=at)
        session.add(told)
        session.flush()
        session.add(
            WebhookDelivery(
                webhook_id=row.id or 0,
                event_id=told.id or 0,
                object="message 1",
                state=DeliveryState.DONE if status == 200 else DeliveryState.WAITING,
                tries=1,
                try_at=at,
                tried_at=at,
                status=status,
                answer="" if status == 200 else "The hook is being mended",
            )
        )


def _account(
    session: Session, owner: Caller, name: str, state: LinkState, now: datetime, **values: object
) -> int:
    account = Account(
        space_id=owner.space_id,
        name=name,
        zone="Europe/Berlin",
        created_at=now,
        state=state,
        state_since=now - timedelta(hours=3),
        linked_at=now - timedelta(days=40),
        **values,
    )
    session.add(account)
    session.flush()
    account.jid = f"49151000000{account.id}@s.whatsapp.net"
    return account.id or 0


def _book(session: Session, owner: Caller, account_id: int, now: datetime) -> None:
    """A group, and a list with some people and the group in it."""
    group = Recipient(
        space_id=owner.space_id,
        kind=RecipientKind.GROUP,
        name="Altos",
        jid="120363000000000018@g.us",
        account_id=account_id,
        size=18,
        created_at=now,
    )
    session.add(group)
    session.flush()
    choir = session.exec(select(Recipient.id).where(col(Recipient.name).in_(CHOIR))).all()
    made = lists.add_list(session, owner, "Whole choir", now)
    lists.put_in(session, owner, made, [group.id or 0, *(one for one in choir if one)], now)
    person = session.get_one(Recipient, choir[0])
    person.fields, person.notes = {"Voice": "alto"}, "Brings the keys."
    person.on_whatsapp = True


def _import(session: Session, owner: Caller, now: datetime) -> None:
    """A file of people that waits to be saved, with a row of every kind."""
    rows = [
        (line, (name, phone, voice, "2019"))
        for line, (name, phone, voice) in enumerate(_CHOIR_FILE, 2)
    ]
    found = Sheet(("Name", "Phone", "Voice", "Member since"), rows)
    token = "0" * 32
    upload = Upload(
        token=token,
        user_id=owner.id,
        space_id=owner.space_id,
        name="Choir 2026.csv",
        size=4_096,
        touched_at=now,
    )
    session.add(upload)
    session.flush()
    uses = column_kinds.guess_columns(found)
    made = import_queue.request_import(session, owner, ImportRequest(token, country="DE"), now)
    pending_imports.keep_sheet(session, made, found, uses)
    known = row_verdicts.known_people(session, owner.space_id)
    judged = list(row_verdicts.judge_rows(found, uses, "DE", known))
    pending_imports.add_rows(session, made, judged, now)
    pending_imports.finish_import(session, made, now)
    session.delete(upload)


def _unfinished(session: Session, owner: Caller, now: datetime) -> None:
    """Begun yesterday, on another device."""
    to = (Chip("+4915100000101", "number", "Dilnoza Karimova", ""),)
    written = Written(wordings=("Rehearsal on Friday begins at",))
    begun = draft_text.BrowserDraft(
        owner.id, to, Fields(zone=owner.zone), Options(), written=written
    )
    kept_drafts.keep_draft(session, owner, draft_text.body_of(begun), now - timedelta(days=1))


def _code(session: Session, account_id: int, now: datetime) -> None:
    session.add(
        Pairing(
            account_id=account_id,
            kind=PairingKind.QR,
            code="2@" + "abcdEFGH0123456789" * 12,
            shown_at=now,
            expires_at=now + timedelta(hours=1),
        )
    )


def _past(session: Session, owner: Caller, choir: int, bakery: int, now: datetime) -> None:
    ways = (Status.READ, Status.DELIVERED, Status.SENT, Status.SKIPPED, Status.CANCELLED)
    for number, status in enumerate(ways):
        at = now - timedelta(hours=3 + 7 * number)
        a_send(session, owner, choir, at, status, names=(CHOIR[number],))
    a_send(
        session, owner, bakery, now - timedelta(hours=2), Status.UNKNOWN, names=CHOIR[:1],
        text="Dear Dilnoza, your honey cake is ready. We are open until 18:00 today.",
    )  # fmt: skip
    a_send(session, owner, bakery, now - timedelta(hours=5), *[Status.MISSED] * 3)
    a_send(session, owner, choir, now - timedelta(days=1), Status.FAILED, names=CHOIR[3:4])
    a_send(
        session, owner, choir, now - timedelta(days=1, hours=2),
        *[Status.DELIVERED] * 84, *[Status.FAILED] * 2, text="Today from the oven: rye loaf",
    )  # fmt: skip


def _replies(session: Session, now: datetime) -> None:
    """What some wrote back: words, a voice note, an answered one, and one from the right."""
    went = session.exec(select(Message).where(Message.status == Status.DELIVERED)).all()
    said = (
        ("text", "Yes, I come. Where do we meet?", None, None),
        ("voice", "", None, None),
        ("text", _ARABIC, now - timedelta(minutes=2), None),
        ("photo", "This is the new hall", None, now),
    )
    for number, (kind, text, edited_at, answered_at) in enumerate(said):
        message = went[number]
        session.add(
            Reply(
                space_id=message.space_id,
                account_id=message.account_id,
                message_id=message.id or 0,
                recipient_id=message.recipient_id,
                person_id=message.recipient_id,
                whatsapp_id=f"REPLY{number}",
                by=f"491510000020{number}@s.whatsapp.net",
                kind=kind,
                text=text,
                matched_by="quote" if number % 2 else "window",
                at=now - timedelta(minutes=5 + number),
                edited_at=edited_at,
                answered_at=answered_at,
            )
        )


def _coming(session: Session, owner: Caller, choir: int, bakery: int, now: datetime) -> None:
    a_send(
        session, owner, choir, now - timedelta(minutes=12),
        *[Status.SENT] * 39, *[Status.SCHEDULED] * 25, text="Concert tickets are on sale",
    )  # fmt: skip
    for number, name in enumerate(CHOIR):
        at = now + timedelta(hours=1 + 5 * number)
        text = _ARABIC if number % 2 else "Rehearsal at 19:30"
        a_send(session, owner, choir, at, Status.SCHEDULED, names=(name,), text=text)
    a_send(session, owner, bakery, now + timedelta(hours=30), *[Status.SCHEDULED] * 4)
    many = (now + timedelta(days=3)).replace(hour=6, minute=0, second=0)
    for number in range(130):
        a_send(session, owner, choir, many + timedelta(minutes=number), Status.SCHEDULED)


def _say_why(session: Session) -> None:
    for message in session.exec(select(Message).where(col(Message.status).in_(_WHY))):
        message.reason = _WHY[Status(message.status)]


def _take_time(session: Session, now: datetime) -> None:
    """What goes out now goes on for as long as a test does: no worker is there to send it."""
    going = select(Message).where(Message.status == Status.SCHEDULED, col(Message.try_at) <= now)
    for message in session.exec(going):
        message.try_at = now + timedelta(hours=2)


def _repeating(session: Session, owner: Caller, choir: int, now: datetime) -> None:
    first = (now + timedelta(days=1)).replace(hour=17, minute=0, second=0)
    [sent] = a_send(
        session, owner, choir, first, Status.SCHEDULED, text="Rehearsal is tonight at 19:30"
    )
    made = session.get_one(Schedule, session.get_one(Message, sent).schedule_id)
    made.rrule, made.next_at, made.zone = "FREQ=WEEKLY;BYDAY=TU,TH", first, "Europe/Berlin"
    session.add(ScheduleRecipient(schedule_id=made.id or 0, recipient_id=1))
