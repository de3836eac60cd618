"""What pages on the web say of themselves, whoever wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wasched.adapters.page_head import DESCRIPTION_MAX, TITLE_MAX, PageHead, head_of


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
