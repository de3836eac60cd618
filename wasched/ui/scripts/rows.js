// j and k go along the rows of all lists of a page, x chooses one for what is done with many, y
// approves what waits for that, Escape leaves.
const LINKS = "a[href], button:not([disabled]), summary";
const isOpen = () => document.querySelector(".popper[open], [role=alertdialog]:not(dialog), dialog[open]");
const rows = () =>
  [...document.querySelectorAll("main .rows > *")].filter((row) => holderOf(row)?.checkVisibility() && !row.querySelector(".rows"));
const holderOf = (row) => (row.matches(LINKS) ? row : (row.querySelector("a[href]") ?? row.querySelector(LINKS)));
const current = () => rows().find((row) => row.contains(document.activeElement));

window.goAlong = (by) => {
  const all = rows();
  const now = all.indexOf(current());
  const next = all[now < 0 ? 0 : now + by];
  if (!next) return false;
  holderOf(next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
};
window.chooseRow = () => {
  const box = current()?.querySelector("input[type=checkbox]");
  if (!box) return false;
  box.click();
};
// Of the row, else of the page that is about one thing.
window.approveRow = () => {
  const button = current()?.querySelector("[data-approves]") ?? document.querySelector("#approval [data-approves]");
  if (!button) return false;
  button.click();
};
window.leaveRow = () => {
  if (isOpen() || !current()) return false;
  document.getElementById("main").focus({ preventScroll: true });
};
