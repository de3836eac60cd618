"""What a file is by its content, by libmagic: the library that the link needs as well."""

from pathlib import Path

try:
    import magic
except ImportError:
    import pylibmagic  # noqa: F401 - teaches ctypes where its copy lies

    # isort: split
    import magic

from wasched.domain.media import canonical_type


def type_of(path: Path) -> str:
    """The type of a file as in image/jpeg, whatever it is called."""
    found: str = magic.from_file(str(path), mime=True)
    return canonical_type(found)
