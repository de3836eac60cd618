"""Tools that look: people, groups, lists, accounts; what is to come and what happened."""

from wasched import bootstrap
from wasched.api.assistants.shapes import (
    MembersOf,
    MessagesOf,
    OneAccount,
    OneMessage,
    OneSchedule,
    PageOf,
    RepliesTo,
    SchedulesOf,
    VotesOf,
    Words,
)
from wasched.api.assistants.tool import Tool
from wasched.api.v1 import accounts, keywords, lists, messages, people, replies, schedules, votes
from wasched.api.v1.account_views import AccountHealthOut, AccountOut
from wasched.api.v1.lists_of import Page
from wasched.api.v1.message_views import MessageStory
from wasched.api.v1.people import EntryOut, GroupOut
from wasched.api.v1.schedule_views import ScheduleOut, ScheduleStory
from wasched.api.v1.times import Body
from wasched.domain.errors import InputError
from wasched.services.caller import Caller


def _find_people(program: Caller, asked: PageOf) -> Page[EntryOut]:
    return people.find_people(program, asked.q, asked.limit, asked.after)


def _find_groups(program: Caller, asked: PageOf) -> Page[GroupOut]:
    return people.find_groups(program, asked.q, asked.limit, asked.after)


def _find_lists(program: Caller, asked: Words) -> Page[lists.ListOut]:
    return lists.list_lists(program, asked.q)


def _find_members(program: Caller, asked: MembersOf) -> Page[EntryOut]:
    return lists.find_members(program, asked.list, asked.q, asked.limit, asked.after)


def _find_keywords(program: Caller, _asked: Body) -> Page[keywords.KeywordOut]:
    return keywords.list_keywords(program)


def _find_accounts(program: Caller, _asked: Body) -> Page[AccountOut]:
    return accounts.list_accounts(program)


def _read_health(program: Caller, asked: OneAccount) -> AccountHealthOut:
    return accounts.read_health(program, asked.account)


def _find_schedules(program: Caller, asked: SchedulesOf) -> Page[ScheduleOut]:
    return schedules.find_schedules(
        program, asked.which, asked.q, asked.account, asked.limit, asked.after
    )


def _read_message(program: Caller, asked: OneMessage) -> MessageStory:
    return bootstrap.answer(
        lambda session, now: messages.tell_message(session, program, asked.message, now)
    )


def _read_schedule(program: Caller, asked: OneSchedule) -> ScheduleStory:
    return bootstrap.answer(
        lambda session, now: schedules.tell_schedule(session, program, asked.schedule, now)
    )


def _read_votes(program: Caller, asked: VotesOf) -> votes.VotesOut:
    if asked.message is not None:
        return votes.tell_message_votes(program, asked.message, asked.voters)
    if asked.schedule is None:
        raise InputError("schedule", "Say which poll: give `message` or `schedule`.")
    return votes.tell_send_votes(program, asked.schedule, asked.due, asked.voters)


TOOLS = (
    Tool(
        "find_people",
        "Find people",
        "People of the address book, by words of their names or numbers. Their ids go into `to`.",
        PageOf,
        _find_people,
    ),
    Tool(
        "find_groups",
        "Find groups",
        "WhatsApp groups that the linked phones are in, with their sizes. Their ids go into `to`.",
        PageOf,
        _find_groups,
    ),
    Tool(
        "find_lists",
        "Find lists",
        "Lists of people, with how many are in each. Their ids go into `to`.",
        Words,
        _find_lists,
    ),
    Tool(
        "find_members",
        "Find who is in a list",
        "The people and groups that are in a list by themselves, not those of the lists in it.",
        MembersOf,
        _find_members,
    ),
    Tool(
        "find_accounts",
        "Find accounts",
        "The linked WhatsApp numbers through which messages go, and how each link stands.",
        Body,
        _find_accounts,
    ),
    Tool(
        "read_account_health",
        "Read how a number is doing",
        "What of an account's messages arrived, was read, answered, refused, in the last week "
        "beside the four before it, and what to do where it is worse.",
        OneAccount,
        _read_health,
    ),
    Tool(
        "find_messages",
        "Find messages",
        "Messages one by one: `tab` coming is what waits, past what happened, needs what waits for "
        "somebody to decide.",
        MessagesOf,
        messages.find_messages,
    ),
    Tool(
        "find_replies",
        "Find replies",
        "What people wrote back, the newest first: all of it, of a message or a schedule, or only "
        "what nobody answered.",
        RepliesTo,
        replies.find_replies,
    ),
    Tool(
        "find_keywords",
        "Find keywords",
        "Words that people write back, and what each does: sets a field, moves to a list, is "
        "answered. `find_replies` tells what one did.",
        Body,
        _find_keywords,
    ),
    Tool(
        "read_message",
        "Read a message's story",
        "One message with all that happened to it: attempts, answers, receipts, and why it waits.",
        OneMessage,
        _read_message,
    ),
    Tool(
        "find_schedules",
        "Find schedules",
        "Schedules, the newest first: what was asked to go out once or again and again.",
        SchedulesOf,
        _find_schedules,
    ),
    Tool(
        "read_schedule",
        "Read a schedule",
        "One schedule with its next times, and how many of its messages stand how.",
        OneSchedule,
        _read_schedule,
    ),
    Tool(
        "read_votes",
        "Read the votes on a poll",
        "How a poll stands, by option and by person: of one message by `message`, of all messages "
        "of a send by `schedule`. Each person counts once, by what they chose last.",
        VotesOf,
        _read_votes,
    ),
)
"""In the order in which they are offered."""
