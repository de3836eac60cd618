"""Why something is as it is: a code with parameters, which the doors put into words.

What is stored and compared is the code. A sentence changes with its wording and with the language
of its reader; a code does not.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache

Param = str | int


class Code(StrEnum):
    """Every reason there is; behind each the names of its parameters."""

    NONE = ""  # there is no reason
    SAID = "said"  # text; word for word, of an earlier version
    # Why a message waits
    DAILY_CAP = "daily_cap"  # cap
    STRANGER_CAP = "stranger_cap"  # cap
    WARM_UP_CAP = "warm_up_cap"  # day, cap
    WARM_UP_STRANGER_CAP = "warm_up_stranger_cap"  # day, cap
    QUIET_HOURS = "quiet_hours"  # at, when they end
    IN_LINE = "in_line"  # at, about when it goes
    PAUSED = "paused"
    WAITS_FOR_APPROVAL = "waits_for_approval"
    REFUSED_FOR_NOW = "refused_for_now"
    SEND_HELD = "send_held"
    ACCOUNT_STOPPED = "account_stopped"  # account
    SERVER_STOPPED = "server_stopped"
    ACCOUNT_NOT_LINKED = "account_not_linked"  # account
    NO_CONNECTION = "no_connection"
    LIMITED_TOO_LONG = "limited_too_long"  # held, a reason as it is stored; at, maybe
    LOOKED_UP = "looked_up"
    TRIED_AGAIN = "tried_again"
    # How an account's link stands
    READY = "ready"
    READY_SINCE = "ready_since"  # at
    HELD = "held"  # held, a reason as it is stored; at, until when
    CONNECTING = "connecting"
    RECONNECTING = "reconnecting"
    NO_CONNECTION_FOR = "no_connection_for"  # minutes
    TO_LINK = "to_link"
    NO_CODE = "no_code"
    LOGGED_OUT = "logged_out"  # at; waiting, how many messages
    REPLACED = "replaced"  # at
    OUTDATED = "outdated"
    RESTRICTED = "restricted"
    RESTRICTED_UNTIL = "restricted_until"  # at
    NEEDS_PASSKEY = "needs_passkey"
    LINK_FAILS = "link_fails"
    LOGIN_REFUSED = "login_refused"  # number, WhatsApp's own
    LOGIN_REFUSED_SAYING = "login_refused_saying"  # number; text
    LOGIN_REFUSED_UNKNOWN = "login_refused_unknown"  # number
    SESSION_IN_USE = "session_in_use"
    STORE_FULL = "store_full"
    STORE_READ_ONLY = "store_read_only"
    STORE_UNREACHABLE = "store_unreachable"
    STORE_BROKEN = "store_broken"
    STORE_DAMAGED = "store_damaged"
    STORE_UNKEPT = "store_unkept"
    STORE_AWAY = "store_away"
    STORE_UNKNOWN = "store_unknown"
    STORE_POOLED = "store_pooled"
    LINK_TAKEN = "link_taken"
    # Why there is no pairing code
    CODES_TOO_OFTEN = "codes_too_often"
    CODE_NUMBER_REFUSED = "code_number_refused"
    CODE_FAILED = "code_failed"  # text
    PRACTICE_LINKS_NONE = "practice_links_none"
    # Why a passkey's answer is of no use, or an account is not linked by one
    PASSKEY_NOT_ASKED = "passkey_not_asked"
    ANSWER_UNREADABLE = "answer_unreadable"
    ANSWER_CREATES = "answer_creates"
    ANSWER_OTHER_REQUEST = "answer_other_request"
    ANSWER_OTHER_SITE = "answer_other_site"  # site
    ANSWER_OTHER_PASSKEY = "answer_other_passkey"
    ANSWER_OTHER_ACCOUNT = "answer_other_account"
    ANSWER_NOT_UNLOCKED = "answer_not_unlocked"
    PASSKEY_REFUSED = "passkey_refused"  # text, WhatsApp's own
    PASSKEY_REFUSED_TWICE = "passkey_refused_twice"  # text
    PASSKEY_TOO_LATE = "passkey_too_late"
    PASSKEY_ENDED = "passkey_ended"
    PASSKEY_TOO_OFTEN = "passkey_too_often"
    PHONE_SILENT = "phone_silent"
    PHONE_REFUSED = "phone_refused"  # text
    PHONE_SHOWS_ANOTHER = "phone_shows_another"
    CODES_RAN_OUT = "codes_ran_out"
    LINK_STOPPED = "link_stopped"
    LINK_STRANGER = "link_stranger"
    LINK_NO_SERVER = "link_no_server"
    LINK_REFUSED = "link_refused"  # number
    LINK_UNTRUE = "link_untrue"
    LINK_ODD = "link_odd"
    LINK_UNSUPPORTED = "link_unsupported"
    LINK_UNKEPT = "link_unkept"
    # Why nothing is handed over now
    NOT_CONNECTED = "not_connected"
    NO_PROCESS = "no_process"
    LINK_APART = "link_apart"
    HELD_BACK = "held_back"
    HELD_ELSEWHERE = "held_elsewhere"
    LINKED_ALREADY = "linked_already"
    PRACTICE_NOT_LINKED = "practice_not_linked"
    DATABASE_UNREADABLE = "database_unreadable"
    SESSION_UNREADABLE = "session_unreadable"  # text
    # Why it was missed
    WAS_STOPPED = "was_stopped"  # account
    WAS_NOT_LINKED = "was_not_linked"  # account
    WAS_RESTRICTED = "was_restricted"
    WAS_PAUSED = "was_paused"
    WAS_STRANDED = "was_stranded"
    NOT_APPROVED = "not_approved"
    APPROVAL_REFUSED = "approval_refused"
    STOPPED_ITSELF = "stopped_itself"
    NOT_IN_TIME = "not_in_time"
    NOT_LOOKED_UP = "not_looked_up"
    LAID_OUT_TWICE = "laid_out_twice"
    DAY_LEFT_OUT = "day_left_out"
    NOT_SENT_BEFORE = "not_sent_before"
    FAILED_BEFORE = "failed_before"  # text
    RESTORED = "restored"  # source, at
    # Why it was skipped or taken back
    OPTED_OUT = "opted_out"
    REPLIED = "replied"
    SAME_PERSON = "same_person"  # name
    HAD_VOTED = "had_voted"
    HAD_REPLIED = "had_replied"
    HAD_READ = "had_read"
    HAD_COME = "had_come"
    NOTHING_TO_NUDGE = "nothing_to_nudge"
    REPLIES_NOT_KEPT = "replies_not_kept"
    CANCELLED_BY = "cancelled_by"  # user
    STOPPED_BY = "stopped_by"  # user
    LEFT_OUT_BY = "left_out_by"  # user
    REST_TAKEN_BACK = "rest_taken_back"  # user
    CANCELLED_WITH_SCHEDULE = "cancelled_with_schedule"
    LEFT_OUT = "left_out"
    USUAL_INSTEAD = "usual_instead"
    TAKEN_OFF = "taken_off"
    MERGED = "merged"
    REMOVED = "removed"
    # What a person, the evidence or a restore knows of it
    IT_ARRIVED = "it_arrived"
    NEVER_LEFT = "never_left"
    MAYBE_LEFT = "maybe_left"
    NOBODY_KNOWS = "nobody_knows"
    RESTORED_ON_ITS_WAY = "restored_on_its_way"  # source, at
    # Why what went out cannot be deleted or corrected
    NOT_GONE_OUT = "not_gone_out"
    MAYBE_GONE_OUT = "maybe_gone_out"
    TOO_LATE_TO_DELETE = "too_late_to_delete"
    TOO_LATE_TO_CORRECT = "too_late_to_correct"
    POST_NOT_CORRECTED = "post_not_corrected"
    NO_WORDS_TO_CORRECT = "no_words_to_correct"
    WORDS_NOT_KEPT = "words_not_kept"
    DELETED_ALREADY = "deleted_already"
    LINKED_ANEW = "linked_anew"
    LINE_GONE = "line_gone"  # account
    TAKEN_BACK_BY = "taken_back_by"  # user
    AMENDED_SINCE = "amended_since"
    # What went wrong on this server
    POISONED = "poisoned"
    NOTHING_TO_SAY = "nothing_to_say"
    UNEXPECTED = "unexpected"
    UNEXPECTED_FAULT = "unexpected_fault"  # text
    PROCESS_ENDED = "process_ended"
    PROCESS_ENDED_BY_OTHER = "process_ended_by_other"
    FILE_GONE = "file_gone"
    NAMED_FILE_GONE = "named_file_gone"  # name
    FILE_UNREADABLE = "file_unreadable"
    UNKNOWN_KIND = "unknown_kind"  # kind
    # Why what was typed is no number; `shown` is what was typed
    NUMBER_TOO_SHORT = "number_too_short"  # shown
    NUMBER_TOO_LONG = "number_too_long"  # shown
    NUMBER_CUT_SHORT = "number_cut_short"  # shown, the beginning of a mobile one
    NUMBER_SHORTENED = "number_shortened"  # shown, by a spreadsheet
    NUMBER_OF_NOBODY = "number_of_nobody"  # shown
    NUMBER_UNREADABLE = "number_unreadable"  # shown
    NUMBER_OUT_OF_PLAN = "number_out_of_plan"  # shown; country; number, as it would be
    NUMBER_WITHOUT_COUNTRY = "number_without_country"  # shown
    NUMBER_WITHOUT_PLUS = "number_without_plus"  # shown; digits
    NUMBER_OF_TWO = "number_of_two"  # shown; first, second
    NUMBERS_IN_ONE = "numbers_in_one"  # shown
    NUMBER_WITH_DECIMALS = "number_with_decimals"  # shown
    NUMBER_WITH_EXTENSION = "number_with_extension"  # shown
    NUMBER_WITH_MARK = "number_with_mark"  # shown; mark
    NUMBER_WITH_MORE = "number_with_more"  # shown
    NUMBER_MAYBE_NONE = "number_maybe_none"  # shown
    NUMBER_NOT_IN_LINK = "number_not_in_link"  # shown
    NUMBER_IS_DATE = "number_is_date"  # shown
    # What is said of a row of a file of people
    NO_NUMBER = "no_number"
    ONLY_FAX = "only_fax"
    NAME_TOO_LONG = "name_too_long"  # most
    NOTES_TOO_LONG = "notes_too_long"  # most
    TOO_MANY_FIELDS = "too_many_fields"  # most
    CELL_TOO_LONG = "cell_too_long"  # most
    IN_CELL = "in_cell"  # cell; held, a reason as it is stored
    FORMULA_FAILS = "formula_fails"  # shown, such as #REF!
    NUMBER_TWICE = "number_twice"  # line, of the one before
    PERSON_CHANGES = "person_changes"  # was, a name; notes, new or other; fields; what changes
    # Why a file of people cannot be read
    NO_PEOPLE_FILE = "no_people_file"
    NOBODY_IN_FILE = "nobody_in_file"
    FILE_IS = "file_is"  # what
    WORKBOOK_LOCKED = "workbook_locked"
    WORKBOOK_DAMAGED = "workbook_damaged"
    WORKBOOK_TOO_LARGE = "workbook_too_large"  # most, megabytes
    WORKBOOK_EMPTY = "workbook_empty"
    SHEETS_HIDDEN = "sheets_hidden"
    SHEET_EMPTY = "sheet_empty"  # name
    TOO_MANY_COLUMNS = "too_many_columns"  # most
    TOO_MANY_ROWS = "too_many_rows"  # most
    CELL_WITHOUT_END = "cell_without_end"  # line
    LINE_TOO_LONG = "line_too_long"  # most
    FILE_TAKES_TOO_LONG = "file_takes_too_long"
    FILE_TAKES_TOO_MUCH = "file_takes_too_much"
    FILE_FAILS = "file_fails"
    FILE_ENDS_READERS = "file_ends_readers"
    UPLOAD_GONE = "upload_gone"
    # Why an attached file is not ready, or goes as a document
    BEING_PREPARED = "being_prepared"
    FILE_NOT_READY = "file_not_ready"  # name; held, a reason as it is stored
    NOT_CONVERTED = "not_converted"  # kind
    STILL_TOO_LARGE = "still_too_large"  # kind
    NO_FFMPEG = "no_ffmpeg"  # kind; what older versions kept
    CONVERSION_INTERRUPTED = "conversion_interrupted"
    DISK_FAILS = "disk_fails"
    MEDIA_TAKES_TOO_MUCH = "media_takes_too_much"
    CONVERSION_TAKES_TOO_MUCH = "conversion_takes_too_much"  # kind
    MEDIA_DAMAGED = "media_damaged"
    PICTURE_DAMAGED = "picture_damaged"
    PICTURE_TAKES_TOO_MUCH = "picture_takes_too_much"  # bytes; most
    TOO_MANY_PIXELS = "too_many_pixels"  # millions; most
    MEDIA_NO_ROOM = "media_no_room"  # bytes
    MEDIA_DISK_FULL = "media_disk_full"
    MEDIA_READ_ONLY = "media_read_only"
    MEDIA_FOLDER_EMPTY = "media_folder_empty"
    MEDIA_STORE_SILENT = "media_store_silent"
    MEDIA_STORE_REFUSES = "media_store_refuses"  # text, the store's own word for why
    MEDIA_STORE_FULL = "media_store_full"
    DOCUMENT_BY_SIZE = "document_by_size"  # kind; bytes, how many it may have
    DOCUMENT_BY_PIXELS = "document_by_pixels"  # held, a reason as it is stored
    DOCUMENT_BY_KIND = "document_by_kind"
    # Why it is not saved: it is not as its editor saw it; at, maybe
    CHANGED_BY = "changed_by"  # user, at
    CHANGED_BY_YOU = "changed_by_you"  # at
    CHANGED_MEANWHILE = "changed_meanwhile"
    GONE_BY = "gone_by"  # user, at
    GONE_BY_YOU = "gone_by_you"  # at
    GONE_MEANWHILE = "gone_meanwhile"
    # What somebody did, as the audit log keeps it (domain/deeds.py)
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    WRONG_SECOND_STEP = "wrong_second_step"
    ENDED_SIGN_IN = "ended_sign_in"
    ENDED_OTHER_SIGN_INS = "ended_other_sign_ins"
    CHANGED_PASSWORD = "changed_password"
    CHANGED_EMAIL = "changed_email"
    CHOSE_PASSWORD_BY_LINK = "chose_password_by_link"
    GOT_PASSWORD_LINK = "got_password_link"
    MAILED_PASSWORD_LINK = "mailed_password_link"
    MADE_PASSWORD_LINK = "made_password_link"  # user_id, whose
    SECOND_STEP_ON = "second_step_on"
    SECOND_STEP_OFF = "second_step_off"
    LOST_SECOND_STEP = "lost_second_step"
    NEW_RECOVERY_CODES = "new_recovery_codes"
    USED_RECOVERY_CODE = "used_recovery_code"
    ADDED_PASSKEY = "added_passkey"
    RENAMED_PASSKEY = "renamed_passkey"
    REMOVED_PASSKEY = "removed_passkey"
    SIGNED_UP = "signed_up"
    MADE_SPACE = "made_space"  # name
    INVITED = "invited"  # role, whom; neither of an earlier version
    TOOK_INVITATION_BACK = "took_invitation_back"  # whom
    JOINED = "joined"  # role; none of an earlier version
    JOINED_AS_ADMIN = "joined_as_admin"
    JOINED_SPACE = "joined_space"  # name; of who runs the server
    LEFT_SPACE = "left_space"
    LEFT_SERVER = "left_server"  # user_id
    MADE_KEYWORD = "made_keyword"  # words
    CHANGED_KEYWORD = "changed_keyword"  # words
    REMOVED_KEYWORD = "removed_keyword"  # words
    CHANGED_ROLE = "changed_role"  # user_id, role
    REMOVED_MEMBER = "removed_member"  # user_id
    KEEPS_REPLIES = "keeps_replies"  # days, 0 for not at all; viewers: whether they read them
    RENAMED_SPACE = "renamed_space"  # name; none of an earlier version
    MADE_KEY = "made_key"  # name
    REVOKED_KEY = "revoked_key"  # name
    ENDED_KEY = "ended_key"  # name; whoever made it may make none any more
    MADE_WEBHOOK = "made_webhook"  # host, as in all of webhooks
    CHANGED_WEBHOOK = "changed_webhook"  # host
    ROTATED_WEBHOOK = "rotated_webhook"  # host; its secret
    PAUSED_WEBHOOK = "paused_webhook"  # host
    RESUMED_WEBHOOK = "resumed_webhook"  # host
    REMOVED_WEBHOOK = "removed_webhook"  # host
    TESTED_WEBHOOK = "tested_webhook"  # host
    SENT_TO_WEBHOOK = "sent_to_webhook"  # host; again
    WEBHOOK_OFF = "webhook_off"  # host; it took nothing for days
    WEBHOOK_GONE = "webhook_gone"  # host; it answered that it wants no more
    MOVED_ACCOUNT = "moved_account"  # account_id, account; source, target
    MADE_OWNER = "made_owner"  # user_id; nobody is since there are spaces
    MADE_ADMIN = "made_admin"  # user_id
    REMOVED_USER = "removed_user"  # user_id
    SET_UP_SERVER = "set_up_server"
    PRACTICE_ON = "practice_on"
    PRACTICE_OFF = "practice_off"
    KEEP_DAYS = "keep_days"  # days, 0 for all
    ORIGIN_KEPT = "origin_kept"
    ORIGIN_TAKEN_OUT = "origin_taken_out"
    MADE_CALENDAR_ADDRESS = "made_calendar_address"
    ENDED_CALENDAR_ADDRESS = "ended_calendar_address"
    ADDED_ALERT_WAY = "added_alert_way"  # label
    REMOVED_ALERT_WAY = "removed_alert_way"  # label
    ENDED_ALERT_WAY = "ended_alert_way"  # label
    STOPPED_SERVER = "stopped_server"
    RESUMED_SERVER = "resumed_server"
    # `account`, its name, is none of an earlier version
    ADDED_ACCOUNT = "added_account"  # account_id, account
    ASKED_TO_LINK = "asked_to_link"  # account_id, account
    LINKED_ACCOUNT = "linked_account"  # account_id, account
    UNLINKED_ACCOUNT = "unlinked_account"  # account_id, account
    REMOVED_ACCOUNT = "removed_account"  # account_id, account
    CHANGED_PACE = "changed_pace"  # account_id, account
    WARM_UP_ON = "warm_up_on"  # account_id, account
    WARM_UP_OFF = "warm_up_off"  # account_id, account
    STOPPED_ACCOUNT = "stopped_account"  # account_id, account
    RESUMED_ACCOUNT = "resumed_account"  # account_id, account
    SCHEDULED = "scheduled"  # schedule_id
    CHANGED_SCHEDULE = "changed_schedule"  # schedule_id
    PAUSED_SCHEDULE = "paused_schedule"  # schedule_id
    RESUMED_SCHEDULE = "resumed_schedule"  # schedule_id
    ENDED_SCHEDULE = "ended_schedule"  # schedule_id
    CANCELLED_SCHEDULE = "cancelled_schedule"  # schedule_id
    PAUSED_SCHEDULES_OF = "paused_schedules_of"  # user_id, count
    SENT_NOW = "sent_now"  # schedule_id
    SENT_AGAIN = "sent_again"  # count; schedule_id where it is of one
    CANCELLED_MESSAGES = "cancelled_messages"  # count; schedule_id where it is of one
    DELETED_FOR_EVERYONE = "deleted_for_everyone"  # count; schedule_id where it is of one
    CORRECTED_MESSAGES = "corrected_messages"  # count; schedule_id where it is of one
    SETTLED_MESSAGES = "settled_messages"  # count; schedule_id where it is of one
    MOVED_MESSAGES = "moved_messages"  # count
    UNDID_MESSAGES = "undid_messages"  # count
    EXPORTED_MESSAGES = "exported_messages"
    EXPORTED_PEOPLE = "exported_people"
    EXPORTED_VOTES = "exported_votes"
    EXPORTED_AUDIT_LOG = "exported_audit_log"
    MADE_BACK_UP = "made_back_up"
    ASKED_BACK_UP = "asked_back_up"
    TOOK_BACK_UP = "took_back_up"
    BROUGHT_OVER = "brought_over"
    APPROVED = "approved"  # schedule_id
    DID_NOT_APPROVE = "did_not_approve"  # schedule_id
    LET_SEND_GO_ON = "let_send_go_on"  # schedule_id
    TOOK_REST_BACK = "took_rest_back"  # schedule_id, count
    # What was wrong for a while (domain/incidents.py)
    ACCOUNT_HELD = "account_held"  # account; held, a reason as it is stored
    NO_CONNECTION_SINCE = "no_connection_since"  # account, at
    PHONE_NOT_HEARD = "phone_not_heard"  # account, at; days that are left
    WERE_MISSED = "were_missed"  # account, count
    SENDS_STOPPED = "sends_stopped"  # account; count, how many messages wait
    WERE_FAILED = "were_failed"  # account, count
    WAIT_FOR_WORD = "wait_for_word"  # space, count
    WEBHOOKS_OFF = "webhooks_off"  # space, count
    WORKER_SILENT = "worker_silent"
    SERVER_SILENT = "server_silent"
    TROUBLE = "trouble"  # text, what a part of the server says of itself
    DISK_LOW = "disk_low"  # megabytes
    BACK_UP_OLD = "back_up_old"  # at
    NO_BACK_UP = "no_back_up"
    # What WhatsApp answered, or its library
    REFUSED = "refused"  # number, WhatsApp's own
    MAY_NOT_WRITE_TO = "may_not_write_to"
    MAY_NOT_WRITE = "may_not_write"
    UNKNOWN_RECIPIENT = "unknown_recipient"
    NOT_TAKEN = "not_taken"
    NOT_TAKEN_FOR = "not_taken_for"
    NOT_IN_GROUP = "not_in_group"
    RATE_LIMITED = "rate_limited"
    STRANGERS_REFUSED = "strangers_refused"
    PAUSE_ASKED = "pause_asked"
    NO_ADDRESS = "no_address"
    NO_GROUP = "no_group"
    NO_INVITE_LINK = "no_invite_link"
    NO_ROUTE = "no_route"
    NOT_ON_WHATSAPP = "not_on_whatsapp"
    NO_KEY = "no_key"
    CONNECTION_BROKE = "connection_broke"
    NO_ANSWER = "no_answer"
    NOT_ANSWERED = "not_answered"  # text
    UPLOAD_FAILED = "upload_failed"  # text
    LIBRARY_SAYS = "library_says"  # text


@dataclass(frozen=True)
class Reason:
    """A code with its parameters, in the order of their names; false for no reason.

    An instant is a parameter in ISO 8601 (`at`): its reader's zone is known to who words it.
    """

    code: Code = Code.NONE
    params: tuple[tuple[str, Param], ...] = ()

    def __bool__(self) -> bool:
        return self.code is not Code.NONE

    def __str__(self) -> str:
        return dump_reason(self)


NO_REASON = Reason()


def because(code: Code, **params: Param | datetime) -> Reason:
    """A reason with its parameters; an aware instant is kept in UTC."""
    plain = {
        name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
        for name, value in params.items()
    }
    return Reason(code, tuple(sorted(plain.items())))


@lru_cache(1024)
def dump_reason(one: Reason) -> str:
    """A reason as it is stored: JSON, the code first, or nothing for none.

    Equal reasons are equal texts, so that queries can compare them.
    """
    if not one:
        return ""
    return json.dumps(
        {"code": one.code} | dict(one.params), ensure_ascii=False, separators=(",", ":")
    )


@lru_cache(1024)
def load_reason(text: str) -> Reason:
    """The reason that was stored; what is none is kept as what was said."""
    if not text:
        return NO_REASON
    try:
        params = json.loads(text)
        return because(Code(params.pop("code")), **params)
    except (ValueError, AttributeError, KeyError, TypeError):
        return because(Code.SAID, text=text)


def from_sentence(text: str) -> Reason:
    """What is said of something that nobody stores or compares, as a reason."""
    return because(Code.SAID, text=text)


def file_gone(name: str) -> Reason:
    """Why a message cannot carry its file any more; the name is empty where it has none."""
    return because(Code.NAMED_FILE_GONE, name=name) if name else Reason(Code.FILE_GONE)
