"""Writes calendars for other programs by the library icalendar (RFC 5545, RFC 7986)."""

from datetime import UTC, timedelta

from icalendar import Calendar, Event

from wasched.domain.calendar_file import CalendarEvent, CalendarFile

_ASKED_EACH = timedelta(hours=1)


def write_calendar(file: CalendarFile) -> bytes:
    """The calendar as a file; its lines are folded and end as the standard wants it."""
    written = Calendar()
    for name, value in (
        ("prodid", "-//wasched//calendar//EN"),
        ("version", "2.0"),
        ("name", file.name),
        ("x-wr-calname", file.name),  # older programs know this one
        ("description", file.about),
        ("x-wr-caldesc", file.about),
        ("x-wr-timezone", file.zone),
        ("x-published-ttl", "PT1H"),
    ):
        written.add(name, value)
    written.add("refresh-interval", _ASKED_EACH, parameters={"VALUE": "DURATION"})
    for event in file.events:
        written.add_component(_entry(event))
    return bytes(written.to_ical())


def _entry(event: CalendarEvent) -> Event:
    entry = Event()
    for name, value in (
        ("uid", event.uid),
        # Without METHOD, both say when it was last revised (RFC 5545, 3.8.7.2).
        ("dtstamp", event.changed_at),
        ("last-modified", event.changed_at),
        ("sequence", event.sequence),
        ("dtstart", event.start.astimezone(UTC).replace(microsecond=0)),
        ("summary", event.title),
        ("description", event.text),
        ("url", event.url),
        ("status", "CANCELLED" if event.is_cancelled else "CONFIRMED"),
        ("transp", "TRANSPARENT"),  # a message keeps nobody busy
    ):
        entry.add(name, value)
    return entry
