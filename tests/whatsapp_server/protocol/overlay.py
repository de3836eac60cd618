"""A throw-away copy of neonize that trusts the test root key and dials loopback only.

Everything but the Go library is a symbolic link. The real address is gone from the copy, and no
certificate of the real server can pass its check, so a patched client can neither reach
WhatsApp nor be fooled into trusting it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from wasched.adapters.whatsapp.protocol.tokens import find_once, library_path, root_key_offset

from ..throwaway import throwaway_folder

_ROOT = Path(__file__).resolve().parents[3]
REAL_URL = b"wss://web.whatsapp.com/ws/chat"
REAL_HOST = b"web.whatsapp.com"
NO_HOST = (
    b"whatsapp.invalid"  # as long as the real one; the .invalid domain never resolves (RFC 6761)
)
_NO_PROXY = {
    name: ""
    for upper in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
    for name in (upper, upper.lower())
}


@contextmanager
def overlay(root_public: bytes, port: int, library: Path | None = None) -> Iterator[Path]:
    """Build the copy in a temporary folder to be put on PYTHONPATH, and remove it at the end."""
    with throwaway_folder("neonize-loopback-") as folder:
        yield build_overlay(folder, root_public, port, library)


def build_overlay(folder: Path, root_public: bytes, port: int, library: Path | None = None) -> Path:
    """Build the copy below an existing folder and return that folder; raises LibraryLayoutError."""
    library = library or library_path()
    patched = patch(library.read_bytes(), root_public, port, library.name)
    package = folder / "neonize"
    package.mkdir()
    for original in library.parent.iterdir():
        if original.name not in ("__pycache__", library.name):
            (package / original.name).symlink_to(original)
    (package / library.name).write_bytes(patched)
    (folder / "sitecustomize.py").write_text(_own_linker(root_public, port))
    return folder


def patch(image: bytes, root_public: bytes, port: int, name: str = "the library") -> bytes:
    """Replace the root key, the address and the real host; raises LibraryLayoutError."""
    key_at = root_key_offset(image, name)
    url_at = find_once(image, REAL_URL, "WhatsApp's address", name)
    patched = bytearray(image)
    patched[key_at : key_at + len(root_public)] = root_public
    patched[url_at : url_at + len(REAL_URL)] = loopback_url(port)
    return bytes(patched).replace(REAL_HOST, NO_HOST)


def loopback_url(port: int) -> bytes:
    """The loopback address, filled up to the length of the real one."""
    url = f"ws://127.0.0.1:{port}/ws/chat?".encode()
    return url.ljust(len(REAL_URL), b"x")


def _own_linker(root_public: bytes, port: int) -> str:
    """What turns wasched's own linker to this server; without it the copy lets it dial nobody."""
    return f"""import sys
sys.path.insert(0, {str(_ROOT)!r})
from wasched.adapters.whatsapp.linking import whatsapp
sys.path.pop(0)
server = whatsapp.Server("ws://127.0.0.1:{port}/ws/chat", {root_public!r})
whatsapp.find_server = lambda: server
"""


def client_environment(folder: Path, base: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a process that is to import the copy: found first, no proxy, no bot tag.

    Go reads the environment as it was when the process started, so pass it to the new process.
    """
    environment = dict(os.environ if base is None else base)
    paths = [str(folder), environment.get("PYTHONPATH", "")]
    return {
        **environment,
        **_NO_PROXY,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "NEONIZE_BOT_TAG": "off",
    }
