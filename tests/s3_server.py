"""A store on this machine that speaks S3: moto's server, from the clients' environment."""

import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.ports import free_port
from tools.set_up_tests import CLIENTS


@contextmanager
def s3_server() -> Iterator[str]:
    """Its address, while a block runs; it has a bucket called `vault`."""
    python = CLIENTS / "bin" / "python"
    assert python.exists(), "There is no moto here: tools/set_up_tests.py installs it."
    port = free_port()
    line = [str(python), "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(process, address)
            urllib.request.urlopen(urllib.request.Request(f"{address}/vault", method="PUT"))
            yield address
        finally:
            process.kill()


def _wait_for(process: "subprocess.Popen[bytes]", address: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/moto-api/").close()
            return
        except OSError:
            assert process.poll() is None, "moto's server does not start"
            time.sleep(0.1)
    pytest.fail("moto's server does not answer")
