"""The API and the calendar as other people's programs use them, from an environment of theirs."""
