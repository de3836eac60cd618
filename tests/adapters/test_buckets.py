"""What a key has used of its allowance is counted once for all who share a Redis."""

import pytest

from tests.product import Redis
from wasched.adapters.buckets import RedisBuckets

EACH_S, MOST_S = 60.0, 180.0


def buckets(redis: Redis) -> RedisBuckets:
    """What one process counts by."""
    return RedisBuckets(f"redis://127.0.0.1:{redis.port}/0")


def test_two_processes_count_together(redis: Redis) -> None:
    one, other = buckets(redis), buckets(redis)

    owed = [each.take("key 1", EACH_S, MOST_S)[0] for each in (one, other, one)]
    assert [round(found) for found in owed] == [60, 120, 180]
    none, over_s = other.take("key 1", EACH_S, MOST_S)
    assert none == 0 and over_s == pytest.approx(EACH_S, abs=10)
    assert other.take("key 2", EACH_S, MOST_S)[1] == 0


def test_what_is_whole_again_is_not_kept(redis: Redis) -> None:
    one = buckets(redis)
    one.take("key 1", EACH_S, MOST_S)

    [key] = one._redis.keys("wasched:bucket:*")
    assert 0 < one._redis.pttl(key) <= EACH_S * 1000


def test_without_redis_each_counts_by_itself(redis: Redis) -> None:
    one = buckets(redis)
    redis.kill()

    assert [one.take("key 1", EACH_S, MOST_S)[1] for _ in range(3)] == [0, 0, 0]
    assert one.take("key 1", EACH_S, MOST_S)[1] > 0
