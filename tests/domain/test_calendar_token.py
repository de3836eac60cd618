"""The token of a calendar's address is hidden wherever it is said, and nothing else is."""

import pytest

from wasched.domain.calendar_token import without_tokens


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ('"GET /calendar/wcal_aB-9_x.ics HTTP/1.1" 200', '"GET /calendar/….ics HTTP/1.1" 200'),
        ("https://x.org/calendar/%77cal_aB.ics?a=1", "https://x.org/calendar/….ics?a=1"),
        ("token wcal_aB-9_x", "token wcal_…"),
        ("/calendar/guess.ics", "/calendar/….ics"),
        (
            'File "wasched/ui/calendar/page.py", line 3',
            'File "wasched/ui/calendar/page.py", line 3',
        ),
    ],
)
def test_a_token_is_made_unreadable(said: str, shown: str) -> None:
    assert without_tokens(said) == shown
