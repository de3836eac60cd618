"""The slots of a built page, by their HTML comments, that the server fills with first words."""

HOME_SUMMARY, HOME_COLUMNS = "<!--look:summary-->", "<!--look:columns-->"
MESSAGE_ROWS, CALENDAR_DAYS = "<!--first:messages-->", "<!--first:calendar-->"
UNFINISHED, OFFERED = "<!--first:unfinished-->", "<!--first:offered-->"
"""Drafts, and whom it may go to, in the page of a new message."""
STOPPED = "<!--first:stopped-->"
"""What is stopped, above every page."""
