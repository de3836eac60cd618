"""Messages that must not go although they are due: looked at once more when they are claimed.

A message that was being sent when its schedule was paused or cancelled, or when its recipient
asked for no more, comes back to wait for another try; this is where it is stopped.
"""

from datetime import datetime

from wasched.domain.message import Status
from wasched.models import Message, Recipient, Schedule, ScheduleStatus
from wasched.services.delivery.late import PUT_AWAY

OPTED_OUT = "Asked for no more messages."


def withhold(message: Message, made: Schedule, recipient: Recipient, now: datetime) -> bool:
    """Stop a message that must not go; False for one that may.

    What a person sent again after pausing or cancelling goes all the same.
    """
    if recipient.opted_out_at is not None:
        message.status, message.reason = Status.SKIPPED, OPTED_OUT
        message.settled_at = now
        return True
    if message.due_at > made.changed_at:
        return False
    if made.status == ScheduleStatus.CANCELLED:
        message.status, message.reason = Status.CANCELLED, "Cancelled with its schedule."
        message.settled_at = now
        return True
    if made.status == ScheduleStatus.PAUSED:
        message.try_at = PUT_AWAY
        return True
    return False
