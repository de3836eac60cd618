// What is typed reaches the draft on the server with the next word to it. A page that is put away before that, as
// phones do, leaves the words in this browser, and the same draft takes them up.
const LEFT = "wasched-typed";
const compose = () => document.querySelector("[data-draft]:not([data-draft=''])"); // whose draft it is, and which
let isAhead = false; // of what the server keeps
let held = null; // what stood here when the line broke, until the page has its draft again
let returning = null; // the same from then on, until somebody types
addEventListener("input", ({ target }) => {
  if (target.id !== "text") return;
  isAhead = true;
  returning = null;
  if (held) held.words = target.value;
});
const ahead = () => {
  const field = document.getElementById("text");
  const { draft, size } = compose()?.dataset ?? {};
  const isKept = !isAhead && field?.value.length === Number(size);
  return draft && field?.value && !isKept ? { draft, words: field.value } : null;
};
const leave = () => {
  const left = ahead();
  if (left) localStorage.setItem(LEFT, JSON.stringify(left));
};
const put = (field, words) => {
  field.select();
  field.focus();
  document.execCommand("insertText", false, words); // so that the browser's own undo still works
};
// What a server was told and had not kept when it died is not in the draft that the next one shows.
window.holdTyped = () => (held = ahead() ?? held);
const giveBack = () => {
  const field = document.getElementById("text");
  const { draft, size } = compose()?.dataset ?? {};
  const { words } = returning ?? {};
  if (!words || !field || draft !== returning.draft) return;
  if (field.value === words && words.length === Number(size)) return;
  field.focus();
  field.select();
  document.execCommand("delete"); // words that stand here already are told anew, too
  put(field, words);
};
new MutationObserver((changes) => {
  const isLoaded = !!document.querySelector("[data-draft]:not([inert])");
  const wasLoading = changes.some(({ attributeName, oldValue }) => attributeName === "inert" && oldValue !== null);
  if (changes.some(({ attributeName }) => attributeName === "data-version")) isAhead = false;
  if (!held || !isLoaded) return;
  [returning, held] = [wasLoading ? held : null, null];
  setTimeout(giveBack, 300); // once the field shows what the draft has
}).observe(document.documentElement, { subtree: true, attributeFilter: ["data-version", "inert"], attributeOldValue: true });
const takeUp = () => {
  const field = document.querySelector("[data-draft]:not([inert]) #text");
  const { draft, words } = JSON.parse(localStorage.getItem(LEFT)) ?? {};
  if (!field || draft !== compose()?.dataset.draft) return;
  localStorage.removeItem(LEFT);
  clearInterval(waiting);
  if (words === field.value) return;
  put(field, words);
};
const waiting = localStorage.getItem(LEFT) && setInterval(takeUp, 300);
addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => (document.hidden ? leave() : waiting || localStorage.removeItem(LEFT)));
// The address says which draft is written, so that the page finds it again; the server knows it already.
window.nameDraft = (id) => {
  if (!compose() || !location.pathname.startsWith("/new")) return;
  history.replaceState(history.state, "", id ? `/new?draft=${id}` : "/new");
};
