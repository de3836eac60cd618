// The calendar by keyboard, as WAI-ARIA has a grid: one Tab stop, arrows from day to day, Enter into one, Escape out.
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const daysOf = (grid) => [...grid.querySelectorAll("[role=gridcell]")];
const within = (cell) => [...cell.querySelectorAll(".ev, .more")].filter((one) => one.offsetParent);
const iso = (date) => date.toISOString().slice(0, 10);
const plusDays = (day, by) => iso(new Date(Date.parse(day) + by * 86_400_000));
const plusMonths = (day, by) => {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + by, 0)).getUTCDate();
  return iso(new Date(Date.UTC(year, month - 1 + by, Math.min(date, last))));
};

// A day of the page gets the focus at once; another one brings its page first.
const goToDay = (grid, day) => {
  const cell = grid.querySelector(`[data-day="${day}"]`);
  if (cell) return cell.focus();
  const said = new URLSearchParams(location.search);
  said.set("day", day);
  window.goSoon(`${location.pathname}?${said}`, { preventScrollReset: true });
  window.focusThing([`day ${day}`]);
};

const pageOf = (grid, cell, by, far) => {
  if (far) return plusMonths(cell.dataset.day, by * 12);
  return grid.matches(".week") ? plusDays(cell.dataset.day, by * 7) : plusMonths(cell.dataset.day, by);
};

const fromDay = (event, grid, cell) => {
  const row = [...cell.parentElement.querySelectorAll("[role=gridcell]")];
  const line = event.ctrlKey ? daysOf(grid) : row;
  if (STEPS[event.key]) goToDay(grid, plusDays(cell.dataset.day, STEPS[event.key]));
  else if (event.key === "Home") line.at(0).focus();
  else if (event.key === "End") line.at(-1).focus();
  else if (event.key === "PageUp") goToDay(grid, pageOf(grid, cell, -1, event.shiftKey));
  else if (event.key === "PageDown") goToDay(grid, pageOf(grid, cell, 1, event.shiftKey));
  else if (event.target !== cell) return false; // on the number of the day Enter is the link's
  else if (event.key === "Enter" && within(cell).length) within(cell)[0].focus();
  else if (event.key === "Enter" || event.key === " ") cell.querySelector("a").click();
  else return false;
  return true;
};

const fromEntry = (event, cell) => {
  const all = within(cell);
  const place = all.indexOf(event.target.closest(".ev, .more"));
  if (event.key === "Escape") cell.focus();
  else if (event.key === "ArrowDown") all[Math.min(place + 1, all.length - 1)].focus();
  else if (event.key === "ArrowUp") all[Math.max(place - 1, 0)].focus();
  else if (event.key === "Home") all.at(0).focus();
  else if (event.key === "End") all.at(-1).focus();
  else return false;
  return true;
};

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("[role=gridcell]");
  if (!cell || event.altKey || event.metaKey) return;
  const isEntry = event.target.closest(".ev, .more");
  if (isEntry ? fromEntry(event, cell) : fromDay(event, cell.closest("[role=grid]"), cell)) event.preventDefault();
});

// Tab leads to one day: the one that was last looked at, until the page shows others or chooses another. React gives
// no day a stop, and so never takes one back.
let chosen = null; // whose page it is
const stopsAt = (stop) => {
  for (const one of daysOf(stop.closest("[role=grid]"))) one.tabIndex = one === stop ? 0 : -1;
};
const dayOf = (element) => element?.closest?.(".cal [role=gridcell]");
document.addEventListener("focusin", ({ target }) => dayOf(target) && stopsAt(dayOf(target)));
new MutationObserver(() => {
  const day = document.querySelector(".cal [role=gridcell][aria-selected=true]");
  if (!day || (day === chosen && document.querySelector(".cal [role=gridcell][tabindex='0']"))) return;
  chosen = day;
  stopsAt(dayOf(document.activeElement) ?? day);
}).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["aria-selected"] });
