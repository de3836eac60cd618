"""Back-ups that are made by themselves, in words."""

from dataclasses import dataclass
from datetime import datetime

from wasched.domain.back_ups import BackUpPlan, made_at
from wasched.domain.media import megabytes
from wasched.services.server.kept_back_ups import BackUpNotes, KeptBackUp
from wasched.ui.core import times


@dataclass(frozen=True)
class BackUpLine:
    """A back-up that is kept, as its row says it."""

    name: str
    when: str
    size: str


def plan_words(plan: BackUpPlan, zone: str) -> str:
    """Where back-ups go by themselves, and when; how to have them made if they are not."""
    if not plan.to:
        return "None is made by itself: BACKUP_TO in this server's environment says where to."
    sealed = "encrypted with its passphrase" if plan.passphrase else "not encrypted"
    return f"Every night at {plan.at:%H:%M} ({zone}) to {plan.to}, {sealed}."


def lost_words(plan: BackUpPlan) -> str:
    """What whoever runs the server has to know of the passphrase, or of there being none."""
    if plan.passphrase:
        return (
            "Nobody can open them without the passphrase: lost is lost. Keep a copy of it where "
            "this server is not."
        )
    return (
        "Whoever has an archive can read your messages and write as you: keep it like a password, "
        "or set BACKUP_PASSPHRASE."
    )


def running_words(notes: BackUpNotes) -> str:
    """What is being done, or is about to be; empty if nothing is."""
    if notes.begun_at:
        return "One is being made and checked…"
    return "One is made within a few seconds…" if notes.is_asked else ""


def fault_words(notes: BackUpNotes) -> str:
    """Why the last one failed; empty if it did not."""
    return (
        f"The last one failed. {notes.fault} It is tried again every hour." if notes.fault else ""
    )


def back_up_line(kept: KeptBackUp, zone: str, now: datetime) -> BackUpLine:
    """When one was made, and how large it is."""
    at = made_at(kept.name) or now
    when = f"{times.day_name(at, zone, now)}, {times.clock(at, zone)}"
    return BackUpLine(kept.name, when, megabytes(kept.size))
