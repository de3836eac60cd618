"""The life of a schedule after it was saved: shown, paused, skipped, edited, ended."""

from wasched.services.schedules.editing import edit_schedule, kept_out
from wasched.services.schedules.own_dates import (
    days_on_their_own,
    going_back,
    sentence_of,
    series_of,
)
from wasched.services.schedules.restore_dates import back_to_usual, unskip_date
from wasched.services.schedules.schedule_actions import (
    cancel_schedule,
    end_schedule,
    pause_schedule,
    resend_failed,
    resume_schedule,
)
from wasched.services.schedules.schedule_queries import (
    AsScheduled,
    approval_card,
    as_scheduled,
    count_repeating,
    list_schedules,
    schedule_view,
    usual_occurrence,
)
from wasched.services.schedules.schedule_views import (
    OwnDate,
    ScheduleList,
    ScheduleView,
    Skipped,
)
from wasched.services.schedules.send_now import send_message_now, send_now
from wasched.services.schedules.skip import skip_date, skip_next
from wasched.services.schedules.steps import ActionResult, Undo
from wasched.services.schedules.to_request import duplicate_of, request_of
from wasched.services.schedules.undo import undo_action
from wasched.services.views import ScheduleLine

__all__ = [
    "ActionResult",
    "AsScheduled",
    "OwnDate",
    "ScheduleLine",
    "ScheduleList",
    "ScheduleView",
    "Skipped",
    "Undo",
    "approval_card",
    "as_scheduled",
    "back_to_usual",
    "cancel_schedule",
    "count_repeating",
    "days_on_their_own",
    "duplicate_of",
    "edit_schedule",
    "end_schedule",
    "going_back",
    "kept_out",
    "list_schedules",
    "pause_schedule",
    "request_of",
    "resend_failed",
    "resume_schedule",
    "schedule_view",
    "send_message_now",
    "send_now",
    "sentence_of",
    "series_of",
    "skip_date",
    "skip_next",
    "undo_action",
    "unskip_date",
    "usual_occurrence",
]
