"""Variables in texts: read once, filled in for each person, and never for another one."""

from collections.abc import Sequence
from datetime import datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz import fuzzed, seeds
from wasched.domain.content import ContactCard, Content, Location, Media, Poll, Text
from wasched.domain.filling import fill_content, is_blank, tell_content, values_of
from wasched.domain.templates import escape_braces, parse_template, variable_key

AT = datetime(2026, 3, 5, 9, 7)
ANNA = {"name": "Anna Schmidt", "first_name": "Anna", "voice_part": "Alto"}

ANY_TEXT = st.text(max_size=200)
BRACED = st.text(alphabet=st.sampled_from("{}|: a_name1\n*é"), max_size=60)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dear {name}", "Dear Anna Schmidt"),
        ("Dear {first_name},", "Dear Anna,"),
        ("Dear {First Name},", "Dear Anna,"),
        ("{ first_name }", "Anna"),
        ("{Voice part} and {voice_part}", "Alto and Alto"),
        ("{nickname|friend}", "friend"),
        ("{first_name|friend}", "Anna"),
        ("{nickname|}!", "!"),
        ("{nickname}!", "!"),
        ("{{name}}", "{name}"),
        ("{{{name}}}", "{Anna Schmidt}"),
        ("a { b } c {1} {} {", "a  c {1} {} {"),
        ('{"json": 1}', '{"json": 1}'),
        ("see {a, b}", "see {a, b}"),
        ("{date} {time}", "5 March 2026 09:07"),
        ("{date:DD.MM.YYYY}", "05.03.2026"),
        ("{date:D/M/YY} {time:h:mm a}", "5/3/26 9:07 am"),
        ("{date:D MMMM}", "5 March"),
        ("{note: x}", "{note: x}"),
        ('{"a": {"b": 1}}', '{"a": {"b": 1}}'),
        ('{"a": {"b": {"c": 1}}}', '{"a": {"b": {"c": 1}}}'),
        ("{{1}} {{{2}}} {{}}", "{{1}} {{{2}}} {{}}"),
        ("Congrats :-}}", "Congrats :-}}"),
        ("ha :{{ ha", "ha :{{ ha"),
        ("}}}} {{{{", "}}}} {{{{"),
        ('{"to": {name}}', '{"to": Anna Schmidt}'),
        ("{{{{name}}}}", "{{name}}"),
        ("{{ name }}", "{ name }"),
        ("{{first_name|friend}} {{date:DD}}", "{first_name|friend} {date:DD}"),
        ("{nickname|{first_name}}", "Anna"),
        ("{nickname|{first_name|friend}}", "Anna"),
        ("{nickname|{called|friend}}", "friend"),
        ("{nickname|dear {first_name}!}", "dear Anna!"),
        ("{nickname|{called|{first_name}}}", "Anna"),
        ("{a|{b|{c|{first_name}}}}", "Anna"),
        ("{{nickname|{first_name}}}", "{nickname|{first_name}}"),
        ("{nickname|the {date:D MMM}}", "the 5 Mar"),
        ("{First_Name} {NAME} {Date} {TIME}", "Anna Anna Schmidt 5 March 2026 09:07"),
        ("{Date:DD.MM.YYYY} {TIME:HH:mm}", "05.03.2026 09:07"),
        ("{ Date : DD.MM.YYYY } { date }", "05.03.2026 5 March 2026"),
        ("{date:} {date:DD|soon}", "5 March 2026 05"),
    ],
)
def test_variables_are_filled_in(text: str, said: str) -> None:
    assert parse_template(text).render(ANNA, AT) == said


@pytest.mark.parametrize("text", ["{a|", "{a|{1}} {a|b\nc}", "{date:DD", "{a|{{b}}}"])
def test_what_is_begun_and_no_variable_is_told(text: str) -> None:
    pattern = parse_template(text)

    assert any("goes out as it stands" in fault for fault in pattern.faults())


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("{date|DD.MM.YYYY}", "{date:DD.MM.YYYY}"),
        ("{time|HH:mm}", "{time:HH:mm}"),
        ("{nickname|first_name}", "{nickname|{first_name}}"),
        ("{nickname|First name}", "{nickname|{First name}}"),
    ],
)
def test_what_stands_in_and_is_meant_otherwise_is_told(text: str, instead: str) -> None:
    (fault,) = parse_template(text).faults()

    assert fault.endswith((f"write {instead}.", f"Write {instead}."))


@pytest.mark.parametrize("text", ["{date|soon}", "{nickname|friend}", "{nickname|}", "{date|}"])
def test_a_word_that_stands_in_is_no_fault(text: str) -> None:
    assert parse_template(text).faults() == ()


@pytest.mark.parametrize("text", ["{", '{"a": {"b": 1}}', ":-}}", "{{a|b}}", "{a|{b}}", "{see, x}"])
def test_braces_that_are_none_of_a_variable_are_no_fault(text: str) -> None:
    assert parse_template(text).faults() == ()


def test_what_stands_in_is_the_hole_if_it_is_empty_too() -> None:
    pattern = parse_template("{nickname|{first_name}}")

    assert pattern.names == ("nickname", "first_name")
    assert pattern.empty({}) == ("first_name",)
    assert pattern.empty({"first_name": "Anna"}) == ()
    assert "{first_name}" in pattern.render({}, holes=True)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    [
        *("{", "}", "{}", "{{a}", "{a|", "{a ", "{date:", "{a|{b }", "{a|{b|{c|{d|", " ", "{ \n"),
        "{a|" + "{b }" * 250,
        "{date:" + "'" * 99 + "}",
    ],
)
def test_a_hostile_text_is_read_in_no_time(piece: str) -> None:
    pattern = parse_template((piece * 65_536)[:65_536])

    pattern.render({}, AT)
    pattern.faults()
    parse_template("{a|" + (piece * 65_536)[:65_536])


def test_a_value_is_never_read_as_a_text_with_variables() -> None:
    values = {"name": "{secret} {{name}} {name}", "secret": "1234"}

    assert parse_template("Dear {name}").render(values, AT) == "Dear {secret} {{name}} {name}"


def test_holes_are_named_once_unless_they_have_a_fallback() -> None:
    pattern = parse_template("{a} {b} {a} {c|x} {date} {first_name}")

    assert pattern.names == ("a", "b", "c", "date", "first_name")
    assert pattern.empty({"first_name": " "}) == ("a", "b", "first_name")
    assert pattern.empty({"a": "1", "b": "2", "first_name": "Anna"}) == ()


@pytest.mark.parametrize(
    ("column", "variable"),
    [
        ("Voice part", "voice_part"),
        ("  E-Mail  ", "e_mail"),
        ("GRÖSSE", "grösse"),
        ("नाम", "नाम"),
        ("!?", ""),
    ],
)
def test_a_column_becomes_a_variable(column: str, variable: str) -> None:
    assert variable_key(column) == variable


def test_a_variable_in_an_indian_script_is_read() -> None:
    assert parse_template("{नाम}").render({"नाम": "आशा"}) == "आशा"


def test_a_first_name_that_was_imported_counts_more_than_a_guess() -> None:
    values = values_of("Schmidt Anna", {"First name": "Anna"}, is_person=True)

    assert values["first_name"] == "Anna"


def test_a_group_has_no_first_name() -> None:
    assert values_of("Whole choir", {}, is_person=False)["first_name"] == ""


@given(st.one_of(ANY_TEXT, BRACED), st.dictionaries(ANY_TEXT, ANY_TEXT, max_size=4))
def test_rendering_never_raises(text: str, values: dict[str, str]) -> None:
    pattern = parse_template(text)

    assert isinstance(pattern.render(values, AT), str)
    assert isinstance(pattern.render(values, AT, holes=True), str)
    assert set(pattern.empty(values)) <= set(pattern.names)


@given(ANY_TEXT)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_template(escape_braces(text)).render(ANNA, AT) == text


BITS = (
    *("{name}", "{a}", "{a|b}", "{secret}", "{first_name|x}", "{date:DD}", "{time}", "{नाम}"),
    *(
        "{",
        "}",
        "{{",
        "}}",
        "|",
        ":",
        "{date:",
        "a",
        " ",
        "\n",
        "1",
        "é",
        "\ue000",
        "\x00",
        "\ud800",
    ),
)


@fuzzed
@given(seeds)
def test_any_text_is_rendered_and_nobody_gets_anything_of_somebody_else(seed: int) -> None:
    """Nor does it matter to whom the same text went before."""
    luck = Random(seed)
    text = Text(_mixed(luck, BITS))
    anna, charlie = _somebody(luck, "①②③"), _somebody(luck, "❶❷❸")

    for_anna, for_charlie = (
        str(fill_content(text, one, AT, holes=True)) for one in (anna, charlie)
    )

    assert not set(for_anna) & set("❶❷❸")
    assert not set(for_charlie) & set("①②③")
    assert str(fill_content(text, anna, AT, holes=True)) == for_anna


def _somebody(luck: Random, letters: str) -> dict[str, str]:
    """The values of somebody whose words are told by their letters; braces are in them too."""
    fields = {name: _mixed(luck, (*letters, *BITS)) for name in ("a", "Secret", "नाम")}
    return values_of(_mixed(luck, (*letters, " ", *BITS)), fields, is_person=True)


def _mixed(luck: Random, bits: Sequence[str]) -> str:
    return "".join(luck.choices(bits, k=luck.randrange(9)))


CONTENTS: list[Content] = [
    Text("Hi {first_name}"),
    Media("image", "", "image/jpeg", caption="Hi {first_name}", digest="0" * 64),
    Poll("Coming, {first_name}?", ("{name}", "No")),
]


@pytest.mark.parametrize("content", CONTENTS)
def test_text_caption_and_question_are_filled_in(content: Content) -> None:
    assert "Anna" in tell_content(fill_content(content, ANNA, AT))


def test_what_has_no_text_stays_as_it_is() -> None:
    for content in (Location(1, 2, "{name}"), ContactCard("{name}", "+4915100000012")):
        assert fill_content(content, ANNA, AT) == content


def test_an_answer_of_a_poll_is_not_filled_in() -> None:
    poll = fill_content(Poll("{name}?", ("{name}", "No")), ANNA, AT)

    assert poll == Poll("Anna Schmidt?", ("{name}", "No"))


def test_a_text_of_nothing_but_holes_is_blank() -> None:
    assert is_blank(fill_content(Text("{nickname}"), ANNA, AT))
    assert not is_blank(fill_content(Text("{first_name}"), ANNA, AT))


@given(st.text(min_size=1, max_size=40).map(lambda name: name * 2000))
def test_a_filled_text_is_never_longer_than_whatsapp_takes(name: str) -> None:
    shown = fill_content(Text("{name}" * 3), {"name": name}, AT)

    assert isinstance(shown, Text)
    assert len(shown.body) <= 65_536
