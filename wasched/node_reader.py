"""The process that reads a database of the Node.js version: `python -m wasched.node_reader`.

The file came from somebody's browser, and may be made to take for ever.
"""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlmodel import Session

from wasched import bootstrap
from wasched.adapters.bounded_child import Say, serve_requests
from wasched.domain.errors import NotFoundError
from wasched.models import Membership, User
from wasched.services.caller import Caller
from wasched.services.identity import users
from wasched.services.node_import import bring_over
from wasched.services.node_import.target import Target


def read_node(asked: Mapping[str, Any], _say: Say) -> dict[str, Any]:
    """Say what is in the file at `path`, or bring it over if `bring` is true; a NodeReport as JSON.

    Whoever asks has looked whether the person (`user`, in `space`) may have it done.
    """
    path = Path(asked["path"])
    user = bootstrap.answer(lambda session, _now: _caller(session, asked))
    target = Target(asked["account"], asked["zone"])
    do = bring_over.bring_over if asked["bring"] else bring_over.look_at
    with bootstrap.node_database(path) as book:
        return asdict(do(bootstrap.database(), bootstrap.clock(), book, user, target))


def _caller(session: Session, asked: Mapping[str, Any]) -> Caller:
    user = session.get(User, asked["user"])
    member = session.get(Membership, (asked["user"], asked["space"]))
    if user is None or member is None:
        raise NotFoundError()
    caller = users.caller_of(user, member)
    return Caller(**{**vars(caller), "address": asked["address"]})


def _prepare() -> None:
    """Do what comes first in any case, while nobody has asked yet."""
    bootstrap.answer(lambda session, _now: session.get(User, 0))


if __name__ == "__main__":
    _prepare()
    serve_requests(read_node)
