// What holds by itself what was pressed, chosen or typed follows the server when that takes another: data-taken.
const choose = (select, taken) => {
  select.value = taken;
  if (select.selectedIndex < 0) select.selectedIndex = 0; // what was taken is no choice any more
};
const follow = (field, taken) => {
  if (field.matches("select")) choose(field, taken);
  else if (field.matches("[type=checkbox], [type=radio]")) field.checked = taken.split(" ").includes(field.value);
  else if (field !== document.activeElement) field.value = taken;
};
const takenBy = (field, holder) => window.saidBy(field) ?? holder.dataset.taken;
const fields = (taken) => (taken.matches("input, select") ? [taken] : taken.querySelectorAll("input"));
new MutationObserver((changes) => {
  for (const { target } of changes) for (const field of fields(target)) follow(field, takenBy(field, target));
}).observe(document.documentElement, { subtree: true, attributeFilter: ["data-taken"] });
// Choices that come after the value was given.
new MutationObserver((changes) => {
  for (const { target } of changes) if (target.matches("select[data-taken]")) choose(target, takenBy(target, target));
}).observe(document.documentElement, { subtree: true, childList: true });
