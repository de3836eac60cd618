"""Pressing every control of a page by keyboard, each on the page as it first was.

A press must leave the focus on something that shows it, and say what it refuses.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as PatienceError

from tests.browser.catalogue import View
from tests.browser.look import settled

PAGE = "main"
"""The part of a page that is its own."""

_DEEP_MAX = 3
"""So many presses after each other: what they show has been pressed before on most pages."""

_SAME_MAX = 2
"""Of controls that are alike on a page, such as those of the rows of a list, the first so many."""

_TABS_MAX = 400

_PATIENCE_MS = 15_000

_IN_PAGE = Path(__file__).with_name("walk.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Step:
    """A control of a part of the page: its kind, and which one of those that are alike."""

    scope: str
    kind: str
    nth: int = 0

    def __str__(self) -> str:
        return self.kind.replace("|", " ").strip()


@dataclass(frozen=True)
class Place:
    """A state of a page: its address, and what is pressed before; `scope` is what came then."""

    path: str
    steps: tuple[Step, ...] = ()
    scope: str = PAGE
    words: str = ""  # they show that it is this page in this state

    def __str__(self) -> str:
        return " > ".join([self.path, *map(str, self.steps)])


Seen = dict[tuple[str, str], tuple[Place, int]]
"""By page and kind of control: the state that it was first pressed in, and how often."""


@dataclass
class Walk:
    """What was pressed where, and what was found wrong."""

    context: BrowserContext
    anew: Callable[[], None]  # puts the server back to what it was
    scope: str = PAGE
    links: dict[str, str] = field(default_factory=dict)  # what some addresses are filled with
    seen: Seen = field(default_factory=dict)
    only: str = ""  # what is pressed, by a pattern
    meanwhile: Callable[[], None] = lambda: None  # what others do while a page is open
    pressed: int = 0
    states: int = 0
    _faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._cookies = self.context.cookies()

    def place(self, view: View) -> Place:
        """A page as it is first seen."""
        return Place(view.path.format(**self.links), scope=self.scope, words=view.words)

    def found(self) -> list[str]:
        """What was wrong since this was asked last."""
        found, self._faults = self._faults, []
        return found

    def over(self, place: Place, most: int = 10_000) -> None:
        """Press what has not been pressed on this page, at most so many, and in what opens."""
        waiting = [place]
        while waiting:
            here = waiting.pop()
            self.states += 1
            for step in self._new(here)[:most]:
                waiting += self._press(here, step)

    def _new(self, place: Place) -> list[Step]:
        """The controls of a state that were not pressed on this page before."""
        with self._opened(place) as page:
            kinds = page.evaluate("(scope) => walk.kinds(scope)", place.scope)
            if not place.steps:
                self._tab_through(page, place)
        found, here = [], dict.fromkeys(kinds, 0)
        for kind in kinds:
            if self._is_new(place, kind):
                times = self.seen.get((_shape(place.path), kind), (place, 0))[1]
                self.seen[_shape(place.path), kind] = place, times + 1
                found.append(Step(place.scope, kind, here[kind]))
            here[kind] += 1
        return found

    def _is_new(self, place: Place, kind: str) -> bool:
        """Of rows that are alike a few are pressed, all in the state that showed them first."""
        first, times = self.seen.get((_shape(place.path), kind), (place, 0))
        return first == place and times < _SAME_MAX and bool(re.search(self.only, kind))

    def _tab_through(self, page: Page, place: Place) -> None:
        """Every control is reached by Tab, and shows that it was."""
        ends = 0
        for _ in range(_TABS_MAX):
            page.keyboard.press("Tab")
            kind = page.evaluate("(scope) => walk.reached(scope)", place.scope)
            ends += kind is None  # at the end of the page, from which Tab begins at its top
            if ends > 1:
                break
            if kind and not page.evaluate("walk.isMarked()"):
                self._faults.append(f"{place}: nothing shows the focus on {kind}")
        left = page.evaluate("(scope) => walk.unreached(scope)", place.scope)
        self._faults += [f"{place}: Tab never reaches {kind}" for kind in left]

    def _press(self, place: Place, step: Step) -> list[Place]:
        """Press one control on the page as it first was; the states that this opens."""
        with self._opened(place) as page:
            if not _focus(page, step):
                self._faults.append(f"{place}: never reached {step}")
                return []
            self.pressed += 1
            page.evaluate("walk.remember()")
            _press_key(page, step.kind)
            self._faults += [f"{place}, {step}: {fault}" for fault in _faults(page)]
            steps = (*place.steps, step)
            return [replace(place, steps=steps, scope=one) for one in self._opens(page, place)]

    def _opens(self, page: Page, place: Place) -> list[str]:
        """What a press has opened: a question, a menu, or more of the page."""
        if len(place.steps) >= _DEEP_MAX or not page.evaluate("() => 'walk' in window"):
            return []
        for scope in _OVER:
            if page.locator(scope).first.is_visible():
                return [scope]
        kinds = page.evaluate("(scope) => walk.came(scope)", place.scope)
        known = [(_shape(place.path), kind) in self.seen for kind in kinds]
        return [] if all(known) else [place.scope]

    def _opened(self, place: Place) -> "_Opened":
        self.anew()
        self.context.clear_cookies()
        self.context.add_cookies(self._cookies)  # signing out took them away
        return _Opened(self.context, place, self.meanwhile)


_OVER = ("[role=alertdialog]", "details[open]:focus-within > :not(summary)")


# What stands there before the scripts of a page makes place for other elements.
_IS_THERE = "() => !document.querySelector('.compose[inert], .place:not(:empty)')"


# What was pressed is marked until the server has answered; a page that is left fades.
_RESTS = "() => !document.querySelector('[data-pressed], [data-leaving]')"


class _Opened:
    """A page in a state, in a tab of its own."""

    def __init__(
        self, context: BrowserContext, place: Place, meanwhile: Callable[[], None]
    ) -> None:
        self._context, self._place, self._meanwhile = context, place, meanwhile

    def __enter__(self) -> Page:
        self._page = page = self._context.new_page()
        page.add_init_script("localStorage.clear()")  # no draft of an earlier press
        page.goto(self._place.path)
        settled(page)
        page.get_by_text(self._place.words).locator("visible=true").first.wait_for()
        page.wait_for_function(_IS_THERE)
        page.keyboard.press("Shift")  # from now on the keyboard is what moves the focus
        page.evaluate(_IN_PAGE)
        self._meanwhile()
        for step in self._place.steps:
            _focus(page, step)
            _press_key(page, step.kind)
        return page

    def __exit__(self, *_: object) -> None:
        self._page.close()


def _focus(page: Page, step: Step) -> bool:
    """Give a control the focus, once the press before has brought it; False if it never does."""
    with suppress(PatienceError):
        page.wait_for_function(
            "([s, k, n]) => walk.focus(s, k, n)",
            arg=[step.scope, step.kind, step.nth],
            timeout=_PATIENCE_MS,
        )
        return True
    return False


def _press_key(page: Page, kind: str) -> None:
    tag, _, rest = kind.partition("|")
    if rest.startswith("file"):
        return  # the browser's own dialogue opens
    if rest.startswith(("checkbox", "radio")):
        key = "Space"
    else:
        key = "ArrowDown" if tag == "SELECT" else "Enter"
    page.keyboard.press(key)
    page.wait_for_timeout(400)
    with suppress(BrowserError):  # it may have led away
        page.wait_for_function(_RESTS, timeout=_PATIENCE_MS)


def _faults(page: Page) -> Iterator[str]:
    """What is wrong after a press, once the page has come to rest."""
    try:
        if not page.evaluate("() => 'walk' in window"):
            return  # loaded anew, where every browser begins at the top
        for _ in range(50):
            if not page.evaluate("walk.isNobodys()"):
                break
            page.wait_for_timeout(200)
        else:
            yield "the focus is on nothing"
            return
        if not page.evaluate("walk.isMarked()"):
            yield f"nothing shows the focus on {page.evaluate('walk.at()')}"
        for sentence in page.evaluate("walk.unheard()"):
            yield f"nobody hears: {sentence}"
    except BrowserError as fault:
        if "navigation" not in str(fault) and "destroyed" not in str(fault):
            raise


def _shape(path: str) -> str:
    return re.sub(r"\d+", "*", path.partition("?")[0])
