// A page that changes without loading says its title, and takes the focus that the old one had.
let title = document.title;
new MutationObserver(() => {
  if (document.title === title) return;
  title = document.title;
  const said = document.getElementById("page-title");
  if (said) said.textContent = title;
  setTimeout(() => {
    if (document.activeElement?.closest(".nav, .tabbar") || document.activeElement === document.body)
      document.getElementById("main")?.focus({ preventScroll: true });
  }, 50);
}).observe(document.head, { subtree: true, childList: true, characterData: true });
