"""An account moves to another space, with its schedules, messages, people, lists and templates."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from wasched.domain.errors import InputError, NotFoundError, RoleError
from wasched.domain.reasons import Code, because
from wasched.models import (
    Account,
    Amendment,
    Contact,
    KeywordUse,
    Membership,
    Message,
    Reply,
    Role,
    Schedule,
    Space,
)
from wasched.services import effects, permissions
from wasched.services.accounts import account_limits
from wasched.services.audit_log import record_entry
from wasched.services.caller import Caller
from wasched.services.change_notes import (
    ACCOUNTS,
    MESSAGES,
    PEOPLE,
    RECIPIENTS,
    TEMPLATES,
    announce,
)
from wasched.services.identity.password_confirmation import require_recent_password
from wasched.services.moving import lists_and_texts, people
from wasched.services.moving.what_goes import Goods, find_goods
from wasched.services.permissions import Action


@dataclass(frozen=True)
class MovePlan:
    """What moves: how many schedules, messages, people and groups, lists; what of it stays too.

    `both` are people and groups who are in both spaces and become one entry there.
    """

    account: str
    space: str
    schedules: int
    messages: int
    people: int
    lists: int
    both: int
    stay: int


def spaces_to_move_to(session: Session, user: Caller) -> list[tuple[int, str]]:
    """The other spaces that the user manages, by name; none for who does not manage this one."""
    if not permissions.may(user, Action.MANAGE):
        return []
    rows = session.execute(
        select(Space.id, Space.name)
        .join(Membership, col(Membership.space_id) == Space.id)
        .where(
            Membership.user_id == user.id,
            Membership.role == Role.MANAGER,
            col(Space.id) != user.space_id,
        )
        .order_by(col(Space.name), col(Space.id))
    )
    return [(row[0], row[1]) for row in rows]


def plan_move(session: Session, user: Caller, account_id: int, target: int) -> MovePlan:
    """What would move; nothing does. NotFoundError, RoleError or InputError as `move_account`."""
    account = _account_to_move(session, user, account_id, target)
    goods = find_goods(session, account, target)
    return _plan(session, account, goods)


def move_account(
    session: Session, user: Caller, account_id: int, target: int, most: int, now: datetime
) -> MovePlan:
    """Take an account, and what belongs to it, along to another space; returns what went.

    Who moves it manages both: NotFoundError if they are not in the other one, RoleError if they
    do not manage it. `most`: how many accounts a member may have in a space. All of it is one
    transaction; what waits is due when it was, to whom it was.
    """
    account = _account_to_move(session, user, account_id, target)
    require_recent_password(user, now)
    there = Caller(**(vars(user) | {"space_id": target}))
    account_limits.require_room(session, there, most)
    goods = find_goods(session, account, target)
    plan = _plan(session, account, goods)
    _part_series(session, account_id)
    new_ids = people.bring_people(session, goods, now)
    people.point_to(session, goods, new_ids, now)
    people.leave_voters(session, goods)
    lists_and_texts.bring_lists(session, goods, new_ids, now)
    lists_and_texts.bring_keywords(session, goods)
    lists_and_texts.bring_templates(session, goods, now)
    lists_and_texts.bring_media(session, goods)
    _move_rows(session, goods)
    account.space_id = target
    session.add(account)
    _note(session, user, goods, now)
    effects.wake(session, account_id, now)
    return plan


def _account_to_move(session: Session, user: Caller, account_id: int, target: int) -> Account:
    account = account_limits.fetch_account(session, user, account_id, Action.MANAGE)
    if target == user.space_id:
        raise InputError("space", "It is there already. Choose another space.")
    member = session.get(Membership, (user.id, target))
    if member is None:
        raise NotFoundError()
    if member.role != Role.MANAGER:
        raise RoleError()
    return account


def _plan(session: Session, account: Account, goods: Goods) -> MovePlan:
    def count(table: type[Schedule] | type[Message], *where: object) -> int:
        return session.scalar(select(func.count()).select_from(table).where(*where)) or 0

    mine = select(col(Schedule.id)).where(Schedule.account_id == goods.account_id)
    return MovePlan(
        account.name,
        session.get_one(Space, goods.target).name,
        count(Schedule, Schedule.account_id == goods.account_id),
        count(Message, col(Message.schedule_id).in_(mine)),
        len(goods.people),
        len(goods.lists),
        people.count_in_both(session, goods),
        len(goods.kept_people) + len(goods.kept_lists),
    )


def _part_series(session: Session, account_id: int) -> None:
    """A changed date and its series that go through two accounts know no more of each other."""
    series = aliased(Schedule)
    accounts = select(series.account_id).where(series.id == Schedule.series_id).scalar_subquery()
    is_mine, theirs = Schedule.account_id == account_id, accounts == account_id
    session.execute(
        update(Schedule)
        .where(col(Schedule.series_id).is_not(None), is_mine != theirs)
        .values(series_id=None, series_day=None)
        .execution_options(synchronize_session=False)
    )


def _move_rows(session: Session, goods: Goods) -> None:
    """Let what goes through the account be the other space's."""
    mine = select(col(Schedule.id)).where(Schedule.account_id == goods.account_id)
    for table, where in (
        (Message, col(Message.schedule_id).in_(mine)),
        (Schedule, Schedule.account_id == goods.account_id),
        (Amendment, Amendment.account_id == goods.account_id),
        (Contact, Contact.account_id == goods.account_id),
        (Reply, Reply.account_id == goods.account_id),
        (KeywordUse, KeywordUse.account_id == goods.account_id),
    ):
        session.execute(
            update(table)
            .where(where)
            .values(space_id=goods.target)
            .execution_options(synchronize_session=False)
        )
    session.expire_all()


def _note(session: Session, user: Caller, goods: Goods, now: datetime) -> None:
    """Say it in the audit log of both, and to the open pages of both."""
    what = because(
        Code.MOVED_ACCOUNT,
        account_id=goods.account_id,
        account=session.get_one(Account, goods.account_id).name,
        source=session.get_one(Space, goods.source).name,
        target=session.get_one(Space, goods.target).name,
    )
    for space_id in (goods.source, goods.target):
        record_entry(session, what, now, user_id=user.id, space_id=space_id, address=user.address)
        for topic in (ACCOUNTS, MESSAGES, RECIPIENTS, TEMPLATES, PEOPLE):
            announce(session, space_id, topic, now)
