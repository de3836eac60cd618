"""Votes and reactions: what people answer to a message with a press of a thumb."""
