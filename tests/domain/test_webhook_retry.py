"""When a delivery is tried again."""

from datetime import UTC, datetime, timedelta
from random import Random

from wasched.domain.webhook_retry import wait_after


def test_waits_grow_from_seconds_to_a_day_and_heed_the_receiver() -> None:
    now, rng = datetime(2026, 11, 30, tzinfo=UTC), Random(1)

    waits = [wait_after(tries, "", now, rng) for tries in range(1, 12)]

    assert timedelta(seconds=4) <= waits[0] <= timedelta(seconds=6)
    assert waits == sorted(waits[:9]) + waits[9:]
    assert timedelta(hours=19) <= waits[-1] <= timedelta(hours=29)
    assert wait_after(1, "90", now, rng) == timedelta(seconds=90)
    date = "Mon, 30 Nov 2026 01:00:00 GMT"
    assert wait_after(1, date, now, rng) == timedelta(hours=1)
    for odd in ("soon", "-5", "9" * 40, "Mon, 99 Nov", "30 Nov 2026 01:00:00"):
        assert wait_after(1, odd, now, rng) < timedelta(hours=29)
