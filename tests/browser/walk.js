// What walk.py asks a page: which controls it has, whether one holds the focus, and whether that shows.
(() => {
  const HOLDERS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const ALIVE = "[role=alert], [role=status], [aria-live]";
  const root = (scope) => document.querySelector(scope) ?? document.createElement("p");
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert]") && !one.disabled;
  // The thousands of emoji are buttons of a library's own, all alike.
  const isOurs = (one) => !one.closest(".EmojiPickerReact");
  const all = (scope) => [...root(scope).querySelectorAll(HOLDERS)].filter((one) => isShown(one) && isOurs(one));
  // What differs only by its number or its day is alike.
  const DAYS = /\b((Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(Jan|Febr)uary|March|April|May|June|July|August|(Sept|Nov|Dec)ember|October)\b/g;
  const says = (one) => (one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent ?? "")
    .replace(DAYS, "#").replace(/[\d+:.]+/g, "#").trim().slice(0, 60);
  // Those of the rows of a list are alike, whatever the row is about.
  const kindOf = (one) => {
    const does = one.closest(".cell") ? "" : one.closest("main li, main .rows > *, .m-choice") ? one.textContent.slice(0, 9).replace(/\d+/g, "#") : says(one);
    return [one.tagName, one.type ?? "", one.className, one.tagName === "A" && one.closest("li, .rows") ? "row" : does].join("|");
  };
  const LOOKS = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderColor", "backgroundColor"];
  const lookOf = (one) => {
    const parts = [one, one.parentElement, one.parentElement?.parentElement, one.closest("label")];
    return parts.map((part) => part && LOOKS.map((name) => getComputedStyle(part)[name]).join()).join(";");
  };
  // What fades in is looked at as it will be.
  const still = new CSSStyleSheet();
  still.replaceSync("*, ::before, ::after { transition: none !important; }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
  const wrongs = () => [...document.querySelectorAll(".wrong")].filter(isShown);
  const isTold = (wrong) => wrong.closest(ALIVE)
    || (document.activeElement !== window.stood && document.activeElement.matches("[aria-invalid=true], [aria-describedby]"));
  window.walk = {
    kinds: (scope) => all(scope).map(kindOf),
    came: (scope) => (location.pathname === window.path ? all(scope).map(kindOf).filter((kind) => !window.kindsThen.has(kind)) : []),
    focus: (scope, kind, nth) => {
      const one = all(scope).filter((each) => kindOf(each) === kind)[nth];
      one?.focus();
      return Boolean(one) && document.activeElement === one;
    },
    isNobodys: () => !document.activeElement || document.activeElement === document.body,
    // A page that has just come has it as a whole; a question shows it by the button that it begins with.
    isMarked: () => {
      const one = document.activeElement;
      if (one.id === "main" || one.closest("[role=alertdialog], [role=dialog]")) return true;
      const held = lookOf(one);
      one.blur();
      const bare = lookOf(one);
      one.focus({ preventScroll: true });
      return held !== bare;
    },
    at: () => `${document.activeElement.tagName} ${says(document.activeElement)}`,
    remember: () => {
      window.known = new Set(wrongs().map((one) => one.textContent));
      window.stood = document.activeElement;
      window.path = location.pathname;
      window.kindsThen = new Set(all("main").map(kindOf));
    },
    unheard: () => wrongs().filter((one) => !window.known.has(one.textContent) && !isTold(one)).map((one) => one.textContent),
    reached: (scope) => {
      const one = document.activeElement;
      window.passed ??= new Set();
      if (!one || one === document.body) return null;
      if (window.passed.has(one)) return one === window.last ? "" : null; // a time has parts that Tab goes through
      window.passed.add((window.last = one));
      return root(scope).contains(one) ? kindOf(one) : "";
    },
    // A radio is reached by the arrows of its group, what a field or a menu offers by theirs.
    unreached: (scope) => all(scope)
      .filter((one) => !window.passed.has(one) && one.type !== "radio" && one.tabIndex >= 0).map(kindOf),
  };
})();
