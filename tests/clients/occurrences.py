"""Prints what a calendar that is given shows in the next days, as a calendar program would."""

import json
import sys
from datetime import UTC, datetime, timedelta

import icalendar
import recurring_ical_events

now = datetime.now(UTC)
calendar = icalendar.Calendar.from_ical(sys.stdin.read())
shown = recurring_ical_events.of(calendar).between(now, now + timedelta(days=10))
print(json.dumps({str(one["summary"]): one.start.astimezone(UTC).isoformat() for one in shown}))
