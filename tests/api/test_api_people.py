"""People, groups, lists and templates at the door for programs."""

from datetime import datetime

from sqlmodel import Session, col, select

from tests.api.conftest import Programs
from wasched import bootstrap
from wasched.models import Account, Recipient
from wasched.services.ports import GroupSeen
from wasched.services.recipients import recipients
from wasched.services.recipients.invites import keep_answer

ANNA = {"phone": "+491701234567", "name": "Anna", "fields": {"voice": "alto"}, "notes": "Choir"}


def test_a_person_is_added_found_changed_and_removed(program: Programs) -> None:
    choir, charlie = program("Alice", "read", "send"), program("Charlie", "read", "send")

    status, anna = choir.asks("POST", "/people", ANNA, Idempotency_Key="anna")
    assert (status, anna["name"], anna["fields"]) == (201, "Anna", {"voice": "alto"})
    assert choir.asks("POST", "/people", ANNA, Idempotency_Key="anna")[1] == anna
    assert choir.asks("POST", "/people", ANNA)[1]["errors"][0]["pointer"] == "#/phone"
    path = f"/people/{anna['id']}"
    changed = choir.asks("PATCH", path, {"name": "Anna B.", "opted_out": True}, If_Match="*")[1]
    assert (changed["name"], changed["notes"], changed["opted_out"]) == ("Anna B.", "Choir", True)
    found = choir.asks("GET", "/people?q=anna")[1]["items"]
    assert [(one["id"], one["phone"]) for one in found] == [(anna["id"], "+491701234567")]
    for method, body in (("GET", None), ("PATCH", {"name": "x"}), ("DELETE", None)):
        assert charlie.asks(method, path, body, If_Match="*")[0] == 404
    assert program("Alice", "read").asks("DELETE", path)[0] == 403
    assert choir.asks("DELETE", path)[0] == 204
    assert choir.asks("GET", path)[0] == choir.asks("DELETE", path)[0] == 404


def test_a_list_has_members_whom_a_message_goes_to(program: Programs) -> None:
    choir, charlie = program("Alice", "read", "send"), program("Charlie", "read", "send")
    people = [
        choir.asks("POST", "/people", {"phone": f"+49170123456{n}", "name": name})[1]["id"]
        for n, name in enumerate(("Carol", "Anna", "Bert"))
    ]

    status, made = choir.asks("POST", "/lists", {"name": "Altos", "members": people[:2]})
    path = f"/lists/{made['id']}"
    assert (status, made["members"]) == (201, 2)
    more = {"name": "All", "add": people[2:]}
    assert choir.asks("PATCH", path, more, If_Match="*")[1]["members"] == 3
    first = choir.asks("GET", f"{path}/members?limit=2")[1]
    rest = choir.asks("GET", f"{path}/members?limit=2&after={first['next']}")[1]
    names = [one["name"] for one in first["items"] + rest["items"]]
    assert names == ["Anna", "Bert", "Carol"] and rest["next"] is None
    message = {"to": [made["id"]], "text": "Hi", "when": "tomorrow at 9"}
    goes = choir.asks("POST", "/messages", message)
    assert goes[1]["recipients"] == 3
    assert choir.asks("DELETE", path)[0] == 409
    assert choir.asks("PATCH", path, {"remove": people}, If_Match="*")[1]["members"] == 0
    refused = choir.asks("PATCH", path, {"add": ["per_1"]}, If_Match="*")[1]
    assert refused["errors"][0]["pointer"] == "#/add/0"
    for method, body in (("GET", None), ("PATCH", {"name": "x"}), ("DELETE", None)):
        assert charlie.asks(method, path, body, If_Match="*")[0] == 404
    theirs = charlie.asks("POST", "/messages", {"to": [people[0]], "text": "Hi"})
    assert theirs[0] == 422 and theirs[1]["errors"][0]["pointer"] == "#/to"
    assert charlie.asks("GET", "/lists?q=all")[1]["items"] == []


def test_people_are_listed_page_by_page_and_groups_apart(program: Programs) -> None:
    choir = program("Alice", "read", "send")
    for number, name in enumerate(("Bert", "Anna")):
        choir.asks("POST", "/people", {"phone": f"+49170123456{number}", "name": name})

    first = choir.asks("GET", "/people?limit=1")[1]
    rest = choir.asks("GET", f"/people?limit=1&after={first['next']}")[1]
    assert [one["items"][0]["name"] for one in (first, rest)] == ["Anna", "Bert"]
    assert choir.asks("GET", "/people?after=odd")[0] == 422
    status, refusal = choir.asks("GET", "/people?nmae=Anna")
    assert (status, refusal["errors"][0]["parameter"]) == (422, "nmae")
    assert choir.asks("GET", "/groups")[1] == {"items": [], "next": None}
    person = first["items"][0]["id"]
    assert choir.asks("GET", "/groups/" + person.replace("per", "grp"))[0] == 404


def test_a_group_has_its_size_and_its_invite_link_is_for_who_may_send(program: Programs) -> None:
    choir, charlie = program("Alice", "read", "send"), program("Charlie", "read", "send")
    seen = GroupSeen("1@g.us", "Choir", 12, is_admin=True)

    def bring_in(session: Session, now: datetime) -> int:
        account = session.exec(select(Account).order_by(col(Account.id))).all()[0]
        recipients.sync_groups(session, account.space_id, account.id or 0, [seen], now)
        return session.exec(select(Recipient.id).where(Recipient.jid == "1@g.us")).one() or 0

    group_id = bootstrap.transaction(bring_in)
    [group] = choir.asks("GET", "/groups")[1]["items"]
    assert (group["name"], group["size"], group["may_write"]) == ("Choir", 12, True)
    path = f"/groups/{group['id']}/invite-link"
    assert choir.asks("POST", path)[1]["state"] == "asked"
    link = "https://chat.whatsapp.com/Bx3"
    bootstrap.transaction(lambda session, now: keep_answer(session, group_id, now, link))
    told = choir.asks("POST", path)[1]
    assert (told["state"], told["link"]) == ("told", link)
    assert charlie.asks("POST", path)[0] == 404
    assert program("Alice", "read").asks("POST", path)[0] == 403


def test_a_template_is_kept_changed_and_removed(program: Programs) -> None:
    choir = program("Alice", "read", "send")

    status, made = choir.asks("POST", "/templates", {"name": "Hello", "text": "Hi {first name}"})
    path = f"/templates/{made['id']}"
    assert (status, made["variables"]) == (201, ["first_name"])
    assert choir.asks("PATCH", path, {"text": "Bye"}, If_Match="*")[1]["name"] == "Hello"
    assert choir.asks("GET", "/templates?q=bye")[1]["items"][0]["id"] == made["id"]
    assert program("Charlie", "read").asks("GET", path)[0] == 404
    assert choir.asks("DELETE", path)[0] == 204 and choir.asks("GET", path)[0] == 404
