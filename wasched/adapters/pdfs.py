"""How many pages a PDF has, and a small picture of the first, by the library that Chrome has."""

from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

_POINTS_MOST = 20_000
"""The longer side of a page, which may be a poster; more is nonsense, and takes long."""


def page_count(path: Path) -> int:
    """How many pages it has; 0 if it is damaged, or closed with a password."""
    try:
        with pdfium.PdfDocument(path) as document:
            return len(document)
    except pdfium.PdfiumError:
        return 0


def first_page(path: Path, side: int) -> Image.Image | None:
    """The first page within a square, on white; None if there is none to be drawn."""
    try:
        with pdfium.PdfDocument(path) as document:
            page = document[0]
            longer = max(page.get_size())
            if not 0 < longer <= _POINTS_MOST:
                return None
            drawn: Image.Image = page.render(scale=side / longer).to_pil()
            return drawn.convert("RGB")
    except (pdfium.PdfiumError, IndexError):
        return None
