"""Messages of every kind, from a client to the people it writes to, and back."""

from __future__ import annotations

import base64
import hashlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from .conftest import ALICE, BOB, CAROL

MEDIA = {
    "image": b"\xff\xd8\xff\xe0 a picture " * 500,
    "video": b"\0\0\0\x18ftypmp42 a film " * 2000,
    "audio": b"OggS a voice " * 300,
    "document": b"%PDF-1.7 a contract",
}
LOCATION = {"degreesLatitude": 52.516, "degreesLongitude": 13.377, "name": "Brandenburg Gate"}
VCARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Carol\nTEL;waid=4915100000003:+4915100000003\nEND:VCARD"


def received(town, id, phone=BOB):
    """The message with this id in somebody's inbox."""
    return town.wait_inbox(phone=phone, id=id)[0]


def test_a_text_is_decrypted_by_the_recipients_phone(town, resident):
    id = resident.send(BOB, {"conversation": "good morning"})

    message = received(town, id)
    assert (message["kind"], message["text"]) == ("text", "good morning")
    assert (message["from"], message["device"]) == (ALICE, 1)


def test_an_extended_text_is_decrypted(town, resident):
    id = resident.send(BOB, "as neonize sends a text")

    assert received(town, id)["content"]["text"] == "as neonize sends a text"


def test_every_message_reaches_the_server_once_and_in_order(town, resident):
    before = len(town.inbox(phone=CAROL))

    ids = [resident.send(CAROL, f"message {number}") for number in range(10)]

    messages = town.wait_inbox(phone=CAROL, count=before + 10)[before:]
    assert [one["id"] for one in messages] == ids
    assert [one["text"] for one in messages] == [f"message {number}" for number in range(10)]
    counts = town.message_counts()
    assert [counts[id] for id in ids] == [1] * 10


def test_a_message_may_be_addressed_by_lid(town, resident):
    id = resident.send(town.person(phone=BOB)["lid"], "to your LID")

    assert received(town, id)["text"] == "to your LID"


def test_a_note_to_oneself_reaches_the_own_phone(town, resident):
    id = resident.send(ALICE, "buy milk")

    (note,) = [one for one in town.outbox(phone=ALICE) if one["id"] == id]
    assert note["text"] == "buy milk"


def test_the_own_phone_learns_what_the_client_wrote(town, resident):
    id = resident.send(BOB, "written elsewhere")

    (told,) = [one for one in town.outbox(phone=ALICE) if one["id"] == id]
    assert (told["text"], told["chat"]) == ("written elsewhere", BOB)


def test_mentions_reach_the_recipient(town, resident):
    mentioned = f"{CAROL}@s.whatsapp.net"
    text = {"text": f"ask @{CAROL}", "contextInfo": {"mentionedJID": [mentioned]}}

    id = resident.send(BOB, {"extendedTextMessage": text})

    assert received(town, id)["content"]["contextInfo"]["mentionedJID"] == [mentioned]


def test_a_link_preview_reaches_the_recipient(town, resident):
    preview = {
        "text": "see https://example.org/",
        "matchedText": "https://example.org/",
        "title": "Example",
        "description": "For examples",
        "JPEGThumbnail": "/9j/",
    }

    id = resident.send(BOB, {"extendedTextMessage": preview})

    assert received(town, id)["content"] == preview


@pytest.fixture
def website():
    """A page on loopback that has a title and a description."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            body = b"""<html><head><meta property="og:title" content="Opening hours">
                <meta property="og:description" content="Always open"></head></html>"""
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def test_a_link_preview_that_the_library_makes_reaches_the_recipient(town, resident, website):
    id = resident.do("send_with_preview", to=BOB, text=f"see {website}")["id"]

    content = received(town, id)["content"]
    assert (content["text"], content["matchedText"]) == (f"see {website}", website)
    assert (content["title"], content["description"]) == ("Opening hours", "Always open")


@pytest.mark.parametrize("kind", MEDIA)
def test_a_file_arrives_byte_for_byte(town, resident, kind):
    body = MEDIA[kind]

    id = resident.send_file(BOB, kind, body, mimetype=f"{kind}/x-test")

    message = received(town, id)
    assert (message["kind"], message["content"]["mimetype"]) == (kind, f"{kind}/x-test")
    assert town.file(BOB, id) == body


def test_a_caption_arrives_with_its_picture(town, resident):
    id = resident.send_file(BOB, "image", MEDIA["image"], mimetype="image/jpeg", caption="the sea")

    assert received(town, id)["text"] == "the sea"


def test_a_location_reaches_the_recipient(town, resident):
    id = resident.send(BOB, {"locationMessage": LOCATION})

    message = received(town, id)
    assert (message["kind"], message["content"]) == ("location", LOCATION)


def test_a_contact_card_reaches_the_recipient(town, resident):
    card = {"displayName": "Carol", "vcard": VCARD}

    id = resident.send(BOB, {"contactMessage": card})

    message = received(town, id)
    assert (message["kind"], message["content"]) == ("contact", card)


def test_an_edit_changes_the_message_on_the_recipients_phone(town, resident):
    id = resident.send(BOB, {"conversation": "at nine"})
    received(town, id)

    edit = resident.do("edit", to=BOB, id=id, text="at ten")["id"]

    assert received(town, edit)["about"] == id
    assert received(town, id)["edited"] == "at ten"


def test_a_revocation_takes_the_message_from_the_recipients_phone(town, resident):
    id = resident.send(BOB, {"conversation": "forget it"})
    received(town, id)

    revocation = resident.do("revoke", to=BOB, id=id)["id"]

    assert received(town, revocation)["kind"] == "revoke"
    assert received(town, id)["revoked"]


def test_a_text_of_a_phone_reaches_the_client(town, resident):
    id = town.write(phone=BOB, to=ALICE, text="good evening")

    message = resident.wait("Message", id=id)
    assert (message["text"], message["name"]) == ("good evening", "Bob")
    assert message["sender"] == town.person(phone=BOB)["lid"]


def test_a_phone_may_quote_what_the_client_wrote(town, resident):
    asked = resident.send(BOB, "are you coming?")
    received(town, asked)

    id = town.write(phone=BOB, to=ALICE, text="yes", quoting=asked)

    context = resident.wait("Message", id=id)["body"]["Message"]["extendedTextMessage"]
    assert context["contextInfo"]["stanzaID"] == asked


def test_the_client_may_quote_what_a_phone_wrote(town, resident):
    asked = town.write(phone=BOB, to=ALICE, text="are you coming?")
    resident.wait("Message", id=asked)

    id = resident.do("reply", text="yes", to=asked)["id"]

    message = received(town, id)
    assert message["text"] == "yes"
    assert message["content"]["contextInfo"]["stanzaID"] == asked


def test_a_file_of_a_phone_reaches_the_client_byte_for_byte(town, resident):
    id = town.send_file(BOB, ALICE, "image", MEDIA["image"], "image/jpeg", "look")

    resident.wait("Message", id=id)
    assert base64.b64decode(resident.do("download", id=id)) == MEDIA["image"]


@pytest.mark.parametrize("several", [False, True])
def test_a_poll_reaches_the_recipient_and_the_vote_the_client(town, resident, several):
    options = ["red", "green", "blue"]
    poll = resident.do("poll", to=BOB, question="Which?", options=options, several=several)["id"]
    message = received(town, poll)
    assert (message["kind"], message["text"]) == ("poll", "Which?")
    chosen = ["red", "blue"] if several else ["green"]

    vote = town.vote(phone=BOB, poll=poll, choices=chosen)

    resident.wait("Message", id=vote)
    hashes = [hashlib.sha256(option.encode()).hexdigest() for option in chosen]
    assert resident.do("votes", id=vote) == hashes


@pytest.mark.parametrize("by", ["lid", "pn"])
@pytest.mark.parametrize("is_group", [False, True])
def test_a_vote_is_given_changed_and_taken_back(town, resident, by, is_group):
    """Whichever address space the vote is bound to, those who have the poll can read it."""
    to = town.add_group(subject="Team", members=[ALICE, BOB], addressing=by) if is_group else BOB
    poll = resident.do("poll", to=to, question="Come?", options=["yes", "no"], several=False)["id"]
    received(town, poll)

    votes = [
        town.vote(phone=BOB, poll=poll, choices=chosen, by=by) for chosen in (["yes"], ["no"], [])
    ]

    for vote, chosen in zip(votes, ("yes", "no", ""), strict=True):
        event = resident.wait("Message", id=vote, is_empty=False)
        assert event["sender"].endswith("@lid" if by == "lid" else "@s.whatsapp.net")
        hashes = [hashlib.sha256(chosen.encode()).hexdigest()] if chosen else []
        assert resident.do("votes", id=vote) == hashes


def test_a_reaction_is_given_and_taken_back(town, resident):
    asked = resident.send(BOB, "are you coming?")
    received(town, asked)

    for emoji in ("👍", ""):
        id = town.react(phone=BOB, to=asked, emoji=emoji)
        said = resident.wait("Message", id=id)["body"]["Message"]["reactionMessage"]
        assert said["key"]["ID"] == asked
        assert said.get("text", "") == emoji


def test_typing_is_seen_by_the_server(town, resident):
    resident.do("typing", to=BOB, on=True)
    resident.do("typing", to=BOB, on=False)

    began, ended = town.wait_seen(tag="chatstate", account=ALICE, count=2)
    assert (began["children"], ended["children"]) == (["composing"], ["paused"])


def test_presence_is_seen_by_the_server(town, resident):
    resident.do_until(lambda me: me["name"], "me")

    resident.do("presence", available=True)

    town.wait_seen(tag="presence", account=ALICE, attrs={"type": "available", "name": "Alice"})
