"""People who come to the attacked server by its doors, each from an address of their own."""

from itertools import count

import httpx

from tests.attacks.conftest import Target
from tests.browser.conftest import invited
from tests.browser.person import OWNER
from wasched.api.cookies import KNOWN, SESSION

_numbers = count(1)
ON_HTTPS = {"X-Forwarded-Proto": "https"}


def address() -> str:
    """Where nobody has come from yet (RFC 5737); the server believes the proxy before it."""
    number = next(_numbers)
    return f"198.51.{100 + number // 250}.{1 + number % 250}"


def newcomer(target: Target) -> tuple[str, dict[str, str]]:
    """Somebody who joins by invitation: their e-mail, and the cookies of their browser."""
    email = f"newcomer-{next(_numbers)}@choir.example"
    state = invited(target.product, "Robin Newcomer", email)
    return email, {one["name"]: one["value"] for one in state["cookies"]}  # type: ignore[misc]


def signs_in(
    target: Target, email: str, password: str = OWNER.password,
    cookies: dict[str, str] | None = None, **headers: str,
) -> httpx.Response:  # fmt: skip
    """Give an e-mail and a password at the door."""
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    kept = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
    return httpx.post(
        f"{target.url}/auth/sign-in",
        data={"email": email, "password": password},
        headers={"X-Forwarded-For": address(), **said, **({"Cookie": kept} if kept else {})},
        timeout=60,
    )


def is_in(target: Target, cookie: str, **headers: str) -> bool:
    """Whether a Cookie header gets its sender in."""
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    return target.browser(cookie, **said).get("/export/people.csv").status_code == 200


def error(answer: httpx.Response) -> str:
    """The code of a form's refusal; empty if it was taken."""
    return httpx.URL(answer.headers["location"]).params.get("error", "")


__all__ = ["KNOWN", "ON_HTTPS", "SESSION", "address", "error", "is_in", "newcomer", "signs_in"]
