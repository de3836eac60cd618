"""Sending through the real library, and what is known when something goes wrong."""

import secrets
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from random import Random
from threading import Timer

import pytest

from tests.adapters.whatsapp.watched import ADA, BOB, EVE, NOBODY, Watched, to
from tests.reasons import words
from tests.whatsapp_server.client import Simulator
from wasched.domain.content import Text
from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import Identified, LinkState, ReceiptKind
from wasched.services.ports import Evidence, Outgoing, SendTrace


def test_a_text_arrives_once_and_its_receipts_come(whatsapp: Simulator, linked: Watched) -> None:
    whatsapp.set_person(phone=BOB, read=0.2)

    handed = linked.line.send(to(BOB, "Good morning"))

    for kind in (ReceiptKind.DELIVERED, ReceiptKind.READ):
        assert linked.receipt(handed.message_id, kind).by.endswith("@lid")
    assert whatsapp.texts(BOB) == ["Good morning"]


def test_the_message_carries_the_attempts_own_secret(whatsapp: Simulator, linked: Watched) -> None:
    secret = secrets.token_bytes(32)

    linked.line.send(to(BOB, "Good morning", secret))

    (received,) = whatsapp.wait_inbox(phone=BOB)
    assert received["secret"] == secret.hex()


def test_a_group_message_reaches_every_member(whatsapp: Simulator, linked: Watched) -> None:
    group = whatsapp.add_group(subject="Choir", members=[ADA, BOB, EVE])
    secret = secrets.token_bytes(32)

    handed = linked.line.send(Outgoing(group, Text("Tonight at 8"), secret))

    for phone in (BOB, EVE):
        (received,) = whatsapp.wait_inbox(phone=phone)
        assert (received["id"], received["text"]) == (handed.message_id, "Tonight at 8")
    known = linked.line.evidence(secret, handed.at)
    assert known == Evidence(SendTrace.LEFT, handed.message_id)


def test_a_message_without_a_key_for_the_recipients_phone_counts_as_not_sent(
    whatsapp: Simulator, linked: Watched
) -> None:
    """The library sends it to the sender's own devices alone, and says that it is sent."""
    whatsapp.refuse_prekeys(times=1)

    with pytest.raises(SendError) as fault:
        linked.line.send(to(BOB, "Hello"))
    assert (fault.value.permanent, fault.value.left) == (False, False)
    assert whatsapp.inbox(phone=BOB) == []

    linked.line.send(to(BOB, "Hello"))
    assert [one["text"] for one in whatsapp.wait_inbox(phone=BOB)] == ["Hello"]


@pytest.mark.parametrize(("code", "permanent"), [(429, False), (463, True), (479, True)])
def test_a_refusal_carries_whatsapps_code(
    whatsapp: Simulator, linked: Watched, code: int, permanent: bool
) -> None:
    whatsapp.disturb_sends(phone=ADA, kind="refused", code=code)

    with pytest.raises(SendError) as refusal:
        linked.line.send(to(BOB, "Hello"))

    assert (refusal.value.code, refusal.value.permanent) == (code, permanent)
    linked.line.send(to(BOB, "And on"))


def test_a_number_without_whatsapp_fails_for_good(whatsapp: Simulator, linked: Watched) -> None:
    with pytest.raises(SendError) as refusal:
        linked.line.send(to(NOBODY, "Hello"))

    assert refusal.value.permanent
    assert refusal.value.left is False
    assert words(refusal.value.reason) == "This number is not on WhatsApp."


def test_after_a_kill_the_evidence_names_the_message_that_left(
    whatsapp: Simulator, linked: Watched
) -> None:
    secret, started = secrets.token_bytes(32), datetime.now(UTC)
    whatsapp.disturb_sends(phone=ADA, kind="no_ack")
    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(linked.line.send, to(BOB, "Hello", secret))
        (received,) = whatsapp.wait_inbox(phone=BOB)
        linked.process().kill()
        fault = sending.exception()

    assert isinstance(fault, SendError)
    assert fault.left is None
    linked.state(LinkState.CONNECTED)
    known = linked.line.evidence(secret, started)
    assert known == Evidence(SendTrace.LEFT, received["id"])
    whatsapp.receipt(phone=BOB, id=received["id"], type="read")
    linked.receipt(received["id"], ReceiptKind.READ)


def test_kills_at_any_moment_leave_evidence_that_does_not_lie(
    whatsapp: Simulator, linked: Watched
) -> None:
    chance = Random(7)
    attempts = []
    for number in range(6):
        secret, started = secrets.token_bytes(32), datetime.now(UTC)
        process = linked.process()
        killer = Timer(chance.uniform(0, 0.03), process.kill)
        killer.start()
        with suppress(SendError, NotNow):
            linked.line.send(to(BOB, f"Number {number}", secret))
        killer.join()
        linked.state(LinkState.RECONNECTING)
        linked.line.connect()  # at once, without the pause that grows with each fault
        linked.state(LinkState.CONNECTED)
        attempts.append((secret, started))

    arrived = {received["secret"] for received in whatsapp.inbox(phone=BOB)}
    for secret, started in attempts:
        trace = linked.line.evidence(secret, started).trace
        assert trace is SendTrace.LEFT or secret.hex() not in arrived
    assert max(Counter(whatsapp.texts(BOB)).values(), default=0) <= 1


def test_there_is_no_trace_of_what_never_left(linked: Watched) -> None:
    known = linked.line.evidence(secrets.token_bytes(32), datetime.now(UTC))

    assert known == Evidence(SendTrace.NEVER_LEFT)


def test_evidence_ends_with_the_link(linked: Watched) -> None:
    secret = secrets.token_bytes(32)
    handed = linked.line.send(to(BOB, "Hello", secret))

    linked.line.unlink()
    linked.state(LinkState.NEEDS_LINK)
    linked.line.stop()

    assert linked.line.evidence(secret, handed.at).trace is SendTrace.GONE


def test_an_ack_that_is_lost_with_the_connection_is_no_second_message(
    whatsapp: Simulator, linked: Watched
) -> None:
    whatsapp.disturb_sends(phone=ADA, kind="cut_before_ack")

    linked.line.send(to(BOB, "Hello"))

    assert whatsapp.texts(BOB) == ["Hello"]


def test_many_threads_send_every_message_once(whatsapp: Simulator, linked: Watched) -> None:
    texts = [f"Number {one}" for one in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda text: linked.line.send(to(BOB, text)), texts))

    whatsapp.wait_inbox(phone=BOB, count=len(texts))
    assert sorted(whatsapp.texts(BOB)) == sorted(texts)


def test_typing_is_shown(whatsapp: Simulator, linked: Watched) -> None:
    linked.line.typing(f"{BOB}@s.whatsapp.net", True)
    linked.line.send(to(BOB, "Hello"))

    whatsapp.wait_seen(tag="chatstate", account=ADA)


def test_who_types_is_online_until_the_message_is_sent(
    whatsapp: Simulator, linked: Watched
) -> None:
    assert linked.next(Identified).name == "Ada"  # once the phone has told it

    linked.line.typing(f"{BOB}@s.whatsapp.net", True)
    whatsapp.wait_seen(tag="presence", account=ADA, attrs={"type": "available"})
    linked.line.send(to(BOB, "Hello"))

    whatsapp.wait_seen(tag="presence", account=ADA, attrs={"type": "unavailable"}, count=2)


def test_stopping_waits_for_the_send_on_its_way(whatsapp: Simulator, linked: Watched) -> None:
    whatsapp.disturb_sends(phone=ADA, kind="late_ack", seconds=1)
    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(linked.line.send, to(BOB, "Hello"))
        (received,) = whatsapp.wait_inbox(phone=BOB)
        linked.line.stop()

        assert sending.result().message_id == received["id"]
