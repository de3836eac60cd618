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
