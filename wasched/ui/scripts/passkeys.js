// Passkeys (W3C Web Authentication): making one in Settings, and giving one at the door. Bytes travel as base64url,
// which browsers before 2025 do not read and write by themselves.
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const withBytes = (all) => all.map((one) => ({ ...one, id: toBytes(one.id) }));
const answerOf = ({ id, rawId, type, response }, names) => {
  const held = names.filter((name) => response[name]).map((name) => [name, toText(response[name])]);
  return JSON.stringify({ id, rawId: toText(rawId), type, response: Object.fromEntries(held) });
};
const missing = () => (!isSecureContext ? "insecure" : window.PublicKeyCredential ? "" : "none");
// What goes wrong has the browser's own name for it, or one of ours (passkey_words.py).
const stop = (name) => {
  if (name) throw Object.assign(new Error(name), { name });
};

window.makePasskey = async (options, origin) => {
  const { challenge, user, excludeCredentials } = options;
  try {
    stop(missing() || (origin === location.origin ? "" : "elsewhere"));
    const publicKey = {
      ...options, challenge: toBytes(challenge), user: { ...user, id: toBytes(user.id) },
      excludeCredentials: withBytes(excludeCredentials),
    };
    return answerOf(await navigator.credentials.create({ publicKey }), ["clientDataJSON", "attestationObject"]);
  } catch ({ name }) {
    return JSON.stringify({ error: name });
  }
};

const askWhat = async (step) => {
  const answer = await fetch("/auth/passkey/begin", { method: "POST", body: new URLSearchParams({ step }) });
  return answer.ok ? answer.json() : stop("other");
};
const givePasskey = async (form, step, told) => {
  stop(missing());
  const { origin, options } = await askWhat(step);
  told.dataset.origin = origin;
  stop(origin === location.origin ? "" : "elsewhere");
  const publicKey = { ...options, challenge: toBytes(options.challenge), allowCredentials: withBytes(options.allowCredentials) };
  const key = await navigator.credentials.get({ publicKey });
  form.elements.answer.value = answerOf(key, ["clientDataJSON", "authenticatorData", "signature", "userHandle"]);
  form.requestSubmit();
};
document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-passkey]");
  if (!button) return;
  const told = document.getElementById("passkey-said");
  told.textContent = "";
  button.disabled = true;
  try {
    await givePasskey(document.querySelector("form.passkey"), button.dataset.passkey, told);
  } catch ({ name }) {
    const said = told.getAttribute(`data-${name.toLowerCase()}`) ?? told.dataset.other;
    told.textContent = said.replace("{origin}", told.dataset.origin);
  }
  button.disabled = false;
});
