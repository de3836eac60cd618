# ruff: noqa: RUF001 - titles are written in many scripts
"""Whom a message greets: the first name, and no title, initials of an office or year of birth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wasched.domain.first_names import first_name


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Anna Schmidt", "Anna"),
        ("Schmidt, Anna Maria", "Anna"),
        ("Anna", "Anna"),
        ("Dr.", "Dr."),
        ("Anna,", "Anna"),
        ("  ", ""),
        (",", ""),
        ("ليلى حداد", "ليلى"),
        ("García López, Ana", "Ana"),
        ("SCHMIDT ROE, ANNA", "ANNA"),
        ("Schmidt, Ma", "Ma"),
        ("Nguyen, Do", "Do"),
        ("Li, Meng", "Meng"),
        ("Brown, BEN", "BEN"),
        ("Silva, Junior", "Junior"),
        ("Ben Brown, Junior", "Ben"),
        ("Roe, Jr.", "Roe"),
    ],
)
def test_the_first_name_is_found(name: str, first: str) -> None:
    assert first_name(name) == first


@pytest.mark.parametrize(
    "titles",
    [
        *("Dr.", "Frau Prof.", "Prof. Dr. med.", "Dipl.-Ing.", "Mag.", "Mag. (FH)", "Dr.-Ing."),
        *("Prof. Dr. Dr. h. c. mult.", "Dr. rer. nat.", "Univ.-Prof. Dr.", "Mag.a", "Mag.ª"),
        *("Dipl.-Kfm.", "Dipl.-Inf. (FH)", "Prof.Dr.", "Herr Dr. phil. habil.", "PD Dr."),
        *("Mrs", "Mx.", "Sir", "The Rt. Hon.", "Rt Hon", "Capt.", "Rev. Dr.", "Ma’am", "Lt. Col."),
        *(
            "Mme",
            "M.",
            "Mlle",
            "Me",
            "Dr",
            "Monsieur",
            "Sra. Dra.",
            "Don",
            "Doña",
            "D.",
            "D.ª",
            "Sr. Don",
        ),
        *("Lic.", "Sig.ra", "Dott.ssa", "Dott.", "Avv.", "Ing.", "Eng.ª", "Dhr. drs.", "Mevr."),
        *("Pani", "Pan", "dr hab. inż.", "MUDr.", "Ing. arch.", "Doc. RNDr.", "Fru", "Sayın"),
        *("г-н", "Г-жа", "д-р", "Господин", "Пані", "κ.", "Δρ.", 'ד"ר', "גב'"),
        *("د.", "السيدة", "الدكتورة", "श्रीमती", "डॉ.", "Smt.", "Bapak"),
    ],
)
def test_a_title_is_no_first_name(titles: str) -> None:
    assert first_name(f"{titles} Anna Schmidt") == "Anna"
    assert first_name(f"Schmidt, {titles} Anna Maria") == "Anna"


@pytest.mark.parametrize(
    "letters",
    [
        *("Esq.", "Jr.", "Jr", "Sr.", "PhD", "Ph.D.", "Ph. D.", "MD", "M.D.", "MBA", "III", "2nd"),
        *("PhD, MBA", "LL.M.", "B.Sc.", "MSc", "M.A.", "MA", "BSc (Hons)", "OBE", "FRSC", "Dr."),
        *("Dr. med.", "Dipl.-Ing.", "MdB", "geb. Müller", "née Roe", "M.Sc. MBA", "CPA", ""),
    ],
)
def test_what_follows_the_comma_is_no_first_name(letters: str) -> None:
    assert first_name(f"Ben Brown, {letters}") == "Ben"
    assert first_name(f"Brown, Ben, {letters}") == "Ben"
    assert first_name(f"Mr. Ben Q. Brown, {letters}") == "Ben"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Don Roe", "Don"),
        ("Don Q. Roe", "Don"),
        ("Roe, Don", "Don"),
        ("Mr. Don Roe", "Don"),
        ("Mr. John Q. Public, Esq.", "John"),
        ("Martin Luther Roe, Jr.", "Martin"),
        ("Pan Wei", "Pan"),
        ("Maj Roe", "Maj"),
        ("Gen Roe", "Gen"),
        ("D. Roe", "D."),
        ("Mag Roe", "Mag"),
        ("Sri Roe", "Sri"),
        ("Hon Roe", "Hon"),
        ("Ing Roe", "Ing"),
        ("Earl Roe", "Earl"),
        ("Prince Roe", "Prince"),
        ("Major Roe", "Major"),
        ("Med Roe", "Med"),
        ("Jean-Pierre Roe", "Jean-Pierre"),
        ("Me", "Me"),
    ],
)
def test_a_first_name_is_no_title(name: str, first: str) -> None:
    assert first_name(name) == first


@given(st.text(max_size=60))
def test_any_name_has_a_first_name_of_one_word(name: str) -> None:
    assert len(first_name(name).split()) <= 1


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["Dr. ", "Roe, ", "PhD, ", ".-", "h. c. "])
def test_a_hostile_name_is_read_in_no_time(piece: str) -> None:
    first_name(piece * 50_000 + "Anna")
