// Focus that follows a thing, wherever the page shows it by then: data-thing names what an element stands for.
const MOST_MS = 5_000; // until a page that was asked for is there, also on a slow line
let end = () => {};
const named = (name) => document.querySelector(`[data-thing="${CSS.escape(name)}"]`);

// The first of the names that the page has gets the focus. Whoever does something else meanwhile is left alone.
window.focusThing = (names) => {
  end();
  const look = () => {
    const thing = names.map(named).find(Boolean);
    if (!thing) return;
    end();
    thing.focus();
  };
  const drawn = new MutationObserver(look);
  const acted = ({ key }) => ["Alt", "Control", "Meta", "Shift"].includes(key) || end();
  end = () => {
    drawn.disconnect();
    for (const act of ["keydown", "pointerdown"]) removeEventListener(act, acted, true);
  };
  drawn.observe(document.body, { childList: true, subtree: true, attributeFilter: ["data-thing"] });
  for (const act of ["keydown", "pointerdown"]) addEventListener(act, acted, true);
  setTimeout(() => drawn.disconnect(), MOST_MS);
  look();
};

// A key that is held presses once: the next thing is never meant by it. Nor is it by the second half of a double
// click, when the first has brought another one below the pointer.
let pressed = null;
addEventListener("keydown", (event) => {
  const isPress = (event.key === "Enter" && event.target.closest?.("a, button, summary")) || event.altKey;
  if (event.repeat && isPress && !event.target.closest("textarea, input")) swallow(event);
}, true);
addEventListener("click", (event) => {
  const control = event.target.closest?.("button, a, summary");
  if (event.detail > 1 && control && pressed && control !== pressed && !pressed.isConnected) return swallow(event);
  pressed = control;
}, true);
const swallow = (event) => {
  event.preventDefault();
  event.stopPropagation();
};
