"""What must hold on PostgreSQL as well, tried there each time: sending, the outbox, what differs.

All of `tests/services` runs there by `make test-postgresql`.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests import postgresql
from tests.services.content.test_rendering import (
    people,  # noqa: F401
    test_the_fields_of_people_are_offered_as_variables,  # noqa: F401
)
from tests.services.delivery.test_delivery import (
    desk,  # noqa: F401
    test_a_crash_while_sending_is_settled_by_evidence,  # noqa: F401
    test_a_due_message_is_sent_once,  # noqa: F401
    test_a_message_past_its_late_window_is_missed,  # noqa: F401
    test_a_message_that_never_left_is_tried_again,  # noqa: F401
    test_nothing_goes_out_through_a_paused_account,  # noqa: F401
)
from tests.services.moving.test_move_account import (
    choir,  # noqa: F401
    test_what_another_account_still_uses_stays_there_as_well,  # noqa: F401
)
from tests.services.votes.conftest import polls  # noqa: F401
from tests.services.votes.test_votes import (
    test_votes_are_told_to_who_reads_events,  # noqa: F401
)
from tests.services.webhooks.test_outbox import (
    read,  # noqa: F401
    test_every_status_is_told_but_those_that_are_nobody_elses_affair,  # noqa: F401
    test_people_accounts_schedules_and_what_is_taken_in_are_told,  # noqa: F401
    test_the_life_of_a_message_is_told_in_its_order,  # noqa: F401
    test_what_is_rolled_back_is_not_told,  # noqa: F401
)
from wasched import db


@pytest.fixture
def engine() -> Iterator[Engine]:
    """The newest tables in PostgreSQL, and nothing in them."""
    made = db.make_engine(postgresql.emptied_database())
    yield made
    made.dispose()
