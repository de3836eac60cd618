"""What leaves in files is only data: no program runs it, and no word of others begins a line."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from tests.attacks.conftest import Target, cookie_of
from tests.books import Books
from tests.browser.conftest import invited
from wasched.adapters.whatsapp import messages
from wasched.domain.content import ContactCard
from wasched.domain.visible import clean_name, clean_text
from wasched.models import Recipient, User
from wasched.services import csv_cells
from wasched.services.address_book.imports import open_file
from wasched.services.files import file_names

BREAKS = ["\r", "\n", "\r\n", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
UNSEEN = ["", " ", "\u200b", "\u200d", "\ufeff", "\0", "\x1f", "\u00a0", "\u3000", "\u2800", "\xad"]
SIGNS = ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\ufe66", "\u2212", "\t", "\r"]


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_begins_as_a_formula_whatever_is_put_before_it(unseen: str, sign: str) -> None:
    assert csv_cells.guard_cell(f"{unseen}{sign}1+1").startswith("'")


@pytest.mark.parametrize(
    "cell", ["Anna", "1-2", "a=b", "'tis", "Zoë \u2013 alto", "", "(+49)", "\u200b"]
)
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert csv_cells.guard_cell(cell) == cell


@given(st.text(st.sampled_from("'=+-@\uff1d\u200b \tAb;,\"\n"), max_size=8))
def test_a_guard_is_taken_off_again_and_nothing_else(cell: str) -> None:
    assert csv_cells.unguard_cell(csv_cells.guard_cell(cell)) == cell


def test_every_cell_is_quoted_whichever_mark_parts_cells() -> None:
    line = csv_cells.write_line(["x;=1+1", "plain", 'a "b"', ""])
    assert line == '"x;=1+1","plain","a ""b""",""\r\n'


@pytest.mark.parametrize("mark", BREAKS)
def test_a_name_is_one_line_of_what_can_be_seen(mark: str) -> None:
    assert clean_name(f" An{mark}na\0\x1b\u202e ") == "An na"
    assert clean_text(f"one{mark}two\x07") == "one\ntwo"
    assert (
        clean_name("\u0639\u0644\u06cc\u200c\u0631\u0636\u0627 \U0001f469\u200d\U0001f3a4")
        == "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627 \U0001f469\u200d\U0001f3a4"
    ), "joiners are letters' own"
    assert file_names.clean_file_name(f"a{mark}b.pdf") == "ab.pdf"


@pytest.mark.parametrize("mark", BREAKS)
def test_a_contact_card_has_only_its_own_lines(mark: str) -> None:
    card = messages._vcard(ContactCard(f"Anna{mark}TEL:+1", "+4915100000001"))
    assert len(card.splitlines()) == 6
    assert "FN:Anna TEL:+1" in card


def test_hostile_words_in_the_database_leave_as_data(tmp_path: Path, target: Target) -> None:
    """As rows that came in before names were cleaned, and as groups and phones name themselves."""
    hostile = [
        *(f"Anna{one}END:VCARD" for one in BREAKS),
        "x;=1+1",
        "\u200b=1+1",
        "\uff1dcmd",
        "'=x",
    ]
    browser = target.browser(cookie_of(invited(target.product, "Mallory", "mallory@choir.example")))
    _put_in(target, "mallory@choir.example", hostile)

    table = browser.get("/export/people.csv").content.decode("utf-8-sig")
    contacts = browser.get("/export/people.vcf").content.decode()

    found = list(csv.reader(io.StringIO(table, newline="")))
    assert table.startswith('"Name","Phone","Notes"\r\n') and '"x;=1+1","' in table
    assert {row[0] for row in found[1:]} >= {"x;=1+1", "'\u200b=1+1", "'\uff1dcmd", "''=x"}
    assert contacts.count("\r\nEND:VCARD\r\n") == len(hostile)
    assert contacts.count("\\nEND:VCARD") == len(BREAKS)
    assert not set(contacts.replace("\r\n", "")) & set("".join(BREAKS))
    path = tmp_path / "people.csv"
    path.write_text(table, encoding="utf-8-sig", newline="")
    again = {row[0] for _, row in open_file.read_file(path).rows}
    assert set(hostile[-4:]) <= again, "what was exported comes back as it was"


def _put_in(target: Target, email: str, names: list[str]) -> None:
    """Write somebody's people past everything that cleans names."""
    now = datetime.now(UTC)
    with Books(target.product).scope() as session:
        owner = session.exec(select(User).where(User.email == email)).one().id or 0
        for at, name in enumerate(names):
            made = Recipient(space_id=owner, kind="person", phone=f"+4915100000{at:03}", name=name)
            made.created_at = now
            session.add(made)
