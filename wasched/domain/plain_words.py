"""Texts as people mean them: without case, accents, width, punctuation and spacing."""

import unicodedata

_DOTLESS_I = "\u0131"  # what Turkish capitals without a dot are folded to


def plain_words(text: str) -> str:
    """The letters and digits of a text in one case without accents, in words one space apart."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace(_DOTLESS_I, "i")
    apart = unicodedata.normalize("NFKD", folded)
    kept = "".join(_kept(one) for one in apart)
    return " ".join(kept.split())


def _kept(character: str) -> str:
    """A letter as it is, nothing for marks and format characters, a space for the rest."""
    match unicodedata.category(character):
        case "Mn" | "Cf" | "Me":
            return ""
        case "Nd":
            return str(unicodedata.decimal(character))
        case "Lu" | "Ll" | "Lo" | "Lm" | "Lt" | "Mc":
            return character
        case _:
            return " "
