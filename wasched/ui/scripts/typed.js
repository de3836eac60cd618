// What is typed reaches the draft with the next word to the server. A page that is put away before that, as phones
// do, leaves the words in this browser, and the next new message takes them up.
const LEFT = "wasched-typed";
const isNew = () => location.pathname.startsWith("/new") && !location.search.includes("schedule=");
const draft = () => JSON.parse(localStorage.getItem("wasched-draft") || "null");
const leave = () => {
  const field = document.getElementById("text");
  const kept = draft();
  if (!field?.value || !isNew() || field.value === kept?.written.wordings[0]) return;
  localStorage.setItem(LEFT, JSON.stringify({ user: kept?.user_id, words: field.value }));
};
const takeUp = () => {
  const field = document.querySelector(".compose:not([inert]) #text");
  if (!field || !isNew()) return;
  const { user, words } = JSON.parse(localStorage.getItem(LEFT));
  localStorage.removeItem(LEFT);
  clearInterval(waiting);
  if (user !== draft()?.user_id || words === field.value) return;
  field.select();
  field.focus();
  document.execCommand("insertText", false, words); // so that the browser's own undo still works
};
const waiting = localStorage.getItem(LEFT) && setInterval(takeUp, 300);
addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => (document.hidden ? leave() : waiting || localStorage.removeItem(LEFT)));
