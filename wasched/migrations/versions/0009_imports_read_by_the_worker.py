"""Keep how far a file of people is read, and what is said of its rows and of files as reasons."""

import json
import re
from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# What stood there before; today's words may become others, these may not.
_ROWS = {
    "no_number": "No number.",
    "only_fax": "Only a fax or a pager.",
    "name_too_long": "The name has more than {most} characters.",
    "notes_too_long": "The notes have more than {most} characters.",
    "too_many_fields": "More than {most} fields. Leave columns out.",
    "cell_too_long": "A cell has more than {most} characters.",
    "number_twice": "The same number as in line {line}.",
    "in_cell": "Cell {cell}: {held}",
    "number_too_short": '"{shown}" is too short. Write it with its country, as in +49 151 0000 0012.',
    "number_too_long": '"{shown}" is too long for a number. Check it.',
    "number_cut_short": '"{shown}" is too short for a mobile number. Check it.',
    "number_shortened": '"{shown}" was shortened by a spreadsheet, as Excel does, and digits of it are gone. Write the whole number.',
    "number_of_nobody": '"{shown}" is no phone number. Write it as in +49 151 0000 0012.',
    "number_unreadable": '"{shown}" is no phone number. Write it with its country, as in +49 151 0000 0012.',
    "number_out_of_plan": '"{shown}" is no number of {country}. If it is right, write it as {number}.',
    "number_without_country": '"{shown}" has no country. Write it with its country, as in +49 151 0000 0012.',
    "number_without_plus": '"{shown}" has no plus. If its country is in it, write +{digits}.',
    "number_of_two": '"{shown}" may be {first} or {second}. Write it with its plus.',
    "numbers_in_one": '"{shown}" is more than one number. Write them one by one.',
    "number_with_decimals": '"{shown}" has decimals. Write the number as in +49 151 0000 0012.',
    "number_with_extension": '"{shown}" has an extension, which WhatsApp cannot ring. Leave it out.',
    "number_with_mark": '"{shown}" has "{mark}" in it. Write the number as in +49 151 0000 0012.',
    "number_with_more": '"{shown}" is no phone number alone. Write it as in +49 151 0000 0012.',
    "number_maybe_none": '"{shown}" may be no phone number. Write the number alone.',
    "number_not_in_link": '"{shown}" names no number. Write it as in +49 151 0000 0012.',
    "number_is_date": '"{shown}" is a date. Write a phone number, as in +49 151 0000 0012.',
}
_FILES = {
    "being_prepared": "Being made ready for phones.",
    "not_converted": "This file cannot be made into a {kind} for WhatsApp. Send it as a document.",
    "still_too_large": "It cannot be made a {what} small enough for WhatsApp.",
    "no_ffmpeg": "WhatsApp does not play this file as it is, and ffmpeg, which could convert it to a {what}, is not installed on this server. Send it as a document.",
    "conversion_interrupted": "Making it ready was interrupted. Attach it again.",
    "disk_fails": "The server's disk is full, or fails. Mend that, then attach it again.",
    "media_takes_too_much": "This file cannot be looked into, or takes too long or too much memory for it. Save it smaller or in another format, or pack it as a ZIP file, which goes as a document.",
    "picture_damaged": "The picture is damaged, or no picture. Save it anew and try again.",
    "picture_takes_too_much": "This picture needs {size} of memory to be looked at; {enough} are enough for others. Make it smaller, or save it as a JPEG.",
    "too_many_pixels": "This picture has {millions} million pixels, and a photo may have {most}. Make it smaller to send it as one.",
    "media_no_room": "There is no room on the server's disk for {size}.",
    "media_disk_full": "The server's disk is full. Make room there, then try again.",
    "media_read_only": "The server may not write into its media folder. Mend that, then try again.",
}
_NUMBERS = {"most", "line", "millions"}
_CHANGES = re.compile(
    r"(?:Was called (?P<was>.+?)\.|(?P<named>Gets a name\.))?"
    r"(?: ?(?P<notes>Other notes\.|Gets notes\.))?(?: ?New: (?P<fields>.+)\.)?",
    re.DOTALL,
)


def upgrade() -> None:
    """Bring the schema one step forward; what nobody knows stays word for word."""
    for column in (
        sa.Column("holder", sa.String(length=100), nullable=False, server_default=""),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("done", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("total", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("why", sa.String(), nullable=False, server_default=""),
    ):
        op.add_column("people_import", column)
    op.execute("ALTER TABLE media_file RENAME COLUMN sentence TO reason")
    _rewrite("import_row", "why", _patterns(_ROWS))
    _rewrite("media_file", "reason", _patterns(_FILES))


def _rewrite(table: str, column: str, patterns: list[tuple[str, re.Pattern[str]]]) -> None:
    """Read each text that occurs once, and write all rows in one go."""
    run = op.get_bind().execute
    texts = run(sa.text(f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> ''")).scalars()
    known = [{"was": one, "becomes": _read(one, patterns)} for one in texts.all()]
    if not known:
        return
    run(sa.text("CREATE TEMPORARY TABLE read_reason (was TEXT PRIMARY KEY, becomes TEXT)"))
    run(sa.text("INSERT INTO read_reason VALUES (:was, :becomes)"), known)
    becomes = f"(SELECT becomes FROM read_reason WHERE was = {table}.{column})"
    run(sa.text(f"UPDATE {table} SET {column} = {becomes} WHERE {column} <> ''"))
    run(sa.text("DROP TABLE read_reason"))


def _patterns(sentences: Mapping[str, str]) -> list[tuple[str, re.Pattern[str]]]:
    """What each sentence looks like, those with the most words of their own first."""
    by_words = sorted(sentences.items(), key=lambda one: -len(re.sub(r"\{\w+\}", "", one[1])))
    named = (
        (code, re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*)", re.escape(one))) for code, one in by_words
    )
    return [(code, re.compile(pattern, re.DOTALL)) for code, pattern in named]


def _read(text: str, patterns: list[tuple[str, re.Pattern[str]]]) -> str:
    """The reason that says this text, as it is stored."""
    for code, pattern in patterns:
        if found := pattern.fullmatch(text):
            params = {name: _param(name, value) for name, value in found.groupdict().items()}
            if "held" in params:
                params["held"] = _read(str(params["held"]), patterns)
            return _stored(code, params)
    if patterns[0][0] in _ROWS and (found := _CHANGES.fullmatch(text)):
        return _stored("person_changes", _changes(found.groupdict()))
    return _stored("said", {"text": text})


def _changes(found: Mapping[str, str | None]) -> dict[str, str | int]:
    """What an import changes about somebody; an empty name is that of somebody without one."""
    said = {
        "was": "" if found["named"] else found["was"],
        "notes": found["notes"] and ("new" if found["notes"].startswith("Gets") else "other"),
        "fields": found["fields"],
    }
    return {name: value for name, value in said.items() if value is not None}


def _param(name: str, value: str) -> str | int:
    digits = value.replace(",", "")
    return int(digits) if name in _NUMBERS and digits.isascii() and digits.isdigit() else value


def _stored(code: str, params: Mapping[str, str | int]) -> str:
    reason = {"code": code} | dict(sorted(params.items()))
    return json.dumps(reason, ensure_ascii=False, separators=(",", ":"))


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
