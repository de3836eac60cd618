// A link to a page of ours is followed without loading: data-page. A key held with the click means the browser's own way.
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-page]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (!window.goTo) return; // the pages are not there yet: the browser loads this one
  event.preventDefault();
  const { pathname, search, hash, href } = link;
  window.presses.follow(link);
  window.goTo(pathname + search + hash, { replace: href === location.href, preventScrollReset: link.dataset.page === "stays" });
});
