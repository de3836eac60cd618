"""Variables: what is named before saving, and what each recipient gets at the time of sending."""

import difflib
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, col

from wasched.domain import content as contents
from wasched.domain.content import Content, Text
from wasched.domain.filling import fill_content, pattern_of
from wasched.domain.pacing import pick_variant
from wasched.domain.templates import BUILT_IN, Pattern, variable_key
from wasched.domain.wall_clock import UnknownZone, Zone, local, zone
from wasched.models import Recipient, Schedule
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.permissions import Action
from wasched.services.recipients import recipients

log = logging.getLogger(__name__)

NAMED = 5
"""How many recipients a problem names; of the others it says how many there are."""

_CHUNK = 500
_LOOKED_AT = 2_000
_SOMEBODY = {"name": "Anna Schmidt", "first_name": "Anna"}


@dataclass(frozen=True)
class VariableProblem:
    """A variable that leaves a hole: for whom (the first few by title) and for how many.

    Of one that is written wrongly only the sentence is there.
    """

    name: str
    sentence: str
    recipients: tuple[str, ...]
    count: int
    is_unknown: bool = False


def check_variables(
    session: Session,
    user: Caller,
    contents: Sequence[Content],
    recipient_ids: Iterable[int],
    newcomers: Sequence[Recipient] = (),
) -> list[VariableProblem]:
    """Name what is written wrongly and the variables that some of the recipients have nothing for.

    `newcomers` are people who are in no session yet.
    """
    read = [pattern_of(one) for one in contents]
    wrong = _pattern_faults(read)
    patterns = [pattern for pattern in read if pattern.names]
    if not patterns:
        return wrong
    asked = dict.fromkeys(name for pattern in patterns for name in pattern.names)
    holes: dict[str, list[Any]] = {name: [] for name in asked}
    total = 0
    for row in chain(_recipient_rows(session, user, sorted(set(recipient_ids))), newcomers):
        total += 1
        for name in _missing_values(patterns, row):
            holes[name].append(row)
    known = set(variable_names(session, user)) if any(holes.values()) else set()
    typed = {one.key: one.typed for pattern in patterns for one in pattern.variables}
    empty = [(name, rows) for name, rows in holes.items() if rows]
    return [*wrong, *(_problem_of(name, typed[name], rows, total, known) for name, rows in empty)]


def preview_content(
    session: Session,
    user: Caller,
    content: Content,
    recipient_id: int | None,
    at: datetime,
    zone_name: str,
) -> Content:
    """The content as one recipient would get it at an instant; None means a made-up one."""
    moment = local(at, zone(zone_name))
    if recipient_id is None:
        return fill_content(content, _SOMEBODY, moment, holes=True)
    recipient = permissions.fetch_own(session, Recipient, recipient_id, user, Action.LOOK)
    return fill_content(content, recipients.variable_values(recipient), moment, holes=True)


def variable_names(session: Session, user: Caller) -> list[str]:
    """The variables there are: the built-in ones, then the fields of the newest recipients."""
    rows = session.scalars(
        select(Recipient.fields)
        .where(permissions.visible_to(Recipient.space_id, user))
        .order_by(col(Recipient.id).desc())
        .limit(_LOOKED_AT)
    )
    found = {variable_key(field) for fields in rows for field in fields}
    return [*BUILT_IN, *sorted(found - {"", *BUILT_IN})]


@dataclass(frozen=True)
class CompiledContents:
    """What a schedule says, read once for all its messages."""

    variants: tuple[Content, ...]
    zone: Zone

    def for_message(self, message_id: int, due_at: datetime, recipient: Any) -> Content:
        """The variant of a message, filled in from what is known of its recipient now.

        What cannot be read gives a blank text: one such row must not hold up the others.
        """
        try:
            variant = self.variants[pick_variant(len(self.variants), message_id)]
            return fill_content(
                variant, recipients.variable_values(recipient), local(due_at, self.zone)
            )
        except (ValueError, TypeError, AttributeError):
            log.exception("The words of message %s cannot be read", message_id)
            return Text("")


def compiled_contents(made: Schedule) -> CompiledContents:
    """What a schedule says; one that cannot be read says nothing."""
    try:
        return CompiledContents(tuple(map(contents.from_json, made.contents)), zone(made.zone))
    except (ValueError, TypeError, AttributeError, KeyError, UnknownZone):
        log.exception("Schedule %s cannot be read", made.id)
        return CompiledContents((Text(""),), zone("UTC"))


def _pattern_faults(patterns: Iterable[Pattern]) -> list[VariableProblem]:
    sentences = dict.fromkeys(fault for pattern in patterns for fault in pattern.faults())
    return [VariableProblem("", sentence, (), 0) for sentence in sentences]


def _recipient_rows(session: Session, user: Caller, ids: list[int]) -> Iterator[Row[Any]]:
    for start in range(0, len(ids), _CHUNK):
        yield from session.execute(
            select(Recipient.name, Recipient.kind, Recipient.phone, Recipient.fields).where(
                permissions.visible_to(Recipient.space_id, user),
                col(Recipient.id).in_(ids[start : start + _CHUNK]),
            )
        )


def _missing_values(patterns: list[Pattern], row: Any) -> set[str]:
    values = recipients.variable_values(row)
    return {name for pattern in patterns for name in pattern.empty(values)}


def _problem_of(
    name: str, typed: str, rows: list[Any], total: int, known: set[str]
) -> VariableProblem:
    first = tuple(recipients.recipient_title(row) for row in rows[:NAMED])
    if name not in known and len(rows) == total:
        return VariableProblem(
            name, _unknown_words(name, typed, known), first, len(rows), is_unknown=True
        )
    listed = ", ".join(first) + (" and others" if len(rows) > NAMED else "")
    sentence = (
        f"{{{typed}}} is empty for {len(rows):,} of {total:,}: {listed}. "
        f"Write {{{typed}|friend}} to say something else there."
    )
    return VariableProblem(name, sentence, first, len(rows))


def _unknown_words(name: str, typed: str, known: set[str]) -> str:
    likely = difflib.get_close_matches(name, sorted(known), n=1)
    hint = f" Did you mean {{{likely[0]}}}?" if likely else ""
    return (
        f"Nobody has anything under {{{typed}}}, so nothing will stand there.{hint} "
        f"For plain braces write {{{{{typed}}}}}."
    )
