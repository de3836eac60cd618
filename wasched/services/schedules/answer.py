"""An answer to a word that somebody wrote: an ordinary message to them, as soon as it may go."""

from datetime import datetime

from sqlmodel import Session

from wasched.domain.content import Text
from wasched.domain.keyword import DAY
from wasched.models import Account, Schedule
from wasched.services.schedules import audience, requests
from wasched.services.schedules.create import schedule_columns
from wasched.services.schedules.expand import lay_out
from wasched.services.schedules.occurrences import go_to
from wasched.services.schedules.requests import ScheduleRequest


def schedule_answer(
    session: Session,
    account: Account,
    person_id: int,
    text: str,
    word: str,
    by_id: int | None,
    now: datetime,
) -> int:
    """Lay out the answer to one person; the id of its schedule.

    It keeps quiet hours, counts like any message, waits while the account is stopped, and is
    missed after a day. `by_id` is who set the word up: a manager, whose words nobody approves.
    """
    request = ScheduleRequest(
        account_id=account.id or 0,
        to=(person_id,),
        contents=(Text(text),),
        day=None,
        clock=None,
        zone=account.zone,
        late_s=int(DAY.total_seconds()),
        respects_quiet_hours=True,
    )
    start = requests.request_start(request, now)
    made = Schedule(
        space_id=account.space_id,
        made_by_id=by_id,
        changed_by_id=by_id,
        created_at=now,
        answers_word=word,
        **schedule_columns(request, start.local, now),
    )
    go_to(made, start.first)
    session.add(made)
    session.flush()
    audience.address_new(session, made, [person_id])
    lay_out(session, made, now)
    return made.id or 0
