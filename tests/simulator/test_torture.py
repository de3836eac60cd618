"""A hundred rounds in a row, each with a new process: link, send, receipt."""

from __future__ import annotations

import sys
from statistics import mean
from time import perf_counter

import pytest

from tests.whatsapp_server.driven import DrivenClient

from .conftest import ALICE, BOB

ROUNDS = 100


@pytest.mark.slow
@pytest.mark.torture
@pytest.mark.timeout(1800)
def test_a_hundred_new_clients_link_send_and_get_a_receipt(world, tmp_path, capsys):
    seconds = []
    for number in range(ROUNDS):
        began = perf_counter()
        with DrivenClient(world, tmp_path / f"session-{number}.db") as client:
            id = client.link(ALICE).send(BOB, f"round {number}")
            client.wait("Receipt", ids=[id], type=1)
            seconds.append(perf_counter() - began)
        world.unlink(phone=ALICE)

    assert world.texts(BOB) == [f"round {number}" for number in range(ROUNDS)]
    assert set(world.message_counts().values()) == {1}
    with capsys.disabled():
        sys.stdout.write(f"\n{ROUNDS} rounds, {mean(seconds):.2f} s each on average\n")
