"""wasched: a self-hosted scheduler for WhatsApp messages."""
