"""Pages: functions named for what they show."""
