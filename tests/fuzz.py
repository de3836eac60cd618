"""How hard properties are tried: 1,000 cases in `make test`, far more in `make torture`."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

CASES = int(os.environ.get("FUZZ_CASES", "1000"))

seeds = st.integers(0, 2**64)
"""For `random.Random`: ten times cheaper than to let hypothesis choose each letter."""


def fuzzed(test: Callable[..., Any]) -> Callable[..., Any]:
    """Try a property with CASES cases; stands above `@given`."""
    return fuzzed_by(1)(test)


def fuzzed_by(weight: int, least: int = 1) -> Callable[..., Any]:
    """The same where one case costs as much as `weight` others: with so many times fewer.

    There are `least` of them at least. No simpler case is looked for then, which a seed does not
    lead to anyway.
    """
    how = settings(
        max_examples=max(CASES // weight, least),
        deadline=None,
        phases=[one for one in Phase if weight == 1 or one is not Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow],
    )

    def mark(test: Callable[..., Any]) -> Callable[..., Any]:
        marked: Callable[..., Any] = pytest.mark.fuzz(pytest.mark.timeout(3600)(how(test)))
        return marked

    return mark
