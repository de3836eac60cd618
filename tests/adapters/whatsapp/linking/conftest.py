"""Rounds of linking that are stopped when their test ends."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.whatsapp.linking.rig import Rig
from tests.adapters.whatsapp.watched import ADA
from tests.whatsapp_server.client import Simulator
from wasched.adapters.whatsapp.linking.library_side import list_devices

Begin = Callable[..., Rig]


@pytest.fixture(scope="session")
def empty_session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session as the library itself makes it, with nothing in it."""
    made = tmp_path_factory.mktemp("session") / "empty.db"
    assert list_devices(made) == []
    return made


@pytest.fixture
def session(tmp_path: Path, empty_session: Path) -> Path:
    """A session of one's own, with nothing in it."""
    for suffix in ("", "-wal", "-shm"):
        source = empty_session.with_name(empty_session.name + suffix)
        if source.exists():
            shutil.copy(source, tmp_path / ("account-1.db" + suffix))
    return tmp_path / "account-1.db"


@pytest.fixture
def begin(whatsapp: Simulator, session: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Begin]:
    """Begins rounds for Ada's account, with the gate unless told otherwise."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    begun: list[Rig] = []

    def start(*, gate: bool = True, **more: Any) -> Rig:
        whatsapp.set_person(phone=ADA, passkey=gate)
        begun.append(Rig(whatsapp, session, **more))
        return begun[-1]

    yield start
    for rig in begun:
        rig.stop()
