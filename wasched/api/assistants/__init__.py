"""The door for assistants: /mcp, by the same keys and with the same services as /api/v1."""
