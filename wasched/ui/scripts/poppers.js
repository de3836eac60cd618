// A click outside closes a small form that is open, and so does Escape.
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll(".popper[open]")) if (!open.contains(event.target)) open.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target instanceof Element && event.target.closest(".popper[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
});
