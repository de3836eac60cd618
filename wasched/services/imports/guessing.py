"""What a column is, guessed by its name in common languages, else by what is in it."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

from wasched.services.address_book import FIELDS_MAX
from wasched.services.imports.sheet import Sheet

_NAMES = {
    "phone": (
        "phone phones phonenumber mobile mobilephone mobilenumber cell cellphone cellular tel"
        " telephone whatsapp whatsappnumber phone1value primaryphone contactnumber"
        " telefon telefonnummer handy handynummer mobil mobiltelefon mobilnummer rufnummer"
        " telefono telefonomovil movil celular numerodetelefono cellulare"
        " portable mobilephone1 gsm telefone telemovel telefoon mobiel telefoonnummer"
        " komorka numertelefonu telefontal mobilnummer puhelin telefonszam"
        " телефон мобильный номер мобільний 电话 手机 電話 携帯 전화 هاتف الهاتف جوال טלפון נייד"
    ),
    "name": (
        "name fullname displayname contact contactname person member customer"
        " vollername anzeigename kontakt mitglied kunde"
        " nombre nombrecompleto nom nomcomplet nome nomecompleto naam volledigenaam"
        " imieinazwisko namn navn nimi имя фио імя піб 姓名 名前 이름 الاسم اسم שם"
    ),
    "first_name": (
        "firstname givenname forename vorname rufname prenom nombredepila primernombre"
        " nombres primeironome voornaam imie fornamn fornavn etunimi"
    ),
    "last_name": (
        "lastname familyname surname nachname familienname zuname nomdefamille apellido apellidos"
        " cognome sobrenome apelido achternaam nazwisko efternamn etternavn efternavn sukunimi"
        " фамилия прізвище"
    ),
    "notes": (
        "notes note comment comments remark remarks notizen notiz bemerkung bemerkungen kommentar"
        " notas nota observaciones remarques commentaire opmerkingen uwagi заметки примечание"
    ),
}
_DIGITS = re.compile(r"\d")
_LOOKED_AT = 200


def guess(sheet: Sheet) -> list[str]:
    """What becomes of each column: phone, name, first_name, last_name, notes, field or nothing."""
    taken: set[str] = set()
    uses = []
    filled = [_share(sheet, at, bool) > 0 for at in range(len(sheet.columns))]
    for name, has_cells in zip(sheet.columns, filled, strict=True):
        use = _by_name().get(_folded(name), "") if has_cells else ""
        uses.append("" if use in taken else use)
        taken.add(use)
    if "phone" not in taken:
        _guess_by_cells(sheet, uses)
    return _with_fields(uses, filled, sheet)


def _guess_by_cells(sheet: Sheet, uses: list[str]) -> None:
    """Take the column with the most numbers for the phone, a wordy one beside it for the name."""
    free = [at for at, use in enumerate(uses) if not use]
    numbers = {at: _share(sheet, at, _is_like_a_number) for at in free}
    best = max(numbers, key=lambda at: numbers[at], default=-1)
    if best >= 0 and numbers[best] > 0.5:
        uses[best] = "phone"
        words = [at for at in free if at != best and _share(sheet, at, _is_wordy) > 0.5]
        if words and not {"name", "first_name", "last_name"} & set(uses):
            uses[words[0]] = "name"


def _with_fields(uses: Sequence[str], filled: Sequence[bool], sheet: Sheet) -> list[str]:
    """Keep other columns as fields, as many as a person can have; what has no cells is left out."""
    room, kept = FIELDS_MAX, []
    for use, has_cells, name in zip(uses, filled, sheet.columns, strict=True):
        is_field = not use and has_cells and room > 0 and not _is_label(name)
        room -= is_field
        kept.append("field" if is_field else use)
    return kept


def _is_label(name: str) -> bool:
    """True for columns that only say what another one is, and for more numbers of a phone's."""
    folded = _folded(name)
    return folded.endswith(("label", "type")) or bool(re.fullmatch(r"phone\d(value)?", folded))


def _share(sheet: Sheet, at: int, is_so: Callable[[str], bool]) -> float:
    """How many of the first cells that say something are so, from 0 to 1."""
    looked = [cells[at] for _, cells in sheet.rows[:_LOOKED_AT]]
    said = [cell for cell in looked if cell]
    return sum(is_so(cell) for cell in said) / len(said) if said else 0.0


def _is_like_a_number(cell: str) -> bool:
    return len(_DIGITS.findall(cell)) >= 7 and not re.search(r"[^\d\s+()/.:;,-]", cell)


def _is_wordy(cell: str) -> bool:
    return any(one.isalpha() for one in cell) and "@" not in cell


def _folded(name: str) -> str:
    """A column's name in small letters without accents, spaces and marks."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(one for one in plain if one.isalnum())


@cache
def _by_name() -> dict[str, str]:
    """What a column of a name is, by the name folded."""
    return {_folded(word): use for use, words in _NAMES.items() for word in words.split()}
