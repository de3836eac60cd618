"""What programs ask, tried on PostgreSQL each time; all of it there by `make test-postgresql`."""

import pytest

from tests.api.test_api_messages import (
    test_a_message_is_scheduled_read_and_taken_back,  # noqa: F401
    test_the_same_request_fifty_times_at_once_makes_one_schedule,  # noqa: F401
)


@pytest.fixture(autouse=True)
def on_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever database is made is one of PostgreSQL's."""
    monkeypatch.setenv("WASCHED_TEST_DATABASE", "postgresql")
