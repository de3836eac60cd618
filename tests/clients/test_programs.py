"""Other people's programs make a client of our description, try it, and read our calendar."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from tests.clients.conftest import HERE, Door, run_client
from wasched.services.identity import calendar_addresses


def test_a_generated_client_does_the_whole_walk(door: Door, tmp_path: Path) -> None:
    api, package = f"{door.url}/api/v1", tmp_path / "wasched_client"
    described, how = tmp_path / "openapi.json", tmp_path / "how.json"
    described.write_text(httpx.get(f"{api}/openapi.json", timeout=60).text)
    how.write_text(json.dumps({"post_hooks": []}))

    files = ("--path", str(described), "--config", str(how), "--output-path", str(package))
    run_client("openapi-python-client", "generate", *files, "--meta", "none", "--fail-on-warning")

    walk = str(HERE / "walk.py")
    run_client("python", walk, str(tmp_path), WASCHED_URL=api, WASCHED_KEY=door.key)


def test_a_calendar_program_shows_what_comes_and_where_it_has_moved(door: Door) -> None:
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)
    with door.books.scope() as session:
        token = calendar_addresses.make_address(session, door.owner, datetime.now(UTC))
    bearer = {"Authorization": f"Bearer {door.key}"}
    asks = httpx.Client(base_url=door.url, headers=bearer, timeout=60)
    said = {"to": ["+491701234569"], "text": "Bells", "at": at.isoformat()}
    made = asks.post("/api/v1/messages", json=said).json()
    path = f"/calendar/{token}.ics"

    first = asks.get(path)
    assert _bells(first) == at.isoformat()
    same = asks.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert same.status_code == 304

    later = at + timedelta(hours=3)
    path_of_it, seen = f"/api/v1/schedules/{made['id']}", {"If-Match": "*"}
    asks.patch(path_of_it, json={"at": later.isoformat()}, headers=seen).raise_for_status()
    moved = asks.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert _bells(moved) == later.isoformat()


def _bells(feed: httpx.Response) -> str:
    """When the bells are rung, as a calendar program has it."""
    shown = json.loads(run_client("python", str(HERE / "occurrences.py"), given=feed.text))
    [at] = [at for title, at in shown.items() if "Bells" in title]
    return str(at)
