"""Taking back and correcting what has gone out, by programs, assistants and the shell's words."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.api.conftest import Programs
from tests.api.described import Program
from tests.api.test_api_messages import MESSAGE
from tests.api.test_assistants import assistant, refused, said
from tests.scopes import session_scope
from wasched import bootstrap
from wasched.domain.content import from_json
from wasched.models import Amendment, Attempt, Message, Outcome, Schedule


def sent(choir: Program, **more: object) -> dict[str, str]:
    """A message that went out a minute ago."""
    made = choir.asks("POST", "/messages", {**MESSAGE, **more})[1]["messages"][0]
    at = bootstrap.clock().now() - timedelta(minutes=1)
    with session_scope() as session:
        message = session.scalars(select(Message).order_by(Message.id.desc())).first()
        assert message is not None
        made_by = session.get_one(Schedule, message.schedule_id)
        message.status, message.sent_at, message.sent_text = "sent", at, "Bells at six"
        made_by.changed_at = at - timedelta(minutes=1)
        tried = {"number": 1, "secret": bytes(31) + bytes([message.id or 0]), "started_at": at}
        session.add(
            Attempt(message_id=message.id or 0, whatsapp_id="3EB0", outcome=Outcome.TAKEN, **tried)
        )
    return made


def asked() -> list[tuple[str, str]]:
    """What was asked for: the kind, and the new words."""
    with session_scope(write=False) as session:
        found = session.scalars(select(Amendment).order_by(Amendment.id)).all()
        return [
            (one.kind, getattr(from_json(one.content), "body", "") if one.content else "")
            for one in found
        ]


def test_a_program_takes_back_and_corrects_one_message_or_a_send(program: Programs) -> None:
    choir, charlie = program("Alice", "read", "send"), program("Charlie", "read", "send")
    one = sent(choir)
    path = f"/messages/{one['id']}"

    assert charlie.asks("POST", f"{path}/take-back", {})[0] == 404
    status, story = choir.asks("POST", f"{path}/correct", {"text": "Bells at {date}"})
    assert status == 200
    assert [step["title"] for step in story["history"]][-1] == "Alice corrected it"
    status, done = choir.asks(
        "POST", f"/schedules/{one['schedule']}/take-back", {"due": one["due"]}
    )
    assert (status, done["asked"], done["ahead"], done["left"]) == (200, 1, 0, [])
    assert choir.asks("POST", f"{path}/take-back", {})[0] == 200  # asked twice, done once
    status, refusal = choir.asks("POST", f"{path}/correct", {"text": "At seven"})
    assert status == 409 and refusal["detail"].startswith("It is deleted for everyone already")
    assert asked() == [("correct", "Bells at 24 December 2033"), ("delete", "")]
    ahead = choir.asks("POST", "/messages", MESSAGE)[1]["messages"][0]
    assert choir.asks("POST", f"/messages/{ahead['id']}/take-back", {})[0] == 409
    send = f"/schedules/{ahead['schedule']}"
    assert choir.asks("POST", f"{send}/take-back", {"due": "tomorrow"})[0] == 422
    assert choir.asks("POST", f"{send}/take-back", {"due": ahead["due"]})[1]["ahead"] == 1


@pytest.mark.asyncio
async def test_an_assistant_shows_first_what_it_would_take_back(program: Programs) -> None:
    choir = program("Alice", "read", "send")
    one = sent(choir)
    async with assistant(choir) as client:
        words = {"message": one["id"], "text": "At seven"}
        shown = await said(client, "correct_message", **words)
        assert asked() == []
        await said(client, "correct_message", **words, confirmation=shown["confirmation"])
        assert asked() == [("correct", "At seven")]
        send = {"schedule": one["schedule"], "due": one["due"]}
        shown = await said(client, "take_back_send", **send)
        assert shown["would"]["asked"] == 1 and asked() == [("correct", "At seven")]
        await said(client, "take_back_send", **send, confirmation=shown["confirmation"])
        assert asked()[1:] == [("delete", "")]
        why = await refused(client, "correct_message", **words)
    assert "deleted for everyone already" in why
