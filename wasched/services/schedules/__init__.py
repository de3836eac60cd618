"""The life of a schedule after it was saved: shown, paused, skipped, edited, ended."""

from wasched.services.schedules.drafts import draft_of, duplicate_of
from wasched.services.schedules.editing import edit, kept_out
from wasched.services.schedules.leaving_out import skip, skip_next, unskip
from wasched.services.schedules.lists import count_repeating, listed, shown
from wasched.services.schedules.rows import ScheduleLine, SchedulePage, ScheduleView, Skipped
from wasched.services.schedules.steering import (
    cancel,
    end,
    pause,
    resend_failed,
    resume,
    send_now,
)
from wasched.services.schedules.steps import Steered, Undo
from wasched.services.schedules.undoing import undo

__all__ = [
    "ScheduleLine",
    "SchedulePage",
    "ScheduleView",
    "Skipped",
    "Steered",
    "Undo",
    "cancel",
    "count_repeating",
    "draft_of",
    "duplicate_of",
    "edit",
    "end",
    "kept_out",
    "listed",
    "pause",
    "resend_failed",
    "resume",
    "send_now",
    "shown",
    "skip",
    "skip_next",
    "undo",
    "unskip",
]
