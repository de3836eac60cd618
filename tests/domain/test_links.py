# ruff: noqa: RUF001 - marks of other scripts are what this is about
"""Addresses in texts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wasched.domain.formatting import text_spans
from wasched.domain.links import find_links, first_link


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
        ("(see https://en.example/Foo_(bar))", "https://en.example/Foo_(bar)"),
        ("(see https://en.example/Foo_(bar)).", "https://en.example/Foo_(bar)"),
        ("https://en.example/a_(b)_(c)", "https://en.example/a_(b)_(c)"),
        ("[this](https://x.org/a)!", "https://x.org/a"),
        ("(https://x.org/a),(https://x.org/b)", "https://x.org/a"),
        ("[https://x.org/a?b[]=1]", "https://x.org/a?b[]=1"),
        ("{see https://x.org/a}", "https://x.org/a"),
        ("http://[2001:db8::1]/x", "http://[2001:db8::1]/x"),
        ("„https://a.example/x“", "https://a.example/x"),
        ("“https://a.example/x”, she said", "https://a.example/x"),
        ("»https://a.example/x« und", "https://a.example/x"),
        ("« https://a.example/x »", "https://a.example/x"),
        ("‹https://a.example/x›", "https://a.example/x"),
        ("‚https://a.example/x‘", "https://a.example/x"),
        ("‘https://a.example/x’.", "https://a.example/x"),
        ("'https://a.example/x', 'b'", "https://a.example/x"),
        ("参照 https://a.example/x。", "https://a.example/x"),
        ("请看https://a.example/x，谢谢", "https://a.example/x"),
        ("「https://a.example/x」を見て", "https://a.example/x"),
        ("（https://a.example/x）", "https://a.example/x"),
        ("《https://a.example/x》", "https://a.example/x"),
        ("انظر https://a.example/x، شكرا", "https://a.example/x"),
        ("هل رأيت https://a.example/x؟", "https://a.example/x"),
        ("देखें https://a.example/x।", "https://a.example/x"),
        ("more at https://a.example/x…", "https://a.example/x"),
        ("https://a.example/naïve/東京?q=é#ö", "https://a.example/naïve/東京?q=é#ö"),
        ("https://a.example/x/ and", "https://a.example/x/"),
    ],
)
def test_the_first_address_is_found(text: str, link: str) -> None:
    assert first_link(text) == link


def test_a_bubble_shows_the_same_end_as_the_preview() -> None:
    text = "(see https://en.example/Foo_(bar)) „https://a.example/x“"

    shown = [span.text for span in text_spans(text) if span.look == "link"]

    assert shown == ["https://en.example/Foo_(bar)", "https://a.example/x"]


def test_every_address_is_walked_over_once() -> None:
    """However they hang together, the addresses of a text do not overlap."""
    ends = list(find_links("https://a)" * 6_000))

    assert len(ends) == 6_000
    assert all(one[1] <= other[0] for one, other in pairwise(ends))


@given(st.text(alphabet="htps:/. x[]@(){}1*", max_size=60))
def test_any_text_has_a_link_or_none(text: str) -> None:
    assert first_link(text) in text
