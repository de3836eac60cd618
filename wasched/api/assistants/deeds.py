"""Tools that do something: schedule, change, pause, let go on, cancel."""

from datetime import datetime

from pydantic import BaseModel
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.assistants.confirming import Outcome, Wish, confirmed
from wasched.api.assistants.shapes import (
    ChangeToConfirm,
    CorrectSendToConfirm,
    CorrectToConfirm,
    GoOnToConfirm,
    OneGroup,
    OneMessage,
    OneSchedule,
    RestOfSend,
    ResumeToConfirm,
    ScheduleToConfirm,
    TakeBackSendToConfirm,
    TakeBackToConfirm,
)
from wasched.api.assistants.tool import Tool
from wasched.api.v1 import amending, messages, people, schedules
from wasched.api.v1.message_views import MessageStory
from wasched.api.v1.requests import ScheduleIn, fields_of, request_of
from wasched.api.v1.schedule_views import PreviewOut, ScheduledOut, ScheduleStory, schedule_story
from wasched.api.v1.scheduling import schedule
from wasched.models import Scope
from wasched.services import schedules as services
from wasched.services.caller import Caller


def _preview_message(program: Caller, asked: ScheduleIn) -> PreviewOut:
    return schedules.preview_schedule(program, asked)


def _schedule_message(program: Caller, asked: ScheduleToConfirm) -> BaseModel:
    def show(session: Session, read_at: datetime, _now: datetime) -> Outcome:
        told = schedules.tell_preview(session, program, asked, read_at)
        with fields_of(asked):
            request = request_of(session, program, asked, read_at)
        return Outcome(told, request)

    def do(session: Session, read_at: datetime, now: datetime) -> ScheduledOut:
        return schedule(session, program, asked, now, read_at)

    return confirmed(program, Wish("schedule_message", asked, show, do))


def _change_schedule(program: Caller, asked: ChangeToConfirm) -> BaseModel:
    def show(session: Session, read_at: datetime, now: datetime) -> Outcome:
        which = (asked.scope, asked.occurrence)
        changed = schedules.edit_by_patch(
            session, program, asked.schedule, asked, which, now, read_at
        )
        return _story(session, program, changed, read_at)

    return confirmed(program, Wish("change_schedule", asked, show))


def _resume_schedule(program: Caller, asked: ResumeToConfirm) -> BaseModel:
    def show(session: Session, read_at: datetime, now: datetime) -> Outcome:
        services.resume_schedule(session, program, asked.schedule, now)
        return _story(session, program, asked.schedule, read_at)

    return confirmed(program, Wish("resume_schedule", asked, show))


def _pause_schedule(program: Caller, asked: OneSchedule) -> ScheduleStory:
    def pause(session: Session, now: datetime) -> ScheduleStory:
        services.pause_schedule(session, program, asked.schedule, now)
        return schedules.tell_schedule(session, program, asked.schedule, now)

    return bootstrap.transaction(pause)


def _cancel_schedule(program: Caller, asked: OneSchedule) -> ScheduleStory:
    view = bootstrap.transaction(
        lambda session, now: schedules.cancel_once(session, program, asked.schedule, None, now)
    )
    return schedule_story(view)


def _cancel_message(program: Caller, asked: OneMessage) -> MessageStory:
    return messages.cancel_message(program, asked.message)


def _amend_message(program: Caller, asked: TakeBackToConfirm) -> BaseModel:
    words = asked.text if isinstance(asked, CorrectToConfirm) else None

    def show(session: Session, _read_at: datetime, now: datetime) -> Outcome:
        told = amending.amend_message(session, program, asked.message, words, now)
        return Outcome(told, None)

    return confirmed(program, Wish(f"amend_message {words is None}", asked, show))


def _amend_send(program: Caller, asked: TakeBackSendToConfirm) -> BaseModel:
    words = asked.text if isinstance(asked, CorrectSendToConfirm) else None

    def show(session: Session, _read_at: datetime, now: datetime) -> Outcome:
        told = amending.amend_send(session, program, asked.schedule, asked.due, words, now)
        return Outcome(told, services.request_of(session, program, asked.schedule))

    return confirmed(program, Wish(f"amend_send {words is None}", asked, show))


def _go_on(program: Caller, asked: GoOnToConfirm) -> BaseModel:
    def show(session: Session, read_at: datetime, now: datetime) -> Outcome:
        amending.let_go_on(session, program, asked.schedule, asked.due, now)
        return _story(session, program, asked.schedule, read_at)

    return confirmed(program, Wish("go_on_with_send", asked, show))


def _take_back_rest(program: Caller, asked: RestOfSend) -> ScheduleStory:
    return bootstrap.transaction(
        lambda session, now: amending.cancel_rest(session, program, asked.schedule, asked.due, now)
    )


def _ask_invite_link(program: Caller, asked: OneGroup) -> people.InviteLinkOut:
    return people.tell_invite_link(program, asked.group)


def _ask_views(program: Caller, asked: OneMessage) -> amending.ViewsOut:
    return amending.tell_views(program, asked.message)


def _story(session: Session, program: Caller, schedule_id: int, now: datetime) -> Outcome:
    told = schedules.tell_schedule(session, program, schedule_id, now)
    return Outcome(told, services.request_of(session, program, schedule_id))


_SHOWS_FIRST = "Shows first what it would do, and does it when called again with `confirmation`."

TOOLS = (
    Tool(
        "preview_message",
        "Preview a message",
        "Tell what scheduling this would do: the sentence it is read as, the next times, warnings, "
        "refusals. Nothing is saved.",
        ScheduleIn,
        _preview_message,
        Scope.SEND,
    ),
    Tool(
        "schedule_message",
        "Schedule a message",
        "Send a WhatsApp message now, later, or again and again. `when` takes words such as "
        f"“every weekday at 9”; without a time it goes now. {_SHOWS_FIRST}",
        ScheduleToConfirm,
        _schedule_message,
        Scope.SEND,
        changes=True,
    ),
    Tool(
        "change_schedule",
        "Change a schedule",
        "Another text, time, account or other people; what is not named stays. One that repeats is "
        f"changed by `scope`: this, following or all. {_SHOWS_FIRST}",
        ChangeToConfirm,
        _change_schedule,
        Scope.SEND,
        changes=True,
        takes_back=True,
    ),
    Tool(
        "pause_schedule",
        "Pause a schedule",
        "Let nothing of it go out until it is resumed. Done at once.",
        OneSchedule,
        _pause_schedule,
        Scope.SEND,
        changes=True,
    ),
    Tool(
        "resume_schedule",
        "Resume a schedule",
        f"Let a paused schedule go on. {_SHOWS_FIRST}",
        ResumeToConfirm,
        _resume_schedule,
        Scope.SEND,
        changes=True,
    ),
    Tool(
        "cancel_schedule",
        "Cancel a schedule",
        "Take back all of it that has not gone out. Done at once, and for good.",
        OneSchedule,
        _cancel_schedule,
        Scope.SEND,
        changes=True,
        takes_back=True,
    ),
    Tool(
        "cancel_message",
        "Cancel a message",
        "Take one waiting message back. Done at once, and for good.",
        OneMessage,
        _cancel_message,
        Scope.SEND,
        changes=True,
        takes_back=True,
    ),
    Tool(
        "take_back_message",
        "Delete a message for everyone",
        "A message that has gone out, within 60 hours: it goes from the phones that got it. "
        f"{_SHOWS_FIRST}",
        TakeBackToConfirm,
        _amend_message,
        Scope.SEND,
        changes=True,
        takes_back=True,
    ),
    Tool(
        "correct_message",
        "Correct a message",
        f"Another text for a message that has gone out, within 15 minutes. {_SHOWS_FIRST}",
        CorrectToConfirm,
        _amend_message,
        Scope.SEND,
        changes=True,
        takes_back=True,
    ),
    Tool(
        "take_back_send",
        "Delete a whole send for everyone",
        "All messages of a schedule that were due at one instant (`due`, as its messages say it). "
        f"What had not gone is cancelled. {_SHOWS_FIRST}",
        TakeBackSendToConfirm,
        _amend_send,
        Scope.SEND,
        changes=True,
        takes_back=True,
    ),
    Tool(
        "correct_send",
        "Correct a whole send",
        "Another text for all messages of a schedule that were due at one instant, within 15 "
        f"minutes. What had not gone goes with the new words. {_SHOWS_FIRST}",
        CorrectSendToConfirm,
        _amend_send,
        Scope.SEND,
        changes=True,
        takes_back=True,
    ),
    Tool(
        "go_on_with_send",
        "Let a send go on",
        "A send that went badly and stopped itself (`held` of its schedule) goes on, and is not "
        f"stopped again. {_SHOWS_FIRST}",
        GoOnToConfirm,
        _go_on,
        Scope.SEND,
        changes=True,
    ),
    Tool(
        "take_back_rest",
        "Take back the rest of a send",
        "Cancel what has not gone of a send that stopped itself. Done at once, and for good.",
        RestOfSend,
        _take_back_rest,
        Scope.SEND,
        changes=True,
        takes_back=True,
    ),
    Tool(
        "ask_invite_link",
        "Ask for a group's invite link",
        "The link by which people join a group that the account is an admin of. WhatsApp is asked "
        "anew: while `state` is asked, call again in a second or two.",
        OneGroup,
        _ask_invite_link,
        Scope.SEND,
        changes=True,
    ),
    Tool(
        "ask_views",
        "Ask how often a post was viewed",
        "The views of a message that was posted to a channel. WhatsApp is asked anew: while "
        "`state` is asked, call again in a second or two.",
        OneMessage,
        _ask_views,
        Scope.SEND,
        changes=True,
    ),
)
"""In the order in which they are offered."""
