// The command palette: a combobox whose list the server fills. data-shows names the dialog that a button shows.
const isMac = /Mac|iP/.test(navigator.platform);
if (isMac) document.documentElement.dataset.mac = "";

const palette = () => document.getElementById("palette");
const fieldOf = (dialog) => dialog.querySelector("[role=combobox]");
const listOf = (dialog) => dialog.querySelector("[role=listbox]");
const optionsOf = (dialog) => [...listOf(dialog).children];
const chosenOf = (dialog) => listOf(dialog).querySelector("[aria-selected=true]");
const isAnswered = (dialog) => listOf(dialog).dataset.typed === fieldOf(dialog).value;
let isEntered = false; // Enter came before the answer to what was typed

const choose = (dialog, option) => {
  for (const one of optionsOf(dialog)) one.setAttribute("aria-selected", one === option);
  if (option) fieldOf(dialog).setAttribute("aria-activedescendant", option.id);
  else fieldOf(dialog).removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
};
const open = (dialog) => {
  for (const other of document.querySelectorAll("dialog[open]")) other.close();
  if (dialog === palette()) fieldOf(dialog).value = "";
  isEntered = false;
  dialog.showModal();
  if (dialog === palette() && !window.goTo) ask(dialog);
};
// Opened before the page listens, its field says once more that it has the focus.
const ask = (dialog) => {
  if (!window.goTo) setTimeout(ask, 200, dialog);
  else if (dialog.open) fieldOf(dialog).dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
};
const take = (dialog, option) => {
  if (!option) return;
  dialog.close();
  const { href } = option.dataset;
  const part = href.startsWith("#") && document.getElementById(href.slice(1));
  if (part) open(part);
  else if (href.startsWith("#")) document.querySelector(`[data-${href.slice(1)}]`)?.click();
  else window.goTo?.(href);
};
const step = (dialog, by) => {
  const all = optionsOf(dialog);
  choose(dialog, all.at((all.indexOf(chosenOf(dialog)) + by) % all.length));
};

document.addEventListener("keydown", (event) => {
  const dialog = palette();
  const isAsked = event.key.toLowerCase() === "k" && (event.metaKey || (event.ctrlKey && !isMac)) && !event.altKey && !event.shiftKey;
  if (isAsked && dialog && localStorage.getItem("wasched-keys") !== "off") {
    event.preventDefault(); // or the browser's own search field takes what is typed
    if (!dialog.open && !document.querySelector("[role=alertdialog]:not(dialog), dialog[open]")) open(dialog);
  } else if (dialog?.open && event.target === fieldOf(dialog)) typed(event, dialog);
});
const typed = (event, dialog) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown") step(dialog, 1);
  else if (event.key === "ArrowUp") step(dialog, -1);
  else if (event.key === "Enter" && isAnswered(dialog)) take(dialog, chosenOf(dialog));
  else if (event.key === "Enter") isEntered = true;
  else return void (isEntered = false);
  event.preventDefault();
};

document.addEventListener("click", (event) => {
  const shows = event.target.closest?.("[data-shows]")?.dataset.shows;
  if (shows) open(document.getElementById(shows));
  const option = event.target.closest?.("#palette [role=option]");
  if (option) take(palette(), option);
  else if (event.target === palette()) palette().close(); // beside it
});

// What is found is chosen from its first on, once it is the answer to what stands in the field.
new MutationObserver((changes) => {
  const dialog = palette();
  if (!dialog?.open || !changes.some(({ target }) => listOf(dialog).contains(target))) return;
  if (!isAnswered(dialog)) return;
  if (!chosenOf(dialog) || changes.some(({ type }) => type === "attributes")) choose(dialog, optionsOf(dialog)[0]);
  if (isEntered) take(dialog, chosenOf(dialog));
  isEntered = false;
}).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["data-typed"] });
