"""Naming members of a group, and everyone in it."""

import pytest

from tests.adapters.whatsapp.watched import ADA, BOB, EVE, Watched, to
from tests.whatsapp_server.client import Simulator
from wasched.adapters.whatsapp import mentions
from wasched.domain.content import EVERYONE, Content, Media, Text
from wasched.services.ports import MemberSeen, Outgoing

ANN = MemberSeen("77@lid", "+4915100000077", "77@lid")
BEN = MemberSeen("88@lid", None, "88@lid")


def test_a_member_named_by_number_is_named_as_the_group_knows_them() -> None:
    text = Text("@4915100000077 sings", ("4915100000077@s.whatsapp.net",))

    assert mentions.in_group(text, [ANN, BEN]) == Text("@77 sings", ("77@lid",))


def test_a_caption_names_members_too() -> None:
    media = Media("image", "/p", "image/png", "@4915100000077", mentions=("77@lid",))

    shown = mentions.in_group(media, [ANN, BEN])

    assert isinstance(shown, Media)
    assert (shown.caption, shown.mentions) == ("@77", ("77@lid",))


def test_everyone_is_each_member_once() -> None:
    text = Text("@everyone @88", (EVERYONE, "88@lid"))

    shown = mentions.in_group(text, [ANN, BEN])

    assert mentions.name_mentions(shown) == ("88@lid", "77@lid")


def test_who_is_no_member_stays_as_they_were_written() -> None:
    text = Text("@99 left, call 0151 4915100000077", ("99@lid",))

    assert mentions.in_group(text, [ANN, BEN]) == text


@pytest.mark.parametrize("content", [Text("@everyone", (EVERYONE,)), Text("@everyone")])
def test_everyone_means_nothing_to_one_person(content: Content) -> None:
    assert mentions.in_chat(content) == Text("@everyone")


@pytest.mark.parametrize("addressing", ["lid", "pn"])
def test_a_group_of_either_kind_hears_who_is_named(
    whatsapp: Simulator, linked: Watched, addressing: str
) -> None:
    group = whatsapp.add_group(subject="Choir", members=[ADA, BOB, EVE], addressing=addressing)
    eve = whatsapp.person(phone=EVE)["lid"] if addressing == "lid" else f"{EVE}@s.whatsapp.net"
    text = Text(f"@{EVE} and all", (f"{EVE}@s.whatsapp.net", EVERYONE))

    linked.line.send(Outgoing(group, text, b"s" * 32))

    (received,) = whatsapp.wait_inbox(phone=BOB)
    named = received["content"]["contextInfo"]["mentionedJID"]
    assert received["text"] == f"@{eve.partition('@')[0]} and all"
    assert named[0] == eve
    assert sorted(named) == sorted(one.jid for one in linked.line.members(group))


def test_a_person_is_named_in_a_chat(whatsapp: Simulator, linked: Watched) -> None:
    linked.line.send(to(BOB, Text(f"@{EVE} helps", (f"{EVE}@s.whatsapp.net",))))

    (received,) = whatsapp.wait_inbox(phone=BOB)
    assert received["content"]["contextInfo"]["mentionedJID"] == [f"{EVE}@s.whatsapp.net"]
