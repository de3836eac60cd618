"""A line posts its account's status and to its channels, and takes no others for an answer."""

import secrets
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from tests.adapters.whatsapp.watched import ADA, BOB, EVE, Watched
from tests.product import until
from tests.whatsapp_server.client import Simulator
from wasched.domain.chats import STATUS
from wasched.domain.content import Text
from wasched.domain.errors import NotNow
from wasched.domain.link import ContactsChanged, IncomingSeen, ReceiptKind
from wasched.services.ports import ChannelSeen, Evidence, Outgoing, PostSeen, SendTrace


def test_a_status_is_posted_once_seen_by_contacts_and_known_after_a_crash(
    whatsapp: Simulator, linked: Watched
) -> None:
    whatsapp.name_contacts(phone=ADA, names={BOB: "Bob"})
    linked.next(ContactsChanged)
    secret, before = secrets.token_bytes(32), datetime.now(UTC) - timedelta(minutes=1)

    sent = linked.line.send(Outgoing(STATUS, Text("open until six"), secret))

    (seen,) = whatsapp.wait_inbox(phone=BOB, id=sent.message_id)
    assert (seen["text"], seen["chat"], seen["secret"]) == ("open until six", STATUS, secret.hex())
    assert whatsapp.inbox(phone=EVE) == []
    assert whatsapp.message_counts() == {sent.message_id: 1}
    assert linked.line.evidence(secret, before) == Evidence(SendTrace.LEFT, sent.message_id)
    whatsapp.receipt(phone=BOB, id=sent.message_id, type="read")
    read = linked.receipt(sent.message_id, ReceiptKind.READ)
    assert (read.chat, read.by) == (STATUS, f"{BOB}@s.whatsapp.net")


def test_a_status_of_somebody_is_no_answer_whatever_it_says(
    whatsapp: Simulator, linked: Watched
) -> None:
    whatsapp.name_contacts(phone=BOB, names={ADA: "Ada"})

    whatsapp.write(phone=BOB, to=STATUS, text="STOP")
    whatsapp.write(phone=BOB, to=ADA, text="hello")

    assert linked.next(IncomingSeen).text == "hello"


def test_what_is_posted_to_a_channel_is_there_once_and_known_after_a_crash(
    whatsapp: Simulator, linked: Watched
) -> None:
    mine = whatsapp.add_channel(name="News", roles={ADA: "admin", BOB: "owner"})
    whatsapp.add_channel(name="Theirs", roles={BOB: "owner", ADA: "subscriber"})
    assert linked.line.channels() == [ChannelSeen(mine, "News", 2)]
    secret, before = secrets.token_bytes(32), datetime.now(UTC) - timedelta(minutes=1)
    whatsapp.disturb_sends(phone=ADA, kind="cut_before_ack")

    sent = linked.line.send(Outgoing(mine, Text("open until six"), secret))

    posts = whatsapp.channel_posts(channel=mine)
    assert [(one["id"], one["text"]) for one in posts] == [(sent.message_id, "open until six")]
    until(lambda: _posts(linked, mine) == [PostSeen(secret, 0)], "it is connected again and asks")
    assert linked.line.evidence(secret, before) == Evidence(SendTrace.LEFT, sent.message_id)


def _posts(linked: Watched, channel: str) -> list[PostSeen]:
    with suppress(NotNow):
        return linked.line.posts(channel)
    return []
