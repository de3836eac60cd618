// What narrows a list says it in the address of the page, without the server: data-says names what a field says there.
const SOON_MS = 150; // a search begins when typing rests
const FIELDS = "select[data-says], input[data-says]";
const unsaid = new Map(); // what was chosen and stands in no address yet: a page can be used before its scripts are there
const address = () => {
  const said = new URLSearchParams(location.search);
  for (const [name, value] of unsaid) value ? said.set(name, value) : said.delete(name);
  said.delete("cursor"); // from the first page on
  return `${location.pathname}?${said}`;
};
let waiting = 0;
const go = () => {
  clearTimeout(waiting);
  if (!window.goTo) return (waiting = setTimeout(go, 50));
  const saying = [...unsaid];
  Promise.resolve(window.goTo(address(), { replace: true })).then(() => {
    for (const [name, value] of saying) if (unsaid.get(name) === value) unsaid.delete(name);
  });
};
const say = (field) => {
  unsaid.set(field.dataset.says, field.value.trim());
  go();
};
// What a field says: what was chosen last, or the address. The server's answer may be to an earlier one (taken.js).
window.saidBy = ({ dataset: { says } }) =>
  says && (unsaid.get(says) ?? new URLSearchParams(location.search).get(says) ?? "");
const isOtherwise = (field) =>
  field.matches("select") ? field.selectedIndex > 0 && !field.selectedOptions[0].defaultSelected : field.value !== field.defaultValue;
for (const field of document.querySelectorAll(FIELDS)) if (isOtherwise(field)) say(field); // chosen before this script came
let resting = 0;
addEventListener("input", ({ target }) => {
  if (!target.matches("input[type=search][data-says]")) return;
  const { pathname } = location;
  clearTimeout(resting);
  // Whoever has gone to another page by then is left alone.
  resting = setTimeout(() => pathname === location.pathname && say(target), SOON_MS);
});
addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[data-page]");
  if (link && link.pathname !== location.pathname) clearTimeout(resting);
}, { capture: true });
addEventListener("change", ({ target }) => {
  if (target.matches("select[data-says], input[type=date][data-says]")) say(target);
});
addEventListener("submit", (event) => {
  if (!event.target.matches("form[role=search]")) return;
  event.preventDefault(); // it is found already: only a phone's keyboard may be in the way
  if (matchMedia("(pointer: coarse)").matches) document.getElementById("main").focus({ preventScroll: true });
});
