"""Tests of what people are told when it happens."""
