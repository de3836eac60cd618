"""Browsers are called as people call them, whatever they claim to be besides."""

import pytest

from wasched.ui.core.user_agents import browser_name

_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML)"
_CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (f"{_IPHONE} CriOS/140.0 Mobile/15E148 Safari/604.1", "Chrome on iPhone"),
        (f"{_IPHONE} FxiOS/140.0 Mobile/15E148 Safari/605.1.15", "Firefox on iPhone"),
        (f"{_IPHONE} Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        (
            f"Mozilla/5.0 (Linux; Android 15) {_CHROME} SamsungBrowser/28",
            "Samsung Internet on Android",
        ),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {_CHROME}", "Chrome on Chromebook"),
        (f"Mozilla/5.0 (Windows NT 10.0) {_CHROME} Edg/140.0", "Edge on Windows"),
        ("curl/8.5", "A browser"),
    ],
)
def test_a_browser_is_called_by_its_name(agent: str, name: str) -> None:
    assert browser_name(agent) == name
