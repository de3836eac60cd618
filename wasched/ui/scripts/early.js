// What is pressed or sent before React has the page is done once it has, and the server has begun to say what it shows:
// nothing else would hear it, and what was said to a page that is yet to be loaded would be cleared by its load. What
// the browser or a script of ours does by itself is done at once.
const BY_ITSELF = "form[action], form[method=dialog], form[role=search], .steps, [data-shows], [data-opens], [data-around], [data-insert]";
const LOADS_MS = 5_000; // a line that takes longer than this is waited for by the live line itself
let hasPageAt = 0;
let isReady = false;
const hasPage = () => {
  if (isReady || !window.goTo) return isReady; // given when React has it (links.py)
  hasPageAt ||= performance.now();
  isReady = !document.querySelector("[data-loading]") || performance.now() - hasPageAt > LOADS_MS;
  return isReady;
};
const look = () => hasPage() || setTimeout(look, 50);
look();
const waiting = new Map(); // by control: what it does, once, however often it is pressed
const mark = (control, on) => {
  control.toggleAttribute("data-pressed", on);
  if (on) control.setAttribute("aria-busy", "true");
  else control.removeAttribute("aria-busy");
};
const doThem = () => {
  if (!hasPage()) return setTimeout(doThem, 50);
  for (const [control, deed] of waiting) {
    waiting.delete(control);
    mark(control, false);
    if (control.isConnected) deed();
  }
};
const keep = (event, control, deed) => {
  event.preventDefault();
  event.stopImmediatePropagation();
  if (waiting.has(control)) return;
  mark(control, true);
  if (waiting.set(control, deed).size === 1) doThem();
};
addEventListener("click", (event) => {
  const button = hasPage() ? null : event.target.closest?.("button[type=button]");
  if (button && !button.closest(BY_ITSELF)) keep(event, button, () => button.click());
}, { capture: true });
addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!hasPage() && !form.matches(BY_ITSELF)) keep(event, submitter ?? form, () => form.requestSubmit(submitter));
}, { capture: true });
