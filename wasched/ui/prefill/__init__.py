"""The first words of a page, written by the server before any script runs."""
