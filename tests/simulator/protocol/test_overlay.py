"""The altered client library lives in a temporary folder only, and cannot reach WhatsApp."""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.whatsapp_server.protocol.overlay import (
    REAL_HOST,
    REAL_URL,
    client_environment,
    loopback_url,
    overlay,
)
from wasched.adapters.whatsapp.protocol.tokens import ROOT_KEY, library_path

TEST_KEY = bytes(range(32))
PORT = 43210


def copy_of_library(folder: Path) -> Path:
    return folder / "neonize" / library_path().name


def test_the_copy_trusts_the_test_key_and_dials_loopback():
    with overlay(TEST_KEY, PORT) as folder:
        patched = copy_of_library(folder).read_bytes()

    assert TEST_KEY in patched
    assert b"ws://127.0.0.1:43210/ws/chat?" in patched


def test_the_real_key_and_host_are_gone_from_the_copy():
    with overlay(TEST_KEY, PORT) as folder:
        patched = copy_of_library(folder).read_bytes()

    assert ROOT_KEY not in patched
    assert REAL_HOST not in patched
    assert REAL_HOST in library_path().read_bytes()


def test_the_copy_is_as_long_as_the_library():
    with overlay(TEST_KEY, PORT) as folder:
        assert copy_of_library(folder).stat().st_size == library_path().stat().st_size


def test_the_copy_lives_in_a_temporary_folder_and_is_removed():
    with overlay(TEST_KEY, PORT) as folder:
        assert folder.parent == Path(tempfile.gettempdir())
        assert copy_of_library(folder).is_file()

    assert not folder.exists()


def test_the_copy_is_removed_after_a_failure_too():
    with pytest.raises(RuntimeError), overlay(TEST_KEY, PORT) as folder:
        raise RuntimeError("the test failed")

    assert not folder.exists()


def test_the_installed_library_stays_as_it_was():
    before = hashlib.sha256(library_path().read_bytes()).digest()

    with overlay(TEST_KEY, PORT) as folder:
        files = [path for path in (folder / "neonize").iterdir() if not path.is_symlink()]
        assert files == [copy_of_library(folder)]

    assert hashlib.sha256(library_path().read_bytes()).digest() == before
    assert (library_path().parent / "client.py").is_file()


@pytest.mark.parametrize("port", [1, 80, 443, 8080, 65535])
def test_the_address_is_as_long_as_the_real_one(port):
    url = loopback_url(port)

    assert len(url) == len(REAL_URL)
    assert url.startswith(f"ws://127.0.0.1:{port}/ws/chat?".encode())


def test_a_client_process_finds_the_copy_first_and_no_proxy():
    base = {**os.environ, "PYTHONPATH": "/elsewhere", "HTTPS_PROXY": "http://proxy.invalid"}
    with overlay(TEST_KEY, PORT) as folder:
        environment = client_environment(folder, base)
        program = "import neonize._binder as binder; print(binder.gocode._name)"
        loaded = subprocess.run(
            [sys.executable, "-c", program],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout

        assert loaded.strip() == str(copy_of_library(folder))
    assert environment["PYTHONPATH"].split(os.pathsep) == [str(folder), "/elsewhere"]
    assert environment["HTTPS_PROXY"] == ""
    assert environment["NEONIZE_BOT_TAG"] == "off"
