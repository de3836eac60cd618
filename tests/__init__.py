"""Tests of wasched."""
