"""A server that is under attack: its api over real sockets, an owner and a member."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.browser.conftest import api_alone, invited, owner_of
from tests.product import Product
from wasched.api.cookies import SESSION

_MEMBER = ("Charlie Choi", "charlie@choir.example")


@dataclass
class Target:
    """The server, and the cookies of who may come in, as `name=value`."""

    product: Product
    owner: str
    member: str
    clients: list[httpx.Client] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The origin of the server's own pages."""
        return self.product.url

    def browser(self, cookie: str = "", **headers: str) -> httpx.Client:
        """Somebody's browser; without a cookie a stranger's. Header names take `_` for `-`."""
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = said | ({"Cookie": cookie} if cookie else {})
        self.clients.append(httpx.Client(base_url=self.url, headers=sent, timeout=60))
        return self.clients[-1]

    def memory_mb(self) -> float:
        """The resident memory of the api with all below it, in MB."""
        return sum(one.memory_info().rss for one in self.product.processes("api")) / 1e6

    def close(self) -> None:
        """Close all browsers."""
        for client in self.clients:
            client.close()


@contextmanager
def served(folder: Path, **environ: str) -> Iterator[Target]:
    """An api on a folder of its own, set up, with one member."""
    with api_alone(folder, **environ) as product:
        target = Target(
            product, cookie_of(owner_of(product)), cookie_of(invited(product, *_MEMBER))
        )
        yield target
        target.close()


@pytest.fixture(scope="package")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A server for all who leave it as it was."""
    with served(tmp_path_factory.mktemp("target")) as started:
        yield started


def cookie_of(state: object) -> str:
    """The cookie of a sign-in, as `name=value`."""
    [kept] = [one for one in state["cookies"] if one["name"] == SESSION]  # type: ignore[index]
    return f"{kept['name']}={kept['value']}"
