"""Who is in lists, and whom a schedule reaches by them: worked out anew whenever it matters."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, delete, exists, insert, or_, select, update
from sqlmodel import Session, col

from wasched.domain.errors import InputError
from wasched.domain.message import Status
from wasched.domain.reasons import Code, Reason
from wasched.models import (
    LIVE_STATUSES,
    ListMember,
    ListPart,
    Message,
    RecipientList,
    Schedule,
    ScheduleLeftOut,
    ScheduleList,
    ScheduleRecipient,
)
from wasched.services.caller import Caller
from wasched.services.schedules import approval, nudges
from wasched.services.schedules.catch_up import catch_up, lay_out_coming
from wasched.services.schedules.expand import lay_out

TAKEN_OFF = Reason(Code.TAKEN_OFF)


class Turnover(NamedTuple):
    """How many a schedule reaches that it did not reach before, and how many no more."""

    joined: int
    left: int


def of_lists(ids: Sequence[int]) -> Select[int]:
    """The ids of everybody in the lists, those in their parts included, each once."""
    parts = select(col(ListPart.part_id)).where(col(ListPart.list_id).in_(ids))
    within = or_(col(ListMember.list_id).in_(ids), col(ListMember.list_id).in_(parts))
    return select(col(ListMember.recipient_id)).where(within).distinct()


def people_of_lists(
    session: Session,
    space_id: int,
    lists: Sequence[int],
    but_not: Sequence[int] = (),
    but_not_people: Sequence[int] = (),
) -> set[int]:
    """All of some lists but not those of others; InputError if a list is gone."""
    wanted = {*lists, *but_not}
    there = select(col(RecipientList.id)).where(
        RecipientList.space_id == space_id, col(RecipientList.id).in_(wanted)
    )
    if len(session.scalars(there).all()) != len(wanted):
        raise InputError("to", "One of the lists is gone. Choose again.")
    found = of_lists(lists).where(col(ListMember.recipient_id).not_in(of_lists(but_not)))
    found_ids: set[int] = set(session.scalars(found).all())
    return found_ids - set(but_not_people)


def named(
    session: Session, schedule_id: int
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """The lists a schedule goes to, the lists it leaves out, and the people it leaves out."""
    rows = session.execute(
        select(ScheduleList.list_id, ScheduleList.is_out)
        .where(col(ScheduleList.schedule_id) == schedule_id)
        .order_by(col(ScheduleList.list_id))
    ).all()
    left_out = session.scalars(
        select(col(ScheduleLeftOut.recipient_id))
        .where(col(ScheduleLeftOut.schedule_id) == schedule_id)
        .order_by(col(ScheduleLeftOut.recipient_id))
    )
    taken = tuple(one for one, is_out in rows if not is_out)
    return taken, tuple(one for one, is_out in rows if is_out), tuple(left_out)


def address_schedule(
    session: Session,
    made: Schedule,
    direct: Sequence[int],
    lists: Sequence[int] = (),
    but_not: Sequence[int] = (),
    but_not_people: Sequence[int] = (),
) -> None:
    """Let a schedule go to these people and lists, and to nobody else."""
    for table in (ScheduleList, ScheduleLeftOut):
        session.execute(delete(table).where(col(table.schedule_id) == made.id))
    _name_lists(session, made, lists, but_not, but_not_people)
    _note_direct(session, made, set(direct))
    gather_members(session, made)


def address_new(
    session: Session,
    made: Schedule,
    direct: Sequence[int],
    lists: Sequence[int] = (),
    but_not: Sequence[int] = (),
    but_not_people: Sequence[int] = (),
) -> None:
    """The same for a schedule that has gone to nobody yet."""
    _name_lists(session, made, lists, but_not, but_not_people)
    _take_in(session, made, set(direct), is_direct=True)
    if lists:
        gather_members(session, made)


def _name_lists(
    session: Session,
    made: Schedule,
    lists: Sequence[int],
    but_not: Sequence[int],
    but_not_people: Sequence[int],
) -> None:
    mine = {"schedule_id": made.id}
    named_lists = [mine | {"list_id": one, "is_out": False} for one in dict.fromkeys(lists)]
    if lists:  # without a list there is nobody to leave out
        out = set(but_not) - set(lists)
        named_lists += [mine | {"list_id": one, "is_out": True} for one in sorted(out)]
    if named_lists:
        session.execute(insert(ScheduleList), named_lists)
    if lists and but_not_people:
        left_out = [mine | {"recipient_id": one} for one in set(but_not_people)]
        session.execute(insert(ScheduleLeftOut), left_out)


def gather_members(session: Session, made: Schedule) -> Turnover:
    """Take in who joined the lists of a schedule, let go who left; returns how many."""
    assert made.id is not None
    lists, but_not, but_not_people = named(session, made.id)
    before = _audience_rows(session, made)
    direct = {one for one, is_direct in before.items() if is_direct}
    listed = (
        people_of_lists(session, made.space_id, lists, but_not, but_not_people) if lists else set()
    )
    new, gone = listed - set(before), set(before) - listed - direct
    _let_go(session, made, gone)
    _take_in(session, made, new, is_direct=False)
    return Turnover(len(new), len(gone))


def schedules_by(list_ids: Sequence[int]) -> Select[int]:
    """The ids of schedules to any of these lists, or to a list that they are part of."""
    wholes = select(col(ListPart.list_id)).where(col(ListPart.part_id).in_(list_ids))
    return select(col(ScheduleList.schedule_id)).where(
        or_(col(ScheduleList.list_id).in_(list_ids), col(ScheduleList.list_id).in_(wholes))
    )


def lists_changed(
    session: Session, user: Caller | None, list_ids: Sequence[int], now: datetime
) -> None:
    """Let what is still to come of every schedule follow lists whose members changed.

    One that reaches more people because of an author waits for approval; nobody: a keyword, which
    managers set up, changed them.
    """
    using = schedules_by(list_ids)
    waits = exists().where(
        col(Message.schedule_id) == Schedule.id, col(Message.status) == Status.SCHEDULED
    )
    session.flush()
    for made in session.scalars(
        select(Schedule).where(
            col(Schedule.id).in_(using), or_(col(Schedule.status).in_(LIVE_STATUSES), waits)
        )
    ).all():
        is_up = catch_up(session, made, now)
        turnover = gather_members(session, made)
        if turnover.joined and user is not None:
            approval.ask_anew(session, user, made, now)
            approval.hold_back(session, made)
        if any(turnover):
            leave_alone(session, made, now)
            # Who joins after an occurrence has come gets those after it.
            if made.status in LIVE_STATUSES and made.next_at is not None and made.next_at > now:
                lay_out(session, made, now)
            if not is_up:
                lay_out_coming(session, made, now)
            nudges.follow_change(session, made, now)


def leave_alone(session: Session, made: Schedule, now: datetime) -> None:
    """Take back the unsent messages of people that a schedule does not go to any more."""
    theirs = [
        col(Message.schedule_id) == made.id,
        col(Message.status) == Status.SCHEDULED,
        col(Message.recipient_id).not_in(
            select(col(ScheduleRecipient.recipient_id)).where(
                col(ScheduleRecipient.schedule_id) == made.id
            )
        ),
    ]
    session.execute(delete(Message).where(*theirs, col(Message.attempts) == 0))
    session.execute(
        update(Message)
        .where(*theirs)
        .values(status=Status.CANCELLED, reason=TAKEN_OFF, settled_at=now)
        .execution_options(synchronize_session="fetch")
    )


def _audience_rows(session: Session, made: Schedule) -> dict[int, bool]:
    """Everybody a schedule goes to, and whether they were chosen by themselves."""
    rows = session.execute(
        select(ScheduleRecipient.recipient_id, ScheduleRecipient.is_direct).where(
            col(ScheduleRecipient.schedule_id) == made.id
        )
    )
    return {row[0]: row[1] for row in rows}


def _note_direct(session: Session, made: Schedule, direct: set[int]) -> None:
    """Keep who was chosen by themselves; the others are there as long as a list has them."""
    before = _audience_rows(session, made)
    mine = col(ScheduleRecipient.schedule_id) == made.id
    session.execute(update(ScheduleRecipient).where(mine).values(is_direct=False))
    _take_in(session, made, direct - set(before), is_direct=True)
    for some in split_portions(sorted(direct & set(before))):
        among = col(ScheduleRecipient.recipient_id).in_(some)
        session.execute(update(ScheduleRecipient).where(mine, among).values(is_direct=True))


def _take_in(session: Session, made: Schedule, new: set[int], *, is_direct: bool) -> None:
    if new:
        rows = [
            {"schedule_id": made.id, "recipient_id": one, "is_direct": is_direct}
            for one in sorted(new)
        ]
        session.execute(insert(ScheduleRecipient), rows)


def _let_go(session: Session, made: Schedule, gone: set[int]) -> None:
    for some in split_portions(sorted(gone)):
        session.execute(
            delete(ScheduleRecipient).where(
                col(ScheduleRecipient.schedule_id) == made.id,
                col(ScheduleRecipient.recipient_id).in_(some),
            )
        )


def split_portions(ids: Sequence[int], size: int = 10_000) -> list[Sequence[int]]:
    """Parts of a long list that the database takes as parameters of one statement."""
    return [ids[start : start + size] for start in range(0, len(ids), size)]
