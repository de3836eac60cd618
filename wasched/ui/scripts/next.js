// Enter in a field of a list (data-next) goes to the next one, also to one that is only about to be drawn.
const nextOf = (field) => {
  const all = [...field.closest("[data-next]").querySelectorAll("input")];
  return all[all.indexOf(field) + 1];
};
const goOn = (field, tries = 20) => {
  const next = nextOf(field);
  if (next) next.focus();
  else if (tries && document.activeElement === field && field.value.trim()) setTimeout(goOn, 50, field, tries - 1);
};
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches?.("[data-next] input")) return;
  event.preventDefault();
  goOn(event.target);
});
