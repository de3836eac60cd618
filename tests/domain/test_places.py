"""Places are read from what people paste."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wasched.domain import places
from wasched.domain.errors import InputError

HALL = (52.5163, 13.3777)


@pytest.mark.parametrize(
    "typed",
    [
        "52.5163, 13.3777",
        " 52.5163,13.3777 ",
        "52.5163 13.3777",
        "52,5163; 13,3777",
        "52.5163° N, 13.3777° E",
        "https://www.google.com/maps/place/Hall/@52.51,13.37,17z/data=!3m1!8m2!3d52.5163!4d13.3777",
        "https://www.google.com/maps/@52.5163,13.3777,17z",
        "https://maps.google.com/?q=52.5163,13.3777",
        "https://www.openstreetmap.org/#map=17/52.5163/13.3777",
        "https://www.openstreetmap.org/?mlat=52.5163&mlon=13.3777#map=12/50.0/10.0",
        "https://maps.apple.com/?ll=52.5163,13.3777&q=Hall",
        "geo:52.5163,13.3777?z=17",
    ],
)
def test_a_pasted_place_is_read(typed: str) -> None:
    assert places.read_place(typed) == pytest.approx(HALL)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("34°36\u203213\u2033S 58°22\u203254\u2033W", (-34.603611, -58.381667)),
        ("34.6036 S, 58.3816 W", (-34.6036, -58.3816)),
        ("\u221234.6036, \u221258.3816", (-34.6036, -58.3816)),
        ("-34.6036, -58.3816", (-34.6036, -58.3816)),
        ("0, 0", (0, 0)),
    ],
)
def test_south_and_west_are_below_zero(typed: str, place: tuple[float, float]) -> None:
    assert places.read_place(typed) == pytest.approx(place, abs=1e-5)


@pytest.mark.parametrize("typed", ["", "  ", "Parish hall", "52.5163", "1,2,3", "https://goo.gl/x"])
def test_what_is_no_place_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(InputError, match="two numbers") as refusal:
        places.read_place(typed)
    assert refusal.value.field == "place"


@given(st.text(max_size=200))
def test_any_text_is_a_place_or_refused(typed: str) -> None:
    try:
        north, east = places.read_place(typed)
    except InputError:
        return
    assert isinstance(north, float)
    assert isinstance(east, float)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_written_place_is_read_again(north: float, east: float) -> None:
    assert places.read_place(places.write_place(north, east)) == pytest.approx(
        (north, east), abs=1e-6
    )
