"""Times in words and in fields, kept in step: each says what the other does where it can."""

from dataclasses import replace
from datetime import datetime

from wasched.domain import phrases
from wasched.domain.errors import InputError
from wasched.domain.recurrence import Recurrence
from wasched.services.schedules.timing import When
from wasched.ui.compose import time_fields, time_fields_from_schedule
from wasched.ui.compose.time_fields import NOW, ONCE, TYPED, Fields


def fields_for(words: str, fields: Fields, now: datetime) -> Fields:
    """The fields that choose what words mean at an instant, or else the words as they are.

    What fields cannot choose, such as exceptions, and what is not understood stays a phrase.
    """
    if words.strip().lower() == NOW:
        return replace(fields, mode=NOW, phrase="")
    if not words.strip():
        return replace(fields, mode=ONCE, day="", clock="", phrase="", fold="")
    return chosen_words(
        time_fields.time_changed(replace(fields, mode=TYPED), "phrase", words, now), now
    )


def chosen_words(fields: Fields, now: datetime) -> Fields:
    """The fields that choose what a phrase means, or else the same with their phrase."""
    try:
        meant = time_fields.read_time(fields, now)
    except InputError:
        return fields
    found = time_fields_from_schedule.fields_of(meant)
    if meant.exdates or found.mode == TYPED:
        return fields
    return fields if found.mode == ONCE and time_fields.read_time(found, now) != meant else found


def words_for(fields: Fields, now: datetime) -> str:
    """The words for what fields choose; none while something is missing."""
    if fields.mode == TYPED:
        return fields.phrase
    try:
        return _said(time_fields.read_time(fields, now))
    except InputError:
        return ""


def _said(meant: When) -> str:
    if meant.day is None or meant.clock is None:
        return NOW
    if not meant.rrule:
        return f"{meant.day:%-d %B %Y} at {meant.clock:%H:%M}"
    start = datetime.combine(meant.day, meant.clock)
    rule = Recurrence(meant.rrule, start, meant.zone, meant.exdates, meant.month_end)
    return phrases.say_rule(rule)
