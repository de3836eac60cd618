"""A loopback WhatsApp server for tests against the real client library."""
