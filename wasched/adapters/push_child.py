"""The process that tells browsers by push: `python -m wasched.adapters.push_child`.

What is told is encrypted for the browser alone (RFC 8291), so that its push service, a stranger,
carries what it cannot read. It alone loads the library for that, and connects as webhooks do.
"""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from wasched.adapters import bounded_child
from wasched.adapters.bounded_child import Say
from wasched.adapters.webhook_posts import WebhookPosts

_LASTS_S = 24 * 60 * 60
"""How long a push service keeps it for a browser that is away."""


def do(asked: Mapping[str, Any], _say: Say) -> Any:
    """Make keys, or tell one browser: the status of the answer, and why there was none."""
    if asked["keys"] is None:
        from webpush.vapid import VAPID

        private, public, application = VAPID.generate_keys()
        return [private.decode(), public.decode(), application]
    try:
        body, headers = _seal(asked)
    except ValueError:  # the point is on no curve
        return [
            0,
            "This browser gave keys of no use. Switch it off and on again there.",
        ]
    poster = WebhookPosts(allows_private=asked["allows_private"])
    result = poster.open(asked["endpoint"], ()).send(headers, body)
    return [result.status, "" if result.status else result.answer]


def _seal(asked: Mapping[str, Any]) -> tuple[bytes, dict[str, str]]:
    from webpush import WebPush, WebPushSubscription
    from webpush.types import WebPushKeys

    private, public = (one.encode() for one in asked["keys"])
    library = WebPush(private, public, asked["contact"], ttl=_LASTS_S)
    keys = WebPushKeys(auth=asked["auth"], p256dh=asked["p256dh"])
    made = library.get(asked["said"], WebPushSubscription(endpoint=asked["endpoint"], keys=keys))
    where = urlsplit(asked["endpoint"])
    # The library leaves the port out of what is signed, which is of an origin (RFC 8292, 2).
    signed = library.vapid.get_authorization_header(
        SimpleNamespace(scheme=where.scheme, host=where.netloc),
        asked["contact"],
        library.expiration,
    )
    headers = {
        "TTL": made.headers["ttl"],
        "Urgency": "high",
        "Content-Encoding": made.headers["content-encoding"],
        "Content-Type": "application/octet-stream",
        "Authorization": signed,
    }
    return made.encrypted, headers


if __name__ == "__main__":
    bounded_child.serve_requests(do)
