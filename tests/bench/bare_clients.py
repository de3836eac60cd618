"""Clients of the library in one process and nothing else: `FOLDER ACCOUNTS TEXTS`.

Each is linked and begins a session; then all send at once, each one text after the other. The last
line of the output is how many they sent a second.
"""

import json
import logging
import os
import sys
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from neonize.client import NewClient
from neonize.events import ConnectedEv
from neonize.utils.jid import build_jid

_READER = "4915100000002"
_DSN = "{path}?_journal_mode=WAL&_foreign_keys=on&_synchronous=FULL&rest="


def main(folder: Path, accounts: int, texts: int) -> None:
    """Link all, send all, and print the rate."""
    logging.getLogger("neonize.utils.log").setLevel(logging.WARNING)
    clients = [_link(folder, number) for number in range(accounts)]
    for client in clients:
        client.send_message(build_jid(_READER), "to begin a session")
    begun = time.monotonic()
    with ThreadPoolExecutor(accounts) as pool:
        list(pool.map(lambda client: _send(client, texts), clients))
    sys.stdout.write(f"\n{accounts * texts / (time.monotonic() - begun)}\n")
    sys.stdout.flush()
    os._exit(0)


def _send(client: NewClient, texts: int) -> None:
    for number in range(texts):
        client.send_message(build_jid(_READER), f"Text {number}")


def _link(folder: Path, number: int) -> NewClient:
    client = NewClient(_DSN.format(path=folder / f"bare-{number}.db"), uuid=f"bare-{number}")
    shown, connected = list[str](), threading.Event()
    is_shown = threading.Event()

    def show(_client: Any, code: bytes) -> None:
        shown.append(code.decode())
        is_shown.set()

    client.event.qr(show)
    client.event(ConnectedEv)(lambda *_: connected.set())
    threading.Thread(target=client.connect, daemon=True).start()
    assert is_shown.wait(60)
    body = json.dumps({"qr": shown[0], "phone": f"491512{number:07}"}).encode()
    urllib.request.urlopen(f"{os.environ['CONTROL']}/scan", body).close()
    assert connected.wait(60)
    return client


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
