// A link to a page of ours is followed without loading: data-page. A key held with the click means the browser's own way.
const wayTo = ({ pathname, search, hash, href }, stays) =>
  [pathname + search + hash, { replace: href === location.href, preventScrollReset: stays }];
// Until the pages are there the browser loads this one. Their coming may end that on its way: then they follow the
// link, of several the last, and once however often it was pressed.
let wanted = null;
const goOnceThere = () => {
  if (!window.goTo) return setTimeout(goOnceThere, 50);
  window.goTo(...wanted);
  wanted = null;
};
window.goSoon = (...way) => {
  const isFirst = !wanted;
  wanted = way;
  if (isFirst) goOnceThere();
};
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-page]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const way = wayTo(new URL(link.href), link.dataset.page === "stays");
  if (window.goTo) {
    event.preventDefault();
    window.presses.follow(link);
  }
  window.goSoon(...way);
});
