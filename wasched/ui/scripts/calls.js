// What the server may have a page do, by name (page_calls.py): it never sends a script.
window.pageCalls = {
  focusBack: () => window.focusBack(),
  focusOn: (id) => window.focusOn(id),
  focusThing: (names) => window.focusThing(names),
  nameDraft: (id) => window.nameDraft(id),
  pairingWay: () => (matchMedia("(max-width: 720px)").matches ? "code" : "qr"),
  nextStep: () => window.nextStep(),
  // A banner that has just come stands above what was scrolled to; what was pressed may be gone.
  showStopped: () => setTimeout(() => {
    const banner = document.getElementById("stopped");
    banner?.scrollIntoView({ block: "nearest" });
    if (document.activeElement === document.body) banner?.querySelector("button").focus();
  }, 300),
  // The banner with the button that was pressed is gone.
  focusStop: () => setTimeout(() => {
    if (document.activeElement !== document.body) return;
    const there = [...document.querySelectorAll("[data-stop]")].find((one) => one.offsetParent);
    (there ?? document.getElementById("main"))?.focus();
  }, 300),
  openQuestion: (name) => requestAnimationFrame(() => document.getElementById(name)?.showModal()),
  closeQuestion: () => document.querySelector("dialog[open]")?.close(),
  rememberBrowser: () => window.rememberBrowser(),
  typed: (...ids) => Object.fromEntries(ids.map((id) => [id, document.getElementById(id)?.value ?? ""])),
  zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
};
