"""WhatsApp's formatting marks, as its own bubble shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wasched.domain.formatting import Block, Span, plain_text, text_blocks, text_spans
from wasched.domain.templates import parse_template

MARKED = st.text(alphabet="ab *_~`\n->1.@{}", max_size=80)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", []),
        ("plain", [Span("plain")]),
        ("*bold*", [Span("bold", "bold")]),
        ("a _b_ c", [Span("a "), Span("b", "italic"), Span(" c")]),
        ("~gone~", [Span("gone", "strike")]),
        ("*_both_*", [Span("both", "bold italic")]),
        ("*a _b_ c*", [Span("a ", "bold"), Span("b", "bold italic"), Span(" c", "bold")]),
        ("`*code*`", [Span("*code*", "code")]),
        ("```two\nlines```", [Span("two\nlines", "code")]),
        ("2 * 3 * 4", [Span("2 * 3 * 4")]),
        ("snake_case_name", [Span("snake_case_name")]),
        ("* not bold*", [Span("* not bold*")]),
        ("*not\nbold*", [Span("*not\nbold*")]),
        ("*half", [Span("*half")]),
        ("(*bold*)", [Span("("), Span("bold", "bold"), Span(")")]),
        ("*שלום*", [Span("שלום", "bold")]),
        ("https://x.org/a_b_c", [Span("https://x.org/a_b_c", "link")]),
        ("*https://x.org/*", [Span("https://x.org/", "bold link")]),
        ("see https://x.org.", [Span("see "), Span("https://x.org", "link"), Span(".")]),
    ],
)
def test_marks_become_looks(text: str, shown: list[Span]) -> None:
    assert text_spans(text) == shown


def test_a_mention_shows_the_name() -> None:
    assert text_spans("Hi @4915100000012, hi @everyone", {"4915100000012": "Anna"}) == [
        Span("Hi "),
        Span("@Anna", "mention"),
        Span(", hi "),
        Span("@everyone", "mention"),
    ]


def test_an_e_mail_address_mentions_nobody() -> None:
    assert text_spans("anna@everyone.example") == [Span("anna@everyone.example")]


def test_a_variable_without_a_value_is_marked_in_a_preview() -> None:
    rendered = parse_template("Dear {nickname}").render({}, holes=True)

    assert text_spans(rendered) == [Span("Dear "), Span("{nickname}", "hole")]


def test_lists_quotes_and_code_are_told_apart() -> None:
    text = (
        "Bring:\n- the *score*\n* a pencil\n1. first\n12. twelfth\n> quoted\n```code\nhere```\nend"
    )

    assert text_blocks(text) == [
        Block("line", (Span("Bring:"),)),
        Block("bullet", (Span("the "), Span("score", "bold"))),
        Block("bullet", (Span("a pencil"),)),
        Block("number", (Span("first"),), "1."),
        Block("number", (Span("twelfth"),), "12."),
        Block("quote", (Span("quoted"),)),
        Block("code", (Span("code\nhere", "code"),)),
        Block("line", (Span("end"),)),
    ]


@pytest.mark.parametrize("text", ["-no list", "- ", "1.no list", "2026. ", "*bold* - no list"])
def test_what_only_looks_like_a_list_is_a_line(text: str) -> None:
    assert [block.kind for block in text_blocks(text)] == ["line"]


def test_an_empty_line_stays_an_empty_line() -> None:
    assert [block.spans for block in text_blocks("a\n\nb")] == [(Span("a"),), (), (Span("b"),)]


def test_plain_text_has_no_marks() -> None:
    assert plain_text("*Dear* _all_, `x`") == "Dear all, x"


@given(MARKED)
def test_no_letter_is_lost(text: str) -> None:
    kept = "".join(span.text for span in text_spans(text))
    in_blocks = "".join(span.text for block in text_blocks(text) for span in block.spans)

    assert [c for c in kept if c in "ab"] == [c for c in text if c in "ab"]
    assert [c for c in in_blocks if c in "ab"] == [c for c in text if c in "ab"]


@given(st.text(max_size=200))
def test_any_text_can_be_shown(text: str) -> None:
    assert isinstance(plain_text(text), str)
    assert isinstance(text_blocks(text), list)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece", ["*a ", "*a* ", "*_~", "*", "*a\n", "https://x/*a*", "`", "```", "@12345", "> *x*\n"]
)
def test_the_longest_text_is_read_in_no_time(piece: str) -> None:
    """A hundred seconds and more where the walk goes back for every mark."""
    text = piece * (65_536 // len(piece))

    assert text_spans(text)
    assert text_blocks(text)
