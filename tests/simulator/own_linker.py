"""Links the clients of the scenarios by the product's own linker, in the place of neonize's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.adapters.whatsapp.linking.rig import Rig, devices_in
from tests.whatsapp_server.driven import DrivenClient
from wasched.adapters.whatsapp.linking.library_side import list_devices
from wasched.adapters.whatsapp.linking.told import Linked, PasskeyRequest


@contextmanager
def linking_by_us(*, is_gated: bool) -> Iterator[None]:
    """Every `DrivenClient.link` until the end of the block."""

    def link(client: DrivenClient, phone: str) -> DrivenClient:
        _link(client, phone, is_gated=is_gated)
        return client.connect()

    with pytest.MonkeyPatch.context() as patches:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            patches.delenv(name, raising=False)
            patches.delenv(name.upper(), raising=False)
        patches.setattr(DrivenClient, "link", link)
        yield


def _link(client: DrivenClient, phone: str, *, is_gated: bool) -> None:
    whatsapp = client.whatsapp
    whatsapp.set_person(phone=phone, passkey=is_gated)
    rig = Rig(whatsapp, client.session, phone, list_devices=_list_devices)
    rig.scan()
    if is_gated:
        rig.show(rig.next(PasskeyRequest).options)
    assert rig.next(Linked).by_passkey is is_gated
    whatsapp.set_person(phone=phone, passkey=False)


def _list_devices(session: Path) -> list[str]:
    """The library makes the tables; whether it can read what is in them, its login shows."""
    return devices_in(session) if session.exists() else list_devices(session)
