"""A language of phrases: its words and its grammar, of which a parser is made once.

A language is two files beside this one: NAME.lark, the grammar, whose rules are called the same
in every language, and NAME.py with the words. No grammar may be able to take one phrase apart in
two ways: it is LALR(1) without conflicts, see `parser`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from wasched.domain.phrases.pieces import EXAMPLES, PhraseError

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

_ALONE = {"WORKDAY": "workdays", "WEEKEND": "weekends"}
"""The pieces that words are which stand only behind "every"."""

_JOINS = ("AND", "OR", "COMMA", "ON", "THE")


class Word(NamedTuple):
    """What a word is to the grammar, and what it stands for."""

    kind: str
    value: Any = None


@dataclass(frozen=True, eq=False)
class Language:
    """The words of a language, in lower case; its grammar is the file `name`.lark.

    `nth` and `ampm` are patterns of what may follow a number: 1st, 6 pm.
    """

    name: str
    words: Mapping[str, Word]
    nth: str
    ampm: str


class Piece(NamedTuple):
    """A piece of a phrase: a rule of the grammar, the kinds and values of its words, its place.

    `every` tells that the word for it stood before.
    """

    name: str
    words: tuple[Word, ...]
    start: int
    end: int
    every: bool = False

    def value(self, *kinds: str) -> Any:
        """What the first word of one of these kinds stands for; None if there is none."""
        return next((word.value for word in self.words if word.kind in kinds), None)


def phrase_pieces(language: Language, text: str) -> list[Piece]:
    """A phrase in lower case, taken apart; PhraseError quotes what is not understood."""
    tokens = list(_tokens(language, text))
    try:
        tree = _parse(language, tokens)
    except _Stuck as fault:
        raise _not_understood(language, text, tokens, fault.at) from None
    return [_piece(part) for part in tree.children]


@cache
def phrase_parser(language: Language, strict: bool = False) -> "Lark":
    """The parser of a language; `strict` refuses a grammar that can read something in two ways.

    It takes half a second and some megabytes: only a process that reads phrases pays for it.
    """
    from lark import Lark
    from lark.lexer import Lexer

    class Words(Lexer):
        """Tokens come ready-made."""

        def __init__(self, conf: Any) -> None:
            """Nothing of the grammar is needed."""

        def lex(self, tokens: Any) -> "Iterator[Token]":  # type: ignore[override]
            yield from tokens

    grammar = resources.files(__package__).joinpath(f"{language.name}.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer=Words, strict=strict, propagate_positions=True)


class _Stuck(Exception):  # noqa: N818 - caught in this file
    """The grammar has no rule for the word at `at`."""

    def __init__(self, at: int) -> None:
        self.at = at


def _parse(language: Language, tokens: "list[Token]") -> "Tree[Token]":
    from lark.exceptions import UnexpectedToken

    try:
        return phrase_parser(language).parse(tokens)
    except UnexpectedToken as fault:
        at = next((at for at, one in enumerate(tokens) if one is fault.token), len(tokens))
        raise _Stuck(at) from None


def _not_understood(language: Language, text: str, tokens: "list[Token]", at: int) -> PhraseError:
    """A refusal that quotes from the piece on in which a word has no place."""
    if at < len(tokens) and tokens[at].type == "YEAR":
        words = text[tokens[at].start_pos :]
        return PhraseError(
            f'"{words}" is not understood. Write a time with a colon, as in 09:00, and a year with '
            "its day, as in 3 May 2027."
        )
    first = min(at, len(tokens) - 1)
    while first > 0 and not _is_whole(language, tokens[:first]):
        first -= 1
    while first > 0 and tokens[first - 1].type in _JOINS:
        first -= 1
    words = text[tokens[first].start_pos :]
    return PhraseError(f'"{words}" is not understood. Write it as in {EXAMPLES}.')


def _is_whole(language: Language, tokens: "list[Token]") -> bool:
    try:
        _parse(language, tokens)
    except _Stuck:
        return False
    return True


def _piece(tree: "Any") -> Piece:
    """A piece of a rule's tree; "every" hands its name on to what it stands before."""
    name, words = str(tree.data), tuple(_words_in(tree))
    every = name in ("every", "every_place")
    if name == "every":
        inner = next((str(one.data) for one in tree.children if hasattr(one, "data")), "")
        name = inner or _ALONE[words[0].kind]
    elif every:
        name = "place"
    return Piece(name, words, tree.meta.start_pos, tree.meta.end_pos, every)


def _words_in(tree: "Any") -> Iterator[Word]:
    for child in tree.children:
        if hasattr(child, "data"):
            yield from _words_in(child)
        else:
            yield Word(child.type, child.value)


def _tokens(language: Language, text: str) -> "Iterator[Token]":
    from lark import Token

    pattern, own = _pattern(language), language_keywords(language)
    at = 0
    while match := pattern.match(text, at):
        kind, word = match.lastgroup or "", match[match.lastgroup or 0]
        value: Any = word
        if kind == "WORD" and word in own:
            kind = own[word]
        elif kind == "WORD":
            kind, value = language.words[word]
        elif kind == "ZONE":
            _check_zone(language, word)
        at = match.end()
        # A token of lark is a text that carries its value beside it.
        yield Token(kind, value, start_pos=match.start(match.lastgroup or 0), end_pos=at)
    if rest := text[at:].strip():
        raise PhraseError(f'"{rest}" is not understood. Write it as in {EXAMPLES}.')


def _check_zone(language: Language, words: str) -> None:
    """Refuse words of the language that a stroke joins, which looks like the name of a zone."""
    if set(words.split("/")) <= {*language.words, *language_keywords(language)}:
        raise PhraseError(
            f'"{words}" can be read in two ways: as all of them, or as one of them. Say "and" '
            "between the days, or name one."
        )


@cache
def language_keywords(language: Language) -> Mapping[str, str]:
    """The words that stand in the grammar itself, with the names it gives them."""
    return {
        one.pattern.value: one.name
        for one in phrase_parser(language).terminals
        if one.pattern is not None and one.pattern.type == "str"
    }


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    """Numbers, zones and words, the longest first; a number ends where its digits end."""
    known = {one for one in (*language.words, *language_keywords(language)) if one[0].isalpha()}
    longest = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    kinds = (
        r"(?P<ISO>\d{4}-\d{1,2}-\d{1,2})(?!\d)",
        r"(?P<DOTTED>\d{1,2}\.\d{1,2}\.(?:\d{4})?)(?!\d)",
        r"(?P<SLASHED>\d{1,4}/\d{1,2}(?:/\d{1,4})?)(?![\d/])",
        r"(?P<CLOCK>\d{1,2}[:.h]\d{2})(?![\d:])",
        rf"(?P<NTH>\d{{1,2}}{language.nth})(?![^\W\d])",
        r"(?P<YEAR>\d{4})(?![\d:.])",
        r"(?P<INT>\d{1,3})(?![\d:.])",
        rf"(?P<AMPM>{language.ampm})(?!\w)",
        r"(?P<ZONE>[a-z_]+(?:/[a-z0-9_+-]+)+)",
        rf"(?P<WORD>(?:{longest})(?!['\w])|[-,])",
    )
    return re.compile(rf"\s*(?:{'|'.join(kinds)})")
