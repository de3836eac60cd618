# ruff: noqa: RUF001 — letters of all alphabets
"""Files of people as the world's programs wrote them: who is in each of them, with which number."""

from pathlib import Path

import pytest

from tests.reasons import refuses, words
from wasched.domain.errors import InputError
from wasched.models import Verdict
from wasched.services.address_book.imports import column_kinds, open_file, row_verdicts
from wasched.services.address_book.imports.row_verdicts import JudgedRow

SAMPLES = Path(__file__).parents[2] / "samples" / "contacts"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\n"
FIRST, SECOND = "+491713920001", "+491713920002"
ANNA, BEN = f"Anna {FIRST}", f"Ben {SECOND}"
JOERG, AENNE = f"Jörg Müller {FIRST}", f"Änne Weiß {SECOND}"
ANNA_SCHMIDT, BEN_BRAUN = f"Anna Schmidt {FIRST}", f"Ben Braun {SECOND}"
IN_CODE_PAGES = {
    "1251": "Ковалёва Ольга, Петров Иван, Сидорова Анна, Щукин Юрий, Жукова Эльвира, Объедков Пётр",
    "1250": "Żaneta Wiśniewska, Łukasz Żak, Grażyna Świątek, Józef Błaszczyk, Michał Wróbel, "
    "Święcisława Dąbrowska",
    "1255": "דנה לוי, יוסי כהן, נועה מזרחי, אבי פרץ, רחל ביטון, משה דהן",
    "1256": "فاطمة علي, محمد حسن, خالد يوسف, ليلى إبراهيم, سعاد أحمد, عمر شريف",
    "shift-jis": "山田 太郎, 佐藤 花子, 鈴木 一郎, 高橋 美咲, 田中 健太, 伊藤 由美",
    "euc-kr": "김민수, 이영희, 박서준, 최지우, 정하늘, 강다연",
}
PEOPLE = [
    ("outlook-charset-1251.vcf", "DE", [f"Ольга Ковалёва {FIRST}"]),
    ("charset-shift-jis.vcf", "DE", [f"山田 太郎 {FIRST}"]),
    ("charset-two-in-one-file.vcf", "DE", [JOERG, AENNE]),
    ("charset-gbk.vcf", "DE", [f"王小明 {FIRST}"]),
    ("utf8-cut-by-fold.vcf", "DE", [JOERG, AENNE]),
    ("utf8-one-latin1-cell.csv", "DE", [f"Łukasz Żak {FIRST}", f"Jörg {SECOND}"]),
    ("utf8-cut-at-end.csv", "DE", [JOERG, f"Änne {SECOND}"]),
    ("utf16le-no-mark.csv", "DE", [JOERG, f"Łukasz Żak {SECOND}"]),
    ("utf16be-no-mark.vcf", "DE", [JOERG]),
    ("two-files-joined.vcf", "DE", [JOERG, AENNE]),
    ("mac-comma.csv", "DE", [ANNA, BEN]),
    ("samsung-own-label.vcf", "DE", [f"Ana {FIRST}"]),
    ("label-with-umlaut.vcf", "DE", [f"Ana {FIRST}"]),
    ("label-with-spaces.vcf", "DE", [f"Ana {FIRST}"]),
    ("whatsapp-waid.vcf", "DE", [ANNA]),
    ("apple-labels.vcf", "DE", [ANNA_SCHMIDT]),
    ("fax-work-type.vcf", "DE", [ANNA]),
    ("mobile-by-its-digits.vcf", "DE", [ANNA]),
    ("apple-iphone.vcf", "DE", [ANNA]),
    ("apple-work-fax-first.vcf", "DE", [ANNA]),
    ("service-code-first.vcf", "DE", [ANNA]),
    ("tel-uri-context.vcf", "US", [ANNA]),
    ("last-card-cut.vcf", "DE", [ANNA, BEN]),
    ("card-within-a-card.vcf", "DE", [f"Assistent {SECOND}", f"Chefin {FIRST}"]),
    ("end-missing-in-the-middle.vcf", "DE", [ANNA, BEN]),
    ("qp-soft-break-and-space.vcf", "DE", [JOERG]),
    ("qp-semicolon-in-a-name.vcf", "DE", [f"Jörg Mü;ller {FIRST}"]),
    ("company-only.vcf", "DE", [f"Bäckerei Weiß {FIRST}"]),
    ("birthdays-no-numbers.vcf", "DE", []),
    ("notes-with-cr.csv", "DE", [ANNA_SCHMIDT]),
    ("google-mobile-second.csv", "DE", [ANNA_SCHMIDT, BEN_BRAUN]),
    ("google-old-pager-first.csv", "DE", [ANNA_SCHMIDT]),
    ("google-old-fax-first.csv", "DE", [ANNA_SCHMIDT]),
    ("google-second-only.csv", "DE", [ANNA_SCHMIDT, BEN_BRAUN]),
    ("outlook-home-phone-only.csv", "DE", [ANNA_SCHMIDT, BEN_BRAUN]),
    ("crm-two-columns.csv", "DE", [f"Anna Smith {FIRST}", f"Ben Brown {SECOND}"]),
    ("german-name-vorname.csv", "DE", ["Anna Schmidt +491713920000", f"Ben Braun {FIRST}"]),
    ("french-nom-prenom.csv", "FR", ["Marie Dupont +491713920000", f"Paul Martin {FIRST}"]),
    (
        "spanish-nombre-apellidos.csv",
        "ES",
        ["María García López +491713920000", f"José Pérez {FIRST}"],
    ),
    ("english-name-surname.csv", "GB", ["Anna Smith +491713920000", f"Ben Brown {FIRST}"]),
    ("dutch-naam-voornaam.csv", "NL", ["Anna Jansen +491713920000", f"Ben Bakker {FIRST}"]),
    ("google-company.csv", "DE", [f"Bäckerei Weiß {FIRST}"]),
    ("member-numbers.csv", "DE", [ANNA, BEN]),
    ("birthdays-only.csv", "DE", []),
    ("form-answers.csv", "GB", ["Anna Smith +447700900123", "Ben Brown +447700900124"]),
    ("customer-numbers-only.csv", "DE", []),
    ("title-above.csv", "DE", [ANNA_SCHMIDT, BEN_BRAUN]),
    ("decimal.csv", "DE", [ANNA, BEN]),
    ("two-in-a-cell.csv", "DE", [ANNA, BEN]),
    ("inches.csv", "DE", [ANNA, BEN]),
    ("country-code-column.csv", "DE", [ANNA, "Ben +447700900123"]),
]


def judged(path: Path, country: str = "DE") -> list[JudgedRow]:
    """The rows of a file, its columns as they are guessed."""
    sheet = open_file.read_file(path)
    return list(
        row_verdicts.judge_rows(sheet, column_kinds.guess_columns(sheet, country), country, {})
    )


def new(path: Path, country: str = "DE") -> list[str]:
    """Name and number of everybody who is new."""
    rows = judged(path, country)
    return [f"{row.name} {row.phone}".strip() for row in rows if row.verdict is Verdict.NEW]


def written(folder: Path, text: str | bytes) -> Path:
    """A file that says this."""
    path = folder / "people"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize(("name", "country", "people"), PEOPLE, ids=[one for one, *_ in PEOPLE])
def test_everybody_in_a_file_is_read_with_their_number(
    name: str, country: str, people: list[str]
) -> None:
    assert new(SAMPLES / name, country) == people


@pytest.mark.parametrize("page", IN_CODE_PAGES)
def test_a_spreadsheet_is_read_in_the_letters_of_its_country(page: str) -> None:
    path = SAMPLES / f"excel-{'windows-' if page.isdigit() else ''}{page}.csv"
    names = IN_CODE_PAGES[page].split(", ")
    assert new(path) == [f"{name} +49171392000{at}" for at, name in enumerate(names)]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("whatsapp-chat.txt", "the export of a chat"),
        ("calendar.ics", "a calendar"),
        ("letter.eml", "a letter"),
    ],
)
def test_a_file_of_another_kind_is_called_what_it_is(name: str, what: str) -> None:
    with refuses(InputError, f"^This is {what}.* Choose a spreadsheet"):
        open_file.read_file(SAMPLES / name)


def test_line_breaks_in_notes_are_plain() -> None:
    assert [row.notes for row in judged(SAMPLES / "notes-with-cr.csv")] == ["Line 1\nLine 2"]


@pytest.mark.parametrize(
    ("encoding", "text", "names"),
    [
        ("cp1252", "Nom;Prénom;Tel\nLefèvre;Françoise;{}\n", ["Françoise Lefèvre"]),
        ("cp1254", "Ad;Soyad;Telefon\nAyşe;Yılmaz;{}\n", ["Ayşe Yılmaz"]),
        ("cp1250", "Jméno;Příjmení;Telefon\nJiří;Dvořák;{}\n", ["Jiří Dvořák"]),
        ("gbk", "姓名,电话\n王小明,{}\n", ["王小明"]),
        ("big5", "姓名,電話\n陳美玲,{}\n", ["陳美玲"]),
        ("euc-jp", "名前,電話\n山田 太郎,{}\n", ["山田 太郎"]),
        ("koi8-r", "Имя;Телефон\nИван Петров;{}\n", ["Иван Петров"]),
        ("mac_roman", "Name;Phone\rJörg Müller;{}\r", ["Jörg Müller"]),
        ("cp1251", f"{CARD}FN:Иван Петров\r\nTEL:{{}}\r\nEND:VCARD\r\n", ["Иван Петров"]),
        ("cp1252", f"{CARD}FN:Jörg Müller\r\nTEL:{{}}\r\nEND:VCARD\r\n", ["Jörg Müller"]),
        ("utf-16-le", "Имя;Телефон\nИван;{}\n", ["Иван"]),
    ],
)
def test_other_letters_are_told_by_the_names_of_the_columns(
    tmp_path: Path, encoding: str, text: str, names: list[str]
) -> None:
    path = written(tmp_path, text.format(FIRST).encode(encoding))
    assert new(path) == [f"{name} {FIRST}" for name in names]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (f"FN:Anna\nTEL;HOME:112\nTEL;WORK:{FIRST}\nEND:VCARD\n", [ANNA]),
        (f"FN:Anna\nTEL;CELL;FAX:{SECOND}\nTEL:{FIRST}\nEND:VCARD\n", [ANNA]),
        (
            f"FN:Anna\nTEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=46=61=78):{SECOND}\n"
            f"TEL;HOME:{FIRST}\nEND:VCARD\n",
            [ANNA],
        ),
        (f"FN:Anna\nTEL;waid={FIRST[1:]}:3920001\nTEL;CELL:{SECOND}\nEND:VCARD\n", [ANNA]),
        (f"FN;CHARSET=UTF-16:Anna\nTEL:{FIRST}\nEND:VCARD\n", [ANNA]),
        (f"NICKNAME:Anna\nTEL:{FIRST}\n", [ANNA]),
        (f"FN:Anna\nTEL:{FIRST}\nBEGIN:VCARD\nFN:Ben\nTEL:{SECOND}\n", [ANNA, BEN]),
        (
            "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:J=C3=B6rg=\n M=C3=BCller\n"
            f"TEL:{FIRST}\nEND:VCARD\n",
            [JOERG],
        ),
    ],
)
def test_a_card_gives_its_name_and_its_best_number(
    tmp_path: Path, text: str, people: list[str]
) -> None:
    assert new(written(tmp_path, CARD + text)) == people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Name,Country,Phone\nAnna,Germany,0171 3920001\nBen,DE,0171 3920002\n", [ANNA, BEN]),
        ("Name,Dial code,Phone\nAnna,49,01713920001\nBen,0049,1713920002\n", [ANNA, BEN]),
        ("List\n\nOn: 01.05.2026\nName;Phone\nAnna;0171 3920001\n", [ANNA]),
        ("Name;Phone\nAnna;0171 3920001\nName;Phone\nBen;0171 3920002\n", [ANNA, BEN]),
        ('Name;Phone\nAnna;"Fax: 030 23125001; Mobil: 0171 3920001"\n', [ANNA]),
        ("Name,Given Name,Phone\nAnna Schmidt,Anna,0171 3920001\n", [ANNA_SCHMIDT]),
        ("Name;Invoice no\nAnna;01713920001\n", []),
        ("Name;Phone\nAnna;030 23125001/0171 3920001\n", [ANNA]),
        ("Club;;\nLeader;Mobile no;Town\nAnna;0171 3920001;x\n", [FIRST]),
        ("姓;名;手机\n王;小明;0171 3920001\n", [f"王小明 {FIRST}"]),
        ("Name;Number\nAnna;0171 3920001\n", [ANNA]),
        ("Name;Number\nAnna;1713920001\n", []),
        ("Name;Fax\nAnna;+493023125001\n", []),
    ],
)
def test_a_table_gives_its_names_and_numbers(tmp_path: Path, text: str, people: list[str]) -> None:
    assert new(written(tmp_path, text), "DE") == people


def test_a_column_called_phone_is_that_although_its_cells_are_wrong(tmp_path: Path) -> None:
    (row,) = judged(written(tmp_path, "Name;Phone\nAnna;4.91714E+11\n"))
    assert row.verdict is Verdict.WRONG and "shortened by a spreadsheet" in words(row.why)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("\u200e[12/03/2026, 9:00:12\u202fAM] Anna: Hello\n", "the export of a chat"),
        ("12.03.26, 09:00 - Nachrichten sind sicher.\n", "the export of a chat"),
        ("Received: from x\n\tby y\nFrom: a\n\nHi", "a letter"),
        ("<!DOCTYPE html><p>", "a web page"),
        ('[{"name": "Anna"}]', "a JSON file"),
    ],
)
def test_other_texts_are_called_what_they_are(tmp_path: Path, text: str, what: str) -> None:
    with refuses(InputError, f"^This is {what}"):
        open_file.read_file(written(tmp_path, text))
