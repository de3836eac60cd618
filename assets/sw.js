// Shows one page when the server cannot be reached. It keeps nothing else: what people see is never old.
const page = "/offline.html";

addEventListener("install", (event) => {
  event.waitUntil(caches.open("offline").then((cache) => cache.add(new Request(page, { cache: "reload" }))));
  skipWaiting();
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate" && event.request.method === "GET")
    event.respondWith(fetch(event.request).catch(() => caches.match(page)));
});

// What happens is told by push (text/push_words.py), encrypted on the way. A press opens the page that it is about.
addEventListener("push", (event) => {
  const { title, body, path, tag } = event.data.json();
  const shown = { body, tag, renotify: Boolean(tag), icon: "/icon-192.png", data: { path } };
  event.waitUntil(registration.showNotification(title, shown));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openPage(new URL(event.notification.data.path, location.origin)));
});

// No page that is open is led elsewhere: somebody may be writing there.
const openPage = async (wanted) => {
  const pages = await clients.matchAll({ type: "window" });
  const open = pages.find(({ url }) => url === wanted.href);
  if (open) return open.focus();
  if (wanted.origin === location.origin) return clients.openWindow(wanted.href);
};
