"""Media files come back as they were, and only with their key and kind."""

import base64
import hashlib

import pytest

from tests.whatsapp_server.protocol.media_crypto import (
    MediaError,
    MediaKind,
    decrypt_media,
    encrypt_media,
    upload_token_matches,
)


@pytest.mark.parametrize("kind", list(MediaKind))
@pytest.mark.parametrize("length", [0, 15, 16, 100_000])
def test_a_file_comes_back_as_it_was(kind, length):
    media = encrypt_media(bytes(length), kind)

    assert decrypt_media(media.body, media.media_key, kind) == bytes(length)
    assert media.file_length == length
    assert media.file_sha256 == hashlib.sha256(bytes(length)).digest()
    assert media.file_enc_sha256 == hashlib.sha256(media.body).digest()


@pytest.mark.parametrize("at", [0, 40, -1], ids=["ciphertext", "middle", "MAC"])
def test_an_altered_file_is_refused(at):
    media = encrypt_media(b"a picture" * 10, MediaKind.IMAGE)
    altered = bytearray(media.body)
    altered[at] ^= 1

    with pytest.raises(MediaError):
        decrypt_media(bytes(altered), media.media_key, MediaKind.IMAGE)


def test_another_key_or_kind_is_refused():
    media = encrypt_media(b"a picture", MediaKind.IMAGE)

    with pytest.raises(MediaError):
        decrypt_media(media.body, bytes(32), MediaKind.IMAGE)
    with pytest.raises(MediaError):
        decrypt_media(media.body, media.media_key, MediaKind.VIDEO)
    with pytest.raises(MediaError):
        decrypt_media(b"", media.media_key, MediaKind.IMAGE)


def test_upload_tokens_match_with_and_without_padding():
    body = b"encrypted"
    token = base64.urlsafe_b64encode(hashlib.sha256(body).digest()).decode()

    for form in (token, token.rstrip("="), token.replace("=", "%3D")):
        assert upload_token_matches(form, body)
        assert not upload_token_matches(form, b"another body")
    assert not upload_token_matches("ä", body)
    assert not upload_token_matches("", body)
