"""Keywords: words that people write back, and what each of them does."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.v1.callers import KeyRoute, Manager, Reader
from wasched.api.v1.ids import InPath, KeywordId, KeywordIdText, ListIdText, read_id, write_id
from wasched.api.v1.lists_of import Page
from wasched.api.v1.merge_patch import named_fields
from wasched.api.v1.once import Once
from wasched.api.v1.times import VISIBLE_TEXT, Body, example
from wasched.domain.content_rules import TEXT_LONG
from wasched.domain.keyword import ListMove
from wasched.domain.opaque_ids import Kind
from wasched.services.keywords import setting_up
from wasched.services.keywords.setting_up import (
    FIELD_MAX,
    VALUE_MAX,
    WORDS_MAX,
    KeywordLine,
    KeywordRequest,
)

router = APIRouter(prefix="/keywords", tags=["keywords"], route_class=KeyRoute)

_Word = Annotated[str, Field(max_length=100, json_schema_extra=VISIBLE_TEXT)]
_Words = Annotated[
    list[_Word],
    Field(
        max_length=WORDS_MAX,
        description="Each of them does it, standing alone; case, accents, width and punctuation "
        "make no difference.",
    ),
]
_FieldName = Annotated[
    str, Field(max_length=FIELD_MAX, description="Which field of the person is set; empty: none.")
]
_Value = Annotated[str, Field(max_length=VALUE_MAX, description="What it is set to.")]
_Move = Annotated[
    ListMove, Field(description="`into`: puts them into `list`. `out`: takes them out of it.")
]
_Answer = Annotated[
    str,
    Field(
        max_length=TEXT_LONG,
        description="What is written to them, at most once an hour; empty: nothing.",
    ),
]
_List = Annotated[ListIdText | None, Field(description="The list that `move` is about.")]


class KeywordOut(BaseModel):
    """A keyword; what is empty it does not do."""

    id: KeywordIdText
    words: _Words
    field: _FieldName
    value: _Value
    move: _Move
    list: _List
    list_name: str
    answer: _Answer


class KeywordIn(Body):
    """A new keyword."""

    model_config = example(words=["yes", "ja", "1"], field="Coming", value="yes", answer="Thanks!")

    words: _Words
    field: _FieldName = ""
    value: _Value = ""
    move: _Move = ListMove.NONE
    list: _List = None
    answer: _Answer = ""


class KeywordPatch(Body):
    """What of a keyword is to be another (RFC 7396)."""

    model_config = example(answer="Thanks, see you there!")

    words: _Words | None = None
    field: _FieldName | None = None
    value: _Value | None = None
    move: _Move | None = None
    list: _List = None
    answer: _Answer | None = None


@router.get("", summary="List keywords")
def list_keywords(program: Reader) -> Page[KeywordOut]:
    """All of them, the oldest first."""
    found = bootstrap.answer(lambda session, _now: setting_up.list_keywords(session, program))
    return Page(items=[_keyword_out(one) for one in found], next=None)


@router.post("", status_code=201, summary="Set up a keyword")
def make_keyword(program: Manager, asked: Once, body: KeywordIn) -> KeywordOut:
    """From now on its words do what it says. Words that ask for no more messages always come first.

    An answer is an ordinary message: it keeps caps and quiet hours, and never goes to a group.
    """

    def make(session: Session, now: datetime) -> tuple[BaseModel, str]:
        made = setting_up.add_keyword(session, program, _request(body.model_dump()), now)
        told = _keyword_out(setting_up.read_keyword(session, program, made))
        return told, f"/api/v1/keywords/{told.id}"

    return asked.do(program, body, make)  # type: ignore[return-value] # written already


@router.get("/{keyword}", summary="One keyword")
def read_keyword(program: Reader, keyword: Annotated[KeywordId, InPath]) -> KeywordOut:
    """Its words, and what they do."""
    return bootstrap.answer(
        lambda session, _now: _keyword_out(setting_up.read_keyword(session, program, keyword))
    )


@router.patch("/{keyword}", summary="Change a keyword")
def change_keyword(
    program: Manager, keyword: Annotated[KeywordId, InPath], body: KeywordPatch
) -> KeywordOut:
    """What is not named stays. What its words did stays done."""

    def change(session: Session, now: datetime) -> KeywordOut:
        before = _keyword_out(setting_up.read_keyword(session, program, keyword)).model_dump()
        wanted = _request(before | named_fields(body))
        setting_up.change_keyword(session, program, keyword, wanted, now)
        return _keyword_out(setting_up.read_keyword(session, program, keyword))

    return bootstrap.transaction(change)


@router.delete("/{keyword}", status_code=204, summary="Remove a keyword")
def remove_keyword(program: Manager, keyword: Annotated[KeywordId, InPath]) -> None:
    """Its words do nothing from now on; what they did stays done."""
    bootstrap.transaction(
        lambda session, now: setting_up.remove_keyword(session, program, keyword, now)
    )


def _request(said: dict[str, Any]) -> KeywordRequest:
    """What a program asks for; null takes away what was set before."""
    return KeywordRequest(
        words="\n".join(said["words"] or ()),
        field=said["field"] or "",
        value=said["value"] or "",
        list_id=read_id(Kind.LIST, said["list"]),
        move=said["move"] or ListMove.NONE,
        answer=said["answer"] or "",
    )


def _keyword_out(line: KeywordLine) -> KeywordOut:
    return KeywordOut(
        id=write_id(Kind.KEYWORD, line.id),
        words=list(line.words),
        field=line.field,
        value=line.value,
        move=ListMove(line.move),
        list=write_id(Kind.LIST, line.list_id) if line.list_id else None,
        list_name=line.list_name,
        answer=line.answer,
    )
