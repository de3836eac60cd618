"""Starts wasched beside a WhatsApp server on this machine: a try without a phone.

Everything lives in a temporary folder and is forgotten at the end. `make demo` runs this.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_INVENTED = [f"4915100000{number:03}" for number in range(11, 16)]


def main() -> int:
    """Run until Ctrl-C; the exit code of wasched."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.whatsapp_server", "--until-eof", "--demo"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert server.stdout is not None
        described = json.loads(server.stdout.readline())
        print(f"The phones of the demo are at {described['phones']}", flush=True)
        with tempfile.TemporaryDirectory(prefix="wasched-demo-") as folder:
            return _product(described, Path(folder))
    finally:
        server.terminate()
        server.wait()


def _product(described: dict[str, object], folder: Path) -> int:
    own = described["environment"]
    assert isinstance(own, dict)
    environ = {
        **os.environ,
        **own,
        "DEMO_URL": str(described["phones"]),
        "DB_PATH": str(folder / "app.db"),
    }
    known = [sys.executable, "-m", "tests.known_numbers", *_INVENTED]  # none of them warms up
    subprocess.run(known, cwd=ROOT, env=environ, check=True)
    wasched = subprocess.Popen([sys.executable, "-m", "wasched", "run"], cwd=ROOT, env=environ)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: wasched.send_signal(number))
    while True:
        try:
            return wasched.wait()
        except KeyboardInterrupt:
            continue  # wasched got the same Ctrl-C and is stopping


if __name__ == "__main__":
    sys.exit(main())
