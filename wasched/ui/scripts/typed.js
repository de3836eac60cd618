// What is typed reaches the draft on the server with the next word to it. A page that is put away before that, as
// phones do, leaves the words in this browser, and the same draft takes them up.
const LEFT = "wasched-typed";
const compose = () => document.querySelector("[data-draft]:not([data-draft=''])"); // whose draft it is, and which
let isAhead = false; // of what the server keeps
addEventListener("input", ({ target }) => {
  if (target.id === "text") isAhead = true;
});
new MutationObserver(() => {
  isAhead = false;
}).observe(document.documentElement, { subtree: true, attributeFilter: ["data-version"] });
const leave = () => {
  const field = document.getElementById("text");
  const { draft, size } = compose()?.dataset ?? {};
  if (!draft || !field?.value || (!isAhead && field.value.length === Number(size))) return;
  localStorage.setItem(LEFT, JSON.stringify({ draft, words: field.value }));
};
const takeUp = () => {
  const field = document.querySelector("[data-draft]:not([inert]) #text");
  const { draft, words } = JSON.parse(localStorage.getItem(LEFT)) ?? {};
  if (!field || draft !== compose()?.dataset.draft) return;
  localStorage.removeItem(LEFT);
  clearInterval(waiting);
  if (words === field.value) return;
  field.select();
  field.focus();
  document.execCommand("insertText", false, words); // so that the browser's own undo still works
};
const waiting = localStorage.getItem(LEFT) && setInterval(takeUp, 300);
addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => (document.hidden ? leave() : waiting || localStorage.removeItem(LEFT)));
// The address says which draft is written, so that the page finds it again; the server knows it already.
window.nameDraft = (id) => {
  if (!compose() || !location.pathname.startsWith("/new")) return;
  history.replaceState(history.state, "", id ? `/new?draft=${id}` : "/new");
};
