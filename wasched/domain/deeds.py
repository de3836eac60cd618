"""What the audit log keeps of what people do, and which kind of deed each is."""

from enum import StrEnum

from wasched.domain.reasons import Code


class DeedKind(StrEnum):
    """What a deed is about."""

    SIGN_IN = "sign_in"  # getting in: passwords, second steps, browsers
    PEOPLE = "people"  # who belongs here, and as what; programs that come with a key
    ACCOUNTS = "accounts"  # phones: linked, stopped, their pace
    MESSAGES = "messages"
    EXPORTS = "exports"  # what was taken away as a file
    SERVER = "server"  # what holds for all


_CODES: dict[DeedKind, tuple[Code, ...]] = {
    DeedKind.SIGN_IN: (
        Code.SIGNED_IN,
        Code.SIGNED_OUT,
        Code.WRONG_SECOND_STEP,
        Code.ENDED_SIGN_IN,
        Code.ENDED_OTHER_SIGN_INS,
        Code.CHANGED_PASSWORD,
        Code.CHANGED_EMAIL,
        Code.CHOSE_PASSWORD_BY_LINK,
        Code.GOT_PASSWORD_LINK,
        Code.MAILED_PASSWORD_LINK,
        Code.MADE_PASSWORD_LINK,
        Code.SECOND_STEP_ON,
        Code.SECOND_STEP_OFF,
        Code.LOST_SECOND_STEP,
        Code.NEW_RECOVERY_CODES,
        Code.USED_RECOVERY_CODE,
        Code.ADDED_PASSKEY,
        Code.RENAMED_PASSKEY,
        Code.REMOVED_PASSKEY,
    ),
    DeedKind.PEOPLE: (
        Code.SIGNED_UP,
        Code.MADE_SPACE,
        Code.INVITED,
        Code.TOOK_INVITATION_BACK,
        Code.JOINED,
        Code.JOINED_AS_ADMIN,
        Code.JOINED_SPACE,
        Code.LEFT_SPACE,
        Code.LEFT_SERVER,
        Code.CHANGED_ROLE,
        Code.REMOVED_MEMBER,
        Code.RENAMED_SPACE,
        Code.KEEPS_REPLIES,
        Code.MADE_KEYWORD,
        Code.CHANGED_KEYWORD,
        Code.REMOVED_KEYWORD,
        Code.MADE_OWNER,
        Code.MADE_ADMIN,
        Code.REMOVED_USER,
        Code.MADE_KEY,
        Code.REVOKED_KEY,
        Code.ENDED_KEY,
        Code.MADE_CALENDAR_ADDRESS,
        Code.ENDED_CALENDAR_ADDRESS,
        Code.MADE_WEBHOOK,
        Code.CHANGED_WEBHOOK,
        Code.ROTATED_WEBHOOK,
        Code.PAUSED_WEBHOOK,
        Code.RESUMED_WEBHOOK,
        Code.REMOVED_WEBHOOK,
        Code.TESTED_WEBHOOK,
        Code.SENT_TO_WEBHOOK,
        Code.WEBHOOK_OFF,
        Code.WEBHOOK_GONE,
        Code.ADDED_ALERT_WAY,
        Code.REMOVED_ALERT_WAY,
        Code.ENDED_ALERT_WAY,
    ),
    DeedKind.ACCOUNTS: (
        Code.ADDED_ACCOUNT,
        Code.ASKED_TO_LINK,
        Code.LINKED_ACCOUNT,
        Code.UNLINKED_ACCOUNT,
        Code.REMOVED_ACCOUNT,
        Code.MOVED_ACCOUNT,
        Code.CHANGED_PACE,
        Code.WARM_UP_ON,
        Code.WARM_UP_OFF,
        Code.STOPPED_ACCOUNT,
        Code.RESUMED_ACCOUNT,
    ),
    DeedKind.MESSAGES: (
        Code.SCHEDULED,
        Code.CHANGED_SCHEDULE,
        Code.PAUSED_SCHEDULE,
        Code.RESUMED_SCHEDULE,
        Code.ENDED_SCHEDULE,
        Code.CANCELLED_SCHEDULE,
        Code.SENT_NOW,
        Code.SENT_AGAIN,
        Code.CANCELLED_MESSAGES,
        Code.DELETED_FOR_EVERYONE,
        Code.CORRECTED_MESSAGES,
        Code.SETTLED_MESSAGES,
        Code.MOVED_MESSAGES,
        Code.UNDID_MESSAGES,
        Code.APPROVED,
        Code.DID_NOT_APPROVE,
        Code.LET_SEND_GO_ON,
        Code.TOOK_REST_BACK,
        Code.PAUSED_SCHEDULES_OF,
        Code.BROUGHT_OVER,
    ),
    DeedKind.EXPORTS: (
        Code.EXPORTED_MESSAGES,
        Code.EXPORTED_PEOPLE,
        Code.EXPORTED_VOTES,
        Code.EXPORTED_AUDIT_LOG,
        Code.MADE_BACK_UP,
        Code.ASKED_BACK_UP,
        Code.TOOK_BACK_UP,
    ),
    DeedKind.SERVER: (
        Code.SET_UP_SERVER,
        Code.PRACTICE_ON,
        Code.PRACTICE_OFF,
        Code.KEEP_DAYS,
        Code.ORIGIN_KEPT,
        Code.ORIGIN_TAKEN_OUT,
        Code.STOPPED_SERVER,
        Code.RESUMED_SERVER,
    ),
}

KIND_OF = {code: kind for kind, codes in _CODES.items() for code in codes}
"""The kind of each deed."""
