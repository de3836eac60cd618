"""What would send is shown first, and done once somebody has agreed to just that."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from sqlmodel import Session

from wasched import bootstrap
from wasched.api.assistants.recipients import first_recipients
from wasched.api.assistants.shapes import ToBeConfirmed, ToConfirm
from wasched.api.v1.amending import AmendedOut
from wasched.api.v1.message_views import MessageStory
from wasched.api.v1.schedule_views import PreviewOut, ScheduledOut, ScheduleStory
from wasched.services.caller import Caller
from wasched.services.identity import confirmations
from wasched.services.identity.confirmations import GOOD_FOR
from wasched.services.schedules.requests import ScheduleRequest

Story = ScheduleStory | MessageStory | AmendedOut
"""How the thing stands that something was done with."""

_FACTS = (
    *("status", "account", "text", "sentence", "zone", "recipients", "first", "next"),
    *("asked", "ahead"),
)
"""What has to be the same when it is done as when it was shown."""

_ASK = (
    "Nothing was done yet. Show this to the person you work for. Once they agree, call the tool "
    f"again with the same arguments and this confirmation, within {GOOD_FOR.seconds // 60} minutes."
)
_MEND = "It cannot be done so, and nothing was. Mend what `refusals` say, and call the tool again."


@dataclass(frozen=True)
class Outcome:
    """What a wish comes to, and the request that goes out then; None where it names its person."""

    told: PreviewOut | Story
    request: ScheduleRequest | None


@dataclass(frozen=True)
class Wish:
    """What an assistant would have done.

    `show` and `do` take the instant as of which words about time are read, and now. Where there is
    no `do`, to show it is to do it, in a transaction that is taken back.
    """

    tool: str
    asked: ToConfirm
    show: Callable[[Session, datetime, datetime], Outcome]
    do: Callable[[Session, datetime, datetime], ScheduledOut] | None = None

    @property
    def words(self) -> str:
        """The wish as exactly as it was said."""
        return f"{self.tool}\n{self.asked.model_dump_json(exclude={'confirmation'})}"


def confirmed(program: Caller, wish: Wish) -> ToBeConfirmed | ScheduledOut | Story:
    """Show what would be done, or do what was shown before; what has no need of that is done."""
    if not program.confirms:
        return bootstrap.transaction(lambda session, now: _do(session, wish, now))
    if wish.asked.confirmation:
        return bootstrap.transaction(lambda session, now: _do_shown(session, program, wish, now))
    if wish.do is not None:
        return bootstrap.answer(lambda session, now: _ask(session, program, wish, now))
    return _rehearse(lambda session, now: _ask(session, program, wish, now))


def _ask(session: Session, program: Caller, wish: Wish, now: datetime) -> ToBeConfirmed:
    shown_at = now.replace(microsecond=0)  # a confirmation keeps no more of it
    found = wish.show(session, shown_at, now)
    is_refused = isinstance(found.told, PreviewOut) and bool(found.told.refusals)
    confirmation = confirmations.make_confirmation(
        bootstrap.secret_key(), program, wish.words, _facts(found), shown_at
    )
    return ToBeConfirmed(
        next=_MEND if is_refused else _ASK,
        confirmation=None if is_refused else confirmation,
        good_until=None if is_refused else shown_at + GOOD_FOR,
        to=first_recipients(session, program, found.request) if found.request else [],
        would=found.told,
    )


def _do(session: Session, wish: Wish, now: datetime) -> ScheduledOut | Story:
    if wish.do is not None:
        return wish.do(session, now, now)
    return _done(wish.show(session, now, now))


def _do_shown(session: Session, program: Caller, wish: Wish, now: datetime) -> ScheduledOut | Story:
    given = confirmations.read_confirmation(
        session, bootstrap.secret_key(), program, wish.words, wish.asked.confirmation or "", now
    )
    found = wish.show(session, given.shown_at, now)
    done = wish.do(session, given.shown_at, now) if wish.do is not None else _done(found)
    confirmations.use_confirmation(session, program, given, _facts(found), done.id, now)
    return done


def _done(found: Outcome) -> Story:
    assert not isinstance(found.told, PreviewOut)
    return found.told


def _facts(found: Outcome) -> str:
    return json.dumps([getattr(found.told, name, None) for name in _FACTS], default=str)


class _Rehearsed(Exception):  # noqa: N818 - no error: it takes back what was tried
    def __init__(self, answer: ToBeConfirmed) -> None:
        super().__init__()
        self.answer = answer


def _rehearse(deed: Callable[[Session, datetime], ToBeConfirmed]) -> ToBeConfirmed:
    """What a deed comes to; nothing of it is saved."""

    def try_out(session: Session, now: datetime) -> NoReturn:
        raise _Rehearsed(deed(session, now))

    try:
        bootstrap.transaction(try_out)
    except _Rehearsed as end:
        return end.answer
