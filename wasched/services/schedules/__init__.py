"""The life of a schedule after it was saved: shown, paused, skipped, edited, ended."""

from wasched.services.schedules.editing import edit, kept_out
from wasched.services.schedules.own_dates import (
    days_on_their_own,
    going_back,
    sentence_of,
    series_of,
)
from wasched.services.schedules.restore_dates import back_to_usual, unskip
from wasched.services.schedules.schedule_actions import cancel, end, pause, resend_failed, resume
from wasched.services.schedules.schedule_queries import count_repeating, listed, occurrence, shown
from wasched.services.schedules.schedule_views import (
    OwnDate,
    ScheduleLine,
    SchedulePage,
    ScheduleView,
    Skipped,
)
from wasched.services.schedules.send_now import send_message_now, send_now
from wasched.services.schedules.skip import skip, skip_next
from wasched.services.schedules.steps import Steered, Undo
from wasched.services.schedules.to_request import duplicate_of, request_of
from wasched.services.schedules.undo import undo

__all__ = [
    "OwnDate",
    "ScheduleLine",
    "SchedulePage",
    "ScheduleView",
    "Skipped",
    "Steered",
    "Undo",
    "back_to_usual",
    "cancel",
    "count_repeating",
    "days_on_their_own",
    "duplicate_of",
    "edit",
    "end",
    "going_back",
    "kept_out",
    "listed",
    "occurrence",
    "pause",
    "request_of",
    "resend_failed",
    "resume",
    "send_message_now",
    "send_now",
    "sentence_of",
    "series_of",
    "shown",
    "skip",
    "skip_next",
    "undo",
    "unskip",
]
