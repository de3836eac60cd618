"""One schedule: its times, what became of it, and what may be done."""
