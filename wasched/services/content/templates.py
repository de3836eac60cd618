"""Templates: texts with variables that people keep for the next time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from wasched.domain.content import Text
from wasched.domain.content_rules import check_content
from wasched.domain.errors import ConflictError, InputError
from wasched.domain.formatting import plain_text
from wasched.domain.templates import parse_template
from wasched.domain.visible import clean_name
from wasched.models import Template
from wasched.services import permissions, text_search, versions
from wasched.services.caller import Caller
from wasched.services.change_notes import TEMPLATES, announce
from wasched.services.permissions import Action

NAME_MAX = 80
TEMPLATES_MAX = 500

_LINE = 160


@dataclass(frozen=True)
class TemplateRow:
    """A template for pages; `line` is its beginning without marks, `variables` their keys."""

    id: int
    name: str
    text: str
    line: str
    uses: int
    variables: tuple[str, ...]
    used_at: datetime | None = None
    version: int = 1


def list_templates(session: Session, user: Caller, search: str = "") -> list[TemplateRow]:
    """The templates whose name or text contains the words, the most used first."""
    statement = select(Template).where(permissions.visible_to(Template.space_id, user))
    if search.strip():
        named = [text_search.contains(one, search) for one in (Template.name, Template.text)]
        statement = statement.where(or_(*named))
    order = (col(Template.uses).desc(), func.lower(Template.name), col(Template.id))
    return [_template_row(one) for one in session.scalars(statement.order_by(*order))]


def fetch_template(session: Session, user: Caller, template_id: int) -> TemplateRow:
    """One template; NotFoundError if the user may not see it."""
    return _template_row(permissions.fetch_own(session, Template, template_id, user, Action.LOOK))


def add_template(session: Session, user: Caller, name: str, text: str, now: datetime) -> int:
    """Keep a text under a name; InputError names what is wrong."""
    permissions.require(user, Action.WRITE)
    count = select(func.count()).where(col(Template.space_id) == user.space_id)
    if (session.scalar(count) or 0) >= TEMPLATES_MAX:
        raise InputError("name", f"{TEMPLATES_MAX} templates are kept already. Remove some first.")
    made = Template(
        space_id=user.space_id,
        name="",
        text="",
        created_at=now,
        changed_at=now,
        changed_by_id=user.id,
    )
    _fill_template(session, made, name, text, now)
    assert made.id is not None
    return made.id


def edit_template(
    session: Session,
    user: Caller,
    template_id: int,
    name: str,
    text: str,
    now: datetime,
    *,
    if_version: int | None = None,
) -> int:
    """Change a template; messages that were made from it stay as they are.

    Returns its version. ChangedError if it is no more of the one that the caller has seen.
    """
    row = permissions.fetch_own(session, Template, template_id, user, Action.WRITE)
    versions.check_version(session, user, row, if_version)
    versions.count_edit(row, user, now)
    _fill_template(session, row, name, text, now)
    return row.version


def remove_template(session: Session, user: Caller, template_id: int, now: datetime) -> None:
    """Forget a template."""
    row = permissions.fetch_own(session, Template, template_id, user, Action.WRITE)
    session.delete(row)
    announce(session, row.space_id, TEMPLATES, now)


def note_use(session: Session, user: Caller, template_id: int, now: datetime) -> None:
    """Count that a message was made from it."""
    row = permissions.fetch_own(session, Template, template_id, user, Action.WRITE)
    row.uses, row.used_at = row.uses + 1, now
    session.add(row)
    announce(session, row.space_id, TEMPLATES, now)


def _fill_template(session: Session, row: Template, name: str, text: str, now: datetime) -> None:
    called = clean_name(name)
    if not called:
        raise InputError("name", "Give the template a name to find it by.")
    if len(called) > NAME_MAX:
        raise InputError("name", f"The name has {len(called)} characters; {NAME_MAX} are enough.")
    check_content(Text(text))
    same = select(Template.id).where(
        col(Template.space_id) == row.space_id,
        col(Template.name) == called,
        col(Template.id) != (row.id or 0),
    )
    if session.scalar(same) is not None:
        raise ConflictError("name", f"There is a template called {called} already.")
    row.name, row.text = called, text
    session.add(row)
    session.flush()
    announce(session, row.space_id, TEMPLATES, now)


def _template_row(row: Template) -> TemplateRow:
    assert row.id is not None
    line = " ".join(plain_text(row.text[: 4 * _LINE]).split())[:_LINE]
    return TemplateRow(
        row.id,
        row.name,
        row.text,
        line,
        row.uses,
        parse_template(row.text).names,
        row.used_at,
        row.version,
    )
