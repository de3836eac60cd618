"""The link to WhatsApp."""
