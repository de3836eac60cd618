// Keyboard shortcuts; the sheet that ? shows lists them. None of a single key while somebody types.
const places = { h: "/", c: "/calendar", m: "/messages", r: "/recipients", t: "/templates", a: "/accounts", s: "/settings" };
let wentTo = 0; // when "g" was pressed

const follow = (href) => document.querySelector(`.nav a[href="${href}"], .nav a[href="${href}/"]`)?.click();
const search = () => {
  const field = document.getElementById("search");
  if (field) field.focus();
  else follow("/messages");
};
const isTyping = (element) =>
  element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], dialog, [role=alertdialog]");
// A page that its draft has yet to come to: what is typed now is meant for it.
const isComing = () => document.querySelector(".compose[inert]");
const areOff = () => localStorage.getItem("wasched-keys") === "off";
const deeds = {
  n: () => follow("/new"),
  "/": search,
  "?": () => document.getElementById("keys")?.showModal(),
  j: () => window.goAlong(1),
  k: () => window.goAlong(-1),
  x: () => window.chooseRow(),
  y: () => window.approveRow(),
  Escape: () => window.leaveRow(),
};

document.addEventListener("keydown", (event) => {
  const target = event.target instanceof Element ? event.target : document.body;
  // Alt and an arrow move an entry of the calendar; the browser would leave the page.
  if (event.altKey && event.key.startsWith("Arrow") && target.closest("[data-moves=true]")) return event.preventDefault();
  if (event.altKey || event.ctrlKey || event.metaKey || areOff() || isTyping(target) || isComing()) return;
  const place = event.timeStamp - wentTo < 1500 ? places[event.key] : undefined;
  wentTo = event.key === "g" ? event.timeStamp : -Infinity;
  const deed = place ? () => follow(place) : Object.hasOwn(deeds, event.key) && deeds[event.key];
  if (!deed || event.defaultPrevented || deed() === false) return;
  event.preventDefault();
});
