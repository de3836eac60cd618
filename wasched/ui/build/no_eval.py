"""Takes out of the built pages what runs words as a script, so that their policy can forbid it."""

import re

from reflex.constants import Templates
from reflex.plugins import Plugin
from reflex_base.plugins.base import PostBuildContext, PreCompileContext
from typing_extensions import Unpack

_EVENTS = "utils/state.js"

_OUR_EVENTS = r"""  if (event.name == "_call_function") {
    const { function: called, given, callback } = event.payload;
    const toast = (sentence, options, label, pressed) => {
      const action = pressed && { label, onClick: () => addEvents([pressed]) };
      refs["__toast"](sentence, { ...options, action });
    };
    // Our own script may come after the first answer of the server, on a slow line.
    if (!window.pageCalls && document.readyState !== "complete")
      await new Promise((done) => addEventListener("load", done, { once: true }));
    const result = await { ...window.pageCalls, toast }[called](...given);
    if (callback) addEvents([{ name: callback.name, payload: { [callback.takes]: result } }]);
    return;
  }

  if (event.name == "_call_script") {
    // The one script that the framework itself sends: it loads a page that broke anew.
    if (!event.payload.javascript_code?.includes(LAST_RELOADED_KEY))
      throw new Error("No page runs a script that the server sends: see page_calls.py.");
    const last = parseInt(window.sessionStorage.getItem(LAST_RELOADED_KEY)) || 0;
    if (Date.now() - last > 10_000) reloadForNewVersion();
    return;
  }
"""

_CHANGES = (
    (  # a script that the server sent, and a function's text
        r'  if \(event\.name == "_call_script" \|\| event\.name == "_call_function"\) \{\n'
        r".*?\n  \}\n",
        _OUR_EVENTS,
    ),
    (  # what is done with the result of a function that the page itself has
        r'typeof event\.payload\.callback === "string"\s*'
        r"\? eval\(event\.payload\.callback\)\s*: event\.payload\.callback",
        "event.payload.callback",
    ),
    (  # an address that comes as an expression, which those of our files never do
        r"    // Special case when linking to uploaded files\n    if \(.*?\n    \}\n",
        "",
    ),
    (r"await eval\(`import\(dataUri\)`\)", "await import(/* @vite-ignore */ dataUri)"),
)
"""Where Reflex runs words as a script, and what stands there instead."""

# Lodash looks for the global object by `Function("return this")` where neither `self` nor `global`
# is there, which no browser comes to.
_EVAL = re.compile(
    r"""\beval\b\s*(\?\.)?\s*\(|\bnew\s+Function\b|\bFunction\s*\(\s*["'`](?!return this["'`]\))"""
)


class NoEvalPlugin(Plugin):
    """Replaces `eval` where Reflex has it, and sees to it that no built script has any.

    Reflex sends toasts and calls as JavaScript for the page to run. Ours come as names and values
    (page_calls.py). A policy that allows `eval` allows it to whoever gets words onto a page.
    """

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Rewrite how the page takes events."""
        # What stands in .web may be what an earlier build has made of it.
        original = Templates.Dirs.WEB_TEMPLATE / _EVENTS
        context["add_modify_task"](_EVENTS, lambda _: without_eval(original.read_text()))

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """ValueError if a script of any library has what the policy forbids."""
        for path in context["static_dir"].rglob("*.js"):
            if found := _EVAL.search(path.read_text(encoding="utf-8")):
                raise ValueError(f"{path.name} runs words as a script: {found[0]}…")


def without_eval(text: str) -> str:
    """Reflex's way to take events without `eval`; ValueError if it is not where it used to be."""
    for pattern, instead in _CHANGES:
        text, count = re.subn(pattern, instead, text, flags=re.DOTALL)
        if count != 1:
            raise ValueError(f"Reflex takes events in another way: {count} times {pattern}")
    return text
