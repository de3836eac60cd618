"""Schedules at the door for programs: preview, make, find, change, pause, cancel."""

from tests.api.conftest import Programs

WEEKLY = {
    "to": ["+491701234567", "+491701234568"],
    "text": "Practice at seven, {first name}",
    "when": "every weekday at 9",
}


def test_a_preview_tells_what_would_happen_and_saves_nothing(program: Programs) -> None:
    choir = program("Alice", "read", "send")

    status, told = choir.asks("POST", "/schedules:preview", WEEKLY)
    assert (status, told["sentence"], told["recipients"]) == (200, "Every weekday at 09:00", 2)
    assert len(told["next_times"]) == 5 and told["refusals"] == []
    assert any("{first name} is empty" in one["sentence"] for one in told["warnings"])
    poll = {"to": WEEKLY["to"], "poll": {"question": "When?", "options": ["Monday"]}}
    refusals = choir.asks("POST", "/schedules:preview", poll)[1]["refusals"]
    assert [one["pointer"] for one in refusals] == ["#/poll/options"]
    assert choir.asks("GET", "/schedules")[1]["items"] == []


def test_a_schedule_is_made_changed_paused_and_cancelled(program: Programs) -> None:
    choir = program("Alice", "read", "send")
    status, made = choir.asks("POST", "/schedules", WEEKLY)
    assert status == 201 and len(made["messages"]) == 2
    path = f"/schedules/{made['id']}"

    now = {"If_Match": "*"}
    status, refusal = choir.asks("PATCH", path, {"text": "At eight"}, **now)
    assert status == 422 and refusal["errors"][0]["parameter"] == "scope"
    other = {"text": "At eight", "late_minutes": 60}
    changed = choir.asks("PATCH", f"{path}?scope=all", other, **now)[1]
    assert (changed["text"], changed["late_minutes"]) == ("At eight", 60)
    assert changed["sentence"] == "Every weekday at 09:00"
    alone = choir.asks("PATCH", f"{path}?scope=this", {"text": "Once at nine"}, **now)[1]
    assert (alone["repeats"], alone["text"], alone["recipients"]) == (False, "Once at nine", 2)
    assert choir.asks("PATCH", path, {"status": "paused"}, **now)[1]["status"] == "paused"
    assert choir.asks("GET", "/schedules?which=paused")[1]["items"][0]["id"] == made["id"]
    assert choir.asks("PATCH", path, {"status": "active"}, **now)[1]["status"] == "active"

    for _twice in range(2):
        status, gone = choir.asks("DELETE", path)
        assert (status, gone["status"], gone["waiting"]) == (200, "cancelled", 0)
    assert choir.asks("PATCH", path, {"status": "paused"}, **now)[0] == 409


def test_schedules_are_listed_page_by_page_and_another_space_has_none_of_them(
    program: Programs,
) -> None:
    choir, charlie = program("Alice", "read", "send"), program("Charlie", "read", "send")
    ids = [choir.asks("POST", "/schedules", WEEKLY)[1]["id"] for _ in range(2)]

    first = choir.asks("GET", "/schedules?limit=1&which=repeating")[1]
    rest = choir.asks("GET", f"/schedules?limit=1&which=repeating&after={first['next']}")[1]
    assert [first["items"][0]["id"], rest["items"][0]["id"]] == ids[::-1] and rest["next"] is None
    assert choir.asks("GET", "/schedules?after=odd")[0] == 422
    path = f"/schedules/{ids[0]}"
    assert charlie.asks("GET", "/schedules")[1]["items"] == []
    assert charlie.asks("GET", path)[0] == charlie.asks("DELETE", path)[0] == 404
    assert charlie.asks("PATCH", path, {"text": "x"}, If_Match="*")[0] == 404
    assert program("Alice", "read").asks("PATCH", path, {"text": "x"})[0] == 403


def test_a_schedule_says_one_thing(program: Programs) -> None:
    choir, to = program("Alice", "send"), {"to": WEEKLY["to"]}

    for said in ({"place": {"where": "52.5, 13.4"}}, {"wordings": ["Hi", "Hello"]}):
        assert choir.asks("POST", "/schedules", {**to, **said})[0] == 201
    card = {"card": {"name": "Bob", "phone": "+491701234569"}}
    assert choir.asks("POST", "/schedules", {**to, **card, "text": "x"})[0] == 422
    assert choir.asks("POST", "/schedules", to)[1]["errors"][0]["pointer"] == "#/text"


def test_a_poll_is_followed_by_a_nudge_until_that_is_taken_away(program: Programs) -> None:
    choir = program("Alice", "read", "send")
    nudge = {"who": "not_voted", "days": 2, "time": "18:00", "text": "Please vote"}
    poll = {"poll": {"question": "Coming?", "options": ["Yes", "No"]}, "nudge": nudge}
    asked = {"to": WEEKLY["to"], "at": "2033-03-01T18:00:00+00:00", "zone": "UTC", **poll}

    made = choir.asks("POST", "/schedules", asked)[1]
    told = choir.asks("GET", f"/schedules/{made['id']}")[1]
    assert told["nudge"] == nudge
    (coming,) = told["nudges"]
    assert coming["at"] == "2033-03-03T18:00:00Z"
    own = choir.asks("GET", f"/schedules/{coming['schedule']}")[1]
    assert (own["has_not"], own["follows"], own["text"]) == ("not_voted", made["id"], "Please vote")
    found = f"/messages?schedule={made['id']}&due=2033-03-01T18:00:00Z&has_not="
    assert choir.asks("GET", f"{found}not_voted")[1]["items"] == []
    assert choir.asks("GET", f"{found}not_sung")[0] == 422

    path, now = f"/schedules/{made['id']}", {"If_Match": "*"}
    assert choir.asks("PATCH", path, {"nudge": None}, **now)[1]["nudges"] == []
    refused = choir.asks("POST", "/schedules", WEEKLY | {"nudge": nudge})[1]
    assert refused["errors"][0]["pointer"] == "#/nudge"
