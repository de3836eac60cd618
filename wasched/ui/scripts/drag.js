// While an entry of the calendar is dragged, the day below it shows that it would land there.
let dragged = null;
let over = null;
const mark = (cell) => {
  if (over === cell) return;
  over?.removeAttribute("data-over");
  over = cell;
  over?.setAttribute("data-over", "");
};
const lets = (target) => {
  const cell = target.closest?.(".cell:not(.past)");
  return cell && !cell.contains(dragged) ? cell : null;
};
const end = () => {
  mark(null);
  dragged?.removeAttribute("data-dragged");
  dragged = null;
};
document.addEventListener("dragstart", ({ target }) => {
  dragged = target.closest?.(".ev[draggable=true]") ?? null;
  dragged?.setAttribute("data-dragged", "");
});
document.addEventListener("dragover", ({ target }) => dragged && mark(lets(target)));
document.addEventListener("dragleave", ({ relatedTarget }) => relatedTarget || mark(null));
document.addEventListener("drop", end);
document.addEventListener("dragend", end);
