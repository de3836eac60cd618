"""Files of people as the programs of this world write them, and as no program should."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given

from tests.fuzz import fuzzed, seeds
from tests.reasons import refuses, words
from wasched.domain.errors import InputError
from wasched.services.address_book.imports import column_kinds, open_file, row_verdicts
from wasched.services.address_book.imports.sheet import Sheet
from wasched.text.refusals import error_sentence

EXCEL = """Vorname;Nachname;Handy;Stimme;Größe
Jörg;Müller;0151 00000001;"Tenor
zwei";1,80
"Anna Maria";Schmidt;0151 00000002;Alt;1,65
"""
GOOGLE = (
    "First Name,Middle Name,Last Name,Notes,Labels,Phone 1 - Label,Phone 1 - Value\r\n"
    'Anna,,Schmidt,"Says ""hi"", always",* myContacts,Mobile,+49 151 0000001 ::: +49 30 1234567\r\n'
)
PHONE_2 = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9A=D0=BE=D0=B2=D0=B0=D0=BB=D1=8C;=D0=9E=D0=BB=\r\n"
    "=D0=B5=D0=BD=D0=B0;;;\r\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9E=D0=BB=D0=B5=D0=BD=D0=B0\r\n"
    "TEL;HOME:+380 44 123 4567\r\nTEL;CELL;PREF:+380501234567\r\n"
    "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD\r\n /2wBDAAgGBgcGBQgHBw=\r\n =\r\n\r\n"
    "END:VCARD\r\n"
)
PHONE_3 = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//iPhone OS 18.1//EN\r\n"
    "N:Schmidt;Anna;Maria;Dr.;\r\nFN:Dr. Anna Maria Sch\r\n midt\r\nORG:Choir\\, old;Altos\r\n"
    "item1.TEL;type=pref:+49 30 1234567\r\nTEL;type=CELL;type=VOICE:+49 151 0000001\r\n"
    "TEL;type=HOME;type=FAX:+49 30 99\r\nNOTE:Pays late.\\nSings well\\; often.\r\nEND:VCARD\r\n"
)
PHONE_4 = (
    "BEGIN:VCARD\nVERSION:4.0\nKIND:individual\nFN:Łukasz\n"
    'TEL;VALUE=uri;PREF=1;TYPE="voice,cell":tel:+48-600-000-001;ext=5\nEND:VCARD\n'
    "BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Altos\nMEMBER:urn:uuid:1\nEND:VCARD\n"
)


def read(folder: Path, data: bytes | str) -> Sheet:
    """What is in a file with these bytes."""
    path = folder / "people"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return open_file.read_file(path)


def people(found: Sheet, country: str = "DE") -> list[tuple[str, str, dict[str, str], str]]:
    """Name, number, fields and notes of everybody, the columns as they are guessed."""
    judged = row_verdicts.judge_rows(found, column_kinds.guess_columns(found), country, {})
    return [(one.name, one.phone or words(one.why), dict(one.fields), one.notes) for one in judged]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_spreadsheet_is_read_however_it_was_saved(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = EXCEL.replace("1,80", "1.80").replace("1,65", "1.65").replace(";", delimiter)
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    found = read(tmp_path, mark + text.encode(encoding))
    assert people(found) == [
        ("Jörg Müller", "+4915100000001", {"Stimme": "Tenor\nzwei", "Größe": "1.80"}, ""),
        (
            "Anna Maria Schmidt",
            "+4915100000002",
            {"Stimme": "Alt", "Größe": "1.65", "First name": "Anna Maria"},
            "",
        ),
    ]
    assert [line for line, _ in found.rows] == [2, 4], "as an editor counts them"


def test_the_contacts_that_google_exports_are_read(tmp_path: Path) -> None:
    assert people(read(tmp_path, GOOGLE)) == [
        ("Anna Schmidt", "+491510000001", {"Labels": "* myContacts"}, 'Says "hi", always')
    ]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Anna,+49 151 0000001\nBen,+49 151 0000002\n", ["Anna", "Ben"]),
        (
            '"Braun, Ben";+49 151 0000001\n"Alt, Anna";+49 151 0000002\n',
            ["Braun, Ben", "Alt, Anna"],
        ),
        ("+49 151 0000001\n+49 151 0000002\n", ["", ""]),
        ("sep=|\r\nName|Phone\r\nAnna|+49 151 0000001\r\n", ["Anna"]),
        ("Name;Phone\n\n;;\nAnna;+49 151 0000001;more\n", ["Anna"]),
    ],
)
def test_a_list_without_names_for_its_columns_is_one(
    tmp_path: Path, text: str, who: list[str]
) -> None:
    found = people(read(tmp_path, text))
    assert [name for name, *_ in found] == who
    assert all(phone.startswith("+49151") for _, phone, *_ in found)


def test_columns_of_one_name_can_be_told_apart(tmp_path: Path) -> None:
    found = read(tmp_path, "Name,Phone,Voice,Voice,,\nAnna,+49 151 0000001,a,b,c,\n")
    assert found.columns == ("Name", "Phone", "Voice", "Voice (2)", "Column 5", "Column 6")
    assert people(found)[0][2] == {"Voice": "a", "Voice (2)": "b", "Column 5": "c"}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (PHONE_2, ("Олена", "+380501234567", {}, "")),
        (
            PHONE_3,
            (
                "Dr. Anna Maria Schmidt",
                "+491510000001",
                {"Organisation": "Choir, old, Altos", "First name": "Anna Maria"},
                "Pays late.\nSings well; often.",
            ),
        ),
        (PHONE_4, ("Łukasz", "+48600000001", {}, "")),
    ],
    ids=["2.1", "3.0", "4.0"],
)
def test_the_contacts_of_a_phone_are_read(
    tmp_path: Path, text: str, who: tuple[str, str, dict[str, str], str]
) -> None:
    assert people(read(tmp_path, text + "\n" + text.replace("FN", "X-FN")))[0] == who


def test_other_numbers_of_a_contact_have_columns_of_their_own(tmp_path: Path) -> None:
    found = read(tmp_path, PHONE_3)
    uses = dict(zip(found.columns, column_kinds.guess_columns(found), strict=True))
    assert uses["Phone"] == "phone"
    assert uses["Phone 2"] == "phone", "taken if the first cannot be used"
    assert found.rows[0][1][found.columns.index("Phone 2")] == "+49 30 1234567"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "neither"),
        (b"", "nobody"),
        (b" \r\n \n", "nobody"),
        (b"Name,Phone\n", "nobody"),
        (b"BEGIN:VCARD\nEND:VCARD\n", "nobody"),
        (b'Name,Phone\nAnna,1\n"Ben,+49 151\nCarl,+49 152\n', "in line 3 never ends"),
        (b'Name,Phone\n"' + b"x" * 200_000 + b'",1\n', "in line 2 never ends"),
        (b",".join(b"c%d" % n for n in range(300)) + b"\nx\n", "more than 200 columns"),
    ],
)
def test_what_is_no_file_of_people_is_named(tmp_path: Path, data: bytes, sentence: str) -> None:
    with refuses(InputError, sentence):
        read(tmp_path, data)


def test_more_rows_than_are_taken_are_refused(tmp_path: Path) -> None:
    taken = "Phone\n" + "+491510000001\n" * 100_000
    assert len(read(tmp_path, taken).rows) == 100_000
    with refuses(InputError, r"more than 100,000 rows\. Split it"):
        read(tmp_path, taken + "+491510000001\n")


def test_pictures_folded_into_a_million_lines_are_passed_over(tmp_path: Path) -> None:
    # Quadratic, this would not end before the test's time is up.
    picture = "PHOTO;ENCODING=b:\n" + " AAAA\n" * 1_000_000
    text = f"BEGIN:VCARD\nFN:Anna\n{picture}TEL:+49 151 0000001\nEND:VCARD\n"
    assert [one[:2] for one in people(read(tmp_path, text))] == [("Anna", "+491510000001")]


SAMPLES = [one.encode() for one in (EXCEL, GOOGLE, PHONE_2, PHONE_3, PHONE_4)]
SAMPLES += [EXCEL.encode("cp1252"), EXCEL.encode("utf-16")]
PIECES = [b"\n", b"\r", b'"', b";", b",", b"\t", b"\x00", b"\xff\xfe", b"BEGIN:VCARD\n", b"=\n"]
PIECES += [b"END:VCARD\n", b";ENCODING=QUOTED-PRINTABLE:", b";CHARSET=nonsense:", b"\\", b":", b" "]


def damaged(chance: Random) -> bytes:
    """A file with some of its parts replaced, or one of mere noise."""
    sample = chance.choice([*SAMPLES, chance.randbytes(chance.randrange(300))])
    for _ in range(chance.randrange(5)):
        at = chance.randrange(len(sample) + 1)
        upto = at + int(chance.random() ** 4 * len(sample))
        by = chance.choice([*PIECES, chance.randbytes(chance.randrange(8))])
        sample = sample[:at] + by + sample[upto:]
    return sample


def survives(folder: Path, data: bytes) -> None:
    """A file is read and judged, or refused with a sentence."""
    try:
        found = read(folder, data)
    except InputError as refusal:
        assert refusal.field == "file" and error_sentence(refusal).endswith(".")
        return
    assert len(set(found.columns)) == len(found.columns)
    assert all(len(cells) == len(found.columns) for _, cells in found.rows)
    judged = list(row_verdicts.judge_rows(found, column_kinds.guess_columns(found), "DE", {}))
    assert len(judged) == len(found.rows)
    assert all(one.phone or one.why for one in judged)


@fuzzed
@given(seed=seeds)
def test_any_file_is_read_or_refused_with_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    survives(tmp_path_factory.getbasetemp(), damaged(Random(seed)))
