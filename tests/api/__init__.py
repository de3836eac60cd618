"""The plain HTTP part, as its callers see it."""
