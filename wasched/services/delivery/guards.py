"""Messages that must not go although they are due: looked at once more when they are claimed.

A message that was being sent when its schedule was paused or cancelled, or when its recipient
asked for no more, comes back to wait for another try; this is where it is stopped. Whether a person
has stopped the whole account is looked at once more before each message is handed over.
"""

from datetime import datetime
from typing import Any

from wasched.domain.message import NO_TRY, Status
from wasched.domain.reasons import Code, Reason
from wasched.models import Approval, Schedule, ScheduleStatus
from wasched.services.delivery.send_holds import HELD


def blocked_columns(row: Any, made: Schedule, now: datetime) -> dict[str, Any]:
    """The columns that stop a message which must not go; empty for one that may.

    `row` is the message as it is due (`delivery/due.py`). What a person sent again after pausing or
    cancelling goes all the same; what is not approved, or of a send that stopped itself, in no way.
    """
    if row.opted_out_at is not None:
        return {"status": Status.SKIPPED, "reason": Reason(Code.OPTED_OUT), "settled_at": now}
    if made.approval != Approval.GIVEN:
        return {"try_at": NO_TRY}
    if row.is_held:
        return {"try_at": NO_TRY, "reason": HELD}
    if row.due_at > made.changed_at:
        return {}
    if made.status == ScheduleStatus.CANCELLED:
        reason = Reason(Code.CANCELLED_WITH_SCHEDULE)
        return {"status": Status.CANCELLED, "reason": reason, "settled_at": now}
    if made.status == ScheduleStatus.PAUSED:
        return {"try_at": NO_TRY}
    return {}
