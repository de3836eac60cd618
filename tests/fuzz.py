"""How hard properties are tried: 10,000 cases in `make test`, far more in `make torture`."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

CASES = int(os.environ.get("FUZZ_CASES", "10000"))

seeds = st.integers(0, 2**64)
"""For `random.Random`: ten times cheaper than to let hypothesis choose each letter."""


def fuzzed(test: Callable[..., Any]) -> Callable[..., Any]:
    """Try a property with CASES cases; stands above `@given`."""
    how = settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    marked: Callable[..., Any] = pytest.mark.fuzz(pytest.mark.timeout(3600)(how(test)))
    return marked
