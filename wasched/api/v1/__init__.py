"""The door for programs: /api/v1, which a key opens."""
