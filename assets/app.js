// What pages do by themselves: keyboard shortcuts, focus after a change of page, the offline page.
"use strict";

(() => {
  const places = { h: "/", c: "/calendar", m: "/messages", r: "/recipients", t: "/templates", a: "/accounts", s: "/settings" };
  let wentTo = 0; // when "g" was pressed

  const follow = (href) => document.querySelector(`.nav a[href="${href}"], .nav a[href="${href}/"]`)?.click();
  const search = () => {
    const field = document.getElementById("search");
    if (field) field.focus();
    else follow("/messages");
  };
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
    else if (event.key === "/") search();
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

  // A form in steps (.steps) posts only what stands on its last one. Without this script all steps stand on the page.
  const steps = () => document.querySelector("form.steps");
  const later = (form) => form?.querySelector(".step.later");
  const isAhead = (form) => form.dataset.step === "later";
  const turn = (form, ahead) => {
    form.dataset.step = ahead ? "later" : "";
    (ahead ? later(form) : form).querySelector("h2").focus();
  };
  document.addEventListener("submit", (event) => {
    const last = later(event.target);
    const wrong = last?.querySelector("[aria-invalid=true]");
    if (!last || (last.offsetParent && !wrong)) return;
    event.preventDefault();
    if (last.offsetParent) return wrong.focus();
    // The browser's own Back leads to the step before, and never to one of a page that is gone.
    history.pushState({ ...history.state, step: performance.timeOrigin }, "");
    turn(event.target, true);
  });
  addEventListener("popstate", (event) => {
    const ahead = event.state?.step === performance.timeOrigin;
    if (!steps() || ahead === isAhead(steps())) return;
    event.stopImmediatePropagation(); // the page stays
    turn(steps(), ahead);
  }, true);
  document.addEventListener("click", (event) => event.target.closest?.(".steps .back") && history.back());

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
  // Of the ways to write into a field only this one keeps the browser's own undo.
  const write = (field, words) => {
    // A mention counts only where a word begins.
    const joins = words.startsWith("@") && /\S$/.test(field.value.slice(0, field.selectionStart));
    field.focus();
    document.execCommand("insertText", false, joins ? ` ${words}` : words);
  };
  window.insertWords = (words) => write(written?.isConnected ? written : document.getElementById("text"), words);
  document.addEventListener("click", (event) => {
    const button = writes(event);
    const field = button && fieldOf(button);
    if (!field) return;
    const { selectionStart: start, selectionEnd: end, value } = field;
    const mark = button.dataset.around ?? "";
    write(field, mark ? mark + value.slice(start, end) + mark : button.dataset.insert);
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

  // Boxes and radios that hold what was pressed follow the server when it takes another: data-taken.
  new MutationObserver((changes) => {
    for (const { target } of changes)
      for (const one of target.querySelectorAll("input")) one.checked = target.dataset.taken.split(" ").includes(one.value);
  }).observe(document.documentElement, { subtree: true, attributeFilter: ["data-taken"] });

  // A row of tabs may be wider than a phone: the one that is open is brought into view.
  new MutationObserver((changes) => {
    for (const { target } of changes)
      if (target.matches(".tabs [aria-current=page]")) target.scrollIntoView({ block: "nearest", inline: "center" });
  }).observe(document.documentElement, { subtree: true, attributeFilter: ["aria-current"] });

  // A row that a press takes away (data-leaves) fades at once; whatever the page shows next ends that.
  document.addEventListener("click", (event) => {
    const row = event.target.closest?.("[data-leaves]")?.closest(".ask-row, .m-choice");
    if (!row) return;
    const fading = row.animate([{ opacity: 1 }, { opacity: 0.35 }], { duration: 120, fill: "forwards" });
    const seen = new MutationObserver(() => end());
    const end = () => [fading.cancel(), seen.disconnect()];
    seen.observe(row.parentElement.parentElement, { childList: true, subtree: true, characterData: true });
    setTimeout(end, 4_000);
  });

  // What is typed reaches the draft with the next word to the server. A page that is put away before that, as phones
  // do, leaves the words in this browser, and the next new message takes them up.
  const LEFT = "wasched-typed";
  const isNew = () => location.pathname.startsWith("/new") && !location.search.includes("schedule=");
  const draft = () => JSON.parse(localStorage.getItem("wasched-draft") || "null");
  const leave = () => {
    const field = document.getElementById("text");
    const kept = draft();
    if (!field?.value || !isNew() || field.value === kept?.written.wordings[0]) return;
    localStorage.setItem(LEFT, JSON.stringify({ user: kept?.user_id, words: field.value }));
  };
  const takeUp = () => {
    const field = document.querySelector(".compose:not([inert]) #text");
    if (!field || !isNew()) return;
    const { user, words } = JSON.parse(localStorage.getItem(LEFT));
    localStorage.removeItem(LEFT);
    clearInterval(waiting);
    if (user === draft()?.user_id && words !== field.value) (field.select(), write(field, words));
  };
  const waiting = localStorage.getItem(LEFT) && setInterval(takeUp, 300);
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : waiting || localStorage.removeItem(LEFT)));

  // Clocks go on and distances are said anew while nobody asks the server: data-clock (a zone), data-away.
  const distance = new Intl.RelativeTimeFormat("en");
  const away = (instant) => {
    const minutes = Math.trunc((Date.parse(instant) - Date.now()) / 60_000);
    const [unit, length] = [["day", 1440], ["hour", 60], ["minute", 1]].find(([, size]) => minutes >= size) ?? [];
    return unit ? distance.format(Math.trunc(minutes / length), unit) : "now";
  };
  const clock = (zone) => new Date().toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  setInterval(() => {
    for (const one of document.querySelectorAll("time[data-clock], time[data-away]")) {
      const now = one.dataset.clock ? clock(one.dataset.clock) : away(one.dateTime);
      // React owns the text node: it is changed, never replaced.
      if (now && one.firstChild && one.firstChild.data !== now) one.firstChild.data = now;
    }
  }, 10_000);

  navigator.serviceWorker?.register("/sw.js").catch(() => {});
})();
