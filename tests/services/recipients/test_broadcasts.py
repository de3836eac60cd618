"""The status of an account and its channels: recipients that take little, and are nobody new."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.scopes import Scope
from tests.services.conftest import NOW, add_account
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.life import Life
from tests.services.requests import a_request, save
from wasched.domain.chats import STATUS
from wasched.domain.content import ContactCard, Content, Location, Media, Poll, Text
from wasched.domain.errors import InputError
from wasched.domain.link import ReceiptKind, ReceiptSeen
from wasched.domain.message import Status
from wasched.models import Account, Acquaintance, ListMember, Message, Recipient
from wasched.services.accounts import account_limits
from wasched.services.accounts.todays_use import pace_today
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.delivery import post_views, receipts
from wasched.services.line import view_counts
from wasched.services.messages import message_actions
from wasched.services.ports import ChannelSeen
from wasched.services.recipients import broadcasts, recipients

JONAS, TOMASZ = "4915100000002@s.whatsapp.net", "4915100000003@s.whatsapp.net"
DIGEST = "0" * 64


@pytest.fixture
def status_id(scope: Scope, account_id: int) -> int:
    """The status of Alice's account, which was linked and linked again."""
    with scope() as session:
        account = session.get_one(Account, account_id)
        for _ in range(2):
            broadcasts.note_status(session, account, NOW)
        found = broadcasts.status_of(session, account_id)
        return found.id or 0 if found else 0


def test_a_status_is_one_message_to_nobody_new_and_its_story_says_who_saw_it(
    scope: Scope, life: Life, alice: Caller, account_id: int, status_id: int, gateway: FakeGateway
) -> None:
    with scope() as session:
        account = session.get_one(Account, account_id)
        account.stranger_cap, account.typing = 0, True

    save(scope, alice, a_request(account_id, status_id), NOW)
    life.sweep()

    assert [one.to for one in gateway.outbox] == [STATUS]
    with scope() as session:
        account = session.get_one(Account, account_id)
        use = pace_today(session, account, NOW)[1]
        assert (use.sent_today, use.strangers_today) == (1, 0)
        seen = [
            ReceiptSeen(("3EB00001",), ReceiptKind.READ, STATUS, by, NOW) for by in (JONAS, TOMASZ)
        ]
        receipts.record_receipts(session, account, seen)
        message = session.exec(select(Message)).one()
        story = message_actions.message_story(session, alice, message.id or 0, NOW)
    assert story.row.status == Status.READ
    assert "Seen by 2" in [step.title for step in story.steps]


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (Poll("Which?", ("a", "b")), "poll"),
        (Media("voice", "", "audio/ogg", digest=DIGEST), "media"),
        (Media("document", "", "application/pdf", digest=DIGEST), "media"),
        (Location(52.5, 13.4), "place"),
        (ContactCard("Anna", "+4915100000002"), "card"),
        (Text("@everyone", ("everyone",)), "mentions"),
    ],
)
def test_what_no_status_shows_is_refused_before_it_is_saved(
    content: Content, field: str, scope: Scope, alice: Caller, account_id: int, status_id: int
) -> None:
    request = replace(a_request(account_id, status_id), contents=(content,))

    with scope() as session:
        account = session.get_one(Account, account_id)
        with pytest.raises(InputError) as refusal:
            broadcasts.check_posts(session, account, [status_id], request.contents)

    assert refusal.value.field == field


def test_a_status_goes_through_its_own_account_and_into_no_list(
    scope: Scope, alice: Caller, account_id: int, status_id: int
) -> None:
    other = add_account(scope, alice)

    with pytest.raises(InputError, match="its own account"):
        save(scope, alice, a_request(other, status_id), NOW)
    with scope() as session:
        broadcasts.note_status(session, session.get_one(Account, other), NOW)
        assert len(recipients.suggest_recipients(session, alice, "my status")) == 2
        account_limits.remove_account(session, alice, other, NOW)
        offered = recipients.suggest_recipients(session, alice, "my status")
        assert [(one.id, one.kind) for one in offered] == [(status_id, "status")]
        choir = lists.add_list(session, alice, "Choir", NOW)
        assert lists.put_in(session, alice, choir, [status_id], NOW) == 0
        assert session.exec(select(ListMember)).all() == []
        mine = select(Acquaintance.since).where(Acquaintance.account_id == account_id)
        met = session.exec(mine).one()
    assert met < NOW - timedelta(days=365)


def test_a_channel_takes_texts_of_the_account_that_runs_it_as_long_as_it_does(
    scope: Scope, life: Life, alice: Caller, account_id: int, gateway: FakeGateway
) -> None:
    news = ChannelSeen("120363900000000001@newsletter", "News", 12)

    def sync(*seen: ChannelSeen) -> int:
        with scope() as session:
            account = session.get_one(Account, account_id)
            broadcasts.sync_channels(session, account, seen, NOW)
            return session.exec(select(Recipient.id).where(Recipient.jid == news.jid)).one() or 0

    channel_id = sync(news)
    photo = Media("image", "", "image/jpeg", digest=DIGEST)
    with scope() as session:
        account = session.get_one(Account, account_id)
        for content in (photo, Poll("Which?", ("a", "b"))):
            with pytest.raises(InputError, match="to a channel yet"):
                broadcasts.check_posts(session, account, [channel_id], [content])

    save(scope, alice, a_request(account_id, channel_id), NOW)
    life.sweep()

    assert [one.to for one in gateway.outbox] == [news.jid]
    with scope() as session:
        use = pace_today(session, session.get_one(Account, account_id), NOW)[1]
    assert (use.sent_today, use.strangers_today) == (1, 0)
    views = 7
    gateway.views = views
    with scope() as session:
        message_id = session.exec(select(Message.id)).one() or 0
        assert post_views.ask_views(session, alice, message_id, NOW).is_asked
    view_counts.ask_waiting(scope, FakeClock(NOW), account_id, gateway)
    with scope() as session:
        card = post_views.ask_views(session, alice, message_id, NOW)  # it was told just now
    assert (card.is_asked, card.views, card.told_at) == (False, views, NOW)
    sync()
    with pytest.raises(InputError, match="may no longer post"):
        save(scope, alice, a_request(account_id, channel_id), NOW)
