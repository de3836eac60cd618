"""Settings: found by their words, and people who come and go."""

import re

from playwright.sync_api import Locator, Page, Route, WebSocket, WebSocketRoute, expect

from tests.browser.catalogue import TWO_LOOKS
from tests.browser.conftest import Visit
from tests.browser.look import can_be_read, settled, tab

_A_PHONES = """
Object.defineProperty(navigator, "clipboard", { value: undefined });
navigator.share = async (given) => { window.shared = given; };
"""


def test_a_setting_is_found_by_its_words_without_asking_the_server(desk: Page) -> None:
    sockets: list[WebSocket] = []
    desk.on("websocket", lambda one: sockets.append(one))
    desk.goto("/settings")
    parts, headings = desk.locator(".part"), desk.get_by_label("Parts of this page").locator("a")
    expect(desk.get_by_role("heading", name="People", exact=True)).to_be_visible()
    seen = 0
    while (every := parts.count()) != seen:  # each comes with an answer of its own
        seen = every
        desk.wait_for_timeout(1_000)
    said: list[str | bytes] = []
    sockets[-1].on("framesent", lambda frame: said.append(frame))
    field = desk.get_by_label("Find a setting")

    field.press_sequentially("dark")
    expect(parts.locator("visible=true")).to_have_count(1)
    expect(headings.locator("visible=true")).to_have_text(["Appearance"])
    field.press("Enter")
    expect(desk.get_by_role("button", name="Like the system")).to_be_focused()
    field.fill("time zone your name")
    expect(headings.locator("visible=true")).to_have_text(["You"])
    field.fill("zzz")
    expect(desk.get_by_text("Nothing matches.")).to_be_visible()
    field.press("Escape")
    expect(parts.locator("visible=true")).to_have_count(every)
    assert desk.get_by_text("Nothing matches.").count() == 0
    assert [one for one in said if len(one) > 3] == []  # what is shorter keeps the line alive


def test_what_is_copied_can_be_pasted(visit: Visit) -> None:
    context = visit(permissions=["clipboard-read", "clipboard-write"])
    with tab(context) as page:
        page.goto("/settings")
        settled(page)
        command = page.locator("#back-up pre")

        page.locator("#back-up").get_by_role("button", name="Copy").click()

        assert page.evaluate("navigator.clipboard.readText()") == command.inner_text()


def test_without_a_clipboard_it_copies_in_the_old_way_and_a_phone_shares(visit: Visit) -> None:
    """As on a phone that came by plain http, and on one that came by https."""
    context = visit(360)
    context.add_init_script(_A_PHONES)
    with tab(context) as page:
        page.goto("/settings")
        settled(page)
        copy = page.locator("#back-up .copies")
        copy.click()
        expect(copy.get_by_text("Copied")).to_be_visible()
        expect(copy).to_be_focused()
        page.get_by_label("Find a setting").press("ControlOrMeta+v")
        expect(page.get_by_label("Find a setting")).to_have_value(re.compile("wasched backup"))
        page.get_by_label("Find a setting").fill("")
        page.get_by_label("Their name").fill("Nadia")
        page.get_by_role("button", name="Make an invitation").click()
        page.get_by_role("button", name="Share").click()
        link = page.get_by_text("/sign-up?invite=").inner_text()
        assert page.evaluate("window.shared") == {"url": link}


def test_somebody_joins_by_invitation_and_is_thrown_out_at_once(visit: Visit, desk: Page) -> None:
    desk.goto("/settings")
    desk.get_by_label("Their name").fill("Tomás Rivera")
    desk.get_by_role("button", name="Make an invitation").click()
    link = desk.get_by_text("/sign-up?invite=").inner_text()
    context = visit(360, "light", storage_state=None)
    theirs = context.new_page()
    theirs.goto(link)
    expect(theirs.get_by_label("Your name")).to_have_value("Tomás Rivera")
    theirs.get_by_label("E-mail").fill("tomas.rivera@choir.example")
    theirs.get_by_label("Password", exact=True).fill("four words are easy")
    expect(theirs.get_by_text("Very good.")).to_be_visible()
    expect(theirs.get_by_text(re.compile(r"It is \d\d:\d\d there"))).to_be_visible()
    theirs.get_by_role("button", name="Sign up").click()
    expect(theirs.get_by_role("heading", name="Next")).to_be_visible()  # what all of them share
    _chooses_another_password(theirs)
    on_server = desk.locator("#server-people").get_by_role("listitem")
    theirs = _comes_back_by_a_link(visit, on_server.filter(has_text="Tomás Rivera"), theirs)
    _becomes_a_viewer(desk, theirs)

    member = desk.locator("#people").get_by_role("listitem").filter(has_text="Tomás Rivera")
    member.get_by_role("button", name="Remove", exact=True).click()
    desk.get_by_role("button", name="Remove them, let it go on").click()

    expect(theirs.get_by_role("button", name="Sign in")).to_be_visible()


def _becomes_a_viewer(desk: Page, theirs: Page) -> None:
    """Their open page follows; nobody is asked to look at the word space."""
    new = theirs.get_by_role("link", name="New", exact=True)
    expect(new).to_be_visible()
    desk.get_by_label("What Tomás Rivera may do").select_option("viewer")
    expect(new).to_have_count(0)
    assert theirs.get_by_text("Space: ").count() == 0


def test_what_is_typed_before_the_page_can_listen_is_advised_on_and_kept(
    visit: Visit, desk: Page
) -> None:
    desk.goto("/settings")
    desk.get_by_role("button", name="Make an invitation").click()
    link = desk.get_by_text("/sign-up?invite=").inner_text()
    context = visit(360, "light", storage_state=None)
    _types_before_the_scripts_come(context.new_page(), link)
    _types_before_the_line_is_open(context.new_page(), link)


def _types_before_the_scripts_come(page: Page, link: str) -> None:
    held: list[Route] = []
    typed: list[bool] = []
    page.route("**/assets/*.js", lambda one: held.append(one) if not typed else one.continue_())
    page.goto(link, wait_until="commit")
    _fills_in(page)
    typed.append(True)
    for route in held:
        route.continue_()
    _is_advised(page)


def _types_before_the_line_is_open(page: Page, link: str) -> None:
    held: list[str | bytes] = []
    begun: list[WebSocketRoute] = []
    servers: list[WebSocketRoute] = []  # once the line is let through

    def hold_back(line: WebSocketRoute) -> None:
        server = line.connect_to_server()
        line.on_message(lambda said: server.send(said) if servers else held.append(said))
        begun.append(server)

    page.route_web_socket("**/_event/**", hold_back)
    page.goto(link)
    page.wait_for_function("() => window.goTo")
    _fills_in(page)
    page.wait_for_timeout(400)  # until typing rests
    servers.extend(begun)
    for said in held:
        servers[-1].send(said)
    _is_advised(page)


def _fills_in(page: Page) -> None:
    page.get_by_label("Your name").fill("Tomás Rivera")
    page.get_by_label("Time zone").fill("Asia/Kolkata")
    page.get_by_label("Password", exact=True).fill("Tomás Rivera")


def _is_advised(page: Page) -> None:
    expect(page.get_by_text("Easy to guess: your own name")).to_be_visible()
    expect(page.get_by_text(re.compile(r"It is \d\d:\d\d there"))).to_be_visible()
    expect(page.locator("time[data-clock='Asia/Kolkata']")).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_value("Tomás Rivera")
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Kolkata")
    page.close()


def _comes_back_by_a_link(visit: Visit, member: Locator, before: Page) -> Page:
    """Who has forgotten theirs takes the admin's link; where they were signed in they are out."""
    member.get_by_role("button", name="Give a new password").click()
    link = member.get_by_text("/new-password?link=").inner_text()
    page = visit(360, "light", storage_state=None).new_page()
    page.goto(link)
    expect(page.get_by_text("for Tomás Rivera, tomas.rivera@choir.example")).to_be_visible()
    new = page.get_by_label("New password")
    new.fill("Tomás Rivera")
    expect(page.get_by_text("Easy to guess: your own name")).to_be_visible()
    new.fill("four more are easy")
    expect(page.get_by_text("Very good.")).to_be_visible()
    can_be_read(page, TWO_LOOKS)
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.get_by_role("heading", name="Next")).to_be_visible()
    expect(before.get_by_role("button", name="Sign in")).to_be_visible()
    return page


def _chooses_another_password(page: Page) -> None:
    page.goto("/settings")
    page.get_by_label("Present password").fill("four words are easy")
    new = page.get_by_label("New password")
    new.fill("Tomás Rivera")
    expect(page.get_by_text("Easy to guess: your own name")).to_be_visible()
    new.fill("four others are easy")
    expect(page.get_by_text("Very good.")).to_be_visible()
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_text("The password is changed.")).to_be_visible()
    expect(new).to_have_value("")
    expect(page.get_by_text("At least 10 characters.")).to_be_visible()
