"""Who changes a thing says what they have seen of it, and changes what they name alone."""

from typing import Any

import pytest
from sqlalchemy import update

from tests.api.conftest import Programs
from tests.owner import add_person
from tests.scopes import session_scope
from wasched import bootstrap
from wasched.domain.message import Status
from wasched.models import Message, Template

TO = ["+491701234567"]
KINDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "/people": ({"phone": "+491701234567", "name": "Anna"}, {"notes": "Sings"}),
    "/lists": ({"name": "Altos"}, {"name": "Sopranos"}),
    "/templates": ({"name": "Hello", "text": "Hi"}, {"text": "Bye"}),
    "/schedules": ({"to": TO, "text": "Hi", "when": "tomorrow at 9"}, {"late_minutes": 60}),
}
"""What is made at an address, and a change of it."""


@pytest.mark.parametrize("kind", KINDS)
def test_who_is_slower_is_told_and_changes_nothing(program: Programs, kind: str) -> None:
    choir = program("Alice", "read", "send")
    made, change = KINDS[kind]
    path = f"{kind}/{choir.asks('POST', kind, made)[1]['id']}"
    choir.asks("GET", path)
    seen = choir.last.headers["etag"]

    assert choir.asks("GET", path, If_None_Match=seen)[0] == 304
    assert choir.last.headers["etag"] == seen
    status, refusal = choir.asks("PATCH", path, change)
    assert status == 428 and refusal["errors"][0]["parameter"] == "If-Match"
    assert choir.asks("PATCH", path, change, If_Match=seen)[0] == 200
    newer = choir.last.headers["etag"]
    assert choir.asks("GET", path, If_None_Match=seen)[0] == 200
    assert choir.last.headers["etag"] == newer != seen
    for method, body in (("PATCH", change), ("DELETE", None)):
        status, refusal = choir.asks(method, path, body, If_Match=seen)
        assert status == 412 and refusal["type"] == "/api/docs#changed-meanwhile"
        assert refusal["detail"] == "You changed this in another place. Look again before you save."
    assert choir.asks("PATCH", path, change, If_Match=f'"0.x", W/{newer}')[0] == 200
    assert choir.asks("PATCH", path, change, If_Match="nothing")[0] == 412
    assert choir.asks("DELETE", path, If_Match="*")[0] in (200, 204)


def test_it_says_whose_the_change_was(program: Programs) -> None:
    choir = program("Alice", "read", "send")
    made = choir.asks("POST", "/templates", {"name": "Hello", "text": "Hi"})[1]
    with session_scope() as session:
        bob = add_person(session, "Bob", bootstrap.clock().now())
        session.execute(update(Template).values(version=7, changed_by_id=bob.id))

    refusal = choir.asks("PATCH", f"/templates/{made['id']}", {"text": "x"}, If_Match='"1.x"')
    assert refusal[0] == 412 and refusal[1]["detail"].startswith("Bob changed this meanwhile.")


def test_what_goes_out_meanwhile_is_news_and_no_reason_to_refuse(program: Programs) -> None:
    choir = program("Alice", "read", "send")
    made = choir.asks("POST", "/schedules", KINDS["/schedules"][0])[1]
    path, message = f"/schedules/{made['id']}", f"/messages/{made['messages'][0]['id']}"
    tags = {}
    for one in (path, message):
        choir.asks("GET", one)
        tags[one] = choir.last.headers["etag"]
    with session_scope() as session:
        session.execute(update(Message).values(status=Status.SENT, sent_at=Message.due_at))

    for one, tag in tags.items():
        assert choir.asks("GET", one, If_None_Match=tag)[0] == 200
    assert choir.asks("PATCH", path, {"late_minutes": 60}, If_Match=tags[path])[0] == 200


def test_a_change_of_one_time_says_which_schedule_it_tells_of(program: Programs) -> None:
    choir = program("Alice", "read", "send")
    weekly = {"to": TO, "text": "Hi", "when": "every weekday at 9"}
    path = f"/schedules/{choir.asks('POST', '/schedules', weekly)[1]['id']}"

    own = choir.asks("PATCH", f"{path}?scope=this", {"text": "Once"}, If_Match="*")[1]
    where = choir.last.headers["content-location"]
    tag = choir.last.headers["etag"]
    assert where == f"/api/v1/schedules/{own['id']}" != f"/api/v1{path}"
    assert choir.asks("PATCH", f"/schedules/{own['id']}", {"text": "x"}, If_Match=tag)[0] == 200


def test_a_patch_changes_what_it_names_and_null_takes_away(program: Programs) -> None:
    choir = program("Alice", "read", "send")
    anna = {"phone": "+491701234567", "fields": {"voice": "alto", "row": "2"}, "notes": "x"}
    person = f"/people/{choir.asks('POST', '/people', anna)[1]['id']}"
    kind = "application/merge-patch+json"

    def changes(path: str, **body: Any) -> tuple[int, dict[str, Any]]:
        return choir.asks("PATCH", path, body, If_Match="*", Content_Type=kind)

    after = changes(person, fields={"row": None, "key": "C"}, notes=None)[1]
    assert (after["fields"], after["notes"]) == ({"voice": "alto", "key": "C"}, "")
    assert after["name"] == "+49 170 1234567"  # which nobody has given them as a name
    goes = choir.asks("POST", "/schedules:preview", {"to": TO, "text": "Hi {name}"})[1]
    assert any("{name} is empty" in one["sentence"] for one in goes["warnings"])
    assert changes(person, name="Anna")[1]["fields"] == {"voice": "alto", "key": "C"}
    assert changes(person, fields=None, name=None)[1]["fields"] == {}

    two = {"to": [*TO, "+491701234568"], "text": "Hi", "when": "tomorrow at 9", "late_minutes": 5}
    schedule = f"/schedules/{choir.asks('POST', '/schedules', two)[1]['id']}"
    without = changes(schedule, but_not=[person.removeprefix("/people/")], late_minutes=None)[1]
    assert (without["recipients"], without["late_minutes"], without["text"]) == (1, 30, "Hi")
    assert changes(schedule, but_not=None, to=two["to"])[1]["recipients"] == 2
    for name in ("text", "to", "status"):
        status, refusal = changes(schedule, **{name: None})
        assert (status, refusal["errors"][0]["pointer"]) == (422, f"#/{name}")
