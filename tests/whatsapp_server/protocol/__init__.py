"""The WhatsApp Web protocol, layer by layer, without any network: bytes in, bytes out."""
