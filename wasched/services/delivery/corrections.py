"""What messages say by their corrections, where they had not gone out when these were asked for."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain.amendment import AmendmentKind, AmendmentState
from wasched.domain.content import Content, from_json
from wasched.models import Amendment


def corrected_contents(session: Session, message_ids: Sequence[int]) -> dict[int, Content]:
    """What messages say by their last correction, however often they are handed over."""
    if session.scalar(select(Amendment.id).limit(1)) is None:
        return {}
    found = session.execute(
        select(Amendment.message_id, Amendment.content)
        .where(
            col(Amendment.message_id).in_(message_ids),
            col(Amendment.kind) == AmendmentKind.CORRECT,
            col(Amendment.state) != AmendmentState.FAILED,
        )
        .order_by(col(Amendment.id))
    )
    return {message_id: from_json(content) for message_id, content in found}
