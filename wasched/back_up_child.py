"""The process that makes a back-up by itself: `python -m wasched.back_up_child`.

What it loads, and a passphrase's 64 MB, are gone with it; it steps back behind what is sent.
"""

from collections.abc import Mapping
from typing import Any

from wasched import back_up_keeping
from wasched.adapters.bounded_child import Say, serve_requests
from wasched.config import settings
from wasched.domain.errors import WaschedError


def make_back_up(_asked: Mapping[str, Any], _say: Say) -> dict[str, str]:
    """Make one; its name, or in words why there is none."""
    try:
        return {"name": back_up_keeping.keep_back_up(settings())}
    except WaschedError as fault:
        return {"fault": str(fault)}


if __name__ == "__main__":
    serve_requests(make_back_up)
