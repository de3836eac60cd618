"""Accounts: linking, standing and pace."""
