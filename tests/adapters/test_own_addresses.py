"""The addresses by which this server is reached."""

from ipaddress import ip_address

import pytest

from wasched import config
from wasched.adapters import own_addresses
from wasched.adapters.own_addresses import network_url, own_url
from wasched.config import Settings


def settings(**environ: str) -> Settings:
    """Settings with a port of their own."""
    return config.read_settings({"SECRET_KEY": "k" * 40, "PORT": "4000", **environ})


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        ({}, "http://localhost:4000"),
        ({"LOCALHOST": "0.0.0.0"}, "http://localhost:4000"),
        ({"LOCALHOST": "192.168.1.20"}, "http://192.168.1.20:4000"),
        ({"LOCALHOST": "fd00::1"}, "http://[fd00::1]:4000"),
        ({"PUBLIC_URL": "https://wasched.example.org"}, "https://wasched.example.org"),
    ],
)
def test_the_address_that_people_type(environ: dict[str, str], url: str) -> None:
    assert own_url(settings(**environ)) == url


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"LOCALHOST": "::1"},
        {"LOCALHOST": "0.0.0.0", "IN_CONTAINER": "yes"},
        {"LOCALHOST": "0.0.0.0", "PUBLIC_URL": "https://wasched.example.org"},
    ],
    ids=["this machine alone", "its other loopback", "a container", "an address of its own"],
)
def test_nothing_is_said_of_a_network_that_nobody_comes_from(environ: dict[str, str]) -> None:
    assert network_url(settings(**environ)) == ""


def test_who_listens_everywhere_is_told_the_address_for_phones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everywhere = settings(LOCALHOST="0.0.0.0")
    found = own_addresses._own_address(only_4=True)
    assert found == "" or ip_address(found).version == 4
    monkeypatch.setattr(own_addresses, "_own_address", lambda **_: "192.168.1.20")

    assert network_url(everywhere) == "http://192.168.1.20:4000"
