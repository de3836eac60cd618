// Linking by passkey: browsers show a WhatsApp passkey on WhatsApp's own page only, so a bookmark carries the request
// there and its answer back, in the part of an address that no server is sent.

const ANSWER = "#passkey=";

const line = (request) => {
  const back = location.origin + location.pathname + ANSWER; // never what a server was told of its own address
  const given = JSON.stringify({ request: JSON.parse(request), back });
  return `void (${showPasskey})(${given})`;
};

// What runs there, fetched only where somebody links by passkey.
let showPasskey = "";
const fetchShowing = async () => {
  const source = await (await fetch("/passkey_bookmark.js")).text();
  showPasskey = source.replace(/^\/\/.*$/gm, "").replace(/\s*\n\s*/g, " ").trim();
};

// A bookmark to be dragged; a click on our own page could do nothing, as its policy lets no script of an address run.
window.passkeyBookmark = (id, request) =>
  window.onceDrawn(() => document.getElementById(id), async (link) => {
    await fetchShowing();
    link.setAttribute("href", `javascript:${encodeURIComponent(line(request))}`);
    link.onclick = (event) => event.preventDefault();
  });

window.copyPasskeyLine = (request) => navigator.clipboard.writeText(line(request)).then(() => true, () => false);

// The answer, taken out of the address before anybody can see it there; empty if there is none.
window.passkeyAnswer = () => {
  if (!location.hash.startsWith(ANSWER)) return "";
  const text = location.hash.slice(ANSWER.length);
  history.replaceState(history.state, "", location.pathname + location.search);
  try {
    const bytes = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return new TextDecoder().decode(Uint8Array.from(bytes, (one) => one.charCodeAt(0)));
  } catch {
    return "?"; // half an answer: the server says what to do
  }
};
