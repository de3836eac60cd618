"""Compose: whom, what and when, and what will happen."""
