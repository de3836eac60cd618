"""Tests of linking by passkey."""
