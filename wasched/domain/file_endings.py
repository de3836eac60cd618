"""What a file's name adds to what its content says, where the content says no more than a family.

A table of commas is text, a ticket a ZIP file: the ending tells which. It never makes a file one
that is shown or played; that the content alone decides. Types: iana.org/assignments/media-types.
"""

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_WORD, _EXCEL, _SLIDES = (f"application/vnd.ms-{name}." for name in ("word", "excel", "powerpoint"))
_MACROS = "macroenabled.12"

_TEXTS = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "md": "text/markdown",
    "htm": "text/html",
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "xml": "application/xml",
    "json": "application/json",
    "geojson": "application/geo+json",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "eml": "message/rfc822",
    "rtf": "application/rtf",
    "tex": "application/x-tex",
    "srt": "application/x-subrip",
    "vtt": "text/vtt",
    "gpx": "application/gpx+xml",
    "kml": "application/vnd.google-earth.kml+xml",
}
_PACKED = {
    "pkpass": "application/vnd.apple.pkpass",
    "pkpasses": "application/vnd.apple.pkpasses",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "dotx": f"{_OFFICE}wordprocessingml.template",
    "docm": f"{_WORD}document.{_MACROS}",
    "dotm": f"{_WORD}template.{_MACROS}",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "xltx": f"{_OFFICE}spreadsheetml.template",
    "xlsm": f"{_EXCEL}sheet.{_MACROS}",
    "xltm": f"{_EXCEL}template.{_MACROS}",
    "xlam": f"{_EXCEL}addin.{_MACROS}",
    "xlsb": f"{_EXCEL}sheet.binary.{_MACROS}",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "potx": f"{_OFFICE}presentationml.template",
    "ppsx": f"{_OFFICE}presentationml.slideshow",
    "pptm": f"{_SLIDES}presentation.{_MACROS}",
    "potm": f"{_SLIDES}template.{_MACROS}",
    "ppsm": f"{_SLIDES}slideshow.{_MACROS}",
    "odt": f"{_OPEN}text",
    "ods": f"{_OPEN}spreadsheet",
    "odp": f"{_OPEN}presentation",
    "odg": f"{_OPEN}graphics",
    "epub": "application/epub+zip",
    "apk": "application/vnd.android.package-archive",
    "jar": "application/java-archive",
    "kmz": "application/vnd.google-earth.kmz",
    "3mf": "model/3mf",
    "usdz": "model/vnd.usdz+zip",
    "pages": "application/vnd.apple.pages",
    "numbers": "application/vnd.apple.numbers",
    "key": "application/vnd.apple.keynote",
}
_OLD_OFFICE = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
    "pub": "application/x-mspublisher",
    "vsd": "application/vnd.visio",
}
_OLD_FAMILY = frozenset(
    {"application/cdfv2", "application/x-ole-storage", "application/vnd.ms-office"}
)
_OTHERS = {
    "mobi": "application/x-mobipocket-ebook",
    "azw3": "application/vnd.amazon.ebook",
    "ttf": "font/ttf",
    "dwg": "image/vnd.dwg",
    "parquet": "application/vnd.apache.parquet",
}
_NOT_SAID = frozenset({"application/octet-stream", "application/x-empty"})


def type_by_name(mimetype: str, name: str) -> str:
    """The type of a file whose content is of `mimetype`, by its name's ending if that says more."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    for endings, is_family in (
        (_TEXTS, _is_text(mimetype)),
        (_PACKED, _is_packed(mimetype)),
        (_OLD_OFFICE, mimetype in _OLD_FAMILY or mimetype in _OLD_OFFICE.values()),
        (_TEXTS | _PACKED | _OLD_OFFICE | _OTHERS, mimetype in _NOT_SAID),
    ):
        if is_family and ending in endings:
            return endings[ending]
    return mimetype


def _is_text(mimetype: str) -> bool:
    return mimetype.startswith("text/") or mimetype in _TEXTS.values()


def _is_packed(mimetype: str) -> bool:
    return mimetype == "application/zip" or mimetype in _PACKED.values()
