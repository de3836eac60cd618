"""The token of a tab is said inside its line."""

from pathlib import Path

import pytest
import reflex_base

from wasched.ui.build.token_apart import without_token_in_address

SCRIPT = Path(reflex_base.__file__).parent / ".templates" / "web" / "utils" / "state.js"


def test_the_script_of_the_line_says_the_token_in_its_first_packet_only() -> None:
    text = without_token_in_address(SCRIPT.read_text())

    assert "query: {" not in text
    assert "opts.query" not in text
    assert "token: getToken() }" in text
    assert without_token_in_address(text) == text


def test_another_script_is_refused() -> None:
    with pytest.raises(ValueError, match="changed with Reflex"):
        without_token_in_address("export const connect = () => {};")
