"""Deleting for everyone and correcting, through the real library: what phones show afterwards."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.adapters.whatsapp.watched import ADA, BOB, EVE, Watched, to
from tests.reasons import words
from tests.whatsapp_server.client import Simulator
from wasched.domain.content import ContactCard, Media, Poll, Text
from wasched.domain.errors import SendError
from wasched.domain.link import LinkState
from wasched.services.ports import Amending, Outgoing

_PICTURE = b"\xff\xd8\xff\xe0 a picture \xff\xd9"


def test_phones_show_that_a_message_was_deleted_for_everyone(
    whatsapp: Simulator, linked: Watched
) -> None:
    group = whatsapp.add_group(subject="Choir", members=[ADA, BOB, EVE])
    gone = [
        linked.line.send(to(BOB, "Tonight at 8")),
        linked.line.send(to(BOB, Poll("Who comes?", ("I", "Not I")))),
        linked.line.send(to(BOB, ContactCard("Eve", f"+{EVE}"))),
        linked.line.send(Outgoing(group, Text("All at 8"), bytes(32))),
    ]

    for one in gone:
        linked.line.amend(Amending(one.message_id, None))

    for phone, ids in ((BOB, gone), (EVE, gone[3:])):
        shown = _shown(whatsapp, phone, len(ids) * 2)
        assert [shown[one.message_id]["revoked"] for one in ids] == [True] * len(ids)
    with pytest.raises(SendError) as refusal:
        linked.line.amend(Amending("3EB0000000000000000000", None))
    assert refusal.value.permanent
    assert words(refusal.value.reason).startswith("The phone was linked anew")


def test_phones_show_corrected_texts_and_captions(
    whatsapp: Simulator, linked: Watched, tmp_path: Path
) -> None:
    picture = tmp_path / "picture.jpg"
    picture.write_bytes(_PICTURE)
    photo = Media("image", str(picture), "image/jpeg", caption="at 8")
    paper = Media("document", str(picture), "image/jpeg", caption="at 8", filename="a.jpg")
    group = whatsapp.add_group(subject="Choir", members=[ADA, BOB])
    text = linked.line.send(to(BOB, "at 8"))
    captions = [linked.line.send(to(BOB, one)) for one in (photo, paper)]
    to_all = linked.line.send(Outgoing(group, Text("at 8"), bytes(32)))

    linked.line.amend(Amending(text.message_id, Text("at 9")))
    for one, media in zip(captions, (photo, paper), strict=True):
        changed = Media(**{**vars(media), "caption": "at 9"})
        linked.line.amend(Amending(one.message_id, changed))
    linked.line.amend(Amending(to_all.message_id, Text("at 9")))

    shown = _shown(whatsapp, BOB, 8)
    for one in (text, *captions, to_all):
        assert shown[one.message_id]["edited"] == "at 9"
    assert len([one for one in shown.values() if one["kind"] != "edit"]) == 4


def test_a_correction_is_no_second_message_when_its_answer_is_lost(
    whatsapp: Simulator, linked: Watched
) -> None:
    sent = linked.line.send(to(BOB, "at 8"))
    asked = Amending(sent.message_id, Text("at 9"))
    whatsapp.disturb_sends(phone=ADA, kind="no_ack")
    with ThreadPoolExecutor(1) as pool:
        handing = pool.submit(linked.line.amend, asked)
        whatsapp.wait_inbox(phone=BOB, count=2)
        linked.process().kill()
        assert isinstance(handing.exception(), SendError)
    linked.line.connect()
    linked.state(LinkState.CONNECTED)
    whatsapp.disturb_sends(phone=ADA, kind="cut_before_ack")

    linked.line.amend(asked)

    shown = _shown(whatsapp, BOB, 3)
    assert [one["text"] for one in shown.values() if one["kind"] == "text"] == ["at 8"]
    assert shown[sent.message_id]["edited"] == "at 9"


def _shown(whatsapp: Simulator, phone: str, count: int) -> dict[str, dict[str, object]]:
    """What a phone has got, by id, once there are so many."""
    return {one["id"]: one for one in whatsapp.wait_inbox(phone=phone, count=count)}
