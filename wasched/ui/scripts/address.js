// What narrows a list says it in the address of the page, without the server: data-says names what a field says there.
const SOON_MS = 150; // a search begins when typing rests
const addressWith = (name, value) => {
  const said = new URLSearchParams(location.search);
  if (value.trim()) said.set(name, value.trim());
  else said.delete(name);
  said.delete("cursor"); // from the first page on
  return `${location.pathname}?${said}`;
};
// A page can be used before its scripts are there: then what was chosen waits for them.
const go = (address) => (window.goTo ? window.goTo(address, { replace: true }) : setTimeout(() => go(address), 50));
const say = (field) => go(addressWith(field.dataset.says, field.value));
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
