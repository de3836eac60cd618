"""Keywords at the door for programs."""

from tests.api.conftest import Programs

YES = {"words": ["yes", "ja"], "field": "Coming", "value": "yes", "answer": "Thanks!"}


def test_a_keyword_is_made_read_changed_and_removed(program: Programs) -> None:
    choir = program("Alice", "read", "send", "manage")
    charlie = program("Charlie", "read", "manage")
    altos = choir.asks("POST", "/lists", {"name": "Altos"})[1]["id"]

    status, made = choir.asks("POST", "/keywords", YES)
    assert (status, made["words"], made["list"]) == (201, ["yes", "ja"], None)
    path = f"/keywords/{made['id']}"
    assert choir.asks("GET", path)[1] == made
    assert choir.asks("POST", "/keywords", YES)[1]["errors"][0]["pointer"] == "#/words"
    moves = {"move": "into", "list": altos, "field": None, "value": None}
    changed = choir.asks("PATCH", path, moves)[1]
    assert (changed["list_name"], changed["field"], changed["answer"]) == ("Altos", "", "Thanks!")
    assert [one["id"] for one in choir.asks("GET", "/keywords")[1]["items"]] == [made["id"]]
    for method, body in (("GET", None), ("PATCH", {"answer": "x"}), ("DELETE", None)):
        assert charlie.asks(method, path, body)[0] == 404
    assert program("Alice", "read", "send").asks("POST", "/keywords", YES)[0] == 403
    assert choir.asks("DELETE", path)[0] == 204
    assert choir.asks("GET", "/keywords")[1]["items"] == []
