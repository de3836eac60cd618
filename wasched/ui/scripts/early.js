// What is pressed or sent before React has the page is done once it has: nothing else would hear it. What the browser
// or a script of ours does by itself is done at once.
const BY_ITSELF = "form[action], form[method=dialog], form[role=search], .steps, [data-shows], [data-opens], [data-around], [data-insert]";
const hasPage = () => Boolean(window.goTo); // given when it has (links.py)
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
