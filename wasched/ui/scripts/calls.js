// What the server may have a page do, by name (page_calls.py): it never sends a script.
window.pageCalls = {
  nextStep: () => window.nextStep(),
  zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
};
