"""Messages: the list, one message's history, and deeds for many."""
