"""The media host: takes encrypted files and gives them out again, over TLS on loopback.

Both clients build https:// addresses themselves, so the host needs a certificate, which a client
under test trusts by SSL_CERT_FILE.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from wasched.adapters.whatsapp.protocol.node import Node

from .connection import Connection
from .faults import Faults
from .loopback_http import LOOPBACK, Request, Response, listen, port_of
from .protocol.media_crypto import MediaError, decrypt_media, upload_token_matches
from .received import MEDIA, Received

_YEAR = timedelta(days=365)


class MediaHost:
    """Keeps uploaded files by path."""

    def __init__(self, faults: Faults) -> None:
        self.files: dict[str, bytes] = {}
        self.host = ""
        self._faults = faults
        self._server: asyncio.Server | None = None

    async def start(self, certificate: Path) -> None:
        """Listen with a fresh certificate, written to that file (without its key)."""
        tls = _tls(certificate)
        self._server = await listen(self._answer, tls=tls)
        self.host = f"{LOOPBACK}:{port_of(self._server)}"

    def stop(self) -> None:
        """Listen no more."""
        if self._server:
            self._server.close()

    async def connection(self, _connection: Connection, _iq: Node) -> list[Node]:
        """Answer <media_conn>: where to upload to."""
        attrs = {"auth": "sim", "ttl": "300", "auth_ttl": "21600", "max_buckets": "12", "id": "1"}
        host = Node("host", {"hostname": self.host, "type": "primary"})
        return [Node("media_conn", {**attrs}, [host])]

    def decrypted(self, received: Received) -> bytes:
        """The file of a message as its recipient sees it; raises MediaError."""
        if received.field not in MEDIA:
            raise MediaError(f"the message {received.id} has no file")
        content = getattr(received.content, received.field)
        body = self.files.get(content.directPath.partition("?")[0])
        if body is None:
            raise MediaError(f"the file of {received.id} was never uploaded")
        plain = decrypt_media(body, content.mediaKey, MEDIA[received.field])
        if hashlib.sha256(plain).digest() != content.fileSHA256:
            raise MediaError(f"the file of {received.id} is another than its message says")
        return plain

    def place(self, body: bytes) -> str:
        """Keep an encrypted file; its direct path, to which whatsmeow appends "&hash="."""
        path = f"/v/t62.sim/{hashlib.sha256(body).hexdigest()[:24]}"
        self.files[path] = body
        return f"{path}?ccb=1"

    async def _answer(self, request: Request) -> Response:
        await asyncio.sleep(self._faults.media_delay)
        if self._faults.media_failures:
            return Response(self._faults.media_failures.popleft())
        if request.method == "POST":
            return self._take(request)
        body = self.files.get(request.path)
        if body is None:
            return Response(404)
        return Response(body=body, content_type="application/octet-stream")

    def _take(self, request: Request) -> Response:
        token = request.path.rpartition("/")[2]
        if not upload_token_matches(token, request.body):
            return Response(400)
        path = self.place(request.body)
        answer = {"url": f"https://{self.host}{path}", "direct_path": path, "handle": ""}
        return Response(body=json.dumps(answer).encode())


def _tls(file: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback media host")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - _YEAR)
        .not_valid_after(now + _YEAR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(LOOPBACK))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    public = certificate.public_bytes(Encoding.PEM)
    private = file.with_suffix(".key")
    private.touch(mode=0o600)
    private.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + public
    )
    file.write_bytes(public)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(private)
    return context
