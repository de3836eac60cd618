"""Encryption of media files, with the rules of whatsmeow's upload.go and download.go.

A 32-byte media key is expanded by HKDF to IV, cipher key and MAC key; the file is AES-CBC
followed by the first 10 bytes of HMAC-SHA256 over IV and ciphertext.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import unquote

from wasched.adapters.whatsapp.protocol.aes import PaddingError, cbc_decrypt, cbc_encrypt
from wasched.adapters.whatsapp.protocol.hkdf import hkdf_sha256, hmac_sha256

_MAC_LENGTH = 10


class MediaError(Exception):
    """A media file does not decrypt: wrong key, wrong kind or damaged bytes."""


class MediaKind(Enum):
    """What a file is: its HKDF info, and its name in upload addresses (/mms/<name>/)."""

    IMAGE = ("WhatsApp Image Keys", "image")
    VIDEO = ("WhatsApp Video Keys", "video")
    AUDIO = ("WhatsApp Audio Keys", "audio")
    DOCUMENT = ("WhatsApp Document Keys", "document")
    HISTORY = ("WhatsApp History Keys", "md-msg-hist")
    APP_STATE = ("WhatsApp App State Keys", "md-app-state")
    LINK_THUMBNAIL = ("WhatsApp Link Thumbnail Keys", "thumbnail-link")
    STICKER_PACK = ("WhatsApp Sticker Pack Keys", "sticker-pack")

    def __init__(self, key_info: str, upload_name: str) -> None:
        self.key_info = key_info.encode()
        self.upload_name = upload_name


@dataclass(frozen=True)
class EncryptedMedia:
    """A file ready for upload, and what a message must carry to fetch it."""

    media_key: bytes = field(repr=False)
    body: bytes = field(repr=False)
    file_sha256: bytes
    file_enc_sha256: bytes
    file_length: int


def encrypt_media(
    plaintext: bytes, kind: MediaKind, media_key: bytes | None = None
) -> EncryptedMedia:
    """Encrypt a file with a given or a fresh 32-byte key."""
    media_key = media_key or os.urandom(32)
    iv, cipher_key, mac_key = _expand(media_key, kind)
    ciphertext = cbc_encrypt(cipher_key, iv, plaintext)
    body = ciphertext + hmac_sha256(mac_key, iv, ciphertext)[:_MAC_LENGTH]
    return EncryptedMedia(
        media_key,
        body,
        hashlib.sha256(plaintext).digest(),
        hashlib.sha256(body).digest(),
        len(plaintext),
    )


def decrypt_media(body: bytes, media_key: bytes, kind: MediaKind) -> bytes:
    """Check and decrypt a downloaded file; raises MediaError."""
    iv, cipher_key, mac_key = _expand(media_key, kind)
    ciphertext, mac = body[:-_MAC_LENGTH], body[-_MAC_LENGTH:]
    if not hmac.compare_digest(hmac_sha256(mac_key, iv, ciphertext)[:_MAC_LENGTH], mac):
        raise MediaError("the file's MAC does not match: wrong key, wrong kind or damaged bytes")
    try:
        return cbc_decrypt(cipher_key, iv, ciphertext)
    except PaddingError as fault:
        raise MediaError(str(fault)) from fault


def upload_token_matches(token: str, body: bytes) -> bool:
    """Tell whether the last part of an upload address is the URL-safe base64 of the body's SHA-256.

    whatsmeow keeps the "=" padding, Baileys leaves it out, and either may be percent-encoded.
    """
    bare = unquote(token).rstrip("=")
    try:
        digest = base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except (binascii.Error, ValueError):
        return False
    return digest == hashlib.sha256(body).digest()


def _expand(media_key: bytes, kind: MediaKind) -> tuple[bytes, bytes, bytes]:
    expanded = hkdf_sha256(media_key, 112, info=kind.key_info)
    return expanded[:16], expanded[16:48], expanded[48:80]
