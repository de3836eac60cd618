"""The line to WhatsApp: a supervised process around neonize, and the worker's side of it."""
