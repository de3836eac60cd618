"""The websocket of a page as the page itself sees it: when it asked, and when it had the answer."""

from playwright.sync_api import Locator, Page

WATCH = """
window.frames_seen = [];
const Plain = window.WebSocket;
const note = (way, data) => {
  if (String(data).startsWith("42")) window.frames_seen.push([way, performance.now()]);
};
window.WebSocket = class extends Plain {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", (event) => note("in", event.data));
  }
  send(data) { note("out", data); super.send(data); }
};
"""
"""Notes every event in and out; to be run before the page's own scripts."""

_QUIET_MS = 120

_LAST = """([quiet, asked]) => {
  const seen = window.frames_seen, last = seen.at(-1);
  if (asked && !seen.some(([way]) => way === "out")) return false;
  return last && last[0] === "in" && performance.now() - last[1] > quiet;
}"""

_TOOK = """() => {
  const asked = window.frames_seen.find(([way]) => way === "out");
  return window.frames_seen.at(-1)[1] - asked[1];
}"""


def asked_and_answered(page: Page, press: Locator, key: str = "") -> float:
    """Milliseconds from the first event a click (or a key) sends to the last delta it brings."""
    page.wait_for_function(_LAST, arg=[_QUIET_MS, False])
    page.evaluate("window.frames_seen = []")
    if key:
        press.press(key)
    else:
        press.click()
    page.wait_for_function(_LAST, arg=[_QUIET_MS, True])
    took: float = page.evaluate(_TOOK)
    return took
