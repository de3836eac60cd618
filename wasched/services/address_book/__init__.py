"""The address book: entries, lists, merging, and taking people in and out as files."""
