// A link to a page of ours is followed without loading: data-page. A key held with the click means the browser's own way.
const goTo = ({ pathname, search, hash, href }, stays) =>
  window.goTo(pathname + search + hash, { replace: href === location.href, preventScrollReset: stays });
// Until the pages are there the browser loads this one. Their coming may end that on its way: then they follow the link.
const goToOnceThere = (place, stays) => (window.goTo ? goTo(place, stays) : setTimeout(goToOnceThere, 50, place, stays));
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-page]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const place = new URL(link.href);
  const stays = link.dataset.page === "stays";
  if (!window.goTo) return void goToOnceThere(place, stays);
  event.preventDefault();
  window.presses.follow(link);
  goTo(place, stays);
});
