"""What a browser shows when it is told by push, and where a press on it leads."""

import json
from collections.abc import Sequence
from datetime import datetime

from wasched.text.alert_words import ToldLike, alert_path, alert_text, alert_title

_TITLE_MAX, _BODY_MAX = 120, 600
"""At four bytes a letter it still fits a message, which holds 4 KB."""


def push_message(title: str, body: str, path: str, tag: str) -> str:
    """A message as the browser's service worker (sw.js) reads it.

    What has the same `tag` takes the place of what is shown already; nothing: it stands beside it.
    """
    said = {"title": _cut(title, _TITLE_MAX), "body": _cut(body, _BODY_MAX)}
    return json.dumps({**said, "path": path, "tag": tag}, ensure_ascii=False)


def pushed_alert(told: Sequence[ToldLike], zone: str, now: datetime) -> str:
    """All that is to be told now; the end of an incident takes the place of its beginning."""
    tag = f"{told[0].kind} {told[0].subject}" if len(told) == 1 else ""
    body = alert_text(told, "", zone, now)
    return push_message(alert_title(told), body, alert_path(told), tag)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
