"""Sending through the real library, and what is known when something goes wrong."""

import base64
import io
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from tests.adapters.whatsapp.watched import ADA, BOB, EVE, NOBODY, Watched, to
from tests.whatsapp_server.client import Simulator
from wasched.domain.content import ContactCard, Location, Media, Poll, Text
from wasched.domain.errors import SendError
from wasched.domain.link import IncomingSeen, LinkState, ReceiptKind
from wasched.services.ports import Evidence, Outgoing, Trace


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
    assert known == Evidence(Trace.LEFT, handed.message_id)


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (Text("@Eve hello", ("100000000000003@lid",)), "text", "@Eve hello"),
        (Poll("When?", ("Now", "Later")), "poll", "When?"),
        (Poll("Which?", ("A", "B", "C"), 0), "poll", "Which?"),
        (Location(52.52, 13.4, "Here"), "location", "Here"),
        (ContactCard("Eve; her shop", f"+{EVE}"), "contact", "Eve; her shop"),
    ],
)
def test_every_kind_of_content_arrives(
    whatsapp: Simulator, linked: Watched, content: object, kind: str, words: str
) -> None:
    linked.line.send(to(BOB, content))

    (received,) = whatsapp.wait_inbox(phone=BOB)
    assert (received["kind"], received["text"]) == (kind, words)


def a_picture(folder: Path) -> Media:
    """A small picture on disk."""
    path = folder / "a picture.png"
    Image.new("RGBA", (640, 480), "orange").save(path)
    return Media("image", str(path), "image/png", caption="Look")


def test_a_picture_for_two_people_is_uploaded_once(
    whatsapp: Simulator, linked: Watched, tmp_path: Path
) -> None:
    picture = a_picture(tmp_path)

    for phone in (BOB, EVE):
        linked.line.send(to(phone, picture))

    (first,), (second,) = whatsapp.wait_inbox(phone=BOB), whatsapp.wait_inbox(phone=EVE)
    shown = second["content"]
    assert first["content"]["directPath"] == shown["directPath"]
    assert (shown["caption"], shown["width"], shown["height"]) == ("Look", 640, 480)
    thumbnail = base64.b64decode(shown["JPEGThumbnail"])
    assert Image.open(io.BytesIO(thumbnail)).size == (200, 150)
    assert whatsapp.file(EVE, second["id"]) == Path(picture.path).read_bytes()


def test_a_document_keeps_its_name(whatsapp: Simulator, linked: Watched, tmp_path: Path) -> None:
    path = tmp_path / "3f2a"
    path.write_bytes(b"%PDF-1.7 invoice")

    linked.line.send(to(BOB, Media("document", str(path), "application/pdf", filename="Bill.pdf")))

    (received,) = whatsapp.wait_inbox(phone=BOB)
    assert received["content"]["fileName"] == "Bill.pdf"
    assert whatsapp.file(BOB, received["id"]) == path.read_bytes()


def test_a_file_that_is_gone_fails_for_good_before_anything_leaves(
    whatsapp: Simulator, linked: Watched, tmp_path: Path
) -> None:
    picture = a_picture(tmp_path)
    Path(picture.path).unlink()

    with pytest.raises(SendError, match="no longer on this server") as refusal:
        linked.line.send(to(BOB, picture))

    assert refusal.value.permanent
    assert refusal.value.left is False


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
    with pytest.raises(SendError, match="not on WhatsApp") as refusal:
        linked.line.send(to(NOBODY, "Hello"))

    assert refusal.value.permanent
    assert refusal.value.left is False


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
    assert known == Evidence(Trace.LEFT, received["id"])
    whatsapp.receipt(phone=BOB, id=received["id"], type="read")
    linked.receipt(received["id"], ReceiptKind.READ)


def test_there_is_no_trace_of_what_never_left(linked: Watched) -> None:
    known = linked.line.evidence(secrets.token_bytes(32), datetime.now(UTC))

    assert known == Evidence(Trace.NEVER_LEFT)


def test_evidence_ends_with_the_link(linked: Watched) -> None:
    secret = secrets.token_bytes(32)
    handed = linked.line.send(to(BOB, "Hello", secret))

    linked.line.unlink()
    linked.state(LinkState.NEEDS_LINK)
    linked.line.stop()

    assert linked.line.evidence(secret, handed.at).trace is Trace.GONE


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


def test_what_people_write_is_reported(whatsapp: Simulator, linked: Watched) -> None:
    whatsapp.write(phone=BOB, to=ADA, text="Stop")

    seen = linked.next(IncomingSeen)

    assert seen.text == "Stop"
    assert f"{BOB}@s.whatsapp.net" in (seen.sender, seen.sender_alt)


def test_numbers_can_be_checked(whatsapp: Simulator, linked: Watched) -> None:
    known, unknown = linked.line.check([f"+{BOB}", f"+{NOBODY}"])

    assert known.registered
    assert known.jid == f"{BOB}@s.whatsapp.net"
    assert not unknown.registered


def test_groups_and_contacts_are_listed(whatsapp: Simulator, linked: Watched) -> None:
    group = whatsapp.add_group(subject="Choir", members=[ADA, BOB])

    whatsapp.name_contacts(phone=ADA, names={BOB: "Bob the builder"})

    (seen,) = linked.line.groups()

    assert (seen.jid, seen.name, seen.size, seen.is_admin) == (group, "Choir", 2, True)


def test_typing_is_shown(whatsapp: Simulator, linked: Watched) -> None:
    linked.line.typing(f"{BOB}@s.whatsapp.net", True)

    whatsapp.wait_seen(tag="chatstate", account=ADA)


def test_stopping_waits_for_the_send_on_its_way(whatsapp: Simulator, linked: Watched) -> None:
    whatsapp.disturb_sends(phone=ADA, kind="late_ack", seconds=1)
    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(linked.line.send, to(BOB, "Hello"))
        (received,) = whatsapp.wait_inbox(phone=BOB)
        linked.line.stop()

        assert sending.result().message_id == received["id"]
