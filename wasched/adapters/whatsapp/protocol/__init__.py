"""The layers of the WhatsApp Web protocol, without any network: bytes in, bytes out."""
