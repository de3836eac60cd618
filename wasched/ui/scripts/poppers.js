// A click outside closes a small form or menu that is open, and so does Escape, wherever the focus is. What is taken
// from a menu closes it; arrows go through its entries.
const ENTRIES = "[role=menuitem]";
const shut = (popper) => {
  const had = popper.contains(document.activeElement) || document.activeElement === document.body;
  popper.open = false;
  if (had) popper.querySelector("summary")?.focus();
};
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll(".popper[open]")) if (!open.contains(event.target)) open.open = false;
  const entry = event.target.closest?.(ENTRIES);
  if (entry) shut(entry.closest(".popper"));
  // A key opens a menu at its first entry, and at once: else a quick second one would close it again.
  const opens = event.detail === 0 && event.target.closest?.(".popper:not([open]) > summary[aria-haspopup=menu]");
  if (!opens) return;
  event.preventDefault();
  opens.parentElement.open = true;
  opens.parentElement.querySelector(ENTRIES)?.focus();
});
const go = (event) => {
  const entries = [...event.target.closest("[role=menu]").querySelectorAll(ENTRIES)];
  const now = entries.indexOf(event.target);
  const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  entries.at(next % entries.length).focus();
};
document.addEventListener("keydown", (event) => {
  if (event.target.matches?.(ENTRIES)) go(event);
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll(".popper[open]")) shut(open);
});
// A button that stands for the field of another place, such as one for files: data-opens.
document.addEventListener("click", (event) => {
  const opens = event.target.closest?.("[data-opens]")?.dataset.opens;
  if (opens) document.getElementById(opens)?.click();
});
