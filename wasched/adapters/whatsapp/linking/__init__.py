"""Linking an account that WhatsApp asks for a passkey, which the library cannot answer.

It makes the keys, goes through WhatsApp's ceremony and writes the rows that the library would have
written itself; from then on the library logs in with them. Loaded in a process of its own only.
"""
