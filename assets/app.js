// What pages do by themselves: keyboard shortcuts, focus after a change of page, the offline page.
"use strict";

(() => {
  const places = { h: "/", c: "/calendar", m: "/messages", r: "/recipients", t: "/templates", a: "/accounts", s: "/settings" };
  let wentTo = 0; // when "g" was pressed

  const follow = (href) => document.querySelector(`.nav a[href="${href}"], .nav a[href="${href}/"]`)?.click();
  const isTyping = (element) => element.closest("input, textarea, select, [contenteditable=true], dialog");
  const areOff = () => localStorage.getItem("wasched-keys") === "off";

  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : document.body;
    // Alt and an arrow move an entry of the calendar; the browser would leave the page.
    if (event.altKey && event.key.startsWith("Arrow") && target.closest("[data-moves=true]")) return event.preventDefault();
    if (event.altKey || event.ctrlKey || event.metaKey || areOff() || isTyping(target)) return;
    const place = event.timeStamp - wentTo < 1500 ? places[event.key] : undefined;
    wentTo = event.key === "g" ? event.timeStamp : -Infinity;
    if (place) follow(place);
    else if (event.key === "n") follow("/new");
    else if (event.key === "?") document.getElementById("keys")?.showModal();
    else if (event.key === "/") document.getElementById("search")?.focus() ?? follow("/messages");
    else return;
    event.preventDefault();
  });

  // A page that changes without loading says its title, and takes the focus that the old one had.
  let title = document.title;
  new MutationObserver(() => {
    if (document.title === title) return;
    title = document.title;
    const said = document.getElementById("page-title");
    if (said) said.textContent = title;
    setTimeout(() => {
      if (document.activeElement?.closest(".nav, .tabbar") || document.activeElement === document.body)
        document.getElementById("main")?.focus({ preventScroll: true });
    }, 50);
  }).observe(document.head, { subtree: true, childList: true, characterData: true });

  // A click outside closes a small form that is open.
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll(".popper[open]")) if (!open.contains(event.target)) open.open = false;
  });

  // Buttons put words, or marks around what is chosen, where somebody writes: data-insert, data-around.
  let written = null; // the field that was last written in
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea")) written = event.target;
  });
  const fieldOf = (button) => (written?.isConnected ? written : document.getElementById(button.dataset.into));
  const writes = (event) => (event.target instanceof Element ? event.target.closest("[data-insert], [data-around]") : null);
  document.addEventListener("mousedown", (event) => writes(event) && event.preventDefault()); // the field keeps the cursor
  document.addEventListener("click", (event) => {
    const button = writes(event);
    const field = button && fieldOf(button);
    if (!field) return;
    const { selectionStart: start, selectionEnd: end, value } = field;
    const mark = button.dataset.around ?? "";
    field.focus();
    // Of the ways to write into a field only this one keeps the browser's own undo.
    document.execCommand("insertText", false, mark ? mark + value.slice(start, end) + mark : button.dataset.insert);
    if (mark) field.setSelectionRange(start + mark.length, end + mark.length);
    const menu = button.closest(".popper[open]");
    if (menu) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target instanceof Element && event.target.closest(".popper[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });

  navigator.serviceWorker?.register("/sw.js").catch(() => {});
})();
