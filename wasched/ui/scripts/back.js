// Back leads to where somebody came from: to its tab, its search, as far down as it was, and to the link they took.
const KEPT = "wasched-way";
const PASSING = ["/new", "/sign-in", "/sign-up", "/set-up"]; // what is done there is done
const FOUND_MS = 5_000;
const way = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]"); // per place in the browser's history: what was there
const here = () => history.state?.idx ?? 0;
const address = () => location.pathname + location.search;
const keep = (what) => {
  way[here()] = what;
  sessionStorage.setItem(KEPT, JSON.stringify(way));
};
window.cameTo = () => way[here()]?.address === address() || keep({ address: address() });

const pathOf = (address) => address.split("?")[0];
const leadsBack = (link, address) => {
  const path = pathOf(address);
  if (path === location.pathname || PASSING.some((one) => path.startsWith(one))) return false;
  return !link.matches(".crumb") || path === link.pathname; // a crumb names the one place it leads to
};
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-back]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const before = way.slice(0, here()).findLastIndex((one) => one && leadsBack(link, one.address));
  if (before < 0) return; // opened here: the link itself says where it leads
  event.preventDefault();
  history.go(before - here());
});

// What was left by a link of the page comes back with the link where it was.
addEventListener("click", (event) => {
  const link = event.target.closest?.("main a[data-page]");
  if (link) keep({ address: address(), link: link.getAttribute("href"), top: scrollY });
}, { capture: true });
addEventListener("popstate", () => {
  const { link, top, address: left } = way[here()] ?? {};
  if (!link || left !== address()) return;
  const drawn = new MutationObserver(() => look());
  const end = () => drawn.disconnect();
  const look = () => {
    const found = document.querySelector(`main a[href="${CSS.escape(link)}"]`);
    if (!found) return;
    end();
    scrollTo(0, top);
    const { activeElement } = document;
    if (activeElement === document.body || activeElement.id === "main") found.focus({ preventScroll: true });
  };
  drawn.observe(document.body, { childList: true, subtree: true });
  for (const sign of ["wheel", "touchmove", "keydown"]) addEventListener(sign, end, { once: true, passive: true });
  setTimeout(end, FOUND_MS);
});
