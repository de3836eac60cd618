"""The address book: people, and the groups that linked phones are in."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, StrictBool
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.v1.callers import KeyRoute, Reader, Sender
from wasched.api.v1.etags import CHANGES, REMOVES, SHOWS, Seen, SeenIfSaid, note_version
from wasched.api.v1.ids import (
    RECIPIENT_KINDS,
    GroupId,
    InPath,
    ListIdText,
    PersonId,
    PersonIdText,
    RecipientIdText,
    recipient_id,
    write_id,
)
from wasched.api.v1.lists_of import After, Limit, Page, link_next, page_of, read_cursor
from wasched.api.v1.merge_patch import merge, named_fields
from wasched.api.v1.once import Once
from wasched.api.v1.times import Body, example
from wasched.domain.errors import NotFoundError
from wasched.domain.opaque_ids import Kind
from wasched.models import Recipient
from wasched.services import versions
from wasched.services.accounts import accounts
from wasched.services.address_book import entries
from wasched.services.address_book.entries import AddressEntry, EntryCard, EntryPage
from wasched.services.caller import Caller
from wasched.services.recipients import invites
from wasched.services.recipients.invites import InviteCard
from wasched.text.reasons import reason_sentence

router = APIRouter(tags=["people"], route_class=KeyRoute)
groups = APIRouter(tags=["groups"], route_class=KeyRoute)

_Words = Annotated[str, Query(max_length=200, description="Words of names, numbers or notes.")]
_Name = Annotated[str, Field(max_length=entries.NAME_MAX)]
_Notes = Annotated[str, Field(max_length=entries.NOTES_MAX)]
_Fields = Annotated[
    dict[str, Annotated[str, Field(max_length=entries.VALUE_MAX)]],
    Field(max_length=entries.FIELDS_MAX, description="What texts say for {name of the field}."),
]


class EntryOut(BaseModel):
    """A person or a group in a list; a group has no number."""

    id: RecipientIdText
    kind: Literal["person", "group"]
    name: str
    phone: Annotated[str, Field(description="Empty for a group.")]
    opted_out: Annotated[bool, Field(description="Gets no messages.")]
    on_whatsapp: Annotated[bool | None, Field(description="null: nobody has looked yet.")]


class GroupOut(EntryOut):
    """A group of a linked phone."""

    size: Annotated[int, Field(description="So many are in it.")]
    may_write: Annotated[
        bool, Field(description="false: only admins write there, and the account is none.")
    ]


class InviteLinkOut(BaseModel):
    """The invite link of a group. Whoever has it can join: keep it to those who may."""

    state: Annotated[
        Literal["asked", "told", "refused"],
        Field(description="`asked`: WhatsApp has not answered yet; ask again in a second or two."),
    ]
    link: Annotated[str, Field(examples=["https://chat.whatsapp.com/Bx3…"])]
    told_at: Annotated[datetime | None, Field(description="When WhatsApp said so.")]
    reason: Annotated[str, Field(description="Of `refused`: why, in a sentence.")]


class PersonOut(EntryOut):
    """A person with all that is known of them."""

    id: PersonIdText
    notes: str
    fields: dict[str, str]
    lists: list[ListIdText]
    coming: Annotated[int, Field(description="So many messages are to come.")]
    gone: Annotated[int, Field(description="So many went, or did not.")]


class PersonIn(Body):
    """Somebody new."""

    model_config = example(phone="+491701234568", name="Anna Weber", fields={"voice": "alto"})

    phone: Annotated[str, Field(max_length=100, examples=["+491701234567"])]
    name: _Name = ""
    notes: _Notes = ""
    fields: _Fields = Field(default_factory=dict)


class PersonPatch(Body):
    """What of somebody is to be another (RFC 7396); a field that is null goes."""

    model_config = example(notes="Sings alto")

    name: _Name | None = None
    notes: _Notes | None = None
    fields: Annotated[dict[str, str | None] | None, Field(max_length=200)] = None
    opted_out: StrictBool | None = None


@router.get("/people", summary="List people")
def list_people(
    program: Reader,
    request: Request,
    answer: Response,
    q: _Words = "",
    limit: Limit = 50,
    after: After = "",
) -> Page[EntryOut]:
    """By name."""
    found = find_people(program, q, limit, after)
    link_next(request, answer, found.next)
    return found


@router.post("/people", status_code=201, summary="Add a person")
def add_person(program: Sender, asked: Once, body: PersonIn) -> PersonOut:
    """A number without its country is from where the first linked phone is."""

    def add(session: Session, now: datetime) -> tuple[BaseModel, str]:
        country = accounts.account_country(session, program)
        made = entries.add_person(session, program, body.name, body.phone, country, now)
        if body.notes or body.fields:
            entries.change_entry(session, program, made, body.name, body.notes, body.fields, now)
        told = _person_out(_card(session, program, made, Kind.PERSON))
        return told, f"/api/v1/people/{told.id}"

    return asked.do(program, body, add)  # type: ignore[return-value] # written already


@router.get("/people/{person}", summary="One person", responses=SHOWS)
def read_person(
    program: Reader, answer: Response, person: Annotated[PersonId, InPath]
) -> PersonOut:
    """With their lists and their own fields."""
    card = bootstrap.answer(lambda session, _now: _card(session, program, person, Kind.PERSON))
    return _told(answer, card)


@router.patch("/people/{person}", summary="Change a person", responses=CHANGES)
def change_person(
    program: Sender,
    answer: Response,
    person: Annotated[PersonId, InPath],
    seen: Seen,
    body: PersonPatch,
) -> PersonOut:
    """What is not named stays."""

    def change(session: Session, now: datetime) -> EntryCard:
        card = _card(session, program, person, Kind.PERSON)
        versions.require_version(session, program, Recipient, person, seen)
        _change(session, program, card, body, now)
        return _card(session, program, person, Kind.PERSON)

    return _told(answer, bootstrap.transaction(change))


@router.delete("/people/{person}", status_code=204, summary="Remove a person", responses=REMOVES)
def remove_person(program: Sender, person: Annotated[PersonId, InPath], seen: SeenIfSaid) -> None:
    """Takes them out of lists and of what is to come; what went stays in the history."""

    def remove(session: Session, now: datetime) -> None:
        _card(session, program, person, Kind.PERSON)
        versions.require_version(session, program, Recipient, person, seen)
        entries.remove_entry(session, program, person, now)

    bootstrap.transaction(remove)


@groups.get("/groups", summary="List groups")
def list_groups(
    program: Reader,
    request: Request,
    answer: Response,
    q: _Words = "",
    limit: Limit = 50,
    after: After = "",
) -> Page[GroupOut]:
    """Those that linked phones are in, by name."""
    found = find_groups(program, q, limit, after)
    link_next(request, answer, found.next)
    return found


@groups.get("/groups/{group}", summary="One group", responses=SHOWS)
def read_group(program: Reader, answer: Response, group: Annotated[GroupId, InPath]) -> GroupOut:
    """Its name and size, as WhatsApp has them."""
    note_version(answer)
    return bootstrap.answer(
        lambda session, _now: _group_out(_card(session, program, group, Kind.GROUP).entry)
    )


@groups.post("/groups/{group}/invite-link", summary="Ask for a group's invite link")
def ask_invite_link(program: Sender, group: Annotated[GroupId, InPath]) -> InviteLinkOut:
    """Where the account is an admin. WhatsApp is asked now, so the first answer has no link yet."""
    return tell_invite_link(program, group)


def entry_out(entry: AddressEntry) -> EntryOut:
    """A row of the address book."""
    return EntryOut(
        id=recipient_id(entry.kind, entry.id),
        kind="group" if entry.kind == "group" else "person",
        name=entry.name,
        phone=entry.number,
        opted_out=entry.opted_out,
        on_whatsapp=entry.on_whatsapp,
    )


def tell_invite_link(program: Caller, group: int) -> InviteLinkOut:
    """Have WhatsApp asked, and tell what is known by now."""

    def ask(session: Session, now: datetime) -> InviteLinkOut:
        card = invites.ask_invite(session, program, group, now)
        return _invite_out(card, program.zone, now)

    return bootstrap.transaction(ask)


def _invite_out(card: InviteCard, zone: str, now: datetime) -> InviteLinkOut:
    if card.is_asked:
        return InviteLinkOut(state="asked", link="", told_at=None, reason="")
    if card.link:
        return InviteLinkOut(state="told", link=card.link, told_at=card.told_at, reason="")
    reason = reason_sentence(card.refusal, zone, now)
    return InviteLinkOut(state="refused", link="", told_at=None, reason=reason)


def _group_out(entry: AddressEntry) -> GroupOut:
    return GroupOut(**entry_out(entry).model_dump(), size=entry.size, may_write=entry.may_write)


def _change(
    session: Session, program: Caller, card: EntryCard, body: PersonPatch, now: datetime
) -> None:
    """Change of somebody what the patch names."""
    said, person = named_fields(body), card.entry.id
    if said.keys() & {"name", "notes", "fields"}:
        entries.change_entry(
            session,
            program,
            person,
            said.get("name", card.name) or "",
            said.get("notes", card.notes) or "",
            merge(card.fields, said.get("fields", {})),
            now,
        )
    wants = not said.get("opted_out", card.entry.opted_out)
    if wants == card.entry.opted_out:
        entries.decide_opt_out(session, program, person, wants, now)


def _told(answer: Response, card: EntryCard) -> PersonOut:
    note_version(answer, card.version)
    return _person_out(card)


def _person_out(card: EntryCard) -> PersonOut:
    return PersonOut(
        **entry_out(card.entry).model_dump(),
        notes=card.notes,
        fields=dict(card.fields),
        lists=[write_id(Kind.LIST, one.id) for one in card.lists],
        coming=card.coming,
        gone=card.gone,
    )


def _card(session: Session, program: Caller, row_id: int, kind: Kind) -> EntryCard:
    """NotFoundError for who was removed, and for an entry of another kind."""
    card = entries.entry_card(session, program, row_id)
    if card.is_removed or RECIPIENT_KINDS[card.entry.kind] is not kind:
        raise NotFoundError()
    return card


def find_people(program: Caller, q: str, limit: int, after: str) -> Page[EntryOut]:
    """A page of people, by name."""
    found = _find_entries(program, Kind.PERSON, q, limit, after)
    return page_of([entry_out(one) for one in found.entries], found.next_cursor, Kind.PERSON)


def find_groups(program: Caller, q: str, limit: int, after: str) -> Page[GroupOut]:
    """A page of groups, by name."""
    found = _find_entries(program, Kind.GROUP, q, limit, after)
    return page_of([_group_out(one) for one in found.entries], found.next_cursor, Kind.GROUP)


def _find_entries(program: Caller, of: Kind, q: str, limit: int, after: str) -> EntryPage:
    kind, cursor = ("group" if of is Kind.GROUP else "person"), read_cursor(after, of)
    return bootstrap.answer(
        lambda session, _now: entries.list_entries(session, program, kind, q, cursor, limit)
    )
