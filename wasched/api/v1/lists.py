"""Lists of people and groups, which schedules go to by name."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.v1.callers import KeyRoute, Reader, Sender
from wasched.api.v1.etags import CHANGES, REMOVES, SHOWS, Seen, SeenIfSaid, note_version
from wasched.api.v1.ids import (
    InPath,
    ListId,
    ListIdText,
    RecipientIdText,
    read_id,
    write_id,
)
from wasched.api.v1.lists_of import After, Limit, Page, link_next, page_of, read_cursor
from wasched.api.v1.merge_patch import named_fields
from wasched.api.v1.once import Once
from wasched.api.v1.people import EntryOut, entry_out
from wasched.api.v1.times import VISIBLE_TEXT, Body, example
from wasched.domain.errors import InputError
from wasched.domain.opaque_ids import Kind, kind_of
from wasched.models import RecipientList
from wasched.services import versions
from wasched.services.address_book import entries, lists
from wasched.services.address_book.lists import ListCard
from wasched.services.caller import Caller

router = APIRouter(prefix="/lists", tags=["lists"], route_class=KeyRoute)

_Name = Annotated[str, Field(max_length=lists.NAME_MAX, json_schema_extra=VISIBLE_TEXT)]
_Members = Annotated[
    tuple[RecipientIdText, ...],
    Field(max_length=5000, description="Ids of people and groups."),
]


class ListOut(BaseModel):
    """A list; `members` counts everybody once, those of the lists in it too."""

    id: ListIdText
    name: str
    members: int
    parts: Annotated[list[str], Field(description="The names of the lists in it.")]


class ListIn(Body):
    """A new list."""

    model_config = example(name="Altos")

    name: _Name
    members: _Members = ()


class ListPatch(Body):
    """Another name (RFC 7396), and who comes or goes; what is to come to the list follows."""

    model_config = example(name="Altos and sopranos")

    name: _Name | None = None
    add: _Members = ()
    remove: _Members = ()


@router.get("", summary="List the lists")
def list_lists(
    program: Reader, q: Annotated[str, Query(max_length=200, description="Words of names.")] = ""
) -> Page[ListOut]:
    """By name; there are 500 at most."""
    found = bootstrap.answer(
        lambda session, _now: lists.all_lists(session, program, q, lists.LISTS_MAX)
    )
    return Page(items=[_list_out(one) for one in found], next=None)


@router.post("", status_code=201, summary="Make a list")
def make_list(program: Sender, asked: Once, body: ListIn) -> ListOut:
    """With members, if some are named."""

    def make(session: Session, now: datetime) -> tuple[BaseModel, str]:
        made = lists.add_list(session, program, body.name, now)
        lists.put_in(session, program, made, _rows(body.members, "members"), now)
        told = _list_out(lists.list_card(session, program, made))
        return told, f"/api/v1/lists/{told.id}"

    return asked.do(program, body, make)  # type: ignore[return-value] # written already


@router.get("/{list}", summary="One list", responses=SHOWS)
def read_list(program: Reader, answer: Response, list: Annotated[ListId, InPath]) -> ListOut:
    """Its name, and how many are in it."""
    card = bootstrap.answer(lambda session, _now: lists.list_card(session, program, list))
    return _told(answer, card)


@router.get("/{list}/members", summary="Who is in a list")
def list_members(
    program: Reader,
    request: Request,
    answer: Response,
    list: Annotated[ListId, InPath],
    q: Annotated[str, Query(max_length=200, description="Words of names or numbers.")] = "",
    limit: Limit = 50,
    after: After = "",
) -> Page[EntryOut]:
    """Those who are in it by themselves, by name."""
    found = find_members(program, list, q, limit, after)
    link_next(request, answer, found.next)
    return found


def find_members(program: Caller, row: int, words: str, limit: int, after: str) -> Page[EntryOut]:
    """A page of who is in a list by themselves."""
    cursor = read_cursor(after, Kind.PERSON)

    def read(session: Session, _now: datetime) -> tuple[Sequence[EntryOut], str]:
        rows, following = lists.member_page(session, program, row, words, cursor, limit)
        return [entry_out(entries.entry_row(one)) for one in rows], following

    items, following = bootstrap.answer(read)
    return page_of([*items], following, Kind.PERSON)


@router.patch("/{list}", summary="Change a list", responses=CHANGES)
def change_list(
    program: Sender,
    answer: Response,
    list: Annotated[ListId, InPath],
    seen: Seen,
    body: ListPatch,
) -> ListOut:
    """Who is in it already, or not in it, makes no difference."""

    def change(session: Session, now: datetime) -> ListCard:
        versions.require_version(session, program, RecipientList, list, seen)
        if "name" in named_fields(body):
            lists.rename_list(session, program, list, body.name or "", now)
        if body.add:
            lists.put_in(session, program, list, _rows(body.add, "add"), now)
        if body.remove:
            lists.take_out(session, program, list, _rows(body.remove, "remove"), now)
        return lists.list_card(session, program, list)

    return _told(answer, bootstrap.transaction(change))


@router.delete("/{list}", status_code=204, summary="Remove a list", responses=REMOVES)
def remove_list(program: Sender, list: Annotated[ListId, InPath], seen: SeenIfSaid) -> None:
    """Its people stay. Refused while something to come goes to it."""

    def remove(session: Session, now: datetime) -> None:
        versions.require_version(session, program, RecipientList, list, seen)
        lists.remove_list(session, program, list, now)

    bootstrap.transaction(remove)


def _told(answer: Response, card: ListCard) -> ListOut:
    note_version(answer, card.version)
    return _list_out(card)


def _list_out(card: ListCard) -> ListOut:
    return ListOut(
        id=write_id(Kind.LIST, card.id),
        name=card.name,
        members=card.members,
        parts=[*card.parts],
    )


def _rows(ids: Sequence[str], field: str) -> list[int]:
    """The people and groups of ids; InputError points to the one that is none."""
    found = [_row(one) for one in ids]
    if 0 in found:
        raise InputError(f"{field}/{found.index(0)}", "There is nobody with this id.")
    return found


def _row(text: str) -> int:
    kind = kind_of(text)
    return read_id(Kind(kind), text) if kind in (Kind.PERSON, Kind.GROUP) else 0
