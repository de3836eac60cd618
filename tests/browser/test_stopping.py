"""Stop and Go on by keyboard, with a banner on every page while it lasts."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_an_account_that_is_away_is_stopped_and_goes_on_by_keyboard(visit: Visit) -> None:
    page = visit().new_page()
    page.goto("/accounts/3")  # it is reconnecting
    button = page.get_by_role("main").get_by_role("button", name="Stop Miriam")
    button.press("Enter")

    banner = page.get_by_role("alert").filter(has_text="you stopped it at")
    expect(banner).to_contain_text("Miriam: 0 go out today: you stopped it at")
    go_on = page.get_by_role("button", name="Go on Miriam")
    expect(go_on).to_be_focused()
    page.goto("/templates")
    expect(banner).to_be_visible()
    expect(
        page.get_by_role("navigation").get_by_role("button", name="Stop everything")
    ).to_be_visible()
    phone = visit(360).new_page()
    phone.goto("/more")
    expect(phone.get_by_role("button", name="Stop everything")).to_be_visible()
    expect(phone.get_by_role("alert").filter(has_text="you stopped it at")).to_be_visible()

    page.goto("/accounts/3")
    go_on.press("Enter")
    question = page.get_by_role("alertdialog", name="Go on with Miriam?")
    expect(question.get_by_role("button", name="Keep it stopped")).to_be_focused()
    question.get_by_role("button", name="Go on", exact=True).press("Enter")

    expect(button).to_be_focused()
    expect(banner).to_have_count(0)
