// What the server may have a page do, by name (page_calls.py): it never sends a script.
window.pageCalls = {
  focusBack: () => window.focusBack(),
  nextStep: () => window.nextStep(),
  rememberBrowser: () => window.rememberBrowser(),
  zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
};
