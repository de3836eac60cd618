// A small form that opens is brought into view, clear of the bars.
const show = (menu) => menu.querySelector(".pop")?.scrollIntoView({ block: "nearest" });
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches(".popper[open]")) return;
  show(target);
  // Some are drawn once they are asked for.
  const drawn = new MutationObserver(() => [show(target), drawn.disconnect()]);
  if (!target.querySelector(".pop")) drawn.observe(target, { childList: true, subtree: true });
}, { capture: true });
