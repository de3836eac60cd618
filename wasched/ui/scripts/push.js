// Notifications of this browser (Push API). It is asked for its permission at the press itself, as Safari and
// Firefox want it; the server's key, and with it the rest, comes a moment later.
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const isSame = (one, other) => String(new Uint8Array(one)) === String(other);
const missing = () => (!isSecureContext ? "insecure" : window.PushManager && window.Notification ? "" : "none");
let permission;
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-push]")) permission = window.Notification?.requestPermission();
}, true);

const subscribe = async (key) => {
  await navigator.serviceWorker.register("/sw.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  if (before && !isSame(before.options.applicationServerKey, key)) await before.unsubscribe(); // of another server here
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
};
window.subscribePush = async (key) => {
  try {
    await permission;
    const error = missing() || (Notification.permission === "granted" ? "" : Notification.permission);
    return JSON.stringify(error ? { error } : await subscribe(toBytes(key)));
  } catch (fault) {
    return JSON.stringify({ error: fault.name });
  }
};
