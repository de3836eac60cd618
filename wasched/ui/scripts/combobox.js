// A field that offers whom it may mean (WAI-ARIA's combobox): arrows go through what is offered, Enter takes what is
// marked, Escape puts it away, Backspace in an empty field takes back the last chip.
const OFFERS = "[role=combobox][aria-controls]:not(dialog *)"; // the command palette has keys of its own
const listOf = (field) => document.getElementById(field.getAttribute("aria-controls"));
const offersOf = (field) => [...(listOf(field)?.querySelectorAll("[role=option]") ?? [])];
const marked = (field) => document.getElementById(field.getAttribute("aria-activedescendant"));
const mark = (field, offer) => {
  marked(field)?.setAttribute("aria-selected", "false");
  if (!offer) return field.removeAttribute("aria-activedescendant");
  offer.setAttribute("aria-selected", "true");
  offer.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", offer.id);
};
// What is offered shows while somebody is in the field.
const show = (field) => {
  const isOpen = field === document.activeElement && !field.dataset.away && offersOf(field).length > 0;
  if (listOf(field)) listOf(field).hidden = !isOpen;
  field.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) mark(field, null);
};
const step = (field, by) => {
  const all = offersOf(field);
  const at = all.indexOf(marked(field));
  // Between the last and the first stands the field itself, with nothing marked.
  mark(field, all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by]);
};
const keys = {
  ArrowDown: (field) => offersOf(field).length > 0 && [delete field.dataset.away, show(field), step(field, 1)],
  ArrowUp: (field) => field.getAttribute("aria-expanded") === "true" && [step(field, -1)],
  Enter: (field) => marked(field) && [marked(field).click()],
  Escape: (field) => field.getAttribute("aria-expanded") === "true" && [(field.dataset.away = "yes"), show(field)],
  // A key that is held empties the field, and no more.
  Backspace: (field, isHeld) => !field.value && !isHeld && [[...field.parentElement.querySelectorAll(".chip button")].at(-1)?.click()],
};
document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (!target.matches?.(OFFERS) || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (keys[key]?.(target, event.repeat)) event.preventDefault();
});
document.addEventListener("input", ({ target }) => {
  if (!target.matches(OFFERS)) return;
  delete target.dataset.away;
  mark(target, null);
});
for (const kind of ["focusin", "focusout"])
  document.addEventListener(kind, ({ target }) => target.matches(OFFERS) && setTimeout(show, 0, target));
// The field keeps the focus while one of them is pressed.
document.addEventListener("mousedown", (event) => event.target.closest?.("[role=option]") && event.preventDefault());
new MutationObserver((records) => {
  if (!records.some(({ target, addedNodes, removedNodes }) =>
    target.closest?.("[role=listbox]") || [...addedNodes, ...removedNodes].some((one) => one.matches?.("[role=listbox]")))) return;
  for (const field of document.querySelectorAll(OFFERS)) {
    mark(field, null); // what is offered has changed: nothing is marked any more
    show(field);
  }
}).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
