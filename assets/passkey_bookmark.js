// Runs on https://web.whatsapp.com as a bookmark or a line in its console; it can use nothing that is outside of it.
// The page of the account fetches it as text (scripts/passkey_link.js): no other page has to carry it.
(given) => {
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
}
