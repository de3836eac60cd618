"""Health: each part of the server, in words."""
