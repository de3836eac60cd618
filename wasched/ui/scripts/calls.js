// What the server may have a page do, by name (page_calls.py): it never sends a script.
window.pageCalls = {
  beginAnew: () => location.assign("/"),
  download: (name) => location.assign(`/export/back-ups/${encodeURIComponent(name)}`), // the page stays: it is a file
  focusBack: () => window.focusBack(),
  focusOn: (id) => window.focusOn(id),
  focusThing: (names) => window.focusThing(names),
  nameDraft: (id) => window.nameDraft(id),
  pairingWay: () => (matchMedia("(max-width: 45em)").matches ? "code" : "qr"),
  passkeyAnswer: () => window.passkeyAnswer(),
  passkeyBookmark: (id, request) => window.passkeyBookmark(id, request),
  copyPasskeyLine: (request) => window.copyPasskeyLine(request),
  makePasskey: (options, origin) => window.makePasskey(options, origin),
  nextStep: () => window.nextStep(),
  subscribePush: (key) => window.subscribePush(key),
  // A banner that has just come stands above what was scrolled to.
  showStopped: () => window.onceDrawn(() => document.getElementById("stopped"), (banner) => banner.scrollIntoView({ block: "nearest" })),
  openQuestion: (name) => requestAnimationFrame(() => document.getElementById(name)?.showModal()),
  closeQuestion: () => document.querySelector("dialog[open]")?.close(),
  rememberBrowser: () => window.rememberBrowser(),
  renewSession: () => window.renewSession(),
  loadAnew: () => setTimeout(() => location.reload(), 1_000), // once the cookie has come that another tab asked for
  typed: (...ids) => Object.fromEntries(ids.map((id) => [id, document.getElementById(id)?.value ?? ""])),
  zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
};
