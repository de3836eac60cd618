"""What the library itself does: make the empty tables, and say which devices it can read.

Its code takes over the whole process, so this is one: `python -m …library_side` reads an address,
in which a password may stand, and prints the devices there as JSON. It dials nobody else.
"""

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

_PATIENCE_S = 60.0
_DSN = "{path}?_journal_mode=WAL&_foreign_keys=on&_busy_timeout=10000&_synchronous=FULL&rest="


def list_devices(session: Path) -> list[str]:
    """The addresses of the devices that the library finds in a session, which it makes if need be.

    Raises OSError when it cannot be asked.
    """
    return list_devices_at(_DSN.format(path=quote(str(session))))


def list_devices_at(address: str) -> list[str]:
    """The same of a store at an address of the library's."""
    command = [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(
            command,
            input=address,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=True,
        )
        found: list[str] = json.loads(done.stdout.splitlines()[-1])
    except (subprocess.SubprocessError, ValueError, IndexError) as fault:
        raise OSError("the library does not open the session") from fault
    return found


def print_devices(address: str) -> None:
    """Print them, as the last line."""
    from wasched.adapters.whatsapp import neonize_api as api

    found = api.list_devices(address)
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    print_devices(sys.stdin.read())
