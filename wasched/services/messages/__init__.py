"""Messages as people see them: lists, calendar, history, and what they decide about many."""
