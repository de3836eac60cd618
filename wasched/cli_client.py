"""The shell's way to a server by its API: `wasched send | messages | take-back | watch | …`.

With a key it asks whichever server; without one who has the data at hand is let in as the operator.

Exit codes: 0 done; 2 said wrongly; 3 the key may not; 4 there is no such thing; 5 refused, with the
reason; 6 no answer, or too often: try again later.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, NoReturn
from urllib.parse import quote
from urllib.request import Request
from uuid import uuid4

import typer

from wasched.adapters.api_client import ApiClient, ApiError, refusal_sentence
from wasched.cli_users import find_server
from wasched.config import settings
from wasched.domain.errors import WaschedError
from wasched.domain.log_words import visible_text

client_commands = typer.Typer()

_CELL_MAX = 60
_NO_ANSWER = 6
_AGAIN_S = 5.0
_ASK_PATIENCE_S, _ASK_AGAIN_S = 90.0, 1.0
_NOT_YET = "WhatsApp has not answered yet. Ask again in a while."
_NO_VIEWS = {
    "asked": _NOT_YET,
    "unknown": "WhatsApp told of no such post: it tells of the last hundred in a channel.",
    "none": "That is no message that was posted to a channel.",
}

_Json = Annotated[bool, typer.Option("--json", help="Print the server's own answer.")]
_Limit = Annotated[int, typer.Option(min=1, max=200, help="No more lines than that.")]
_Space = Annotated[str, typer.Option(help="Without a key: of which space, by its name or number.")]
_Due = Annotated[str, typer.Option(help="Of a schedule: which send, by the due of its messages.")]
_Words = Annotated[str, typer.Argument(help="Words of texts or names.")]


@client_commands.command()
def send(
    to: Annotated[list[str], typer.Argument(help="Numbers with +, ids of people, groups, lists.")],
    text: Annotated[str, typer.Argument(help="What it says; - reads it from the input.")],
    at: Annotated[
        str, typer.Option(help='"tomorrow 9", or 2026-12-24T18:00+01:00; else now.')
    ] = "",
    zone: Annotated[str, typer.Option(help="Of which time zone that is, as Europe/Berlin.")] = "",
    account: Annotated[str, typer.Option(help="Through which account, by its id.")] = "",
    late: Annotated[int, typer.Option(min=0, help="So many minutes late it may go.")] = 30,
    as_json: _Json = False,
    space: _Space = "",
) -> None:
    """Send a text now, later, or again and again."""
    body: dict[str, Any] = {"to": to, "late_minutes": late}
    body["text"] = sys.stdin.read().rstrip("\n") if text == "-" else text
    body |= _time(at, zone) | ({"account": account} if account else {})
    once = str(uuid4())
    answer = _asked(lambda server: server.create("/messages", body, once), space)
    if as_json:
        _print_json(answer)
        return
    _print(str(answer["sentence"]))
    _print_table(answer["messages"], ("id", "due", "to", "status", "reason"))


@client_commands.command()
def messages(
    words: _Words = "",
    tab: Annotated[str, typer.Option(help="coming, past, needs or all.")] = "coming",
    schedule: Annotated[str, typer.Option(help="Of this schedule, by its id.")] = "",
    due: _Due = "",
    has_not: Annotated[
        str, typer.Option(help="Only who has not_voted, not_replied, not_read, not_delivered.")
    ] = "",
    limit: _Limit = 50,
    as_json: _Json = False,
    space: _Space = "",
) -> None:
    """List messages: what comes, what went, what needs somebody."""
    asked: dict[str, str | int] = {"tab": "all" if has_not else tab, "q": words, "limit": limit}
    narrows = {"schedule": schedule, "due": due, "has_not": has_not}
    asked |= {name: said for name, said in narrows.items() if said}
    if tab in ("past", "needs"):
        asked["order"] = "newest"
    _list("/messages", asked, ("id", "due", "status", "name", "text"), as_json, space)


@client_commands.command()
def replies(
    words: _Words = "",
    message: Annotated[str, typer.Option(help="To this message, by its id.")] = "",
    schedule: Annotated[str, typer.Option(help="To this schedule, by its id.")] = "",
    unanswered: Annotated[bool, typer.Option(help="Only what nobody answered.")] = False,
    limit: _Limit = 50,
    as_json: _Json = False,
    space: _Space = "",
) -> None:
    """List what people wrote back, the newest first."""
    asked: dict[str, str | int] = {"q": words, "limit": limit}
    asked |= {"message": message} if message else {}
    asked |= {"schedule": schedule} if schedule else {}
    asked |= {"unanswered": "true"} if unanswered else {}
    columns = ("at", "name", "kind", "text", "answered_at", "message")
    _list("/replies", asked, columns, as_json, space)


@client_commands.command()
def schedules(
    words: _Words = "", limit: _Limit = 50, as_json: _Json = False, space: _Space = ""
) -> None:
    """List schedules, the newest first."""
    columns = ("id", "status", "next", "sentence", "text")
    _list("/schedules", {"q": words, "limit": limit}, columns, as_json, space)


@client_commands.command()
def votes(
    of: Annotated[str, typer.Argument(help="A message or a schedule, by its id.")],
    as_json: _Json = False,
    space: _Space = "",
) -> None:
    """Tell how a poll stands, of one message or of all that a schedule sent last."""
    kind = "messages" if of.startswith("msg_") else "schedules"
    answer = _asked(lambda server: server.read(f"/{kind}/{of}/votes", {"voters": 1000}), space)
    if as_json:
        _print_json(answer)
        return
    _print(f"{answer['question']}: {answer['voted']} of {answer['asked']} voted")
    _print_table(answer["options"], ("text", "count", "percent"))
    voters = [one | {"chosen": ", ".join(one["chosen"])} for one in answer["voters"]]
    _print_table(voters, ("name", "chosen", "at"))


@client_commands.command()
def people(
    words: _Words = "", limit: _Limit = 50, as_json: _Json = False, space: _Space = ""
) -> None:
    """List people by name."""
    _list("/people", {"q": words, "limit": limit}, ("id", "name", "phone"), as_json, space)


@client_commands.command()
def lists(words: _Words = "", as_json: _Json = False, space: _Space = "") -> None:
    """List the lists by name."""
    _list("/lists", {"q": words}, ("id", "name", "members"), as_json, space)


@client_commands.command()
def keywords(as_json: _Json = False, space: _Space = "") -> None:
    """List the words that people write back, and what each does."""
    columns = ("id", "words", "field", "value", "move", "list_name", "answer")
    _list("/keywords", {}, columns, as_json, space)


@client_commands.command()
def groups(
    words: _Words = "", limit: _Limit = 50, as_json: _Json = False, space: _Space = ""
) -> None:
    """List the groups of the linked phones by name, with their sizes."""
    _list("/groups", {"q": words, "limit": limit}, ("id", "name", "size"), as_json, space)


@client_commands.command()
def invite_link(
    group: Annotated[str, typer.Argument(help="A group whose admin the account is, by its id.")],
    as_json: _Json = False,
    space: _Space = "",
) -> None:
    """Ask WhatsApp for a group's invite link: who has it can join."""
    answer = _until_told(f"/groups/{quote(group, safe='')}/invite-link", space)
    if as_json:
        _print_json(answer)
    elif answer["state"] == "told":
        _print(answer["link"])
    else:
        said = answer["reason"] or _NOT_YET
        _print(said, err=True)
        sys.exit(_NO_ANSWER if answer["state"] == "asked" else 5)


@client_commands.command()
def views(
    message: Annotated[str, typer.Argument(help="A message to a channel, by its id.")],
    as_json: _Json = False,
    space: _Space = "",
) -> None:
    """Ask WhatsApp how often a post in a channel was viewed."""
    answer = _until_told(f"/messages/{quote(message, safe='')}/views", space)
    if as_json:
        _print_json(answer)
    elif answer["state"] == "told":
        _print(str(answer["views"]))
    else:
        _print(_NO_VIEWS[answer["state"]], err=True)
        sys.exit(_NO_ANSWER if answer["state"] == "asked" else 5)


@client_commands.command()
def accounts(as_json: _Json = False, space: _Space = "") -> None:
    """List the accounts, and what to do about each."""
    _list("/accounts", {}, ("id", "name", "state", "standing"), as_json, space)


@client_commands.command()
def account_health(
    account: Annotated[str, typer.Argument(help="An account, by its id.")],
    as_json: _Json = False,
    space: _Space = "",
) -> None:
    """Tell how an account's number is doing, beside its own four weeks before."""
    path = f"/accounts/{quote(account, safe='')}/health"
    answer = _asked(lambda server: server.read(path, {}), space)
    if as_json:
        _print_json(answer)
        return
    _print(f"{answer['sentence']} {answer['advice']}".strip())
    vitals = ("arrived", "read", "answered", "refused", "opted_out")
    _print_table(
        [{"what": one.replace("_", " ")} | answer[one] for one in vitals],
        ("what", "count", "of", "share", "usual"),
    )


@client_commands.command()
def go_on(
    schedule: Annotated[str, typer.Argument(help="A schedule with a send that stopped itself.")],
    due: Annotated[str, typer.Argument(help="Which send, by the due of its messages.")],
    as_json: _Json = False,
    space: _Space = "",
) -> None:
    """Let a send go on that went badly and stopped itself."""
    _decide_held(schedule, "go-on", due, as_json, space)


@client_commands.command()
def take_back_rest(
    schedule: Annotated[str, typer.Argument(help="A schedule with a send that stopped itself.")],
    due: Annotated[str, typer.Argument(help="Which send, by the due of its messages.")],
    as_json: _Json = False,
    space: _Space = "",
) -> None:
    """Cancel what has not gone of a send that stopped itself."""
    _decide_held(schedule, "take-back-rest", due, as_json, space)


def _decide_held(schedule: str, deed: str, due: str, as_json: bool, space: str) -> None:
    path = f"/schedules/{quote(schedule, safe='')}/{deed}"
    answer = _asked(lambda server: server.create(path, {"due": due}, str(uuid4())), space)
    if as_json:
        _print_json(answer)
        return
    told = ", ".join(f"{count} {status}" for status, count in sorted(answer["tally"].items()))
    _print(f"Done. Of its messages: {told}.")


@client_commands.command()
def watch(
    after: Annotated[
        str, typer.Option(help="After which event, by its id; start: all that is kept.")
    ] = "now",
    texts: Annotated[bool, typer.Option(help="With texts, names and numbers.")] = False,
    as_json: _Json = False,
    space: _Space = "",
) -> None:
    """Print what happens, a line for each event, until you end it."""
    server = _server(space)
    while True:
        answer = _patiently(server, "/events", {"after": after, "texts": str(texts).lower()})
        for event in answer["items"]:
            typer.echo(json.dumps(event)) if as_json else _print(_event_line(event))
        after = answer["next"]


@client_commands.command()
def take_back(
    which: Annotated[str, typer.Argument(help="A message, or with --due a schedule, by its id.")],
    due: _Due = "",
    as_json: _Json = False,
    space: _Space = "",
) -> None:
    """Delete for everyone what has gone out, within 60 hours."""
    _amend(which, "take-back", due, {}, as_json, space)


@client_commands.command()
def correct(
    which: Annotated[str, typer.Argument(help="A message, or with --due a schedule, by its id.")],
    text: Annotated[str, typer.Argument(help="What it is to say; - reads it from the input.")],
    due: _Due = "",
    as_json: _Json = False,
    space: _Space = "",
) -> None:
    """Let what has gone out say something else, within 15 minutes."""
    said = sys.stdin.read().rstrip("\n") if text == "-" else text
    _amend(which, "correct", due, {"text": said}, as_json, space)


def _amend(
    which: str, deed: str, due: str, said: dict[str, str], as_json: bool, space: str
) -> None:
    """Have it done with a message, or with a send; each is answered in its own shape."""
    of = "schedules" if due else "messages"
    body = said | ({"due": due} if due else {})
    path = f"/{of}/{quote(which, safe='')}/{deed}"
    answer = _asked(lambda server: server.create(path, body, str(uuid4())), space)
    if as_json:
        _print_json(answer)
    elif due:
        _print(f"{answer['asked']} have gone out and are being done, {answer['ahead']} had not.")
        _print_table(answer["left"], ("count", "reason"))
    else:
        _print(str(answer["history"][-1]["title"]))


def _until_told(path: str, space: str) -> Any:
    """The answer once WhatsApp has given it, or what is known when patience ends."""
    once, until = str(uuid4()), time.monotonic() + _ASK_PATIENCE_S
    while True:
        answer = _asked(lambda server: server.create(path, {}, once), space)
        if answer["state"] != "asked" or time.monotonic() > until:
            return answer
        time.sleep(_ASK_AGAIN_S)


def _patiently(server: ApiClient, path: str, asked: dict[str, str | int]) -> Any:
    """The answer, however long the server is away; only what is refused ends it."""
    while True:
        try:
            return server.read(path, asked)
        except ApiError as fault:
            if _exit_code(fault.status) != _NO_ANSWER:
                _end(fault)
            _print(f"{fault} Trying again.", err=True)
            time.sleep(_AGAIN_S)


def _event_line(event: dict[str, Any]) -> str:
    about = " ".join(f"{name}={_cell(value)}" for name, value in event["data"].items())
    return f"{event['timestamp']}  {event['type']}  {about}"


def _list(
    path: str, asked: dict[str, str | int], columns: Sequence[str], as_json: bool, space: str
) -> None:
    answer = _asked(lambda server: server.read(path, asked), space)
    if as_json:
        _print_json(answer)
        return
    _print_table(answer["items"], columns)
    if answer.get("next"):
        typer.echo("There are more: see --limit.", err=True)


def _time(at: str, zone: str) -> dict[str, str]:
    """The time as the API takes it: an instant, a wall clock in a zone, or words."""
    named = {"zone": zone} if zone else {}
    try:
        read = datetime.fromisoformat(at)
    except ValueError:
        return named | ({"when": at} if at else {})
    if read.tzinfo is not None:
        return named | {"at": at}
    return named | ({"local": at} if zone else {"when": at})


def _asked(question: Callable[[ApiClient], Any], space: str) -> Any:
    """The answer; ends with a sentence and a code that says what to do about it."""
    try:
        return question(_server(space))
    except ApiError as fault:
        _end(fault)


def _end(fault: ApiError) -> NoReturn:
    _print(str(fault), err=True)
    sys.exit(_exit_code(fault.status))


class _AtHand(ApiClient):
    """The server whose data lie at hand, asked in this process; nothing is lost on the way."""

    tries = 1

    def __init__(self, space: str) -> None:
        super().__init__("http://localhost", "")
        find_server()
        # A second that who has a key does without.
        from wasched.api.v1.at_hand import ask_here, find_operator

        self._ask_here, self._operator = ask_here, find_operator(space)

    def answer(self, asked: Request) -> Any:
        assert asked.data is None or isinstance(asked.data, bytes)
        method, body = asked.get_method(), asked.data or b""
        status, said = self._ask_here(self._operator, method, asked.selector, body)
        if status >= 400:
            raise ApiError(refusal_sentence(status, said), status)
        return json.loads(said)


def _has_database() -> bool:
    return settings().is_on_a_server or settings().db_path.exists()


def _server(space: str) -> ApiClient:
    key, url = (os.environ.get(name, "").strip() for name in ("WASCHED_KEY", "WASCHED_URL"))
    if not key and not url and _has_database():
        return _AtHand(space)
    if not key:
        raise WaschedError(
            "WASCHED_KEY is not set. Make a key on the server, `wasched keys create --name shell "
            "--scope read --scope send`, and set WASCHED_KEY to it and WASCHED_URL to the server."
        )
    if space:
        raise WaschedError("A key is of one space: leave --space out, or take another key.")
    url = url or "http://localhost:3001"
    if not url.startswith(("http://", "https://")):
        raise WaschedError(f"WASCHED_URL is {url!r}. Give an address such as https://x.example.")
    return ApiClient(url, key)


def _exit_code(status: int) -> int:
    if status in (401, 403):
        return 3
    if status == 404:
        return 4
    return _NO_ANSWER if status in (0, 429) or status >= 500 else 5


def _print_json(answer: Any) -> None:
    """Letters beyond ASCII are written out: nothing of it steers a terminal."""
    typer.echo(json.dumps(answer, indent=2))


def _print_table(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> None:
    cells = [
        [one.upper() for one in columns],
        *[[_cell(row.get(c)) for c in columns] for row in rows],
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells if rows else []:
        _print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))


def _cell(value: object) -> str:
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    text = " ".join(str("" if value is None else value).split())
    return f"{text[: _CELL_MAX - 1]}…" if len(text) > _CELL_MAX else text


def _print(text: str, *, err: bool = False) -> None:
    """Words of others, such that they steer no terminal."""
    typer.echo(visible_text(text).rstrip(), err=err)
