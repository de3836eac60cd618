"""The server has pages do things by name, and no page has a way to run words as a script."""

import re
from pathlib import Path

import pytest
from reflex.constants import Templates
from reflex.event import Event
from reflex_components_sonner.toast import ToastAction

from tests.product import ROOT
from wasched.ui.build.no_eval import NoEvalPlugin, without_eval
from wasched.ui.core.page_calls import call_page, show_toast
from wasched.ui.core.toasts import UndoState
from wasched.ui.entrance.state import EntranceState

ORIGINAL = (Templates.Dirs.WEB_TEMPLATE / "utils" / "state.js").read_text()
SENDS_SCRIPTS = re.compile(
    r"rx\.(toast[.(]|call_script|call_function|console_log|window_alert|back\()"
)


def test_what_takes_events_has_no_eval_left() -> None:
    assert ORIGINAL.count("eval(") > 3
    assert "eval(" not in without_eval(ORIGINAL)
    assert "eval?." not in without_eval(ORIGINAL)


def test_a_framework_that_takes_events_in_another_way_is_not_built() -> None:
    with pytest.raises(ValueError, match="Reflex takes events in another way: 0 times"):
        without_eval(ORIGINAL.replace("event.payload.callback", "event.callback"))


@pytest.mark.parametrize(
    "script",
    ["eval(words)", "(0,eval)(words);eval?.(words)", "new Function(words)", "Function('x')"],
)
def test_a_script_that_runs_words_is_not_built(tmp_path: Path, script: str) -> None:
    (tmp_path / "library.js").write_text(f"const isFunction = 1; {script}")

    with pytest.raises(ValueError, match=r"library\.js runs words as a script"):
        NoEvalPlugin().post_build(static_dir=tmp_path)


def test_a_toast_is_words_and_the_name_of_an_event() -> None:
    words = "Kept`${alert(1)}`"
    [event] = Event.from_event_type(show_toast(words, ToastAction("Undo", UndoState.take_back)))

    [sentence, options, label, pressed] = event.payload["given"]
    assert (event.name, event.payload["function"]) == ("_call_function", "toast")
    assert (sentence, options, label) == (words, {"closeButton": True}, "Undo")
    assert pressed["name"].endswith("undo_state.take_back")


def test_a_call_says_which_event_takes_the_answer() -> None:
    [event] = Event.from_event_type(call_page("zone", callback=EntranceState.guess_zone))

    assert event.payload["function"] == "zone"
    assert event.payload["callback"]["takes"] == "zone"
    assert event.payload["callback"]["name"].endswith("entrance_state.guess_zone")


def test_no_handler_sends_a_script() -> None:
    sources = [*(ROOT / "wasched" / "ui").rglob("*.py"), ROOT / "wasched" / "wasched.py"]
    found = [
        f"{path.name}: {line.strip()}"
        for path in sources
        for line in path.read_text(encoding="utf-8").splitlines()
        if SENDS_SCRIPTS.search(line) and "rx.toast.provider" not in line
    ]

    assert found == [], "page_calls.py has ways that need no script"


def test_what_the_server_may_call_is_in_the_page_s_own_script() -> None:
    calls = (ROOT / "wasched" / "ui" / "scripts" / "calls.js").read_text(encoding="utf-8")
    sources = (path.read_text() for path in (ROOT / "wasched" / "ui").rglob("*.py"))
    called = {name for text in sources for name in re.findall(r'call_page\("(\w+)"', text)}

    assert called - {"toast"} == set(re.findall(r"^  (\w+):", calls, re.MULTILINE))
