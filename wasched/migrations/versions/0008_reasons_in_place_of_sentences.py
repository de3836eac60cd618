"""Keep why messages wait or did not go as reasons, in place of sentences."""

import json
import re
from collections.abc import Iterator, Mapping

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("message", "reason"),
    ("attempt", "detail"),
    ("account", "held_reason"),
    ("account", "state_detail"),
    ("pairing", "refusal"),
    ("audit_entry", "what"),
)

# What stood there up to 0007; today's words may become others, these may not.
_SENTENCES = {
    "daily_cap": "This account has sent its {cap} for today; goes out after midnight.",
    "stranger_cap": "This account has written to its {cap} new people for today; goes out after midnight.",
    "quiet_hours": "Waits for quiet hours to end at {clock}.",
    "in_line": "In line behind others, about {clock}.",
    "looked_up": "WhatsApp did not find this number. It is looked up, then tried again.",
    "tried_again": "The server was stopped, or could not keep what it does, before it left. It is tried again.",
    "was_stopped": "{account} was stopped.",
    "was_not_linked": "{account} was not linked.",
    "was_restricted": "WhatsApp had restricted this number.",
    "was_paused": "It was paused by you at its time.",
    "was_stranded": "It was paused by you when its schedule ended.",
    "not_in_time": "It could not go out in time.",
    "not_looked_up": "WhatsApp did not find this number, and there was no time to look it up.",
    "laid_out_twice": "Its schedule had ended before this time when it was edited, and another one took over, so it might have come twice. Send it only if it is wanted all the same.",
    "day_left_out": "This day had been left out. Send it only if it is wanted all the same.",
    "restored": "The server was restored from a {source} of {day}; it may have gone out before.",
    "opted_out": "Asked for no more messages.",
    "replied": "Replied first.",
    "same_person": "The same person as {name}, who gets this message.",
    "cancelled_by": "Cancelled by {user}.",
    "stopped_by": "Stopped by {user}.",
    "left_out_by": "Left out by {user} after a stop.",
    "cancelled_with_schedule": "Cancelled with its schedule.",
    "left_out": "This one is left out.",
    "usual_instead": "The usual one goes out instead.",
    "taken_off": "Taken off the message.",
    "merged": "The same person has another message of this.",
    "removed": "Removed from the people.",
    "it_arrived": "You said that it arrived.",
    "never_left": "The server was stopped, or could not keep what it does, before it left.",
    "maybe_left": "It was handed over, then the connection broke before WhatsApp answered. Nothing is sent twice on a guess, so it waits for you.",
    "nobody_knows": "The server could not keep track while it was being sent, so nobody can tell whether it left. Nothing is sent twice on a guess, so it waits for you.",
    "restored_on_its_way": "It was on its way in the {source} of {day} that the server was restored from.",
    "poisoned": "The link to WhatsApp ended each time this message was handed over, so it is not tried again. Change what it says or carries.",
    "nothing_to_say": "There is nothing to say to them: the variables in the text are empty.",
    "unexpected": "Something unexpected happened.",
    "unexpected_fault": "Something unexpected happened: {text}",
    "process_ended": "The connection's process ended before WhatsApp answered.",
    "file_gone": "The file is no longer on this server.",
    "named_file_gone": "{name} is no longer on this server.",
    "unknown_kind": "{kind} is no kind of file that WhatsApp knows.",
    "refused": "WhatsApp refused the message (code {number}).",
    "may_not_write_to": "WhatsApp does not let this number write there.",
    "may_not_write": "This number may not write there.",
    "unknown_recipient": "WhatsApp does not know this recipient.",
    "not_taken": "WhatsApp did not take this message.",
    "not_taken_for": "WhatsApp did not take this message for this recipient.",
    "not_in_group": "This number is no longer in the group.",
    "rate_limited": "WhatsApp asked for a pause: too many messages in a short time.",
    "strangers_refused": "WhatsApp does not let this number write to people it has not met, for now.",
    "pause_asked": "WhatsApp asked for a pause.",
    "no_address": "This is no address that WhatsApp knows.",
    "no_group": "This group does not exist any more.",
    "no_route": "WhatsApp did not say in time where this message goes.",
    "not_on_whatsapp": "This number is not on WhatsApp.",
    "no_key": "WhatsApp did not give the key of their phone.",
    "connection_broke": "The connection broke before WhatsApp answered.",
    "no_answer": "WhatsApp did not answer in time.",
    "not_answered": "WhatsApp did not answer: {text}",
    "upload_failed": "The file could not be brought to WhatsApp: {text}",
    "library_says": "WhatsApp's library says: {text}",
    "login_refused": "WhatsApp refused the login ({number}).",
    "login_refused_saying": "WhatsApp refused the login ({number}). {text}",
    "login_refused_unknown": "WhatsApp refused the login ({number}). This version of wasched does not know why.",
    "session_in_use": "Another process holds this link. Stop the other server that uses this folder.",
    "store_full": "The disk with the links is full, so nothing can be sent or received. Make room; wasched goes on by itself.",
    "store_read_only": "The folder with the links can only be read, so nothing can be sent or received. Make it writable; wasched goes on by itself.",
    "store_unreachable": "The link's file cannot be opened: its folder is missing, read-only or not this user's. Mend that; wasched goes on by itself.",
    "store_broken": "The disk with the links fails to read or write. Look at the server's system log; a new disk may be needed.",
    "store_damaged": "The link's file is damaged. Unlink this account and link it again; what waits stays.",
    "store_unkept": "The link's file did not take what has to be kept of a message. wasched tries again by itself.",
    "codes_too_often": "WhatsApp gives no more codes for this number at the moment. Try again in an hour.",
    "code_number_refused": "WhatsApp does not take this number. Check it, with its country in front.",
    "code_failed": "WhatsApp gave no code: {text} Scan the QR code instead.",
    "practice_links_none": "Practice mode links no phone. Switch it off to link this one.",
    "signed_in": "signed in",
    "signed_out": "signed out",
    "changed_password": "changed the password",
    "changed_email": "changed the e-mail",
    "chose_password_by_link": "chose a new password by a link",
    "got_password_link": "got a link to a new password in the shell",
    "made_password_link": "made user {user_id} a link to a new password",
    "invited": "invited somebody",
    "made_owner": "made user {user_id} the owner",
    "removed_user": "removed user {user_id}",
    "practice_on": "practice mode on",
    "practice_off": "practice mode off",
    "keep_days": "keep days {days}",
    "stopped_account": "stopped account {account_id}",
    "resumed_account": "went on with account {account_id}",
}
_NUMBERS = {"cap", "number", "user_id", "account_id", "days"}


def upgrade() -> None:
    """Bring the schema one step forward; what nobody knows stays word for word."""
    patterns = list(_patterns(_SENTENCES))
    for table, column in _COLUMNS:
        _rewrite(table, column, patterns)


def _rewrite(table: str, column: str, patterns: list[tuple[str, re.Pattern[str]]]) -> None:
    """Read each text that occurs once, and write all rows in one go: there may be millions."""
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


def _patterns(sentences: Mapping[str, str]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """What each sentence looks like, those with the most words of their own first."""
    for code, sentence in sorted(sentences.items(), key=lambda one: -len(_fixed(one[1]))):
        named = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(sentence))
        yield code, re.compile(named, re.DOTALL)


def _fixed(sentence: str) -> str:
    return re.sub(r"\{\w+\}", "", sentence)


def _read(text: str, patterns: list[tuple[str, re.Pattern[str]]]) -> str:
    """The reason that says this text, as it is stored."""
    for code, pattern in patterns:
        if found := pattern.fullmatch(text):
            params = {name: _param(name, value) for name, value in found.groupdict().items()}
            return _stored(code, params)
    return _stored("said", {"text": text})


def _param(name: str, value: str) -> str | int:
    return int(value) if name in _NUMBERS and value.isascii() and value.isdigit() else value


def _stored(code: str, params: Mapping[str, str | int]) -> str:
    reason = {"code": code} | dict(sorted(params.items()))
    return json.dumps(reason, ensure_ascii=False, separators=(",", ":"))


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
