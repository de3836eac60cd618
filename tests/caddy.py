"""A real Caddy before several apis, as operate.md says."""

import hmac
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.ports import free_port
from tests.product import until
from tools.set_up_tests import find_caddy

_FILE = """{{
	admin off
	auto_https off
}}
http://localhost:{port} {{
	reverse_proxy {apis} {{
		lb_policy cookie
		lb_try_duration 5s
		fail_duration 5s
	}}
}}
"""


@contextmanager
def caddy(folder: Path, ports: Sequence[int]) -> Iterator[str]:
    """A Caddy in front of apis on these ports; where browsers come to."""
    program = find_caddy()
    assert program, "There is no Caddy here: tools/set_up_tests.py --torture fetches it."
    port, file = free_port(), folder / "Caddyfile"
    apis = " ".join(f"127.0.0.1:{one}" for one in ports)
    file.write_text(_FILE.format(port=port, apis=apis))
    line = [program, "run", "--adapter", "caddyfile", "--config", str(file)]
    with (folder / "caddy.log").open("ab") as log:
        process = subprocess.Popen(line, cwd=folder, stdout=log, stderr=log)
    try:
        until(lambda: _listens(port), "Caddy listens")
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(20)


def place_in(cookie: str, ports: Sequence[int]) -> int:
    """Which of the apis on these ports a browser with this cookie of Caddy's is led to."""
    # reverseproxy/selectionpolicies.go: the address, hashed with no secret
    named = [hmac.new(b"", f"127.0.0.1:{one}".encode(), "sha256").hexdigest() for one in ports]
    return named.index(cookie)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False
