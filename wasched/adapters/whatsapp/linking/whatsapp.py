"""Where WhatsApp is, and by which key it proves that it is WhatsApp."""

from dataclasses import dataclass

from wasched.adapters.whatsapp.protocol.tokens import (
    ROOT_KEY,
    find_once,
    library_path,
    root_key_offset,
)

URL = "wss://web.whatsapp.com/ws/chat"


@dataclass(frozen=True)
class Server:
    """A websocket's address, and the public key that signs for the servers behind it."""

    url: str
    root_key: bytes


def find_server() -> Server:
    """WhatsApp, as long as the installed library means the same by it.

    Raises LibraryLayoutError when the library dials, or trusts, somebody else.
    """
    library = library_path()
    image = library.read_bytes()
    find_once(image, URL.encode(), "WhatsApp's address", library.name)
    root_key_offset(image, library.name)
    return Server(URL, ROOT_KEY)
