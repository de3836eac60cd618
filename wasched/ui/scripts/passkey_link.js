// Linking by passkey: browsers show a WhatsApp passkey on WhatsApp's own page only, so a bookmark carries the request
// there and its answer back, in the part of an address that no server is sent.

const ANSWER = "#passkey=";

// Runs on https://web.whatsapp.com as a bookmark or a line in its console; it can use nothing that is outside of it.
const showPasskey = (given) => {
  const HOME = "https://web.whatsapp.com";
  const fromText = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const toText = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const make = (tag, text, style) => {
    const made = document.createElement(tag);
    made.textContent = text;
    Object.assign(made.style, style);
    return made;
  };
  if (location.origin !== HOME) return alert(`This bookmark works on ${HOME} only. Open that page, then press it again.`);
  document.getElementById("wasched-passkey")?.remove();
  const back = new URL(given.back);
  const { challenge, rpId, timeout, userVerification, allowCredentials = [] } = given.request;
  const publicKey = { challenge: fromText(challenge), rpId, timeout, userVerification };
  publicKey.allowCredentials = (allowCredentials || []).map((one) => ({ ...one, id: fromText(one.id) }));

  const button = { font: "inherit", padding: ".75rem 1.25rem", borderRadius: "10px", cursor: "pointer" };
  const card = make("dialog", "", {
    font: "18px/1.5 system-ui, sans-serif", maxWidth: "28rem", padding: "2rem", border: "0", borderRadius: "16px",
    color: "#111", background: "#fff",
  });
  card.id = "wasched-passkey";
  const said = make("p", "", { color: "#a00", margin: "0 0 1rem" });
  said.setAttribute("role", "status");
  const show = make("button", "Show my passkey", { ...button, fontWeight: "600", border: "0", color: "#fff", background: "#075" });
  const stop = make("button", "Stop", { ...button, border: "0", color: "#111", background: "none" });
  card.append(
    make("h2", "Link a phone to", { margin: "0" }),
    make("p", back.host, { fontWeight: "700", margin: "0 0 1rem", wordBreak: "break-all" }),
    make("p", "Go on only if you have just scanned a code on that address. Whoever runs it can then read and write "
      + "messages in your name.", { margin: "0 0 1rem" }),
    said, show, stop,
  );
  const leave = (answer) => {
    card.remove();
    location.href = back.href + toText(new TextEncoder().encode(JSON.stringify(answer)));
  };
  stop.onclick = () => card.remove();
  show.onclick = async () => {
    said.textContent = "";
    show.disabled = true;
    try {
      const { id, rawId, type, response } = await navigator.credentials.get({ publicKey });
      const { clientDataJSON, authenticatorData, signature, userHandle } = response;
      leave({
        id, rawId: toText(rawId), type,
        response: {
          clientDataJSON: toText(clientDataJSON), authenticatorData: toText(authenticatorData), signature: toText(signature),
          userHandle: userHandle?.byteLength ? toText(userHandle) : null,
        },
      });
    } catch (fault) {
      said.textContent = fault.name === "NotAllowedError"
        ? "No passkey was shown. If it is on your phone, press the button again and choose “Use a phone or tablet”."
        : `The browser says ${fault.name}. Press the button again, or try another browser.`;
      show.disabled = false;
    }
  };
  document.documentElement.append(card);
  card.showModal();
};

const line = (request) => {
  const back = location.origin + location.pathname + ANSWER; // never what a server was told of its own address
  const given = JSON.stringify({ request: JSON.parse(request), back });
  return `void (${showPasskey.toString().replace(/\s*\n\s*/g, " ")})(${given})`;
};

// A bookmark to be dragged; a click on our own page could do nothing, as its policy lets no script of an address run.
window.passkeyBookmark = (id, request) =>
  window.onceDrawn(() => document.getElementById(id), (link) => {
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
