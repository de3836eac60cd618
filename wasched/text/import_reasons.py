"""What is said of files of people, in English: of each row, and why one cannot be read."""

from collections.abc import Mapping

from wasched.domain.reasons import Code, Param

SENTENCES: dict[Code, str] = {
    # What is said of a row
    Code.NO_NUMBER: "No number.",
    Code.ONLY_FAX: "Only a fax or a pager.",
    Code.NAME_TOO_LONG: "The name has more than {most:,} characters.",
    Code.NOTES_TOO_LONG: "The notes have more than {most:,} characters.",
    Code.TOO_MANY_FIELDS: "More than {most:,} fields. Leave columns out.",
    Code.CELL_TOO_LONG: "A cell has more than {most:,} characters.",
    Code.IN_CELL: "Cell {cell}: {why}",
    Code.FORMULA_FAILS: "{shown} is what a formula shows that fails. Mend it in the spreadsheet "
    "and choose the file again, or leave the column out.",
    Code.NUMBER_TWICE: "The same number as in line {line:,}.",
    Code.PERSON_CHANGES: "{changes}",
    # Why a file of people cannot be read
    Code.NO_PEOPLE_FILE: "This is neither a spreadsheet (.xlsx, .xls, .ods, .csv) nor contacts as "
    "vCard. Save it as one of them and choose it.",
    Code.NOBODY_IN_FILE: "There is nobody in this file.",
    Code.FILE_IS: "{file}",
    Code.WORKBOOK_LOCKED: "This workbook has a password. Save a copy without one and choose that.",
    Code.WORKBOOK_DAMAGED: "This workbook cannot be read: it may be damaged. Open it in a "
    "spreadsheet, save it as .xlsx or CSV, and choose that.",
    Code.WORKBOOK_TOO_LARGE: "Unpacked, this workbook has more than {most:,} MB. Save the sheet "
    "with the people as CSV and choose that.",
    Code.WORKBOOK_EMPTY: "There is nobody on any sheet of this workbook. Write the people on one, "
    "a row for each, save it and choose it again.",
    Code.SHEETS_HIDDEN: "All sheets of this workbook are hidden. Show the one with the people, "
    "save it and choose it again.",
    Code.SHEET_EMPTY: "There is nobody on the sheet {name}. Choose the file again, and another of "
    "its sheets.",
    Code.TOO_MANY_COLUMNS: "This file has more than {most:,} columns.",
    Code.TOO_MANY_ROWS: "This file has more than {most:,} rows. Split it, and import the parts in "
    "turn.",
    Code.CELL_WITHOUT_END: "The cell that begins in line {line:,} never ends. A quotation mark may "
    "be missing there: mend it and choose the file again.",
    Code.LINE_TOO_LONG: "A line of this file has more than {most:,} characters. Save it as CSV "
    "with a line for each person and choose it again.",
    Code.FILE_TAKES_TOO_LONG: "This file takes too long to read. Split it, and import the parts in "
    "turn.",
    Code.FILE_TAKES_TOO_MUCH: "This file needs too much memory to be read. Split it, or leave "
    "columns out, and import the parts in turn.",
    Code.FILE_FAILS: "This file cannot be read; the worker's log says why. Save it anew as CSV.",
    Code.FILE_ENDS_READERS: "The worker ended each time it was reading this file, so it is not "
    "tried again. Split it, and import the parts in turn.",
    Code.UPLOAD_GONE: "The file is gone. Choose it again.",
}

_WANTED = "a spreadsheet (.xlsx, .xls, .ods, .csv), or contacts as vCard (.vcf)"

OTHER_FILES: dict[str, str] = {
    "zip": "This is a ZIP file. Unpack it and choose what is in it.",
    "numbers": "This is a workbook of Apple's Numbers. Export it there as Excel or CSV, and choose "
    "that.",
    "gzip": "This file is compressed. Unpack it and choose what is in it.",
    **{
        what: f"This is {called}. Choose {_WANTED}."
        for what, called in (
            ("pdf", "a PDF"),
            ("docx", "a Word document"),
            ("doc", "an old Word document"),
            ("pptx", "a PowerPoint presentation"),
            ("odt", "a text, a drawing or a presentation of LibreOffice"),
            ("calendar", "a calendar, and has no contacts"),
            ("appointments", "a file of appointments or notes, and has no contacts"),
            ("chat", "the export of a chat, and has no contacts"),
            ("letter", "a letter (an e-mail)"),
            ("html", "a web page"),
            ("xml", "an XML file"),
            ("json", "a JSON file"),
            ("rtf", "a text document (RTF)"),
        )
    },
}
"""By what a file is in place of one of people."""


def changes_sentence(params: Mapping[str, Param]) -> str:
    """What an import changes about somebody."""
    said = []
    if "was" in params:
        said.append(f"Was called {params['was']}." if params["was"] else "Gets a name.")
    if "notes" in params:
        said.append("Gets notes." if params["notes"] == "new" else "Other notes.")
    if "fields" in params:
        said.append(f"New: {params['fields']}.")
    return " ".join(said)
