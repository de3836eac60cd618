"""Addresses in texts, and what the pages behind them say of themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wasched.domain.links import first_link
from wasched.domain.page_head import DESCRIPTION_MAX, TITLE_MAX, PageHead, head_of


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("no link", ""),
        ("see https://x.org/a?b=1.", "https://x.org/a?b=1"),
        ("(https://x.org/a)", "https://x.org/a"),
        ("https://x.org/Fish_(food)", "https://x.org/Fish_(food)"),
        ("*https://x.org*", "https://x.org"),
        ("http://a.example then https://b.example", "http://a.example"),
        ("https://x.org/{name}", ""),
        ("ftp://x.org", ""),
        ("https://", ""),
        ("http://[broken", ""),
        ("HTTPS://X.ORG", "HTTPS://X.ORG"),
    ],
)
def test_the_first_address_is_found(text: str, link: str) -> None:
    assert first_link(text) == link


@given(st.text(alphabet="htps:/. x[]@(){}1*", max_size=60))
def test_any_text_has_a_link_or_none(text: str) -> None:
    assert first_link(text) in text


@pytest.mark.parametrize(
    ("page", "head"),
    [
        ("", PageHead()),
        ("<title>Plain &amp; simple</title>", PageHead("Plain & simple")),
        (
            '<meta property="og:title" content="The choir"><meta content="All of it" '
            "property='og:description'><meta property=og:image content=/a.png>",
            PageHead("The choir", "All of it", "/a.png"),
        ),
        ('<META NAME="description" CONTENT="Words">', PageHead("", "Words")),
        (
            '<title>T</title><meta property="og:title" content="First">'
            '<meta property="og:title" content="Second">',
            PageHead("First"),
        ),
        ("<title>two\n lines\x00</title>", PageHead("two lines")),
    ],
)
def test_a_page_says_what_it_is(page: str, head: PageHead) -> None:
    assert head_of(page.encode(), "text/html; charset=utf-8") == head


def test_other_encodings_are_read() -> None:
    page = '<meta charset="windows-1252"><title>Fauré</title>'.encode("windows-1252")

    assert head_of(page, "text/html").title == "Fauré"
    assert head_of(
        "<title>Fauré</title>".encode("latin-1"), "text/html; charset=latin-1"
    ).title == ("Fauré")
    assert head_of(b"<title>x</title>", "text/html; charset=klingon").title == "x"


@given(st.binary(max_size=300), st.text(max_size=40))
def test_no_page_can_break_the_reader(body: bytes, content_type: str) -> None:
    head_of(body, content_type)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece", ["<meta ", '<meta a="', "<title", "<meta a=b ", "a='", "charset="]
)
def test_a_hostile_page_is_read_in_no_time(piece: str) -> None:
    head = head_of((piece * 200_000).encode()[: 512 * 1024], "text/html")

    assert len(head.title) <= TITLE_MAX
    assert len(head.description) <= DESCRIPTION_MAX
