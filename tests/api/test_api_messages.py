"""The door for programs: keys, refusals, limits, and sending a message in one line."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from tests.api.conftest import Browser, Programs
from tests.api.described import PATH
from tests.scopes import session_scope
from wasched import bootstrap, config
from wasched.adapters.buckets import OwnBuckets
from wasched.api.v1 import callers, once
from wasched.api.v1.limits import Limits
from wasched.domain.errors import TooOftenError
from wasched.domain.link import IncomingSeen
from wasched.domain.message import Status
from wasched.domain.opaque_ids import Kind, OpaqueIds
from wasched.models import ApiKey, Message, Schedule
from wasched.services.line import link_events

MESSAGE = {"to": ["+491701234567"], "text": "Bells at six", "at": "2033-12-24T18:00:00+01:00"}

WRONG: list[tuple[dict[str, object], str, str]] = [
    ({"to": ["+491701234567", "0170 123"]}, "#/to/1", "country"),
    ({"to": []}, "#/to", "at least 1 item"),
    ({"to": ["per_none"]}, "#/to/0", "nobody"),
    ({"at": "2033-12-24T18:00:00"}, "#/at", "with its offset"),
    ({"at": "2006-12-24T18:00:00Z"}, "#/at", "is over"),
    ({"at": None, "when": "03/04/2033 9:00"}, "#/when", '"3 April" or "4 March"'),
    (
        {"at": None, "local": "2033-10-30T02:30", "zone": "Europe/Berlin"},
        "#/local",
        "2033-10-30T02:30:00+02:00 or 2033-10-30T02:30:00+01:00",
    ),
    ({"at": None, "local": "2033-10-30T12:30"}, "#/zone", "which zone"),
    ({"zone": "Berlin"}, "#/zone", "Europe/Berlin"),
    ({"when": "tomorrow"}, "#/when", "once"),
    ({"text": " "}, "#/text", "Write"),
    ({"account": "acc_00000000000"}, "#/account", "Alice's phone"),
    ({"late_minutes": -1}, "#/late_minutes", "greater than or equal"),
    ({"wen": "tomorrow"}, "#/wen", "not permitted"),
    ({"a/b": 1}, "#/a~1b", "not permitted"),
    ({"at": None, "local": "2033-10-31", "zone": "UTC"}, "#/local", "what the clocks show"),
]
"""What is sent, the place that is named, and words of what is said of it."""


def test_a_message_is_scheduled_read_and_taken_back(program: Programs) -> None:
    bells = program("Alice", "read", "send")

    status, made = bells.asks("POST", "/messages", MESSAGE)
    assert status == 201 and made["sentence"] == "Once, Sat 24 December 2033 at 18:00"
    assert made["id"].startswith("sch_")
    assert bells.last.headers["location"] == f"{PATH}/schedules/{made['id']}"
    (message,) = made["messages"]
    assert (message["to"], message["due"]) == ("+491701234567", "2033-12-24T17:00:00Z")
    assert message["status"] == "scheduled"

    _, story = bells.asks("GET", f"/messages/{message['id']}")
    assert [one["title"] for one in story["history"]] == ["Scheduled by Alice"]
    for _twice in range(2):
        status, gone = bells.asks("DELETE", f"/messages/{message['id']}")
        assert (status, gone["status"]) == (200, "cancelled")


def test_what_cannot_be_taken_is_said_with_its_place(program: Programs) -> None:
    bells = program("Alice", "send")
    for sent, pointer, says in WRONG:
        status, refusal = bells.asks("POST", "/messages", {**MESSAGE, **sent})

        assert status == 422 and refusal["type"] == "/api/docs#cannot-be-taken", sent
        assert refusal["errors"][0]["pointer"] == pointer
        assert says in refusal["errors"][0]["detail"]


def test_what_is_no_json_or_no_text_is_refused_and_not_repeated(program: Programs) -> None:
    bells = program("Alice", "send")
    for body, status in ((b"{", 422), (b"[" * 100_000, 400), (b'{"\\ud83d": 1}', 422)):
        answer = bells.client.post(
            f"{PATH}/messages",
            content=body,
            headers={"Authorization": f"Bearer {bells.key}", "Content-Type": "application/json"},
        )
        assert answer.status_code == status and answer.json()["detail"]
    assert bells.asks("POST", "/messages", MESSAGE, Content_Type="text/plain")[0] == 415


def test_a_time_in_words_is_answered_as_it_was_understood(program: Programs) -> None:
    words = {**MESSAGE, "at": None, "when": "every weekday at 9"}

    assert program("Alice", "send").asks("POST", "/messages", words)[1]["sentence"] == (
        "Every weekday at 09:00"
    )


def test_only_a_key_with_the_scope_opens_and_only_its_own_space(
    program: Programs, browser: Browser
) -> None:
    alice, reader, writer = (
        program("Alice", *one) for one in (["read", "send"], ["read"], ["send"])
    )
    message = alice.asks("POST", "/messages", MESSAGE)[1]["messages"][0]["id"]

    stranger = program("")
    assert stranger.asks("GET", "/messages")[0] == 401
    assert stranger.last.headers["www-authenticate"] == "Bearer"
    assert reader.asks("POST", "/messages", MESSAGE)[0] == 403
    assert writer.asks("GET", f"/messages/{message}")[1]["detail"].startswith(
        "This key has no scope `read`"
    )
    charlie = program("Charlie", "read", "send")
    assert charlie.asks("GET", f"/messages/{message}")[0] == 404
    assert charlie.asks("DELETE", f"/messages/{message}")[0] == 404
    assert charlie.asks("GET", "/messages")[1]["items"] == []
    assert charlie.asks("GET", f"/messages?schedule={message}")[0] == 404
    account = alice.asks("GET", "/accounts")[1]["items"][0]["id"]
    assert charlie.asks("GET", f"/accounts/{account}")[0] == 404
    assert charlie.asks("POST", "/messages", {**MESSAGE, "account": account})[0] == 422
    signed_in = browser("Bob")
    assert signed_in.get(f"{PATH}/messages").status_code == 401
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert alice.asks("GET", "/messages", None, **elsewhere)[0] == 200


def test_a_list_goes_on_where_it_ended_and_no_row_number_is_told(program: Programs) -> None:
    bells = program("Alice", "read", "send", per_account=True)
    for hour in (19, 18, 20):
        bells.asks("POST", "/messages", {**MESSAGE, "at": f"2033-12-24T{hour}:00:00Z"})

    found, path = [], "/messages?limit=2"
    while path:
        _, page = bells.asks("GET", path)
        found += [one["due"][11:13] for one in page["items"]]
        following = page["next"]
        link = bells.last.headers.get("link", "")
        assert bool(following) == link.endswith('>; rel="next"')
        path = link.removeprefix(f"<{PATH}").partition(">")[0] if following else ""
    assert found == ["18", "19", "20"]
    assert bells.asks("GET", "/messages?after=xx")[0] == 422
    assert bells.asks("GET", "/messages?to=2033-02-31")[1]["errors"][0]["parameter"] == "from"
    assert bells.asks("GET", "/messages?status=odd")[1]["errors"][0]["parameter"] == "status"
    assert len(bells.asks("GET", "/messages?tab=coming&q=bells&order=newest")[1]["items"]) == 3


def test_the_same_request_fifty_times_at_once_makes_one_schedule(program: Programs) -> None:
    bells = program("Alice", "send")

    def post(_number: int) -> str:
        answer = bells.client.post(
            f"{PATH}/messages",
            json=MESSAGE,
            headers={**bells._headers, "Idempotency-Key": "christmas"},
        )
        assert answer.status_code == 201
        return answer.text

    with ThreadPoolExecutor(10) as pool:
        answers = set(pool.map(post, range(50)))

    with session_scope(write=False) as session:
        assert session.scalar(select(func.count()).select_from(Schedule)) == 1
    assert len(answers) == 1
    other = bells.asks("POST", "/messages", {**MESSAGE, "text": "x"}, Idempotency_Key="christmas")
    assert other[0] == 422 and other[1]["errors"][0]["parameter"] == "Idempotency-Key"


def test_an_answer_that_was_lost_is_given_again(
    program: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a kill between the commit and the answer."""
    bells = program("Alice", "read", "send")

    def dies(*_words: object) -> None:
        raise SystemError

    with monkeypatch.context() as killed, pytest.raises(SystemError):
        killed.setattr(once, "Response", dies)
        bells.asks("POST", "/messages", MESSAGE, Idempotency_Key="bells")

    status, made = bells.asks("POST", "/messages", MESSAGE, Idempotency_Key="bells")
    there = bells.asks("GET", "/schedules")[1]["items"]
    assert status == 201 and [one["id"] for one in there] == [made["id"]]


def test_what_was_refused_leaves_no_answer_behind(program: Programs) -> None:
    bells = program("Alice", "send")
    refused = bells.asks("POST", "/messages", {**MESSAGE, "text": ""}, Idempotency_Key="one")
    again = bells.asks("POST", "/messages", MESSAGE, Idempotency_Key="one")

    assert (refused[0], again[0]) == (422, 201)


def test_who_asks_too_often_is_told_when_to_go_on(
    program: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_BURST", "2")
    config.settings.cache_clear()
    bells = program("Alice", "read")

    assert [bells.asks("GET", "/accounts")[0] for _ in range(3)] == [200, 200, 429]
    assert bells.last.headers["retry-after"] == "1"
    assert bells.last.headers["ratelimit-policy"] == '"key";q=2;w=2'
    assert bells.last.headers["ratelimit"] == '"key";r=0;t=2'
    assert program("Alice", "read").asks("GET", "/accounts")[0] == 200


def test_an_allowance_comes_back_with_time() -> None:
    now = [0.0]
    limits = Limits(60, 300, OwnBuckets(lambda: now[0]))

    assert [limits.take(1).left for _ in range(300)] == list(range(299, -1, -1))
    with pytest.raises(TooOftenError) as refusal:
        limits.take(1)
    assert refusal.value.seconds == 1 and limits.take(2).left == 299
    now[0] = 10.0
    assert limits.take(1).left == 9


def test_the_use_of_a_key_is_noted_once_a_minute(program: Programs) -> None:
    bells = program("Alice", "read")
    for _ in range(2):
        bells.asks("GET", "/accounts")
    callers.key_uses().close()

    with session_scope(write=False) as session:
        row = session.scalars(select(ApiKey)).one()
    assert row.used_at is not None and row.used_from == "testclient"


def test_the_door_is_described_on_a_page_without_scripts(program: Programs) -> None:
    bells = program("")
    page = bells.client.get("/api/docs")

    assert bells.description["openapi"] == "3.1.0"
    assert page.status_code == 200 and "<script" not in page.text
    for path, operations in bells.description["paths"].items():
        for one in operations.values():
            assert (
                one["summary"] and one["description"] and f'id="{one["operationId"]}"' in page.text
            )
            assert "401" in one["responses"], path
    assert bells.asks("GET", "/nothing") == (404, bells.last.json())
    assert "api/docs" in bells.last.json()["detail"]


def test_ids_are_of_one_server_and_one_kind_and_come_back() -> None:
    ids, others = OpaqueIds("a" * 40), OpaqueIds("b" * 40)
    numbers = (1, 2, 3, 77, 10**18 - 1, 2**63 - 1)

    written = [ids.write(Kind.MESSAGE, one) for one in numbers]
    assert [ids.read(Kind.MESSAGE, one) for one in written] == list(numbers)
    assert not set(written) & {others.write(Kind.MESSAGE, one) for one in numbers}
    assert len({one[4:6] for one in written[:4]}) > 1
    for odd in ("", "msg_", "msg_zzzzzzzzzzz", "msg_1", "sch" + written[0][3:], "msg_" + "é" * 11):
        assert ids.read(Kind.MESSAGE, odd) == 0


def test_what_people_write_back_is_read_by_its_message(program: Programs) -> None:
    bells = program("Alice", "read", "send")
    _, made = bells.asks("POST", "/messages", {**MESSAGE, "at": None})
    (message,) = made["messages"]
    now = bootstrap.clock().now()
    with session_scope() as session:
        sent = session.scalars(select(Message)).one()
        sent.status, sent.sent_at = Status.SENT, now
        jid = "491701234567@s.whatsapp.net"
        said = [IncomingSeen(f"R{at}", jid, jid, f"Yes {at}", now) for at in range(3)]
        link_events.apply_event(session, sent.account_id, said, now)

    asked = f"/replies?message={message['id']}&limit=2"
    _, page = bells.asks("GET", asked)
    _, rest = bells.asks("GET", f"{asked}&after={page['next']}")

    found = [*page["items"], *rest["items"]]
    assert [one["text"] for one in found] == ["Yes 2", "Yes 1", "Yes 0"]
    assert found[0]["phone"] == "+491701234567" and found[0]["matched_by"] == "window"
    assert bells.asks("GET", "/replies?message=msg_0")[0] == 404
    assert bells.asks("GET", "/replies?q=no+such+words")[1]["items"] == []
