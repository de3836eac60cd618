# ruff: noqa: RUF001, SIM905 - lists of words, in many scripts
"""The first name in a full one, past titles in front and letters behind a comma."""

import re
import unicodedata

_TITLES = frozenset(
    # English, and what is short for it
    "mr mrs ms miss mx mister messrs dr doctor prof professor sir madam ma'am lady lord dame rev"
    " revd reverend fr sister pastor rabbi imam hon capt captain col colonel gen general lt maj"
    " sgt cpl cmdr adm sen senator gov rep atty rt shri smt shrimati"
    # German, Dutch, the north
    " herr hr frau fr fräulein frl doktor professorin dipl mag ing pd ra rain stb univ dres ddr"
    " dkfm dhr mevr mw mevrouw meneer drs ir ds fru frk fröken frøken"
    # French, Spanish, Portuguese, Italian, Romanian
    " m mm mme mlle mgr me monsieur madame mademoiselle maître docteur professeur"
    " sr sra srta señor señora señorita doña dña dra d.a lic licda profa arq excmo excma"
    " senhor senhora exmo exma eng enga dona"
    " sig signor signora signorina dott dottore dottoressa avv geom arch rag cav onorevole"
    " dl dna domnul doamna"
    # Polish, Czech, Slovak, Hungarian, Croatian, Turkish, Finnish
    " pani paní inż mgr hab lek ks bc mudr judr phdr rndr mvdr thdr pharmdr paeddr doc"
    " özv ifj gosp gospodin gospođa sayın hra rva"
    # Indonesian, Malay
    " bapak ibu pak tuan puan encik cik datuk"
    # Russian, Ukrainian, Greek, Hebrew, Arabic, Hindi
    " г-н г-жа господин госпожа доктор д-р проф профессор академик пан пані"
    " κ κα κος κύριος κυρία δρ"
    " מר גב גב' גברת ד\"ר ד״ר פרופ פרופ'"
    " السيد السيدة الدكتور الدكتورة د الأستاذ الأستاذة المهندس المهندسة أ"
    " श्री श्रीमती सुश्री डॉ".split()
)
_BEHIND_TITLES = frozenset(
    "a in ra na ssa inz ing kfm kffr inf phys chem math biol päd psych wirt volksw betriebsw"
    " med phil jur iur rer nat pol oec oek theol habil hab hc eh mult em dent vet sc techn tech"
    " univ soc agr mont mus fh tu tit ao apl rat".split()
)
"""What goes on with a title: the "-Ing." of Dipl.-Ing., the "rer. nat." of Dr. rer. nat."""

_MAYBE_NAMES = frozenset(
    "don dom dona pan m me d the ing mag lic hon doc eng ra ds ir arch ks gen general maj col lt"
    " rep gov sen cav rag lek sig pd pastor imam pak ibu".split()
)
"""Titles that are names as well, as in Don Roe."""

_BEHIND_A_NAME = frozenset(
    "esq esquire jr jnr sr snr junior senior ii iii iv phd dphil md do dds dmd dvm od pharmd dnp"
    " edd psyd jd llb llm lld mba emba mpa mph ma msc mscr mphil meng med mfa ms ba bsc beng bfa"
    " bed bs rn np pac cpa cfa cfp pmp pe pg mp msp qc kc sc obe mbe cbe kbe dbe frs frcs mrcp"
    " facs ret hons csc drsc mdb mdl fh usa usn usmc 2nd 3rd 4th".split()
)
_NEVER_NAMES = frozenset(("jr", "sr", "jnr", "snr", "esq", "phd", "msc", "bsc"))
_ANY_TITLE = _TITLES | _BEHIND_TITLES | _MAYBE_NAMES
_BORN = frozenset(("geb", "geborene", "née", "nee", "né", "born"))
_COMMAS = re.compile("[,،，、]")
_HONORARY = re.compile(r"\b([he])\.\s*([ch])\.", re.IGNORECASE)
"""Honoris causa and ehrenhalber: h. c., e. h."""


def first_name(name: str) -> str:
    """The first name in a full one: "Dr. Anna Schmidt" and "Schmidt, Anna" give Anna."""
    first, *others = _COMMAS.split(_HONORARY.sub(r"\1\2.", name))
    others = [one for one in others if not _is_behind_a_name(one, first)]
    words = _untitled((others[0] if others else first).split())
    return words[0] if words else ""


def _untitled(words: list[str]) -> list[str]:
    """The words without the titles they begin with; the last one is never taken for a title."""
    done = 0
    while done + 1 < len(words) and _is_title(words, done):
        done += 1
    return words[done:]


def _is_title(words: list[str], place: int) -> bool:
    """Whether the word there is a title; all before it are."""
    word, goes_on = _folded(words[place]), place > 0
    whole = word.strip(".()")
    if whole == "d" or (whole in _MAYBE_NAMES and not word.endswith(".")):
        # Don Juan Pérez has a title; Don Roe and Don Q. Roe have none.
        return len(words) - place > 2 and len(words[place + 1].strip(".")) > 1
    if whole in _TITLES or whole in _MAYBE_NAMES:
        return True
    if goes_on and whole in _BEHIND_TITLES and word[-1] in ".)":
        return True
    parts = [part for part in re.split(r"[.\-/]", whole) if part]
    return len(parts) > 1 and parts[0] in _TITLES and set(parts) <= _ANY_TITLE


def _is_behind_a_name(part: str, before: str) -> bool:
    """Whether a part behind a comma says something about a name instead of being one."""
    words = [word.strip("()") for word in part.split()]
    if not words or _folded(words[0]).strip(".") in _BORN:
        return True
    is_whole = len(before.split()) > 1
    if all(map(_is_office, words)) or _folded("".join(words)).replace(".", "") in _BEHIND_A_NAME:
        return not all(_may_be_name(word, is_whole) for word in words)
    # Letters that are on no list, as in "Anna Roe, FRSC"; SCHMIDT ROE, ANNA is all in capitals.
    return is_whole and len(words) == 1 and _is_in_capitals(words[0]) and not before.isupper()


def _is_office(typed: str) -> bool:
    """Whether a word is a degree, an order, a generation, or a title that was put behind."""
    word = _folded(typed)
    bare = word.replace(".", "")
    parts = {part for part in re.split(r"[.\-/]", word) if part}
    return (
        bare in _BEHIND_A_NAME
        or (bare in _ANY_TITLE and word.endswith("."))
        or (len(parts) > 1 and parts <= _ANY_TITLE)
    )


def _may_be_name(typed: str, is_whole: bool) -> bool:
    """Whether it is written as a name: Ma, Do and Meng are names, MA, M.A. and MEng none.

    Junior is one behind a surname alone, as in "Silva, Junior"; `is_whole` if more stands there.
    """
    word = _folded(typed)
    if word in ("junior", "senior"):
        return not is_whole
    return len(word) <= 4 and typed.isalpha() and typed.istitle() and word not in _NEVER_NAMES


def _is_in_capitals(typed: str) -> bool:
    return typed.isascii() and typed.isalpha() and typed.isupper() and 2 <= len(typed) <= 5


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
