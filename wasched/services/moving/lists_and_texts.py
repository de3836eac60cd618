"""Lists, templates and files that come to another space, told apart where names are taken."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session, col

from wasched.domain.keyword import ListMove
from wasched.models import (
    Keyword,
    KeywordForm,
    ListMember,
    ListPart,
    MediaFile,
    MediaState,
    RecipientList,
    Schedule,
    ScheduleList,
    Template,
)
from wasched.services.moving.what_goes import Goods

_NAME_MAX = 80


def bring_lists(session: Session, goods: Goods, new_ids: dict[int, int], now: datetime) -> None:
    """Have the lists that go along in the other space, with the entries of their members there."""
    there = select(RecipientList.name).where(RecipientList.space_id == goods.target)
    names = {name.lower() for name in session.scalars(there)}
    new_lists: dict[int, int] = {}
    for row in session.scalars(select(RecipientList).where(col(RecipientList.id).in_(goods.lists))):
        name = free_name(row.name, names)
        if row.id in goods.kept_lists:
            new_lists[row.id or 0] = _copy_list(session, row, goods.target, name, now)
        else:
            row.space_id, row.name = goods.target, name
            new_lists[row.id or 0] = row.id or 0
    session.flush()
    for old, new in new_lists.items():
        _bring_members(session, old, new, new_ids)
        _bring_parts(session, old, new, new_lists)
        _point_schedules(session, goods, old, new)


def bring_templates(session: Session, goods: Goods, now: datetime) -> None:
    """Have the templates in the other space too; what is there word for word is not doubled."""
    there = session.scalars(select(Template).where(Template.space_id == goods.target)).all()
    names, known = {one.name.lower() for one in there}, {(one.name, one.text) for one in there}
    for row in session.scalars(select(Template).where(Template.space_id == goods.source)).all():
        if (row.name, row.text) in known:
            continue
        name = free_name(row.name, names)
        if goods.is_all:
            row.space_id, row.name = goods.target, name
        else:
            kept = row.model_dump(exclude={"id", "space_id", "name"})
            session.add(Template(**kept, space_id=goods.target, name=name))
    session.flush()


def bring_media(session: Session, goods: Goods) -> None:
    """Have the files in the other space too; their bytes lie in the store once."""
    ready = (MediaFile.space_id == goods.source, MediaFile.state == MediaState.READY)
    there = select(col(MediaFile.digest)).where(MediaFile.space_id == goods.target)
    wanted = None if goods.is_all else _digests(session, goods)
    for row in session.scalars(
        select(MediaFile).where(*ready, col(MediaFile.digest).not_in(there))
    ):
        if wanted is None or row.digest in wanted:
            kept = row.model_dump(exclude={"id", "space_id", "made_from"})
            session.add(MediaFile(**kept, space_id=goods.target))
    session.flush()


def bring_keywords(session: Session, goods: Goods) -> None:
    """Where the last account goes its keywords go along, but for words that are taken there."""
    if not goods.is_all:
        return
    taken = select(col(KeywordForm.form)).where(KeywordForm.space_id == goods.target)
    in_the_way = (KeywordForm.space_id == goods.source, col(KeywordForm.form).in_(taken))
    stay = set(session.scalars(select(col(KeywordForm.keyword_id)).where(*in_the_way)))
    for row in session.scalars(select(Keyword).where(Keyword.space_id == goods.source)).all():
        if row.id in stay:
            row.list_id, row.move = None, ListMove.NONE  # the list went along
            continue
        row.space_id = goods.target
        session.execute(
            update(KeywordForm)
            .where(col(KeywordForm.keyword_id) == row.id)
            .values(space_id=goods.target)
            .execution_options(synchronize_session=False)
        )
    session.flush()


def free_name(name: str, taken: set[str]) -> str:
    """The name, told apart from those that are taken, as in: Altos (2); it is taken then."""
    tried, number = name, 1
    while tried.lower() in taken:
        number += 1
        mark = f" ({number})"
        tried = name[: _NAME_MAX - len(mark)] + mark
    taken.add(tried.lower())
    return tried


def _copy_list(session: Session, row: RecipientList, target: int, name: str, now: datetime) -> int:
    made = RecipientList(space_id=target, name=name, created_at=now, changed_at=now)
    session.add(made)
    session.flush()
    assert made.id is not None
    return made.id


def _bring_members(session: Session, old: int, new: int, new_ids: dict[int, int]) -> None:
    before = list(
        session.scalars(select(col(ListMember.recipient_id)).where(ListMember.list_id == old))
    )
    after = {new_ids.get(one, one) for one in before}
    if old == new and after == set(before):
        return
    if old == new:
        session.execute(delete(ListMember).where(col(ListMember.list_id) == old))
    _insert(session, ListMember, ({"list_id": new, "recipient_id": one} for one in sorted(after)))


def _bring_parts(session: Session, old: int, new: int, new_lists: dict[int, int]) -> None:
    before = list(session.scalars(select(col(ListPart.part_id)).where(ListPart.list_id == old)))
    if old == new:
        session.execute(delete(ListPart).where(col(ListPart.list_id) == old))
    parts = {new_lists[one] for one in before if one in new_lists}
    _insert(session, ListPart, ({"list_id": new, "part_id": one} for one in sorted(parts)))


def _point_schedules(session: Session, goods: Goods, old: int, new: int) -> None:
    mine = select(col(Schedule.id)).where(Schedule.account_id == goods.account_id)
    session.execute(
        update(ScheduleList)
        .where(col(ScheduleList.list_id) == old, col(ScheduleList.schedule_id).in_(mine))
        .values(list_id=new)
        .execution_options(synchronize_session=False)
    )


def _digests(session: Session, goods: Goods) -> set[str]:
    """The files that the account's schedules name."""
    contents = select(Schedule.contents).where(Schedule.account_id == goods.account_id)
    found = set()
    for variants in session.scalars(contents):
        for one in variants:
            found |= {one.get("digest"), (one.get("preview") or {}).get("digest")}
    return {one for one in found if one}


def _insert(session: Session, table: Any, rows: Iterable[dict[str, int]]) -> None:
    if listed := list(rows):
        session.execute(insert(table), listed)
