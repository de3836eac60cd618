"""Notifications of a browser: switched on at a press, shown by its service worker, and followed."""

from playwright.sync_api import Browser, expect

from tests.browser.conftest import invited, visits
from tests.browser.look import can_be_read, tab
from tests.product import Product
from tests.push_service import pushed_browser
from wasched.text.push_words import push_message

# A Chromium without a screen allows no notifications, and has no push service of its maker.
_ALLOWS = """
Notification.requestPermission = async () => "granted";
Object.defineProperty(Notification, "permission", { get: () => "granted" });
PushManager.prototype.getSubscription = async () => null;
PushManager.prototype.subscribe = async () => ({said});
"""
_TOLD = """async (said) => {
  let shown, opened;
  const happens = async (name, more) => {
    let work;
    const waitUntil = (one) => { work = one; };
    dispatchEvent(Object.assign(new ExtendableEvent(name), more, { waitUntil }));
    await work;
  };
  registration.showNotification = async (title, options) => { shown = { title, ...options }; };
  clients.openWindow = async (url) => { opened = url; };
  await happens("push", { data: { json: () => JSON.parse(said) } });
  await happens("notificationclick", { notification: { close() {}, data: shown.data } });
  return [shown.title, shown.body, opened];
}"""


def test_they_are_switched_on_at_a_press_and_lead_to_their_page(
    chromium: Browser, shared_product: Product
) -> None:
    state = invited(shared_product, "Nora", "nora@choir.example")
    with pushed_browser() as browser:
        said = browser.said.replace(browser.origin, "https://push.example.net")
    with (
        visits(chromium, shared_product, state) as visit,
        tab(visit()) as page,
    ):
        page.add_init_script(_ALLOWS.replace("{said}", f"({said})"))
        page.goto("/settings/alerts")
        page.get_by_role("button", name="Switch them on here").press("Enter")
        expect(page.get_by_text("Notifications are on here.")).to_be_visible()
        expect(page.get_by_role("heading", name="Notifications: A browser")).to_be_visible()
        can_be_read(page)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        message = push_message("Not linked", "It ended.", "/accounts", "t")

        told = page.context.service_workers[0].evaluate(_TOLD, message)
        assert told == ["Not linked", "It ended.", f"{shared_product.url}/accounts"]
        page.get_by_role("button", name="Switch them off here").press("Enter")
        expect(page.get_by_text("Notifications are off here.")).to_be_visible()
