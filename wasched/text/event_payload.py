"""What programs are told of an event: the same in a webhook and from the API."""

from datetime import datetime
from typing import Any

from wasched.domain.opaque_ids import Kind, OpaqueIds
from wasched.domain.outbox import EventFact
from wasched.domain.votes import chosen_places
from wasched.text.refusals import plain_sentence

_IDS = {
    "message": Kind.MESSAGE,
    "poll": Kind.MESSAGE,
    "account": Kind.ACCOUNT,
    "schedule": Kind.SCHEDULE,
    "import": Kind.IMPORT,
    "reply": Kind.REPLY,
    "webhook": Kind.WEBHOOK,
}
_WHOM = {"person": Kind.PERSON, "group": Kind.GROUP, "status": Kind.STATUS, "channel": Kind.CHANNEL}
_NAMES = {"poll": "message"}  # a poll is a message, and asked for as one
_STATES = {"message": "status", "schedule": "status", "account": "state"}
_OTHER_STATES = {"schedule.approval_changed": "approval", "schedule.hold_changed": "hold"}


def event_id(fact: EventFact, ids: OpaqueIds) -> str:
    """The id of an event: the same however often it is told, and to whom."""
    return ids.write(Kind.EVENT, fact.id)


def event_payload(fact: EventFact, ids: OpaqueIds) -> dict[str, Any]:
    """The event by the Standard Webhooks: its type, when it was written down, and what it is."""
    return {
        "type": fact.kind,
        "timestamp": _instant(fact.at),
        "data": _data(fact, ids),
    }


def _data(fact: EventFact, ids: OpaqueIds) -> dict[str, Any]:
    about = fact.kind.partition(".")[0]
    whom = _WHOM[fact.recipient_kind]
    data: dict[str, Any] = {
        _NAMES.get(about, about): ids.write(
            whom if about == "person" else _IDS[about], fact.object_id
        )
    }
    for name, number in (("schedule", fact.schedule_id), ("account", fact.account_id)):
        if number is not None:
            data[name] = ids.write(_IDS[name], number)
    if about == "reply":  # its state is the message that it answers
        data["message"] = ids.write(Kind.MESSAGE, int(fact.state))
    if about in ("message", "poll", "reply") and fact.recipient_id is not None:
        data["recipient"] = ids.write(whom, fact.recipient_id)
    data |= _state(about, fact)
    if fact.due_at is not None:
        data["due"] = _instant(fact.due_at)
    if fact.reason:
        data["reason"] = fact.reason.code
    return data | _words(fact)


def _state(about: str, fact: EventFact) -> dict[str, Any]:
    """What it has come to."""
    if about == "poll":
        return {"chosen": list(chosen_places(int(fact.state or 0)))}
    if about not in _STATES:
        return {}
    return {_OTHER_STATES.get(fact.kind, _STATES[about]): fact.state}


def _words(fact: EventFact) -> dict[str, str]:
    """The texts, for who asked for them; what is empty is left away."""
    if fact.words is None:
        return {}
    said = {"text": fact.words.text, "name": fact.words.name, "phone": fact.words.phone}
    said["why"] = plain_sentence(fact.reason)
    return {name: text for name, text in said.items() if text}


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
