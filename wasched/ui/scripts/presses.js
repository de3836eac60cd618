// What is pressed shows it at once, before the server has answered, and says what becomes of it. All events of the
// live line come by here (presses.py), so no button needs a way of its own.
const SOON_MS = 50; // a line that is there has taken a press by then
const SLOW_MS = 1_000; // a longer way is told of
const TOLD_MAX = 4;
const LANDED_MS = 300;
const LOADS = ".on_load_internal";
const KEYS = new Set(["Tab", "Escape", "Shift", "Control", "Alt", "Meta"]);
const presses = new Map(); // by number, in their order: { control, label, region, left, where, at }
let count = 0;
let followed = null; // the link whose page is yet to come
let queue = []; // what waits for the line

const isForServer = (event) => event.name?.startsWith("reflex___state") && !event.handler;
const isLoading = (events) => events.some(({ name }) => name?.endsWith(LOADS));
const text = (control) => control.getAttribute("aria-label") ?? (control.querySelector("label") ?? control).innerText;
const labelOf = (control, kind) =>
  kind === "drop" ? "What you moved" : `“${text(control).replace(/\s+/g, " ").trim().slice(0, 60)}”`;
// The button that sends a form, also where a key did and the button stands elsewhere.
const senderOf = ({ submitter, target }) =>
  submitter ?? [...target.elements].find(({ type, offsetParent }) => type === "submit" && offsetParent) ?? target;

// Fields show by themselves what was chosen or typed in them; the rest is pressed.
const pressed = (event) => {
  if (event?.type === "submit") return senderOf(event);
  const isPress = event?.type === "click" || event?.type === "drop" || (event?.type === "keydown" && event.altKey);
  const target = isPress && event.target instanceof Element ? event.target : null;
  return target?.matches("input, select, textarea") ? null : target?.closest("button, summary, a, [draggable], .cell");
};
// What a form says stays as it was when it was sent, until it was or is taken back.
const regionOf = (event) => {
  if (event?.type !== "submit") return null;
  const { freezes } = event.target.dataset;
  return freezes ? document.querySelector(freezes) : senderOf(event) === event.target ? null : event.target;
};

const mark = ({ control, region }, on) => {
  for (const [element, name] of [[control, "data-pressed"], [region, "data-frozen"]]) {
    element?.toggleAttribute(name, on);
    if (on) element?.setAttribute("aria-busy", "true");
    else element?.removeAttribute("aria-busy");
  }
};
const end = (number) => {
  const press = presses.get(number);
  if (!press) return;
  presses.delete(number);
  mark(press, false);
  for (const other of presses.values()) mark(other, other.where !== "lost");
  if (press.isLoad) arrive();
  tell();
};
const takeBack = (number) => {
  const { control, isLoad } = presses.get(number) ?? {};
  for (let place = queue.length - 1; place >= 0; place--) if (queue[place].press === number) queue.splice(place, 1);
  end(number);
  if (!isLoad) (control?.isConnected ? control : document.getElementById("main"))?.focus();
};

const arrive = () => {
  if ([...presses.values()].some(({ isLoad }) => isLoad)) return;
  followed?.removeAttribute("data-pressed");
  followed = null;
  document.querySelector("[data-leaving]")?.removeAttribute("data-leaving");
};

const sentence = ({ label, region, where }) => {
  if (where === "waits") return `${label} goes as soon as the line is back${region ? ", as it stands now" : ""}.`;
  if (where === "goes") return `${label} is on its way to your server.`;
  return `The line broke while ${label} was on its way. Look whether it was done.`;
};
const button = (label, onclick) => Object.assign(document.createElement("button"), { type: "button", className: "btn small-btn", textContent: label, onclick });
const line = ([number, press]) => {
  const told = document.createElement("div");
  told.append(Object.assign(document.createElement("span"), { textContent: sentence(press) }));
  if (press.where === "waits") told.append(button("Take back", () => takeBack(number)));
  if (press.where === "lost") told.append(button("Close", () => takeBack(number)));
  return told;
};
let said = "";
const tell = () => {
  const box = document.getElementById("waits");
  const all = [...presses].filter(([, { isLoad, isTold }]) => isTold && !isLoad);
  const key = all.map(([number, press]) => `${number} ${press.where}`).join();
  if (!box || key === said) return;
  said = key;
  const hadFocus = box.contains(document.activeElement);
  const more = all.length > TOLD_MAX ? [`and ${all.length - TOLD_MAX} more`] : [];
  box.replaceChildren(...all.slice(0, TOLD_MAX).map(line), ...more);
  if (hadFocus) box.querySelector("button")?.focus();
};
// A button that waits for the line and is clicked again is pressed once: nothing has come of it yet to press anew.
const waitsAlready = (control, { type, timeStamp } = {}) => type === "click" && [...presses.values()].some((one) =>
  one.control === control && one.where === "waits" && one.at !== timeStamp); // one click may ask for several things
const tellSoon = (press, where, ms) =>
  setTimeout(() => {
    if (press.where !== where) return;
    press.isTold = true;
    tell();
  }, ms);

window.presses = {
  // The events of one press, with its number; those of none as they are.
  take(events, waiting) {
    queue = waiting;
    const left = events.filter(isForServer).length;
    const isLoad = isLoading(events);
    const control = isLoad ? followed : pressed(window.event);
    if (!left || !control) return events;
    if (isLoad) followed = null;
    else if (waitsAlready(control, window.event)) return [];
    const press = { control, label: labelOf(control, window.event?.type), region: isLoad ? null : regionOf(window.event), left, isLoad, at: window.event?.timeStamp, where: "waits" };
    presses.set(++count, press);
    mark(press, true);
    tellSoon(press, "waits", SOON_MS);
    const number = count;
    return events.map((event) => (isForServer(event) ? { ...event, press: number } : event));
  },
  sent({ press: number }) {
    const press = presses.get(number);
    if (!press || press.where === "goes") return;
    press.where = "goes";
    tellSoon(press, "goes", SLOW_MS);
    tell();
  },
  answered(number) {
    const press = presses.get(number);
    if (press && --press.left <= 0) end(number);
  },
  // Whether a press that was on its way has arrived, nobody here can know.
  broken() {
    window.holdTyped?.();
    for (const [number, press] of presses) {
      if (press.where !== "goes") continue;
      if (press.isLoad) end(number);
      else Object.assign(press, { where: "lost", isTold: true }), mark(press, false);
    }
    tell();
  },
  // A link is followed: it shows that, and what stands on the page fades.
  follow(link) {
    arrive();
    followed = link;
    link.toggleAttribute("data-pressed", true);
    document.getElementById("main")?.toggleAttribute("data-leaving", true);
  },
  // The way to a page is over; where it led to the same address nothing is loaded.
  landed: () => setTimeout(arrive, LANDED_MS),
};

const isHeld = ({ target }) => target instanceof Element && target.closest("[data-frozen]") && !target.closest("a");
for (const kind of ["beforeinput", "click", "keydown", "mousedown", "submit", "drop"])
  addEventListener(kind, (event) => {
    if (!isHeld(event) || KEYS.has(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
addEventListener("beforeunload", (event) => {
  if ([...presses.values()].some(({ where, isLoad }) => where === "waits" && !isLoad)) event.preventDefault();
});
