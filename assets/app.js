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

  navigator.serviceWorker?.register("/sw.js").catch(() => {});
})();
