"""Days are known in the forms that spreadsheets write, and said as people say them."""

import pytest

from wasched.domain.day_cells import iso_day, order_of, spoken_day


@pytest.mark.parametrize(
    ("cells", "order", "first"),
    [
        (["12.03.1990", "", "1.4.62"], "dmy", "1990-03-12"),
        (["12.03.", "24.12."], "dmy", "--03-12"),
        (["3/12/1990", "12/31/2001"], "mdy", "1990-03-12"),
        (["12/03/1990", "31/12/2001"], "dmy", "1990-03-12"),
        (["1990-03-12", "2001-12-31 00:00:00"], "ymd", "1990-03-12"),
        (["0151", "12.03.1990"], "", ""),
        (["2019", "2020"], "", ""),
        (["1/2", "3/4"], "", ""),
        (["30.02.2020"], "", ""),
        ([], "", ""),
    ],
)
def test_a_column_of_days_is_known_as_one(cells: list[str], order: str, first: str) -> None:
    assert order_of(cells) == order
    assert (iso_day(cells[0], order) if order else "") == first


def test_what_may_be_either_is_read_as_the_country_does() -> None:
    assert (order_of(["3/4/1990"]), order_of(["3/4/1990"], is_american=True)) == ("dmy", "mdy")


@pytest.mark.parametrize(
    ("kept", "said"),
    [("1990-03-12", "12 March 1990"), ("--02-29", "29 February"), ("2020-13-01", "2020-13-01")],
)
def test_a_day_is_said_in_words(kept: str, said: str) -> None:
    assert spoken_day(kept) == said
