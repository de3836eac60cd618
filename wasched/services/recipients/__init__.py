"""Whom a message can go to: one person or group, and what is known of the number."""
