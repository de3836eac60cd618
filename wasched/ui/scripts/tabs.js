// A row of tabs may be wider than a phone: the one that is open is brought into view.
new MutationObserver((changes) => {
  for (const { target } of changes)
    if (target.matches(".tabs [aria-current=page]")) target.scrollIntoView({ block: "nearest", inline: "center" });
}).observe(document.documentElement, { subtree: true, attributeFilter: ["aria-current"] });
