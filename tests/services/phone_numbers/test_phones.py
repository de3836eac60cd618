"""What is known of a number."""

import pytest

from wasched.services.phone_numbers import phones


@pytest.mark.parametrize(
    ("search", "digits"),
    [("0151 / 42", "015142"), ("Room 42", ""), ("tel:+49 151 0000", "491510000"), ("Ada", "")],
)
def test_a_search_means_a_number_only_if_it_looks_like_one(search: str, digits: str) -> None:
    assert phones.number_part(search) == digits
