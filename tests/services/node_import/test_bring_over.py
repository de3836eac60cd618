"""What the Node.js version kept comes over once, as it was, and nothing of it is sent late."""

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.node_database import ALTOS, BASSES, add_message, make_node_database
from tests.reasons import words
from tests.scopes import Scope
from tests.services.conftest import NOW, add_account, add_colleague, add_user
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.life import Life
from wasched.adapters.node_database import open_node_database
from wasched.domain.errors import InputError, NotFoundError, RoleError
from wasched.domain.message import Status
from wasched.domain.node_server import NodeReport, Tally
from wasched.models import (
    AuditEntry,
    BroughtOver,
    Membership,
    Message,
    Recipient,
    RecipientList,
    Role,
    Schedule,
    User,
)
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.identity import password_links
from wasched.services.node_import import bring_over
from wasched.services.node_import.target import Target, choose_target, require_bringer
from wasched.services.recipients import recipients
from wasched.services.server import punctuality
from wasched.text.node_words import left_sentences, report_sentences

AMSTERDAM = "Europe/Amsterdam"
KEPT = (AuditEntry, BroughtOver, Message, Recipient, RecipientList, Schedule, User, Membership)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The old server's database, in a folder of its own."""
    folder = tmp_path / "old"
    folder.mkdir()
    make_node_database(folder / "app.db", NOW)
    return folder / "app.db"


def brings(
    scope: Scope, user: Caller, file: Path, account_id: int, *, only_look: bool = False,
    now: datetime = NOW,
) -> NodeReport:  # fmt: skip
    """Have it brought over, or only looked at."""
    do = bring_over.look_at if only_look else bring_over.bring_over
    with open_node_database(file, file.parent.parent) as book:
        return do(scope, FakeClock(now), book, user, Target(account_id, AMSTERDAM))


def counts(scope: Scope) -> dict[str, int]:
    """How many rows there are of all that may come."""
    with scope(write=False) as session:
        return {
            one.__name__: session.scalar(select(func.count()).select_from(one)) or 0 for one in KEPT
        }


def schedules(scope: Scope) -> dict[str, Schedule]:
    """The schedules by their first words."""
    with scope(write=False) as session:
        return {one.preview: one for one in session.scalars(select(Schedule))}


def messages(scope: Scope) -> list[tuple[str, str, str]]:
    """Each message: its words, its group, and how it stands."""
    with scope(write=False) as session:
        rows = session.execute(
            select(Schedule.preview, Recipient.name, Message.status)
            .join(Message, Message.schedule_id == Schedule.id)
            .join(Recipient, Recipient.id == Message.recipient_id)
            .order_by(Message.due_at, Recipient.name)
        )
        return [tuple(row) for row in rows]


def test_what_would_come_is_told_and_nothing_comes(
    scope: Scope, alice: Caller, account_id: int, old: Path
) -> None:
    before, files = counts(scope), sorted(old.parent.iterdir())
    digest = hashlib.sha256(old.read_bytes()).digest()

    report = brings(scope, alice, old, account_id, only_look=True)

    assert counts(scope) == before
    assert report_sentences(report, is_done=False) == [
        "3 groups, 3 lists, 2 daily messages, 1 waiting message, 5 messages of the past and "
        "2 people would come along.",
        "Nothing goes out at once: daily messages begin with their next time.",
    ]
    assert left_sentences(report, AMSTERDAM) == [
        "“To nobody” goes to no group. Schedule it anew if it is wanted.",
        "“Too late” waited for 12 March 2026, 15:42, which has passed: it is not sent.",
        "1 daily message that was stopped stays behind.",
        "1 message that was deleted stays behind.",
        "Passwords stay behind: who is new here chooses one by a link.",
        "The link to WhatsApp stays behind: link the phone here, under Accounts.",
    ]
    done = brings(scope, alice, old, account_id)
    assert replace(done, invited=()) == replace(report, invited=()), "as it was told"
    assert (sorted(old.parent.iterdir()), hashlib.sha256(old.read_bytes()).digest()) == (
        files,
        digest,
    ), "its file is as it was"


def test_what_is_to_come_comes_at_its_next_time_and_nothing_at_once(
    scope: Scope, alice: Caller, account_id: int, old: Path, life: Life, gateway: FakeGateway
) -> None:
    brings(scope, alice, old, account_id)
    life.sweep()

    assert gateway.outbox == []
    made = schedules(scope)
    evening, morning = made["Rehearsal of {{name}} tonight"], made["Good morning"]
    assert (evening.next_at, evening.zone) == (datetime(2026, 3, 12, 17, tzinfo=UTC), AMSTERDAM)
    assert morning.next_at == datetime(2026, 3, 13, 7, tzinfo=UTC), "today's is the old server's"
    life.pass_to(NOW + timedelta(days=1))
    sent = sorted((one.to, rendered(one.content)) for one in gateway.outbox)
    assert [text for to, text in sent if to == ALTOS] == ["Rehearsal of {name} tonight"]
    assert [text for to, text in sent if to == BASSES] == [
        "Bring scores",
        "Good morning",
        "Rehearsal of {name} tonight",
    ]


def rendered(content: object) -> str:
    return str(getattr(content, "body", ""))


def test_history_stands_among_the_messages_and_asks_for_nothing(
    scope: Scope, alice: Caller, account_id: int, old: Path
) -> None:
    brings(scope, alice, old, account_id)

    past = [one for one in messages(scope) if one[2] != Status.SCHEDULED]
    assert past == [
        ("Last week", "Altos", "sent"),
        ("Last week", "Basses", "failed"),
        ("Last week", "Tenors", "missed"),
        ("Too late", "Altos", "missed"),
        ("Bring scores", "Altos", "sent"),
    ]
    with scope(write=False) as session:
        rows = session.scalars(select(Message).where(Message.status.in_(("failed", "missed"))))
        told = {words(one.reason) for one in rows if one.dismissed_at}
        lateness = punctuality.lateness(session, alice, NOW + timedelta(hours=2))
    assert told == {
        "The Node.js version could not send it: WhatsApp Disconnected",
        "The Node.js version did not send it in time.",
    }
    assert lateness.sends == 0, "how punctual the other was is not told as ours"


def test_nothing_comes_twice_and_what_is_new_since_does(
    scope: Scope, alice: Caller, account_id: int, old: Path
) -> None:
    brings(scope, alice, old, account_id)
    with scope() as session:
        session.scalars(select(RecipientList)).first().name = "Sopranos"  # type: ignore[union-attr]
    before = counts(scope)

    again = brings(scope, alice, old, account_id)

    after = counts(scope)
    assert after.pop("AuditEntry") == before.pop("AuditEntry") + 1
    assert after == before
    assert again.invited == ()
    assert report_sentences(again, is_done=True)[0] == "Nothing new came along."
    elsewhere = add_user(scope, "Elsewhere")
    other = brings(scope, elsewhere, old, add_account(scope, elsewhere))
    assert (other.daily, other.waiting.new, other.past.new) == (Tally(0, 2), 0, 0), (
        "what sends does not come into a second space"
    )

    with closing(sqlite3.connect(old)) as made:
        made.execute("UPDATE scheduled_message_items SET status = 'SENT' WHERE status = 'PENDING'")
        add_message(made, "Since then", NOW, (BASSES, "SENT"))
        made.commit()
    later = brings(scope, alice, old, account_id, now=NOW + timedelta(hours=3))
    assert (later.past.new, later.waiting.new) == (1, 0), "what was to come is not its past, too"


def test_people_sign_in_by_a_link_and_are_known_by_their_e_mail(
    scope: Scope, alice: Caller, account_id: int, old: Path
) -> None:
    jonas = add_user(scope, "Jonas")
    with scope() as session:
        session.get_one(User, jonas.id).email = "jonas@x.example"

    report = brings(scope, alice, old, account_id)

    assert report.people == Tally(2)
    assert [one.email for one in report.invited] == ["miriam@choir.example"]
    with scope(write=False) as session:
        later = NOW + timedelta(days=6)
        person = password_links.whose_link(session, report.invited[0].token, later)
        made_by = session.scalar(
            select(User.email)
            .join(Schedule, Schedule.made_by_id == User.id)
            .where(Schedule.preview == "Good morning")
        )
        roles = set(
            session.scalars(
                select(Membership.role).where(
                    Membership.space_id == alice.space_id, Membership.user_id != alice.id
                )
            )
        )
    assert person is not None and person.name == "Miriam Keller"
    assert (made_by, roles) == ("jonas@x.example", {Role.EDITOR})


def test_a_list_that_others_use_is_left_alone(
    scope: Scope, alice: Caller, account_id: int, old: Path
) -> None:
    with scope() as session:
        ours = lists.add_list(session, alice, "choir", NOW)
        anna = recipients.person_with_number(session, alice.space_id, "+4915100000001", NOW)
        lists.put_in(session, alice, ours, [anna.id or 0], NOW)

    brings(scope, alice, old, account_id)

    with scope(write=False) as session:
        found = {one.name: one.members for one in lists.all_lists(session, alice)}
    assert found == {"choir": 1, "Choir (2)": 3, "Low": 1, "Nobody": 0}


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DROP TABLE groups", "no groups"),
        ("ALTER TABLE collections DROP COLUMN created_at", "no column created_at in collections"),
        ("ALTER TABLE groups RENAME TO g; CREATE VIEW groups AS SELECT * FROM g", "no groups"),
    ],
)
def test_another_database_is_said_to_be_one(old: Path, statement: str, sentence: str) -> None:
    with closing(sqlite3.connect(old)) as made:
        made.executescript(statement)
    match = f"of the Node.js version: there is {sentence} in it"
    with pytest.raises(InputError, match=match), open_node_database(old, old.parent.parent):
        pass


def test_what_is_no_database_is_said_and_what_is_odd_in_one_is_left(
    scope: Scope, alice: Caller, account_id: int, old: Path
) -> None:
    words_of = old.with_name("notes.db")
    words_of.write_text("These are notes.")
    room = old.parent.parent
    with pytest.raises(InputError, match="no SQLite"), open_node_database(words_of, room):
        pass
    with closing(sqlite3.connect(old)) as made:
        add_message(made, "To a person", NOW, ("4915100000001@s.whatsapp.net", "SENT"))
        made.execute(
            "UPDATE scheduled_messages SET scheduled_at = 'soon' WHERE content = 'Too late'"
        )
        made.execute("UPDATE schedule_definitions SET hour = 'noon' WHERE content = 'Good morning'")
        made.execute("UPDATE user SET email = 'none' WHERE id = 'u2'")
        made.commit()

    report = brings(scope, alice, old, account_id)

    assert (report.daily, report.people, report.past) == (Tally(1), Tally(1), Tally(4))
    said = left_sentences(report, AMSTERDAM)
    assert '“Jonas” cannot come along: "none" is no e-mail address.' in said
    assert "2 messages whose times cannot be read stay behind." in said


def test_it_is_for_who_runs_the_server_and_manages_the_space(
    scope: Scope, alice: Caller, charlie: Caller, account_id: int
) -> None:
    editor = add_colleague(scope, alice, "Eda", Role.EDITOR)
    require_bringer(alice)
    for user, refusal in ((charlie, NotFoundError), (editor, NotFoundError)):
        with pytest.raises(refusal):
            require_bringer(user)
    with pytest.raises(RoleError):
        require_bringer(replace(alice, role=Role.EDITOR))
    with scope(write=False) as session:
        assert choose_target(session, alice) == Target(account_id, "Europe/Berlin")
        with pytest.raises(InputError, match="no phone in this space"):
            choose_target(session, charlie)
        with pytest.raises(InputError, match="no time zone"):
            choose_target(session, alice, zone="Mars/Olympus")
