"""A server with two spaces that have the same things, under ids that tell whose they are."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event, update
from sqlmodel import Session, SQLModel, col

from tests.services.sent import a_send
from wasched import bootstrap
from wasched.domain.content import Text, to_json
from wasched.domain.early_stop import Measure
from wasched.domain.link import LinkState
from wasched.domain.message import NO_TRY, Status
from wasched.domain.outbox import WEBHOOK_TEST
from wasched.models import (
    Account,
    Attempt,
    GroupInvite,
    ImportRow,
    ImportStatus,
    MediaFile,
    Message,
    OutboxEvent,
    Pairing,
    PairingKind,
    PeopleImport,
    Reaction,
    Recipient,
    RecipientKind,
    Reply,
    Schedule,
    ScheduleRecipient,
    SendHold,
    SentPoll,
    Upload,
    Verdict,
    Vote,
    Webhook,
    WebhookDelivery,
)
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.content import kept_drafts, templates
from wasched.services.identity import team
from wasched.services.keywords import setting_up
from wasched.services.keywords.setting_up import KeywordRequest
from wasched.services.webhooks import readers
from wasched.services.webhooks.deliveries import delivery_columns
from wasched.ui.compose import draft_text
from wasched.ui.compose.content_fields import Written
from wasched.ui.compose.draft_text import Options
from wasched.ui.compose.time_fields import Fields

OURS, THEIRS, UNKNOWN = 700_000, 800_000, 900_000
"""The rows of each table have the ids after it: nobody has those after the last."""

WORDS = {OURS: "Sopran", THEIRS: "Bassgeige"}
"""What stands in every text of a space, and nowhere else."""

NOW = datetime(2031, 3, 11, 9, 0, tzinfo=UTC)
"""A Tuesday, on which the clock stands still."""

DUE, PAST = NOW + timedelta(hours=5), NOW - timedelta(hours=5)
GONE = NOW - timedelta(minutes=5)
"""When something went out that can still be taken back, and whose rest stopped itself."""
GONE_MESSAGE, GONE_SCHEDULE = 7, 3
"""So much after the first ids it is."""

_WEEK = timedelta(days=7)


@contextmanager
def ids_after(first: int) -> Iterator[None]:
    """Have the rows that are made meanwhile begin there, in each table."""
    made: Counter[type] = Counter()

    def number(_mapper: Any, _connection: Any, row: Any) -> None:
        if getattr(row, "id", 0) is None:
            made[type(row)] += 1
            row.id = first + made[type(row)]

    event.listen(SQLModel, "before_insert", number, propagate=True)
    try:
        yield
    finally:  # else the rows of all tests after it would be numbered so
        event.remove(SQLModel, "before_insert", number)


def fill_space(session: Session, who: Caller, first: int, now: datetime) -> None:
    """Put something of everything into a space, for its manager."""
    word = WORDS[first]
    for name, state in (("phone", LinkState.CONNECTED), ("apart", LinkState.LOGGED_OUT)):
        session.add(_account(who, f"{word} {name}", state, now))
    session.flush()
    code = {"code": f"2@{word}", "shown_at": now, "expires_at": now + _WEEK}
    session.add(Pairing(account_id=first + 2, kind=PairingKind.QR, **code))
    _add_messages(session, who, first)
    _add_votes(session, first)
    _add_people(session, who, first, now)
    templates.add_template(session, who, f"{word} day", f"{word}, {{first_name}}.", now)
    begun = draft_text.BrowserDraft(
        who.id, (), Fields(zone=who.zone), Options(), written=Written(wordings=(word,))
    )
    kept_drafts.keep_draft(session, who, draft_text.body_of(begun), now)
    _add_files(session, who, first, now)
    team.invite_member(session, who, f"{word} friend", "editor", now)
    _add_webhook(session, who, word, now)
    setting_up.add_keyword(session, who, KeywordRequest(word, answer=word), now)
    session.flush()


def upload_token(first: int) -> str:
    """What an upload of a space is called."""
    return f"{first:032}"


def _add_webhook(session: Session, who: Caller, word: str, now: datetime) -> None:
    """One that has something to be told; programs ask for events, too."""
    readers.note_asking(session, who.space_id, now)
    hook = Webhook(
        space_id=who.space_id, url=f"https://example.org/{word}", secret=f"whsec_{word}",
        state_since=now, created_at=now,
    )  # fmt: skip
    told = OutboxEvent(space_id=who.space_id, kind=WEBHOOK_TEST, object_id=0, at=now)
    session.add_all([hook, told])
    session.flush()
    columns = delivery_columns(hook, told.id or 0, WEBHOOK_TEST, 0, now)
    session.add(WebhookDelivery(**columns))


def _account(who: Caller, name: str, state: LinkState, now: datetime) -> Account:
    number = f"49151{len(name)}{who.space_id}"
    return Account(
        space_id=who.space_id, name=name, zone="Europe/Berlin", created_at=now, state=state,
        state_since=now, linked_at=now - _WEEK, jid=f"{number}@s.whatsapp.net",
    )  # fmt: skip


def _add_messages(session: Session, who: Caller, first: int) -> None:
    """Those to come of a schedule that repeats, and those that a person has to decide about."""
    word = WORDS[first]
    names = tuple(f"{word} {name}" for name in ("Ada", "Bo", "Cy"))
    a_send(session, who, first + 1, DUE, *[Status.SCHEDULED] * 3, text=word, names=names)
    states = (Status.UNKNOWN, Status.FAILED, Status.MISSED)
    a_send(session, who, first + 1, PAST, *states, text=word, names=names)
    half = (Status.SENT, Status.SCHEDULED)
    [gone, rest] = a_send(session, who, first + 1, GONE, *half, text=word, names=names[:2])
    session.get_one(Message, rest).try_at = NO_TRY
    session.add(
        SendHold(
            schedule_id=first + GONE_SCHEDULE, occurrence_at=GONE, held_at=GONE,
            measure=Measure.REFUSED, bad=20, seen=30, past_bad=1, past_seen=400,
        )
    )  # fmt: skip
    left = update(Attempt).where(col(Attempt.message_id) == gone)
    session.execute(left.values(whatsapp_id=f"3EB0{first}"))
    repeats = session.get_one(Schedule, first + 1)
    repeats.rrule, repeats.next_at = "FREQ=WEEKLY;BYDAY=TU,TH", DUE
    for number in (1, 2, GONE_SCHEDULE):
        session.get_one(Schedule, first + number).contents = [to_json(Text(word))]
    for person in (first + 1, first + 2):
        session.add(ScheduleRecipient(schedule_id=first + 1, recipient_id=person))
    wrote = Reply(
        space_id=who.space_id, account_id=first + 1, message_id=first + 4, recipient_id=first + 1,
        person_id=first + 1, whatsapp_id=f"R{first}", by=f"{first}@lid", name=word, text=word,
        matched_by="quote", at=PAST,
    )  # fmt: skip
    session.add(wrote)


def _add_votes(session: Session, first: int) -> None:
    """A poll of the first message, and what somebody chose and reacted with."""
    word, answered = WORDS[first], {"message_id": first + 1, "number": "+4915100000077", "at": PAST}
    session.add(SentPoll(message_id=first + 1, question=word, options=[word, "No"]))
    session.add(Vote(name=f"{word} Vi", chosen=1, **answered))
    session.add(Reaction(name=f"{word} Vi", emoji="+1", **answered))


def _add_people(session: Session, who: Caller, first: int, now: datetime) -> None:
    """A group with its invite link, and two lists; the people have come with the messages."""
    word = WORDS[first]
    group = Recipient(
        space_id=who.space_id, kind=RecipientKind.GROUP, name=f"{word} group",
        jid=f"1203630000{first}@g.us", account_id=first + 1, created_at=now,
    )  # fmt: skip
    session.add(group)
    session.flush()
    session.add(GroupInvite(group_id=group.id, account_id=first + 1, link=f"invite {word}"))
    for name in ("list", "second list"):
        made = lists.add_list(session, who, f"{word} {name}", now)
        lists.put_in(session, who, made, [first + 1, first + 4], now)


def _add_files(session: Session, who: Caller, first: int, now: datetime) -> None:
    """A file that is attached, one on its way, and people of a file who wait to be saved."""
    word, digest, token = WORDS[first], f"{first:064}", upload_token(first)
    path = bootstrap.media_store().path_of(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(word)
    whose = {"space_id": who.space_id, "user_id": who.id}
    waiting = PeopleImport(
        token=token, name=f"{word}.csv", columns=["Name"], samples=[[word]], mapping=["name"],
        state=ImportStatus.READ, counts={"new": 1}, done=1, total=1, created_at=now, **whose,
    )  # fmt: skip
    attached = MediaFile(
        space_id=who.space_id, digest=digest, name=f"{word}.txt", mimetype="text/plain",
        kind="document", size=len(word), created_at=now, used_at=now,
    )  # fmt: skip
    coming = Upload(token=token, name=f"{word}.csv", size=len(word), touched_at=now, **whose)
    session.add_all([waiting, attached, coming])
    session.flush()
    row = {"position": 1, "line": 2, "verdict": Verdict.NEW, "phone": f"+49151{first:07}"}
    session.add(ImportRow(import_id=first + 1, name=f"{word} Dee", **row))
