"""Tests of the loopback WhatsApp server itself."""
