"""A browser and its push service on this machine; what comes is read by hand (RFC 8291, 8292)."""

import base64
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_SALT, _KEY_ID = 16, 65


class PushedBrowser:
    """Takes what is pushed to it; `status` is what its service answers."""

    def __init__(self) -> None:
        self._key, self._auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self.status = 201
        self.came: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        browser = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                browser._take(dict(self.headers), body)
                self.send_response(browser.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def said(self) -> str:
        """What the browser says of itself, as PushSubscription.toJSON does."""
        keys = {"p256dh": _text(_point(self._key)), "auth": _text(self._auth)}
        return json.dumps({"endpoint": f"{self.origin}/push/secret", "keys": keys})

    def signed_by(self, application_key: str) -> dict[str, Any]:
        """The claims of the last message, which the server has to have signed with this key."""
        scheme, _, rest = self.headers[-1]["Authorization"].partition(" ")
        parts = dict(one.strip().split("=", 1) for one in rest.split(","))
        assert scheme == "vapid" and parts["k"] == application_key
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(application_key))
        claims: dict[str, Any] = jwt.decode(parts["t"], key, ["ES256"], audience=self.origin)
        return claims

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()

    def _take(self, headers: dict[str, str], body: bytes) -> None:
        assert headers["Content-Encoding"] == "aes128gcm" and int(headers["TTL"]) > 0
        self.headers.append(headers)
        self.bodies.append(body)
        self.came.append(json.loads(self._read(body)))

    def _read(self, body: bytes) -> bytes:
        """What is in a message of one record (RFC 8291, 3.4; RFC 8188, 2)."""
        salt, rest = body[:_SALT], body[_SALT:]
        assert int.from_bytes(rest[:4]) <= 4096 and rest[4] == _KEY_ID and len(body) <= 4096
        sender, sealed = rest[5 : 5 + _KEY_ID], rest[5 + _KEY_ID :]
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self._key.exchange(ec.ECDH(), public)
        both = b"WebPush: info\0" + _point(self._key) + sender
        keying = _derive(self._auth, shared, both, 32)
        key = _derive(salt, keying, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derive(salt, keying, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain.endswith(b"\2"), "it is the last record"
        return plain[:-1]


@contextmanager
def pushed_browser() -> Iterator[PushedBrowser]:
    """One while it is needed."""
    made = PushedBrowser()
    yield made
    made.close()


def _derive(salt: bytes, key: bytes, what_for: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, what_for).derive(key)


def _point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _text(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode().rstrip("=")


def _bytes(key: str) -> bytes:
    return base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
