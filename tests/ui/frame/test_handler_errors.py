"""A page that could not be loaded says so until it is; a deed that failed is told once."""

import pytest
import reflex as rx
from sqlalchemy.exc import DBAPIError

from tests.scopes import without_table
from tests.ui.conftest import Tab, state_in
from wasched.services.caller import Caller
from wasched.ui.frame import handler_errors
from wasched.ui.templates.state import TemplatesState


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("handler", "given", "said"),
    [
        ("load", (), "fail"),
        ("refresh", (), "fail"),
        ("save", ({"name": "Market", "text": "Hello"},), "_call_function"),  # a toast
    ],
)
async def test_a_page_says_that_it_failed_and_a_deed_in_a_moment(
    tab: Tab, alice: Caller, handler: str, given: tuple[object, ...], said: str
) -> None:
    state = await state_in(tab(alice, "/templates"), TemplatesState)

    with without_table("sign_in"), pytest.raises(DBAPIError) as fault:
        await type(state).event_handlers[handler].fn(state, *given)

    assert said in rx.event.Event.from_event_type(handler_errors.answer_error(fault.value))[0].name
