"""Every kind of content, written in a browser, as a person and a group have it on their phones."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import files
from tests.books import Books
from tests.browser.conftest import new_context, owner_of, product_on
from tests.browser.look import fits, tab, violations, wears, writable
from tests.browser.person import Person
from tests.whatsapp_server.client import Simulator

ADA, BOB, CARA = "4915100000001", "4915100000002", "4915100000003"
BRUNA = "551187654321"
CHOIR = "Whole choir"
HARD = '"Quotes" \' ` \\ 👩\u200d👩\u200d👧 e\u0301 שלום \u202eabc\u202c العربية नमस्ते'
"""Quotes, joined emoji, a combining accent, both directions, and a script with vowel signs."""

Shown = dict[str, Any]


@pytest.fixture(scope="module")
def phones(whatsapp_server: Simulator) -> Iterator[Simulator]:
    """Ada's phone, to be linked, two more, and a group of all three."""
    whatsapp_server.reset()
    for phone, name in ((ADA, "Ada"), (BOB, "Bob"), (CARA, "Cara")):
        whatsapp_server.add_person(phone=phone, name=name)
    whatsapp_server.name_contacts(phone=ADA, names={BOB: "Bob Ott", CARA: "Cara Lind"})
    whatsapp_server.add_group(subject=CHOIR, members=[ADA, BOB, CARA])
    yield whatsapp_server
    problems = whatsapp_server.problems()
    whatsapp_server.reset()
    assert not problems, f"what should not have happened: {problems}"


@pytest.fixture(scope="module")
def context(
    chromium: Browser, phones: Simulator, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """The browser of an owner whose account is linked to Ada's phone, and sends at once."""
    with product_on(tmp_path_factory.mktemp("contents"), phones) as product:
        opened = new_context(chromium, product, storage_state=owner_of(product))
        books = Books(product)
        books.link(phones, ADA)
        books.wait_until_known("Bob Ott", "Cara Lind", CHOIR)
        books.close()
        yield opened
        opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A new message to Bob by name and to the group, for now."""
    with tab(context) as opened:
        opened.add_init_script("localStorage.clear()")  # no test takes up the draft of another
        opened.goto("/new")
        writable(opened)
        for name in ("Bob Ott", CHOIR):
            opened.get_by_label("To", exact=True).fill(name)
            opened.keyboard.press("Enter")
            expect(opened.get_by_role("button", name=f"Remove {name}")).to_be_visible()
        opened.get_by_role("radio", name="Now", exact=True).click()
        yield opened


def sends(page: Page, phones: Simulator, count: int = 1) -> tuple[list[Shown], list[Shown]]:
    """Press the button; what then arrives in Bob's chat, and in the group at Cara's phone."""
    before = [len(phones.inbox(phone=phone)) for phone in (BOB, CARA)]
    page.get_by_role("button", name="Send", exact=True).locator("visible=true").first.click()
    page.wait_for_url("**/messages**")
    his = phones.wait_inbox(phone=BOB, count=before[0] + 2 * count, timeout=100)[before[0] :]
    hers = phones.wait_inbox(phone=CARA, count=before[1] + count, timeout=100)[before[1] :]
    return [one for one in his if one["chat"] == ADA], hers


def writes(page: Page, words: str) -> None:
    """Write the text."""
    page.get_by_label("Message", exact=True).fill(words)


def opens(page: Page, name: str) -> None:
    """Open one of the panels of the toolbar."""
    page.get_by_role("toolbar").get_by_label(name, exact=True).click()


def becomes(page: Page, name: str) -> None:
    """Let the message be something other than a text."""
    opens(page, "Attach")
    page.get_by_role("menuitem", name=name, exact=True).click()


def attaches(page: Page, *paths: Path) -> None:
    """Attach files, and wait until the server has them."""
    page.locator("#media").set_input_files([str(path) for path in paths])
    for path in paths:
        expect(page.get_by_role("button", name=f"Remove {path.name}")).to_be_visible()


@pytest.mark.parametrize("words", [HARD, "é" * 65_536], ids=["hard", "long"])
def test_a_text_arrives_letter_for_letter(page: Page, phones: Simulator, words: str) -> None:
    writes(page, words)
    expect(page.locator("#preview .bubble").first).to_contain_text(words[:9])

    for arrived in sends(page, phones):
        assert [one["text"] for one in arrived] == [words]


def test_each_gets_a_text_of_their_own_and_plain_braces_stay(page: Page, phones: Simulator) -> None:
    writes(page, "Dear {first_name|friends}, {{name}} of {Voice part}")
    expect(page.get_by_text("{Voice part}").first).to_be_visible()
    expect(page.locator(".hole")).to_have_text("{Voice part}")

    his, hers = sends(page, phones)
    assert [one["text"] for one in his] == ["Dear Bob, {name} of "]
    assert [one["text"] for one in hers] == ["Dear friends, {name} of "]


def test_files_arrive_byte_for_byte(page: Page, phones: Simulator, tmp_path: Path) -> None:
    picture, score = (
        tmp_path / "a rather long name of a photo of the hall.jpg",
        tmp_path / "Fauré Requiem.pdf",
    )
    picture.write_bytes(files.picture("jpeg", (1200, 800)))
    score.write_bytes(files.PDF + b"\x00" * 2_500_000)
    sent = [
        picture,
        files.SAMPLES / "film.mp4",
        files.SAMPLES / "song.mp3",
        files.SAMPLES / "note.ogg",
        score,
    ]
    attaches(page, *sent)
    page.get_by_label("Send note.ogg as").select_option("Voice note")
    writes(page, "For {first_name|all} *today*")
    expect(page.locator("#preview .bubble")).to_have_count(len(sent))
    can_be_read(page)

    kinds = ["image", "video", "audio", "audio", "document"]
    for phone, said, arrived in zip(
        (BOB, CARA), ("Bob", "all"), sends(page, phones, len(sent)), strict=True
    ):
        assert [one["kind"] for one in arrived] == kinds
        bodies = [phones.file(phone, one["id"]) for one in arrived]
        assert bodies == [path.read_bytes() for path in sent]
        photo, _, song, note, paper = (one["content"] for one in arrived)
        assert (photo["caption"], photo["width"]) == (f"For {said} *today*", 1200)
        assert (song["PTT"], note["PTT"]) == (False, True)
        assert (paper["fileName"], paper["mimetype"]) == (score.name, "application/pdf")


def test_a_poll_arrives_with_its_answers(page: Page, phones: Simulator) -> None:
    answers = ["Yes 🎉", "No", 'שלום "quoted"']
    becomes(page, "Poll")
    page.get_by_label("Question").fill("Coming, {first_name|all}?")
    for number, answer in enumerate(answers, 1):
        page.get_by_label(f"Answer {number}", exact=True).fill(answer)
    page.get_by_label("They choose").select_option("any number of answers")
    expect(page.locator("#preview .votes li")).to_have_count(len(answers))
    can_be_read(page)

    for said, arrived in zip(("Bob", "all"), sends(page, phones), strict=True):
        [poll] = [one["content"] for one in arrived]
        assert poll["name"] == f"Coming, {said}?"
        assert [one["optionName"] for one in poll["options"]] == answers
        assert poll["selectableOptionsCount"] == 0


def test_a_place_arrives_where_it_is(page: Page, phones: Simulator) -> None:
    becomes(page, "Place")
    page.get_by_label("Where").fill("https://www.openstreetmap.org/?mlat=-33.8568&mlon=151.2153")
    page.get_by_label("Name", exact=True).fill("Opera 🎶")
    page.get_by_label("Address").fill("Bennelong Point")
    expect(page.locator("#preview .spot")).to_contain_text("Bennelong Point")
    can_be_read(page)

    for arrived in sends(page, phones):
        [place] = [one["content"] for one in arrived]
        assert place["degreesLatitude"] == pytest.approx(-33.8568)
        assert place["degreesLongitude"] == pytest.approx(151.2153)
        assert (place["name"], place["address"]) == ("Opera 🎶", "Bennelong Point")


def test_a_contact_card_arrives_with_name_and_number(page: Page, phones: Simulator) -> None:
    becomes(page, "Contact")
    page.get_by_label("Name", exact=True).fill("Tomás, Jr; \\ ok")
    page.get_by_label("Number").fill("0151 00000003")
    expect(page.locator("#preview .carded")).to_contain_text("+49 1510 0000003")
    can_be_read(page)

    for arrived in sends(page, phones):
        [card] = [one["content"] for one in arrived]
        assert card["displayName"] == "Tomás, Jr; \\ ok"
        assert "FN:Tomás\\, Jr\\; \\\\ ok" in card["vcard"]
        assert f"waid={CARA}:+{CARA}" in card["vcard"]


@pytest.mark.parametrize("whom", ["Cara Lind", "everyone"])
def test_who_is_mentioned_is_named_to_the_phones(page: Page, phones: Simulator, whom: str) -> None:
    writes(page, "Please sing:")
    opens(page, "Mention")
    page.get_by_role("button", name=re.compile(whom)).last.click()
    expect(page.get_by_label("Message", exact=True)).to_have_value(f"Please sing: @{whom} ")
    expect(page.locator("#preview .mention")).to_have_text(f"@{whom}")

    _, [shown] = sends(page, phones)
    named = shown["content"]["contextInfo"]["mentionedJID"]
    members = {phones.person(phone=one)["lid"]: one for one in (ADA, BOB, CARA)}
    assert {members[one] for one in named} >= ({CARA} if whom != "everyone" else {BOB, CARA})


def test_a_wrong_number_is_told_and_the_right_form_found_before_saving(
    page: Page, phones: Simulator
) -> None:
    """A Brazilian number is registered without the digit that was added to all of them."""
    phones.add_person(phone=BRUNA, name="Bruna")
    beside = page.locator("#preview")
    for number in ("+49 151 0000 0099", "+55 11 98765-4321"):
        Person(page).addresses(number)
    expect(beside).to_contain_text("+49 1510 0000099 is not on WhatsApp. Check the number.")
    expect(page.locator(".chip.bad")).to_contain_text("not on WhatsApp")
    expect(beside).to_contain_text("+55 11 98765-4321 is on WhatsApp as +55 1187654321.")

    page.get_by_role("button", name="Remove +49 1510 0000099").click()
    expect(beside).not_to_contain_text("Check the number")
    writes(page, "Found")
    sends(page, phones)
    assert [one["text"] for one in phones.wait_inbox(phone=BRUNA, count=1)] == ["Found"]


@pytest.mark.torture
@pytest.mark.parametrize("kind", ["Poll", "Place", "Contact", "files"])
def test_all_fields_can_be_read_at_a_desk(page: Page, tmp_path: Path, kind: str) -> None:
    """On a phone they are read by those who fill them in, above."""
    if kind == "files":
        for name in ("a rather long name of a photo of the hall.jpg", "b.jpg"):
            (tmp_path / name).write_bytes(files.picture())
        attaches(page, *sorted(tmp_path.iterdir()))
    else:
        becomes(page, kind)
        expect(page.get_by_role("button", name="Write a text instead")).to_be_visible()

    can_be_read(page, 1280, "light")


def can_be_read(page: Page, width: int = 360, theme: str = "dark") -> None:
    """AssertionError if axe finds fault with what is written, or a field has no room."""
    wears(page, width, theme)
    assert violations(page) == []
    assert fits(page)
    message = page.locator(".message").bounding_box()
    inside = [
        one.bounding_box() for one in page.locator(".message :is(input, button):visible").all()
    ]
    assert message is not None
    right = message["x"] + message["width"]
    assert all(box["x"] + box["width"] <= right for box in inside if box)
