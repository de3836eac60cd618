"""Templates: texts that are kept under a name."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.v1.callers import KeyRoute, Reader, Sender
from wasched.api.v1.etags import CHANGES, REMOVES, SHOWS, Seen, SeenIfSaid, note_version
from wasched.api.v1.ids import InPath, TemplateId, TemplateIdText, write_id
from wasched.api.v1.lists_of import Page
from wasched.api.v1.merge_patch import named_fields
from wasched.api.v1.once import Once
from wasched.api.v1.requests import Text
from wasched.api.v1.times import VISIBLE_TEXT, Body, example
from wasched.domain.opaque_ids import Kind
from wasched.models import Template
from wasched.services import versions
from wasched.services.content import templates
from wasched.services.content.templates import TemplateRow

router = APIRouter(prefix="/templates", tags=["templates"], route_class=KeyRoute)

_Name = Annotated[str, Field(max_length=templates.NAME_MAX, json_schema_extra=VISIBLE_TEXT)]
_Text = Annotated[Text, Field(json_schema_extra=VISIBLE_TEXT)]


class TemplateOut(BaseModel):
    """A template; `variables` are what stands in braces."""

    id: TemplateIdText
    name: str
    text: str
    variables: list[str]
    uses: int


class TemplateIn(Body):
    """A new template."""

    model_config = example(name="Rehearsal", text="Practice is at 19:00, {first name}.")

    name: _Name
    text: _Text


class TemplatePatch(Body):
    """What of a template is to be another (RFC 7396)."""

    model_config = example(text="Practice is at 20:00, {first name}.")

    name: _Name | None = None
    text: _Text | None = None


@router.get("", summary="List templates")
def list_templates(
    program: Reader,
    q: Annotated[str, Query(max_length=200, description="Words of names or texts.")] = "",
) -> Page[TemplateOut]:
    """All of them, the most used first."""
    found = bootstrap.answer(lambda session, _now: templates.list_templates(session, program, q))
    return Page(items=[_template_out(one) for one in found], next=None)


@router.post("", status_code=201, summary="Keep a template")
def make_template(program: Sender, asked: Once, body: TemplateIn) -> TemplateOut:
    """Its name is one that no other has."""

    def make(session: Session, now: datetime) -> tuple[BaseModel, str]:
        made = templates.add_template(session, program, body.name, body.text, now)
        told = _template_out(templates.fetch_template(session, program, made))
        return told, f"/api/v1/templates/{told.id}"

    return asked.do(program, body, make)  # type: ignore[return-value] # written already


@router.get("/{template}", summary="One template", responses=SHOWS)
def read_template(
    program: Reader, answer: Response, template: Annotated[TemplateId, InPath]
) -> TemplateOut:
    """Its text, and what it has variables for."""
    row = bootstrap.answer(
        lambda session, _now: templates.fetch_template(session, program, template)
    )
    return _told(answer, row)


@router.patch("/{template}", summary="Change a template", responses=CHANGES)
def change_template(
    program: Sender,
    answer: Response,
    template: Annotated[TemplateId, InPath],
    seen: Seen,
    body: TemplatePatch,
) -> TemplateOut:
    """Messages that were made of it stay as they are."""

    def change(session: Session, now: datetime) -> TemplateRow:
        versions.require_version(session, program, Template, template, seen)
        before, said = templates.fetch_template(session, program, template), named_fields(body)
        name, text = said.get("name", before.name) or "", said.get("text", before.text) or ""
        templates.edit_template(session, program, template, name, text, now)
        return templates.fetch_template(session, program, template)

    return _told(answer, bootstrap.transaction(change))


@router.delete("/{template}", status_code=204, summary="Remove a template", responses=REMOVES)
def remove_template(
    program: Sender, template: Annotated[TemplateId, InPath], seen: SeenIfSaid
) -> None:
    """Messages that were made of it stay."""

    def remove(session: Session, now: datetime) -> None:
        versions.require_version(session, program, Template, template, seen)
        templates.remove_template(session, program, template, now)

    bootstrap.transaction(remove)


def _told(answer: Response, row: TemplateRow) -> TemplateOut:
    note_version(answer, row.version)
    return _template_out(row)


def _template_out(row: TemplateRow) -> TemplateOut:
    return TemplateOut(
        id=write_id(Kind.TEMPLATE, row.id),
        name=row.name,
        text=row.text,
        variables=[*row.variables],
        uses=row.uses,
    )
