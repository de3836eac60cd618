"""What people see, tried on PostgreSQL each time; all of it there by `make test-postgresql`."""

import pytest

from tests.ui.compose.test_editing import (
    made,  # noqa: F401
    test_charlie_sees_and_steers_no_schedule_of_alices,  # noqa: F401
    test_who_was_slower_sees_that_it_was_changed_and_may_insist,  # noqa: F401
)

pytestmark = pytest.mark.asyncio


@pytest.fixture
def on_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever database is made is one of PostgreSQL's."""
    monkeypatch.setenv("WASCHED_TEST_DATABASE", "postgresql")


@pytest.fixture(autouse=True)
def server(on_postgresql: None, server: None) -> None:
    """An empty server of this test's own, on PostgreSQL."""
