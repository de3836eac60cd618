// The focus has an owner: what takes the place of a control that goes away takes its focus too, so that what is
// typed next is never lost, nor taken for a shortcut. A question that is answered gives it back.
const ASIDE = "[role=alertdialog], [data-radix-focus-guard], [data-sonner-toaster]";
const HOLDERS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex=\"0\"]";
const FIELDS = "textarea, select, input:not([type=hidden], [type=checkbox], [type=radio], [type=file])";
const HEADINGS = "h1, h2, h3, legend";
let owner = null; // whose the focus is, also while a question has it
let isAsked = false;

const says = (one) => one.getAttribute("aria-label") ?? one.textContent.trim();
const kindOf = (one) => [one.tagName, one.name, one.type, /checkbox|radio/.test(one.type) && one.value, says(one)].join("|");
const held = (element) => ({ element, kind: kindOf(element), path: location.pathname });
const isShown = (one) => one.checkVisibility({ visibilityProperty: true });
const canHold = (one) => one.isConnected && !one.disabled && !one.closest("[inert]") && isShown(one);
const within = (root, wanted) =>
  [root, ...root.querySelectorAll(wanted)].filter((one) => one.matches(wanted) && !one.closest(ASIDE) && canHold(one));
const isNobodys = () => !document.activeElement || document.activeElement === document.body || !canHold(document.activeElement);
let lent = null; // what has the focus in the stead of something else, and when it got it
const give = (element, how) => {
  if (!element.matches(HOLDERS)) element.tabIndex = -1;
  element.focus(how);
};

// Where in what is left the control stood: the part that it was taken from, and what followed it there.
const placeOf = (records, lost) => {
  let home = lost, next = null;
  while (!home.isConnected) {
    const taken = records.find(({ removedNodes }) => [...removedNodes].some((one) => one.contains(home)));
    if (!taken) return { home: document.getElementById("main") ?? document.body, next: null };
    [home, next] = [taken.target, taken.nextSibling];
  }
  while (!isShown(home) || home === lost) [home, next] = [home.parentElement, home];
  return { home, next: next?.isConnected ? next : null };
};
const isBehind = (place, one) => place.contains(one) || place.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
const beside = (home, next) => {
  const all = within(home, HOLDERS).filter((one) => one !== home);
  const found = (next && all.find((one) => isBehind(next, one))) ?? all.at(-1);
  // In a list it is the next row's link, or the row: a second press is not for it what it was for the one that went.
  const row = home.matches(".rows") && found?.closest(".rows > *");
  return row ? (row.querySelector("a[href]") ?? row) : found;
};
const headingOf = (home) => {
  for (let part = home; part; part = part.parentElement) {
    const [first] = within(part, HEADINGS);
    if (first) return first;
  }
};
const heirOf = (records, { element, kind, path }) => {
  const main = document.getElementById("main");
  if (path !== location.pathname) return main;
  const again = element.id && document.getElementById(element.id);
  if (again && canHold(again)) return again;
  const { home, next } = placeOf(records, element);
  const came = records.flatMap(({ target, addedNodes }) => (target === home ? [...addedNodes] : []))
    .filter((one) => one instanceof Element && one.isConnected);
  const among = (wanted) => came.flatMap((one) => within(one, wanted));
  const itself = among(HOLDERS).find((one) => kindOf(one) === kind);
  const took = itself ?? among(FIELDS)[0] ?? among(HOLDERS)[0];
  if (took) return took;
  const other = beside(home, next);
  lent = other && { element: other, since: performance.now() };
  return other ?? headingOf(home) ?? main;
};

document.addEventListener("focusin", ({ target }) => {
  isAsked = Boolean(target.closest(ASIDE));
  if (!isAsked) owner = held(target);
});
// Who presses beside everything, or closes a phone's keyboard, wants it nowhere.
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  if (!relatedTarget) setTimeout(() => target === owner?.element && canHold(target) && isNobodys() && (owner = null));
});
const isTaken = (records, element) => records.some(({ removedNodes }) => [...removedNodes].some((one) => one.contains(element)));
new MutationObserver((records) => {
  if (!owner) return;
  const isLost = isTaken(records, owner.element) || records.some(({ type }) => type === "attributes");
  if (isLost && !canHold(owner.element)) {
    const heir = heirOf(records, owner);
    owner = heir && held(heir);
  } else if (!isLost && !isAsked) return;
  if (owner && isNobodys()) give(owner.element);
}).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["disabled", "hidden", "inert", "open"] });
// A key that is pressed twice in haste was meant for what is gone, not for what stood beside it (of one that is held,
// things.js sees to it).
const TWICE_MS = 600;
const isMeantForAnother = ({ key, target }) =>
  (key === "Enter" || key === " ") && target === lent?.element && performance.now() - lent.since < TWICE_MS;
for (const kind of ["keydown", "keyup"])
  addEventListener(kind, (event) => {
    if (!isMeantForAnother(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
// A link to a part of the page leads the focus there too.
document.addEventListener("click", ({ target }) => {
  const part = document.getElementById(target.closest?.('a[href^="#"]')?.hash.slice(1) ?? "");
  if (part) setTimeout(give, 0, part, { preventScroll: true });
});
window.focusBack = () => owner && give(owner.element);
// What is only about to be drawn is waited for.
window.onceDrawn = (find, deed, tries = 20) => {
  const found = find();
  if (found) deed(found);
  else if (tries) setTimeout(window.onceDrawn, 50, find, deed, tries - 1);
};
// By id, as the server names it; else what is wrong with it, where it is not shown itself.
const named = (id) => {
  const [one, wrong] = [id, `${id}-error`].map((name) => document.getElementById(name));
  return one && canHold(one) ? one : wrong?.textContent && canHold(wrong) ? wrong : null;
};
window.focusOn = (id) => window.onceDrawn(() => named(id), give);
