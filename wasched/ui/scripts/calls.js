// What the server may have a page do, by name (page_calls.py): it never sends a script.
window.pageCalls = {
  focusBack: () => window.focusBack(),
  nextStep: () => window.nextStep(),
  // A banner that has just come stands above what was scrolled to.
  showStopped: () => setTimeout(() => document.getElementById("stopped")?.scrollIntoView({ block: "nearest" }), 100),
  // The banner with the button that was pressed is gone.
  focusStop: () => setTimeout(() => {
    if (document.activeElement !== document.body) return;
    const there = [...document.querySelectorAll("[data-stop]")].find((one) => one.offsetParent);
    (there ?? document.getElementById("main"))?.focus();
  }, 300),
  rememberBrowser: () => window.rememberBrowser(),
  zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
};
