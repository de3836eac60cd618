"""The process that reads a file of people: `python -m wasched.people_reader`, see bounded_process.

Reading and judging a hundred thousand rows takes seconds of a processor, and a file may be made
to take for ever; neither may hold up what is due.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wasched import bootstrap
from wasched.adapters.bounded_child import Say, serve_requests
from wasched.models import PeopleImport
from wasched.services.address_book.imports import run
from wasched.services.phone_numbers import phones


def read_people(asked: Mapping[str, Any], say: Say) -> None:
    """Read the file of an import, and say whenever more of it is written."""
    run.read_import(
        bootstrap.database(),
        Path(asked["path"]),
        bootstrap.clock(),
        asked["import"],
        lambda: say(None),
    )


def _prepare() -> None:
    """Do what comes first in any case, while the file may still be on its way."""
    bootstrap.answer(lambda session, _now: session.get(PeopleImport, 0))
    phones.pretty_number("+4915100000012")


if __name__ == "__main__":
    _prepare()
    serve_requests(read_people)
