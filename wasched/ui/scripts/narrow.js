// A field with data-narrows leaves the parts of that page which hold all its words; Enter goes to the first.
const ofPage = (field) => [...field.closest(field.dataset.narrows).querySelectorAll(".part")];
const saysOf = (part) => [...part.querySelectorAll("h2, p, label, button, a")].map((one) => one.textContent).join(" ");
document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-narrows]")) return;
  const words = target.value.toLowerCase().split(/\s+/);
  const page = target.closest(target.dataset.narrows);
  for (const part of ofPage(target)) {
    const says = `${saysOf(part)} ${part.dataset.words ?? ""}`.toLowerCase();
    part.hidden = !words.every((word) => says.includes(word));
    const heading = page.querySelector(`nav a[href="#${part.id}"]`);
    if (heading) heading.hidden = part.hidden;
  }
  const none = page.querySelector("[data-none]"); // React gives it no words: they are ours
  none.textContent = ofPage(target).every((part) => part.hidden) ? none.dataset.none : "";
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.("[data-narrows]")) return;
  const first = ofPage(event.target).find((part) => !part.hidden);
  first?.querySelector("input:not([hidden]), select, button, a")?.focus();
});
