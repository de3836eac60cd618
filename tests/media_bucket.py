"""A bucket for attached files on this machine, and what is done to it behind the store's back."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import obstore
import psutil

from tests.s3_server import s3_server
from wasched.adapters.s3_media import S3Media
from wasched.adapters.s3_store import open_s3
from wasched.domain.media import MB

URL = "s3://vault/media"
_PATIENCE = timedelta(seconds=30)
KEYS = {"AWS_ACCESS_KEY_ID": "one", "AWS_SECRET_ACCESS_KEY": "two", "AWS_REGION": "us-east-1"}


@dataclass(frozen=True)
class Bucket:
    """A bucket at an address."""

    address: str
    process: psutil.Process

    @property
    def environ(self) -> dict[str, str]:
        """What a process is told of it."""
        return {"MEDIA_TO": URL, "AWS_ENDPOINT_URL": self.address, **KEYS}

    def store(self, folder: Path, most: int = 100 * MB, *, url: str = URL) -> S3Media:
        """The store as a machine with this folder sees it."""
        return S3Media(url, self._config(self.address), folder, most)

    def store_at(self, address: str, folder: Path, patience_s: float = 10) -> S3Media:
        """The same by another address, where it may not answer."""
        patience = timedelta(seconds=patience_s)
        return S3Media(URL, self._config(address), folder, MB, patience)

    def names(self) -> set[str]:
        """What lies in it."""
        vault = open_s3(URL, self._config(self.address), _PATIENCE)
        return {str(one["path"]) for page in obstore.list(vault) for one in page}

    def put(self, name: str, body: bytes) -> None:
        """Lay something in it."""
        obstore.put(open_s3(URL, self._config(self.address), _PATIENCE), name, body)

    def remove(self, name: str) -> None:
        """Take something out of it."""
        obstore.delete(open_s3(URL, self._config(self.address), _PATIENCE), name)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """It takes connections and answers nobody, while a block runs."""
        self.process.suspend()
        try:
            yield
        finally:
            self.process.resume()

    def begin_anew(self) -> None:
        """Empty it."""
        for name in self.names():
            self.remove(name)

    def _config(self, address: str) -> dict[str, str]:
        return {
            "access_key_id": KEYS["AWS_ACCESS_KEY_ID"],
            "secret_access_key": KEYS["AWS_SECRET_ACCESS_KEY"],
            "region": KEYS["AWS_REGION"],
            "endpoint": address,
        }


@contextmanager
def bucket_server() -> Iterator[Bucket]:
    """An empty one, while a block runs."""
    with s3_server() as address:
        port = int(address.rpartition(":")[2])
        own = psutil.Process().children()
        (server,) = (one for one in own if str(port) in one.cmdline())
        yield Bucket(address, server)


@contextmanager
def refusing_server(status: int, code: str) -> Iterator[str]:
    """The address of a store that refuses whatever it is asked, in S3's words."""

    class Refuses(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = f"<Error><Code>{code}</Code><Message>about key one</Message></Error>".encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = answer  # noqa: N815 - the library's names

        def log_message(self, *_said: object) -> None:
            """Nothing: the test says what there is to say."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Refuses) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def silent_server() -> Iterator[str]:
    """The address of a store that takes connections, and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
