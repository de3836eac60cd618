"""Using the server: the fixture, the process of its own, the control API, and what stays safe."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.product import until
from tests.whatsapp_server.client import CommandError, Simulator
from tests.whatsapp_server.driven import DrivenClient
from tests.whatsapp_server.protocol.overlay import REAL_HOST
from wasched.adapters.whatsapp.protocol.tokens import ROOT_KEY, library_path

from .conftest import ALICE, BOB, NAMES

PROJECT = Path(__file__).parents[2]
PATIENCE = 60  # seconds
COMMAND = [sys.executable, "-m", "tests.whatsapp_server"]
ASKS_TOO_MUCH = """
from tests.simulator.scripted import ScriptedClient
from wasched.adapters.whatsapp.protocol.binary_xml import Node

def test_that_asks_what_nobody_answers(whatsapp):
    whatsapp.add_person(phone="4915100000001")
    with ScriptedClient(whatsapp).link("4915100000001") as client:
        client.ask("newsletter", "get", Node("subscribed"))

def test_after_it(whatsapp):
    assert whatsapp.unanswered() == []
"""


@contextmanager
def process(*options: str, **variables: str) -> Iterator[tuple[subprocess.Popen[str], Any]]:
    """The server as a process of its own, and what it says of itself."""
    with subprocess.Popen(
        [*COMMAND, "--until-eof", *options],
        cwd=PROJECT,
        env={**os.environ, **variables},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout
        try:
            yield server, json.loads(server.stdout.readline())
        finally:
            server.terminate()


def run_tests(folder: Path, source: str, **variables: str) -> str:
    """What pytest says of a file of tests that use the fixture."""
    (folder / "test_it.py").write_text(source)
    options = ["-q", "-p", "tests.whatsapp_server.fixtures", "-p", "no:cacheprovider"]
    paths = os.pathsep.join(filter(None, [variables.pop("PYTHONPATH", ""), str(PROJECT)]))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "--rootdir", str(folder), str(folder)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths, **variables},
        capture_output=True,
        text=True,
        timeout=PATIENCE * 3,
    )
    return done.stdout + done.stderr


def moved_key(package: Path) -> None:
    """Let the library have WhatsApp's root key somewhere else."""
    library = library_path()
    (package / library.name).unlink()
    (package / library.name).write_bytes(library.read_bytes().replace(ROOT_KEY, bytes(32)))


def moved_messages(package: Path) -> None:
    """Let the protobufs of one kind be somewhere else."""
    (package / "proto").unlink()
    (package / "proto").mkdir()
    for original in (library_path().parent / "proto").iterdir():
        if original.name not in ("__pycache__", "waServerSync"):
            (package / "proto" / original.name).symlink_to(original)


MOVED = {
    moved_key: "WhatsApp's root key is not in it",
    moved_messages: "its messages are not where they were",
}


@pytest.fixture(params=MOVED, ids=lambda move: move.__name__)
def another_neonize(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """A folder with a neonize of another layout, and what is to be said of it."""
    package = tmp_path / "another" / "neonize"
    package.mkdir(parents=True)
    for original in library_path().parent.iterdir():
        if original.name != "__pycache__":
            (package / original.name).symlink_to(original)
    request.param(package)
    return str(package.parent), MOVED[request.param]


def test_an_iq_without_an_answer_fails_the_test_that_caused_it(tmp_path):
    said = run_tests(tmp_path, ASKS_TOO_MUCH)

    assert "2 passed, 1 error" in said
    assert "iqs that the server has no answer to" in said and "newsletter" in said
    assert "ERROR test_it.py::test_that_asks_what_nobody_answers" in said


def test_another_layout_of_neonize_fails_tests_with_one_sentence(tmp_path, another_neonize):
    folder, sentence = another_neonize
    source = "def test_it(whatsapp): pass"

    said = run_tests(tmp_path, source, PYTHONPATH=folder)

    assert sentence in said
    assert "install the neonize that requirements.txt pins" in said
    assert "Traceback" not in said


def test_another_layout_of_neonize_ends_the_process_with_one_sentence(another_neonize):
    folder, sentence = another_neonize

    ended = subprocess.run(
        COMMAND,
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": folder},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )

    assert ended.returncode == 1 and ended.stdout == ""
    (line,) = ended.stderr.splitlines()
    assert sentence in line


def test_the_process_serves_a_real_client(tmp_path):
    with process() as (_, said):
        whatsapp = Simulator(said["control"], said["environment"], said["ws"])
        for phone, name in NAMES.items():
            whatsapp.add_person(phone=phone, name=name)
        with DrivenClient(whatsapp, tmp_path / "session.db") as client:
            id = client.link(ALICE).send(BOB, "from another process")
            (message,) = whatsapp.wait_inbox(phone=BOB, id=id)

        assert message["text"] == "from another process"
        assert (whatsapp.unanswered(), whatsapp.problems()) == ([], [])


def test_the_process_listens_on_loopback_alone():
    with process() as (server, said):
        whatsapp = Simulator(said["control"], said["environment"], said["ws"])
        assert whatsapp.online(phone=whatsapp.add_person(phone=ALICE)["phone"]) == []

        listening = [
            one.laddr.ip
            for one in psutil.Process(server.pid).net_connections()
            if one.status == psutil.CONN_LISTEN
        ]

    assert listening == ["127.0.0.1"] * 3  # the websocket, the media host and the control API
    assert said["ws"].startswith("ws://127.0.0.1:")


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (lambda server: server.stdin.close(), 0),
        (lambda server: server.send_signal(signal.SIGINT), 0),
        (lambda server: server.send_signal(signal.SIGTERM), 0),
        (lambda server: server.kill(), -signal.SIGKILL),
    ],
    ids=["end of stdin", "SIGINT", "SIGTERM", "SIGKILL"],
)
def test_the_process_leaves_nothing_behind(end, code):
    with process() as (server, said):
        folder = Path(said["overlay"]).parent
        assert (folder / "overlay" / "neonize").is_dir()

        end(server)

        assert server.wait(PATIENCE) == code
    until(lambda: not folder.exists(), "the patched library is gone")


def test_the_process_may_be_given_its_ports():
    with process() as (_, said):
        control = int(said["control"].rpartition(":")[2])
    with process("--control-port", str(control)) as (_, said):
        assert said["control"] == f"http://127.0.0.1:{control}"


def test_a_port_that_is_taken_ends_the_process_with_one_sentence():
    with process() as (_, said):
        taken = said["control"].rpartition(":")[2]
        again = [*COMMAND, "--control-port", taken]
        ended = subprocess.run(again, cwd=PROJECT, capture_output=True, text=True, timeout=PATIENCE)

    assert ended.returncode == 1
    assert ended.stderr.startswith("The WhatsApp server cannot run: ")
    assert len(ended.stderr.splitlines()) == 1


def test_the_real_host_is_not_in_the_library_that_a_client_gets(whatsapp):
    overlay = Path(whatsapp.environment({})["PYTHONPATH"])
    patched = (overlay / "neonize" / library_path().name).read_bytes()

    assert REAL_HOST not in patched and ROOT_KEY not in patched
    assert whatsapp.url.encode() in patched
    assert ROOT_KEY in library_path().read_bytes()


def test_the_commands_are_listed(whatsapp):
    with urllib.request.urlopen(f"{whatsapp.control_url}/commands") as answer:
        commands = json.loads(answer.read())

    assert {"add_person", "scan", "disturb_sends", "inbox"} <= commands.keys()
    assert "phone" in commands["scan"]


def test_a_command_that_makes_no_sense_is_refused_with_a_sentence(whatsapp):
    for command, arguments, kind in (
        ("inbox", {"phone": "1"}, "WorldError"),
        ("inbox", {}, "TypeError"),
        ("fly", {}, "KeyError"),
        ("disturb_sends", {"phone": ALICE, "kind": "explode"}, "ValueError"),
    ):
        with pytest.raises(CommandError) as refusal:
            whatsapp.call(command, **arguments)
        assert refusal.value.kind == kind


def test_a_reset_ends_what_a_test_has_asked_for(world, client):
    world.qr_codes(count=2, fast=0.2)
    world.claim_prekeys(count=0)
    world.refuse_upgrades(status=503)
    world.disturb_sends(phone=ALICE, kind="no_ack")
    world.reset()
    world.add_person(phone=ALICE)
    world.add_person(phone=BOB)

    made = client().link(ALICE)

    assert world.wait_inbox(phone=BOB, id=made.send(BOB, "as always"))
    (offer, *_) = [one for one in world.seen(tag="iq") if one["children"] == ["pair-device"]]
    assert offer["xml"].count("<ref>") == 6


def test_every_world_begins_empty(whatsapp):
    with pytest.raises(CommandError, match="nobody"):
        whatsapp.person(phone=ALICE)
    assert whatsapp.seen() == []
