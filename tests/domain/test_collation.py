"""Names stand where people look for them."""

import pytest

from wasched.domain.collation import sort_key


@pytest.mark.parametrize(
    "names",
    [
        "Lena|Łukasz|Lydia|Zoe",
        "adam|Ádám|Adamo|Ägidius|Alf|Älva|Anna|Özil|Zoë",
        "Person 2|Person 10|Person 10a|Person 100",
        "Anna|Anna B|Anna-Maria|Annabel",
        "Ångström|Ashe|Østergård|Otto|Strasse|Straße|Stratmann",
        "Георгій|Ґалаґан|Дмитро|Ірина|Йосип|Олена|Яна",
        "+49 151 2|Alt 1|(Bass) Ben|„Cleo“ Kern|🎺 Dora",
        "אבי|ברכה",
        "أحمد|بدر|ليلى",
    ],
)
def test_names_are_sorted_as_in_a_telephone_book(names: str) -> None:
    wanted = names.split("|")
    mixed = wanted[::-1]

    assert sorted(mixed, key=sort_key) == wanted


def test_a_name_of_digits_or_of_none_has_a_place() -> None:
    assert sort_key("007") < sort_key("8") < sort_key("1" * 300)
    assert sort_key("") < sort_key("🎺") < sort_key("a")
