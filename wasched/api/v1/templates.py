"""Templates: texts that are kept under a name."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.v1.callers import KeyRoute, Reader, Sender
from wasched.api.v1.ids import InPath, TemplateId, write_id
from wasched.api.v1.lists_of import Page
from wasched.api.v1.once import Once
from wasched.api.v1.requests import Text
from wasched.api.v1.times import Body
from wasched.domain.opaque_ids import Kind
from wasched.services.caller import Caller
from wasched.services.content import templates
from wasched.services.content.templates import TemplateRow

router = APIRouter(prefix="/templates", tags=["templates"], route_class=KeyRoute)

_Name = Annotated[str, Field(max_length=1000)]


class TemplateOut(BaseModel):
    """A template; `variables` are what stands in braces."""

    id: str
    name: str
    text: str
    variables: list[str]
    uses: int


class TemplateIn(Body):
    """A new template."""

    name: _Name
    text: Text


class TemplatePatch(Body):
    """What of a template is to be another."""

    name: _Name | None = None
    text: Text | None = None


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
        told = _told(session, program, made)
        return told, f"/api/v1/templates/{told.id}"

    return asked.do(program, body, make)  # type: ignore[return-value] # written already


@router.get("/{template}", summary="One template")
def read_template(program: Reader, template: Annotated[TemplateId, InPath]) -> TemplateOut:
    """Its text, and what it has variables for."""
    return bootstrap.answer(lambda session, _now: _told(session, program, template))


@router.patch("/{template}", summary="Change a template")
def change_template(
    program: Sender, template: Annotated[TemplateId, InPath], body: TemplatePatch
) -> TemplateOut:
    """Messages that were made of it stay as they are."""

    def change(session: Session, now: datetime) -> TemplateOut:
        before = templates.fetch_template(session, program, template)
        name = before.name if body.name is None else body.name
        text = before.text if body.text is None else body.text
        templates.edit_template(session, program, template, name, text, now)
        return _told(session, program, template)

    return bootstrap.transaction(change)


@router.delete("/{template}", status_code=204, summary="Remove a template")
def remove_template(program: Sender, template: Annotated[TemplateId, InPath]) -> None:
    """Messages that were made of it stay."""
    bootstrap.transaction(
        lambda session, now: templates.remove_template(session, program, template, now)
    )


def _told(session: Session, program: Caller, template_id: int) -> TemplateOut:
    return _template_out(templates.fetch_template(session, program, template_id))


def _template_out(row: TemplateRow) -> TemplateOut:
    return TemplateOut(
        id=write_id(Kind.TEMPLATE, row.id),
        name=row.name,
        text=row.text,
        variables=[*row.variables],
        uses=row.uses,
    )
